"""Last year's lines in this year's draft: what stays, what an own sentence replaces, what a person must confirm.

A sentence about a stored indicator stays only if all its figures are this year's stored ones and the checker agrees
with every word of it; otherwise the composer's own sentence takes its place, in the same line.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.carry import CONFIRM_RECORD, CONFIRM_TREND, CONFIRM_YEAR, Carried, carry
from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence
from assistant.drafting.plan import SourceLine
from assistant.drafting.proposals import as_intended
from assistant.drafting.remnants import denied_subject, has_turned, remnant
from assistant.drafting.statements import Figure, Name, Piece, written
from assistant.drafting.telling import cause_line, statement_about
from corpus.form import mark_confirm, mark_fill_in

_CAUSE = re.compile(r"ため[、に]|により|による|影響|要因|背景|ことから|と考え")
_DEGREE = re.compile(
    r"わずか|僅か|大幅|大き[いく]|小さ[いく]|急(?:増|減|激)|ほぼ|概ね|おおむね|縮ま|広が|開[いき]|回復|持ち直|初めて|"
    r"連続|続けて|続いて|引き続き|ぶり|最高|最低|最[多少小大]|過去|並み|高い|低い|多い|少ない|順調|着実"
)
_UNCHECKED = re.compile(
    r"届[かい]|及ば|及ん|満た[さす]|到達|クリア|割り込|割れ|超え|超過|とどま|留ま|に至ら|遠い|近づ|近付"
)
"""Relations to a target or year that the checker does not read: such a sentence is never sure to hold still."""
_PRESENT = re.compile(
    r"(?:(?:て|で)い(?:る|ます)|である|です|ない|ません|ある|あります|られる|られます|多い|高い|低い|少ない)。?$"
)
_PAST = re.compile(r"(?:た|でした|ました)(?:（[^）]*）)?。?$")
_POLITE = re.compile(r"(?:ます|です)(?:（[^）]*）)?。?$")
_VERB_END = re.compile(r"[うくぐすつぬぶむる]。?$")
_ONLY_MARKS = re.compile(r"(?:[・、。\s]*【要(?:記入|確認)[^】]*】[・、。\s]*)+")


@dataclass(frozen=True)
class Strand:
    """One sentence of a woven line. ``part`` is None for an own sentence in the place of last year's ``sources``.

    ``sure``: nothing in it is left for a person to confirm. ``subject``: what an own sentence is about.
    ``denied``: it stands for a sentence that said there was no value.
    """

    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]
    part: Carried | None
    sure: bool
    subject: str | None = None
    denied: bool = False


def weave(
    desk: Desk, line: SourceLine, placed: set[str], left_out: list[str], *, opens: bool = True
) -> list[DraftSentence]:
    """The sentences of one of last year's lines. Subjects that it states are added to ``placed``.

    ``opens``: False where they go on in a line that begins with something else.

    ``left_out`` gets last year's sentences of which nothing new stands here (what they told stands elsewhere).
    """
    assert desk.ground is not None
    parts = [carry(desk.text, start, end, desk.ground) for start, end in line.sentences]
    parts = [part for part in parts if part.text and not _ONLY_MARKS.fullmatch(part.text)]
    if line.heading:
        headings = (written(part.pieces, desk.manner, extra=[desk.origin(part.source)]) for part in parts)
        return [replace(heading, heading=True, direction=line.direction) for heading in headings]
    strands = _without_old_causes(desk, _strands(desk, parts, placed, left_out))
    return [
        written(
            (*strand.pieces, *dict.fromkeys(marks)),
            desk.manner,
            mark=desk.manner.carried_mark(line.mark) if place == 0 and opens else "",
            direction=line.direction,
            new_line=place == 0 and opens,
            extra=[desk.origin(source) for source in strand.sources],
        )
        for place, (strand, marks) in enumerate(zip(strands, _marks(desk, strands), strict=True))
    ]


def _strands(desk: Desk, parts: Sequence[Carried], placed: set[str], left_out: list[str]) -> list[Strand]:
    agreeing = [_agrees(desk, part) for part in parts]
    figures = Counter[str]()
    for part, agrees in zip(parts, agreeing, strict=True):
        figures.update(dict.fromkeys(part.subjects, part.replaced if agrees else 0))
    # One lone figure, or words of degree beside new figures, say less surely what the own sentence says.
    weak = {subject for subject, count in figures.items() if count < 2}
    for part, agrees in zip(parts, agreeing, strict=True):
        if not agrees or _DEGREE.search(part.text):
            weak.update(part.subjects)
    strands: list[Strand] = []
    for part, agrees in zip(parts, agreeing, strict=True):
        denied = None if part.other_years else denied_subject(part.text, desk.sheet)
        subjects = part.subjects or ((denied,) if denied else ())
        instead = [statement_about(subject, desk.plan, desk.sheet, desk.earlier) for subject in subjects]
        known = [statement for statement in instead if statement is not None]
        if denied or (weak & set(subjects) and len(known) == len(instead)):
            pairs = zip(subjects, instead, strict=True)
            new = [(subject, told) for subject, told in pairs if told is not None and subject not in placed]
            own = [Strand(told.pieces, (part.source,), None, True, subject, bool(denied)) for subject, told in new]
            own += [] if denied else _rest(desk, part)
            strands += own
            left_out += [] if own else [part.source]
            placed.update(subject for subject, told in zip(subjects, instead, strict=True) if told is not None)
            continue
        if agrees:
            placed.update(part.subjects)
        sure = agrees and not _DEGREE.search(part.text)
        strands.append(Strand(_as_treated(desk, part), (part.source,), part, sure))
    if strands and strands[-1].part is None and desk.plan.telling == "reasons":
        last = max(place for place, strand in enumerate(strands) if strand.subject or strand.part)
        cause = Strand(cause_line(desk.manner).pieces, strands[last].sources, None, True)
        strands.insert(last + 1, cause)
    return strands


def _rest(desk: Desk, part: Carried) -> list[Strand]:
    """What last year's sentence says besides the figures that an own sentence tells now."""
    assert desk.ground is not None
    rest = remnant(desk.text, part, desk.ground)
    marks = [mark_confirm(f"昨年度の{_quoted(words)}も当てはまるか") for words in rest.before]
    marks += [mark_fill_in("昨年度の文のその他の内容")] if rest.figures else []
    strands = [Strand((Name("".join(marks)),), (part.source,), None, True)] if marks else []
    if rest.tail is not None and not _ONLY_MARKS.fullmatch(rest.tail.text):
        strands.append(Strand(_as_treated(desk, rest.tail), (part.source,), rest.tail, False))
    return strands


