"""Last year's lines in this year's draft: what stays, what an own sentence replaces, what a person must confirm.

A sentence about a stored indicator stays only if all its figures are this year's stored ones and the checker agrees
with every word of it; otherwise the composer's own sentence takes its place, in the same line.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.drafting.asking import as_question, asked, asked_also
from assistant.drafting.carry import Carried, carry
from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence
from assistant.drafting.jotted import half_width
from assistant.drafting.proposals import as_continued, as_intended
from assistant.drafting.remnants import denied_subject, has_turned, remnant
from assistant.drafting.source_lines import SourceLine, Turn
from assistant.drafting.stale import claims_record
from assistant.drafting.statements import Figure, Name, Piece, written
from assistant.drafting.telling import cause_about, statements_about
from assistant.drafting.verify import UNPROVEN
from assistant.facts import cost_name
from corpus.fiscal import find_years
from corpus.form import COST_BY_KEY, mark_confirm

_TREND = "増減・達成の状況"
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
_GIVES_CAUSE = re.compile(
    r"(?:ため|こと(?:による|が(?:大きい|影響した)))(?:もの)?(?:である|です|だ)?。?$|による(?:もの(?:である|です))?。?$"
)
_BARE_COST = re.compile(r"^(?:また、|なお、)?(?P<name>[^、。はが【]+?)計?(?:は|が)【要記入】[^、。【0-9]{1,4}。?$")
_EXTREME = re.compile("最も|最[高低多少]")
_ONLY_MARKS = re.compile(r"(?:[・、。\s]*【要(?:記入|確認)[^】]*】[・、。\s]*)+")


@dataclass(frozen=True)
class Strand:
    """One sentence of a woven line. ``part`` is None for an own sentence in the place of last year's ``sources``.

    ``sure``: nothing in it is left for a person to confirm. ``subject``: what an own sentence is about.
    ``denied``: it stands for a sentence that said there was no value. ``outlived``: a cause of what now goes the other
    way, to be asked about. ``aside``: it stands last in the line.
    """

    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]
    part: Carried | None
    sure: bool
    subject: str | None = None
    denied: bool = False
    outlived: bool = False
    aside: bool = False


def weave(
    desk: Desk, line: SourceLine, placed: set[str], left_out: list[str], *, opens: bool = True
) -> list[DraftSentence]:
    """The sentences of one of last year's lines. Subjects that it states are added to ``placed``.

    ``opens``: False where they go on in a line that begins with something else.

    ``left_out`` gets last year's sentences of which nothing new stands here (what they told stands elsewhere).
    """
    assert desk.ground is not None
    parts = [carry(desk.text, start, end, desk.ground) for start, end in line.sentences]
    parts = [part for part in parts if part.text and not _ONLY_MARKS.fullmatch(part.source)]
    if line.heading:
        headings = (written(part.pieces, desk.manner, extra=[desk.origin(part.source)]) for part in parts)
        return [replace(heading, heading=True, direction=line.direction) for heading in headings]
    strands = _without_old_causes(desk, _strands(desk, parts, placed, left_out))
    if strands and desk.plan.continues and line.turn == "on":
        strands = [_going_on(desk, strand, line, place) for place, strand in enumerate(strands)]
    made = [
        written(
            (*strand.pieces, asked(topics)),
            desk.manner,
            mark=desk.manner.carried_mark(line.mark) if place == 0 and opens else "",
            direction=line.direction,
            new_line=place == 0 and opens,
            extra=[desk.origin(source) for source in strand.sources],
        )
        for place, (strand, topics) in enumerate(zip(strands, _doubts(desk, strands, line.turn), strict=True))
    ]
    pairs = zip(strands, made, strict=True)
    made = [as_question(sentence, UNPROVEN) if strand.outlived else sentence for strand, sentence in pairs]
    return [*made[:-1], _with_deed(desk, made[-1], line)] if made and line.acted else made


def _with_deed(desk: Desk, sentence: DraftSentence, line: SourceLine) -> DraftSentence:
    """An issue with what was done about it: 【要確認：令和6年7月に協力員制度を開始したが、なお課題であるか】."""
    assert line.acted is not None
    deed = desk.manner.digits(half_width(line.acted.sentences[0].removesuffix("。")))
    joint = "が、" if deed.endswith(("た", "だ")) else "の後も、"
    text, start = asked_also(sentence.text, f"{deed}{joint}なお課題であるか")
    origins = (*sentence.origins, desk.note_origin(line.acted, start, start + len(deed)))
    return replace(sentence, text=text, origins=origins)


def _going_on(desk: Desk, strand: Strand, line: SourceLine, at: int) -> Strand:
    """A plan that the year before has too, worded as one that goes on; ``at``: its place in the line."""
    if strand.part is None:
        return strand
    places = (place for block in desk.plan.blocks for place, other in enumerate(block.lines) if other == line)
    told = as_continued(strand.part.text, polite=desk.manner.polite, turn=next(places, 1) + at)
    before = told.removesuffix(strand.part.text)
    if before != told:
        return replace(strand, pieces=(Name(before), *strand.pieces))
    return replace(strand, pieces=_with_ending(strand.part, told))


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
        if _bare_cost(part) and any(block.costs for block in desk.plan.blocks):
            left_out.append(part.source)
            continue
        subjects = part.subjects or ((denied,) if denied else ())
        instead = [statements_about(subject, desk.plan, desk.sheet, desk.earlier) for subject in subjects]
        known = [told for told in instead if told]
        if denied or (weak & set(subjects) and len(known) == len(instead)):
            pairs = zip(subjects, instead, strict=True)
            new = [(subject, told) for subject, told in pairs if told and subject not in placed]
            own = [
                Strand(statement.pieces, (part.source,), None, True, subject, bool(denied), aside=statement.aside)
                for subject, told in new
                for statement in told
            ]
            own += [] if denied else _rest(desk, part, own)
            strands += own
            left_out += [] if own else [part.source]
            placed.update(subject for subject, told in zip(subjects, instead, strict=True) if told)
            continue
        if agrees:
            placed.update(part.subjects)
        sure = agrees and not _DEGREE.search(part.text)
        strands.append(Strand(_as_treated(desk, part), (part.source,), part, sure))
    if strands and strands[-1].part is None and desk.plan.telling == "reasons":
        last = max(place for place, strand in enumerate(strands) if strand.subject or strand.part)
        about = strands[last].subject or next(iter(_subjects(strands[last])), None)
        cause = Strand(cause_about(about, desk.plan).pieces, strands[last].sources, None, True)
        strands.insert(last + 1, cause)
    return sorted(_contrasted(desk, strands), key=lambda strand: strand.aside)


def _contrasted(desk: Desk, strands: Sequence[Strand]) -> list[Strand]:
    """In 5.1 the first of two neighbouring own sentences that tells the other way opens with 「一方、」."""
    made = list(strands)
    ways = {stand.subject: stand.change.value for stand in desk.stands if stand.change and stand.change.value}
    for place, (before, strand) in enumerate(pairwise(strands), start=1):
        first, second = ways.get(before.subject or ""), ways.get(strand.subject or "")
        if desk.plan.telling == "population" and first and second and first * second < 0:
            made[place] = replace(strand, pieces=("一方、", *strand.pieces))
            break
    return made


def _bare_cost(part: Carried) -> bool:
    """Whether the sentence says nothing but the figure of a cost, in a unit of its own (「…は574百万円。」)."""
    match = _BARE_COST.match(part.text)
    return match is not None and any(cost_name(row).removesuffix("計") == match["name"] for row in COST_BY_KEY)


def _rest(desk: Desk, part: Carried, own: Sequence[Strand]) -> list[Strand]:
    """What last year's sentence says besides the figures that ``own`` sentences tell now; a record that they tell
    needs no question.
    """
    assert desk.ground is not None
    rest = remnant(desk.text, part, desk.ground)
    record = any(not isinstance(piece, Figure) and _EXTREME.search(piece) for strand in own for piece in strand.pieces)
    before = [words for words in rest.before if not (record and claims_record(words) and _EXTREME.search(words))]
    marks = [mark_confirm(f"昨年度の{_quoted(words)}も当てはまるか") for words in before]
    marks += [mark_confirm("昨年度の文にあったその他の数値を記載するか")] if rest.figures else []
    strands = [Strand((Name("".join(marks)),), (part.source,), None, True)] if marks else []
    if rest.tail is not None and not _ONLY_MARKS.fullmatch(rest.tail.source):
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
        return _asked_if_outlived(desk, strands)
    kept: list[Strand] = []
    turned, about = False, None
    for strand in strands:
        subjects = _subjects(strand)
        if subjects:
            about = subjects[0]
            last_year = desk.ground.last_year
            turned = strand.denied or any(has_turned(subject, desk.sheet, last_year) for subject in subjects)
            kept.append(strand)
        elif not turned:
            kept.append(strand)
        elif kept[-1].subject is None and kept[-1].part is None:
            kept[-1] = replace(kept[-1], sources=tuple(dict.fromkeys((*kept[-1].sources, *strand.sources))))
        else:
            kept.append(Strand(cause_about(about, desk.plan).pieces, strand.sources, None, True))
    return kept


def _asked_if_outlived(desk: Desk, strands: Sequence[Strand]) -> list[Strand]:
    """Elsewhere a sentence that gives the cause of the figure before it (「…したためである。」) is asked about then."""
    assert desk.ground is not None
    kept = list(strands)
    for place, (before, strand) in enumerate(pairwise(strands), start=1):
        gives = strand.part is not None and not _subjects(strand) and _GIVES_CAUSE.search(strand.part.source)
        if gives and any(has_turned(about, desk.sheet, desk.ground.last_year) for about in _subjects(before)):
            kept[place] = replace(strand, outlived=True, sure=True)
    return kept


def _subjects(strand: Strand) -> Sequence[str]:
    return (strand.subject,) if strand.subject else strand.part.subjects if strand.part else ()


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
    return _with_ending(part, as_intended(text, polite=polite))


def _with_ending(part: Carried, told: str) -> tuple[Piece, ...]:
    """The pieces of ``part`` as far as ``told`` has the same words, then its other ones; a figure never changes."""
    unlike = (at for at, (old, new) in enumerate(zip(part.text, told, strict=False)) if old != new)
    same = next(unlike, min(len(part.text), len(told)))
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


def _doubts(desk: Desk, strands: Sequence[Strand], turn: Turn) -> list[list[str]]:
    """For each strand what a person must confirm about it; with the last carried one, about the line."""
    renewed = any(strand.part is None or strand.part.replaced for strand in strands)
    unsure = [strand.part if not strand.sure and turn != "over" else None for strand in strands]
    doubts = [_own_doubts(desk, part, renewed) if part else [] for part in unsure]
    if turn == "acted":
        # whether the deed left anything of the issue to do is asked anyway
        doubts = [[topic for topic in topics if topic != _TREND] for topics in doubts]
    carried = [place for place, strand in enumerate(strands) if strand.part is not None]
    if carried:
        doubts[carried[-1]] += turn_doubts(desk, turn) or _line_doubts(desk, strands)
    return doubts


def _own_doubts(desk: Desk, part: Carried, renewed: bool) -> list[str]:
    """``renewed``: its line has new figures, so that what it says of their development may no longer hold."""
    rule = desk.plan.rule
    assert rule is not None
    doubts = []
    asserts = rule.treatment in ("status", "opinion", "comparison", "issue", "reason")
    plans = rule.treatment in ("plan", "policy", "outlook") and rule.years_move
    stale = part.dated and (plans or part.blanks > 0)
    older = rule.treatment == "proposal" and _about_an_older_year(desk, part)
    if part.doubtful or part.one_off or stale or older or (part.moved and asserts and _PAST.search(part.text)):
        doubts.append("年度")
    touched = part.moved or part.turned or part.blanks > 0 or renewed
    asked_anyway = rule.treatment in ("proposal", "deed", "reason") and not part.turned
    if part.trend and touched and not asked_anyway:
        doubts.append(_TREND)
    if part.record:
        doubts.append("連続・最高などの表現")
    return doubts


def _about_an_older_year(desk: Desk, part: Carried) -> bool:
    """Whether a plan for this year opens with a fiscal year before it (「令和4年度は、…」)."""
    opening = next(iter(find_years(part.source, desk.sheet.fiscal_year)), None)
    return opening is not None and opening.start == 0 and opening.fiscal and opening.year < desk.sheet.fiscal_year


def item_questions(desk: Desk) -> frozenset[str]:
    """What is asked of single items of last year's text, and of several in a row only once; as the draft writes it."""
    of_deeds = (f"{desk.year}も実施したか", f"{desk.year}も同様か", f"{desk.year}も当てはまるか")
    of_plans = ("実施したか", f"{desk.year}に実施するか", *turn_doubts(desk, "over"), *turn_doubts(desk, "ending"))
    return frozenset(desk.manner.words(asks) for asks in (*of_deeds, *of_plans, "現在も同じ状況か"))


