"""Which facts of the year a section tells, and in which words: notes → sentences.

A sentence says what its note says, no more; the note's own words are its origin. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.drafting.jotted import Phrase, dated, ends_as_act, ends_as_verb, fiscal_year_of, official, sentences
from assistant.drafting.outcomes import compared, outcome, year_before
from assistant.drafting.raised import demands, opinion
from assistant.drafting.restating import TELLS_FROM, Likeness
from assistant.facts import format_figure, with_unit
from corpus.dates import show_date
from corpus.fiscal import wareki
from corpus.form import SECTION_BY_KEY
from corpus.sheetfile import SheetFile
from corpus.yearfacts import (
    DoneNote,
    EvidenceNote,
    FactKind,
    Note,
    OpinionNote,
    OtherCityNote,
    PlannedNote,
    ProjectNote,
    YearFacts,
)

Gathering = Literal["done", "next", "continued"]
"""Notes on 事務事業 that stand together: their results, their next steps, those that go on as they are."""

_SHORT = 24
"""A result of so many signs is listed with others in brackets."""
MOST_RESULTS = 4
"""So many notes stand beside the figures of a 展開方向 in 6.1.results."""
_GOES_ON = re.compile(r"(?:引き続き)?(?:継続|実施|同様|現状維持|同左|同上)(?:実施|する|予定)?。?")
_BESIDES = re.compile("^(?:ほかに|このほか|また|さらに|加えて|あわせて|併せて)、?")
_CLOSED = re.compile(r"(?:事業)?(?:完了|終了|廃止|済み?)(?:した|済み?)?")
"""A step that is none."""
_ENDS_ITSELF = re.compile("[^、をがは]*(?:終了|完了|廃止|休止)し?")
"""What a 事務事業 does itself: 「…事業は、令和6年度で終了する」."""
_BARE_COUNT = re.compile(r"[^をにがではも]*[0-9０-９][^をにがではも\s]{0,5}$")
_SAME_STEP = 0.5
"""Share of a next step from which a plan of the year tells it."""
_SOME, _LITTLE = 0.3, 0.2
"""Share of the words from which two texts with the same figure speak of the same thing: of one digit, of more."""
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class NoteLine:
    """What a section says of one note: ``sentences`` with full stops; ``told`` is the note in its own words.

    ``gathering``: notes that stand together in items; ``listed`` is its part there (「…事業（講座6回）」), None where
    its sentences stand one behind the other, the first behind ``opening`` (「…事業では、」). ``before``: fiscal year
    and words of the note of the year before with which it compares a count.
    """

    note: str
    kind: FactKind
    direction: int | None
    told: str
    sentences: tuple[str, ...]
    gathering: Gathering | None = None
    listed: str | None = None
    before: tuple[int, str] | None = None
    opening: str = ""


def note_words(note: Note) -> str:
    """A note in its own words, as the reader of a draft sees where a sentence comes from."""
    parts: list[str | None] = []
    match note:
        case DoneNote() | PlannedNote():
            parts = [show_date(note.date), note.text]
        case OpinionNote():
            parts = [show_date(note.date), note.who, note.text, note.answer and f"回答：{note.answer}"]
        case OtherCityNote():
            parts = [show_date(note.date), note.city, note.text]
        case ProjectNote():
            parts = [note.name, note.result and f"結果：{note.result}", note.next_step and f"今後：{note.next_step}"]
        case EvidenceNote():
            number = with_unit(format_figure(note.figure, None), note.unit or "")
            parts = [wareki(note.year), note.what, number, note.source]
    return "　".join(part for part in parts if part)


def note_lines(
    section: str, sheet: SheetFile, last_year: SheetFile | None = None, *, bare: bool = False
) -> tuple[NoteLine, ...]:
    """The notes that ``section`` tells, in the order of the sheet's facts.

    6.1.results tells what came of the year's deeds, 5.4.done the deeds. ``last_year``: its counts are compared.
    ``bare``: nothing else stands in the section, so that 6.1.results takes deeds without an outcome as well, and 7.1
    plans and next steps without a date.
    """
    facts, year = sheet.facts, sheet.fiscal_year + (SECTION_BY_KEY[section].year_offset or 0)
    if section == "5.4.done":
        done = [_deed(note, year) for note in facts.done]
        return _once([*done, *(line for note in facts.projects if (line := _result(note, done)))])
    if section == "5.4.plan":
        plans = [_plan(note, year) for note in facts.planned if not _is_later(note, year)]
        return _once([*plans, *_next_steps(facts, plans)])
    if section == "5.2":
        return _once([_opinion(note) for note in facts.opinions])
    if section == "5.3":
        return _once([_other_city(note) for note in facts.other_cities])
    if section == "6.1.results":
        return _once(_results(facts, sheet.fiscal_year, last_year.facts if last_year else YearFacts(), bare=bare))
    if section == "6.1.issues":
        return _once([_line(note, "opinions", demands(note)) for note in facts.opinions])
    if section == "7.1":
        later = [_plan(note, year) for note in facts.planned if note.date and fiscal_year_of(note.date) >= year]
        if later or not bare:
            return _once(later)
        plans = [_plan(note, year) for note in facts.planned if note.date is None]
        return _once([*plans, *_next_steps(facts, plans)])
    return ()


def _once(lines: Iterable[NoteLine]) -> tuple[NoteLine, ...]:
    """Without lines that say nothing, or that say again what another one of the 展開方向 says."""
    found: dict[tuple[int | None, tuple[str, ...]], NoteLine] = {}
    for line in lines:
        if line.sentences:
            found.setdefault((line.direction, line.sentences), line)
    return tuple(found.values())


def _line(note: Note, kind: FactKind, phrases: Sequence[Phrase]) -> NoteLine:
    told = tuple(phrase.text + "。" for phrase in phrases)
    return NoteLine(note.id or "", kind, note.direction, note_words(note), told)


def _deed(note: DoneNote, year: int) -> NoteLine:
    return _line(note, "done", dated(official(note.text, "past"), note.date, note.text, year))


def _plan(note: PlannedNote, year: int) -> NoteLine:
    return _line(note, "planned", dated(official(note.text, "future"), note.date, note.text, year))


def _is_later(note: PlannedNote, year: int) -> bool:
    return note.date is not None and fiscal_year_of(note.date) > year


def _opinion(note: OpinionNote) -> NoteLine:
    return _line(note, "opinions", opinion(note))


def _other_city(note: OtherCityNote) -> NoteLine:
    phrases = list(official(note.text, "state"))
    if phrases and note.city and note.city not in note.text:
        phrases[0] = Phrase(f"{note.city}では、{phrases[0].text}", phrases[0].finished)
    if phrases and note.date and not re.search(r"月|年度?|現在|時点", note.text):
        phrases[-1] = Phrase(f"{phrases[-1].text}（{show_date(note.date)}時点）", phrases[-1].finished)
    return _line(note, "other_cities", phrases)


def _result(note: ProjectNote, done: Sequence[NoteLine]) -> NoteLine | None:
    """What became of a 事務事業, unless a deed of its 展開方向 tells it."""
    same = [line.told for line in done if line.direction == note.direction]
    words = sentences(note.result or "")
    if not words or _says_all(" ".join(words), same, note.name):
        return None
    untold = [sentence for sentence in words if not _says_all(sentence, same, note.name)]
    untold = [_BESIDES.sub("", sentence) for sentence in untold[:1]] + untold[1:]
    if len(words) == 1:
        left = _untold_items(words[0], same, note.name)
        return _of_project(note, left, "past", "done") if left else None
    return _of_project(note, "。".join(untold or words), "past", "done")


def _untold_items(words: str, others: Sequence[str], name: str) -> str:
    """A list of results (「相談2,064件、夜間相談を試行」) without what other notes tell; others as they are."""
    items = words.split("、")
    listed = all(_BARE_COUNT.fullmatch(item) or ends_as_act(item) for item in items)
    if len(items) == 1 or not listed:
        return words
    return "、".join(item for item in items if not _says_all(item, others, name))


def _next_steps(facts: YearFacts, plans: Sequence[NoteLine]) -> list[NoteLine]:
    found = []
    for note in facts.projects:
        words = [sentence for sentence in sentences(note.next_step or "") if not _CLOSED.fullmatch(sentence)]
        step = " ".join(words)
        if not step:
            continue
        same = [line.told for line in plans if line.direction == note.direction]
        if _GOES_ON.fullmatch(step):
            told = (f"{note.name}を継続する。",)
            line = NoteLine(note.id or "", "projects", note.direction, note_words(note), told, "continued", note.name)
            found.append(line)
        elif not _says_all(step, same, note.name, least=_SAME_STEP):
            found.append(_of_project(note, "。".join(words), "future", "next"))
    return found


def _of_project(note: ProjectNote, text: str, tense: Literal["past", "future"], gathering: Gathering) -> NoteLine:
    """「…事業では、…を8地区で検証した。」, or, where it is short or a list of counts, 「…事業（登録56団体）」."""
    phrases = official(text, tense)
    counts = any(_BARE_COUNT.fullmatch(clause) for phrase in phrases for clause in phrase.text.split("、"))
    fluent = not counts and all(phrase.finished for phrase in phrases)
    short = gathering == "done" and len(text) <= _SHORT and len(phrases) == 1 and not ends_as_verb(sentences(text)[0])
    base = NoteLine(note.id or "", "projects", note.direction, note_words(note), (), gathering)
    if fluent and not short:
        opening = f"{note.name}{'は' if _ENDS_ITSELF.match(phrases[0].text) else 'では'}、"
        told = (f"{opening}{phrases[0].text}。", *(f"{phrase.text}。" for phrase in phrases[1:]))
        return replace(base, sentences=told, opening=opening)
    listed = f"{note.name}（{'、'.join(sentences(text))}）"
    act = project_act([note.name], gathering)
    return replace(base, sentences=(f"{listed}{act}。",), listed=listed)


def project_act(names: Sequence[str], gathering: Gathering, place: int = 0) -> str:
    """What is said of 事務事業 that are listed; ``place``: how many such lists stand before."""
    if gathering == "continued":
        return "を継続する"
    if gathering == "next":
        return "にも取り組む" if place else "に取り組む"
    projects = all(name.endswith("事業") for name in names)
    if place:
        return "も実施した" if projects and place % 2 == 0 else "にも取り組んだ"
    return "を実施した" if projects else "に取り組んだ"


def _says_all(words: str, others: Sequence[str], name: str, least: float = TELLS_FROM) -> bool:
    """Whether other texts tell these words about ``name``: one of them all the figures with some of the words, or most
    of the words; or all of them together both.
    """
    figures, among = set(_figures(words)), Likeness((name + words, *others))
    for other in others:
        share, same = among.share(words, [other]), figures & set(_figures(other))
        named = max(share, among.share(name + words, [other]))
        if (figures and same == figures and named >= _SOME) or (share >= least and (not figures or same)):
            return True
    every = {figure for other in others for figure in _figures(other)}
    return figures <= every and among.share(words, others) >= least


def _figures(text: str) -> list[str]:
    """The figures of a text without commas, in half-width digits."""
    plain = re.sub(r"(?<=[0-9０-９])[,，](?=[0-9０-９])", "", text)
    return [run.translate(_HALF) for run in re.findall(r"[0-9０-９]+(?:[.．][0-9０-９]+)?", plain)]


def _results(facts: YearFacts, year: int, earlier: YearFacts, *, bare: bool) -> list[NoteLine]:
    """Counts with those of the year before, then what came of deeds; a few for each 展開方向."""
    chosen: list[NoteLine] = []
    for direction in sorted({note.direction for _, note in facts}, key=lambda number: number or 0):
        deeds = [note for note in facts.done if note.direction == direction]
        proofs = [note for note in facts.evidence if note.direction == direction]
        proofs.sort(key=lambda proof: proof.year != year)
        older = [proof for note in proofs if (proof := year_before(note, facts.evidence)) is not None]
        lines = [_proof(note, year, [*facts.evidence, *earlier.evidence]) for note in proofs if note not in older]
        untold = [note for note in deeds if not any(_holds(note, proof) for proof in proofs)]
        came = [(note, outcome(official(note.text, "past"))) for note in untold]
        lines += [_line(note, "done", phrases) for note, phrases in came if phrases]
        if bare:
            plain = [note for note, phrases in came if not phrases]
            counted = [note for note in plain if _DIGIT.search(note.text)]
            lines += [_deed(note, year) for note in counted]
            lines += [_deed(note, year) for note in plain if note not in counted and note.date]
        chosen += lines[:MOST_RESULTS]
    return chosen


def _holds(deed: DoneNote, proof: EvidenceNote) -> bool:
    """Whether a deed's note tells the same figure of the same thing as an evidence note."""
    figure = format_figure(abs(proof.figure), None).replace(",", "")
    what = _BRACKETS.sub("", proof.what)
    least = _SOME if len(figure) == 1 else _LITTLE
    return figure in _figures(deed.text) and Likeness((deed.text, what)).share(what, [deed.text]) >= least


def _proof(note: EvidenceNote, year: int, others: Sequence[EvidenceNote]) -> NoteLine:
    before = year_before(note, others)
    line = _line(note, "evidence", [Phrase(compared(note, year, before), True)])
    return replace(line, before=(before.year, note_words(before)) if before else None)