def _quoted(words: str) -> str:
    return f"『{words}』" if "「" in words else f"「{words}」"


def _without_old_causes(desk: Desk, strands: Sequence[Strand]) -> list[Strand]:
    """In the reasons, what followed an indicator gives way to the place for a cause if that indicator now moves the
    other way, or had no value then.
    """
    assert desk.ground is not None
    if desk.plan.telling != "reasons":
        return list(strands)
    kept: list[Strand] = []
    turned = False
    for strand in strands:
        subjects = (strand.subject,) if strand.subject else strand.part.subjects if strand.part else ()
        if subjects:
            last_year = desk.ground.last_year
            turned = strand.denied or any(has_turned(subject, desk.sheet, last_year) for subject in subjects)
            kept.append(strand)
        elif not turned:
            kept.append(strand)
        elif kept[-1].subject is None and kept[-1].part is None:
            kept[-1] = replace(kept[-1], sources=tuple(dict.fromkeys((*kept[-1].sources, *strand.sources))))
        else:
            kept.append(Strand(cause_line(desk.manner).pieces, strand.sources, None, True))
    return kept


def _agrees(desk: Desk, part: Carried) -> bool:
    """Every figure is a stored one, and the checker confirms all that the sentence says of this year."""
    if not part.clean or (part.trend and part.other_years) or _UNCHECKED.search(part.text):
        return False
    findings = desk.check(part.text)
    if not findings or any(found.verdict != "match" for found in findings):
        return False
    now = {found.kind for found in findings if found.year == desk.sheet.fiscal_year}
    if "達成" in part.text and part.trend and "achievement" not in now:
        return False
    return not part.trend or bool(now & {"change", "direction", "achievement", "ratio"})