def turn_doubts(desk: Desk, turn: Turn) -> list[str]:
    """What is asked of a line because of what became of it."""
    asks: dict[Turn, str] = {"over": "引き続き記載するか", "ending": f"{desk.year_before}に終えるか"}
    return [asks[turn]] if turn in asks else []


def _line_doubts(desk: Desk, strands: Sequence[Strand]) -> list[str]:
    rule = desk.plan.rule
    assert rule is not None
    carried = [strand for strand in strands if strand.part is not None]
    unsure = [strand.part for strand in carried if strand.part is not None and not strand.sure]
    if rule.treatment in ("deed", "reason") and not unsure:
        causes = any(strand.part and _CAUSE.search(_without_names(desk, strand.part.text)) for strand in carried)
        return ["要因"] if causes else []
    if rule.treatment == "deed":
        lasting = all(part.trend or part.record or _PRESENT.search(part.text) for part in unsure)
        return [f"{desk.year}も{'同様か' if lasting else '実施したか'}"]
    if rule.treatment == "reason":
        return [f"{desk.year}も当てはまるか"]
    if rule.treatment == "proposal":
        return ["実施したか"]
    if rule.treatment == "plan":
        return [f"{desk.year}に実施するか"]
    if rule.treatment == "comparison" and unsure:
        return ["現在も同じ状況か"]
    return []


def _without_names(desk: Desk, text: str) -> str:
    """「就労支援により就職した割合」 names an indicator and no cause."""
    for entry in desk.sheet.indicators:
        text = text.replace(entry.name, "")
    return text