def _as_treated(desk: Desk, part: Carried) -> tuple[Piece, ...]:
    """A plan for this very year is told as a plan; everything else keeps its words."""
    rule = desk.plan.rule
    if rule is None or rule.treatment != "proposal":
        return part.pieces
    text = part.text
    polite = bool(_POLITE.search(text)) or (desk.manner.polite and not _VERB_END.search(text))
    told = as_intended(text, polite=polite)
    unlike = (at for at, (old, new) in enumerate(zip(text, told, strict=False)) if old != new)
    same = next(unlike, min(len(text), len(told)))
    pieces: list[Piece] = []
    at = 0
    for piece in part.pieces:
        words = piece.text if isinstance(piece, Figure) else piece
        if at + len(words) <= same:
            pieces.append(piece)
        elif isinstance(piece, Figure):
            return part.pieces
        elif at < same:
            pieces.append(Name(words[: same - at]))
        at += len(words)
    return (*pieces, Name(told[same:]))


def _marks(desk: Desk, strands: Sequence[Strand]) -> list[list[str]]:
    """For each strand what a person must confirm about it; behind the last carried one, about the line."""
    renewed = any(strand.part is None or strand.part.replaced for strand in strands)
    marks = [_own_marks(desk, strand.part, renewed) if strand.part and not strand.sure else [] for strand in strands]
    carried = [place for place, strand in enumerate(strands) if strand.part is not None]
    if carried:
        marks[carried[-1]] += _line_marks(desk, strands)
    return marks


def _own_marks(desk: Desk, part: Carried, renewed: bool) -> list[str]:
    """``renewed``: its line has new figures, so that what it says of their development may no longer hold."""
    rule = desk.plan.rule
    assert rule is not None
    marks = []
    asserts = rule.treatment in ("status", "opinion", "comparison", "issue", "reason")
    plans = rule.treatment in ("plan", "policy", "outlook") and rule.years_move
    stale = part.dated and (plans or part.blanks > 0)
    if part.doubtful or part.one_off or stale or (part.moved and asserts and _PAST.search(part.text)):
        marks.append(CONFIRM_YEAR)
    touched = part.moved or part.turned or part.blanks > 0 or renewed
    asked_anyway = rule.treatment in ("proposal", "deed", "reason") and not part.turned
    if part.trend and touched and not asked_anyway:
        marks.append(CONFIRM_TREND)
    if part.record:
        marks.append(CONFIRM_RECORD)
    return marks


def _line_marks(desk: Desk, strands: Sequence[Strand]) -> list[str]:
    rule = desk.plan.rule
    assert rule is not None
    carried = [strand for strand in strands if strand.part is not None]
    unsure = [strand.part for strand in carried if strand.part is not None and not strand.sure]
    if rule.treatment in ("deed", "reason") and not unsure:
        causes = any(strand.part and _CAUSE.search(_without_names(desk, strand.part.text)) for strand in carried)
        return [mark_confirm("要因")] if causes else []
    if rule.treatment == "deed":
        lasting = all(part.trend or part.record or _PRESENT.search(part.text) for part in unsure)
        return [mark_confirm(f"{desk.year}も{'同様か' if lasting else '実施したか'}")]
    if rule.treatment == "reason":
        return [mark_confirm(f"{desk.year}も当てはまるか")]
    if rule.treatment == "proposal":
        return [mark_confirm("実施したか")]
    if rule.treatment == "plan":
        return [mark_confirm(f"{desk.year}に実施するか")]
    if rule.treatment == "comparison" and any(not _PAST.search(part.text) for part in unsure):
        return [mark_confirm("現在も同じ状況か")]
    return []


def _without_names(desk: Desk, text: str) -> str:
    """「就労支援により就職した割合」 names an indicator and no cause."""
    for entry in desk.sheet.indicators:
        text = text.replace(entry.name, "")
    return text
