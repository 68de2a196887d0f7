"""Which facts of the year a section tells, and in which words: notes → sentences.

A sentence says what its note says, no more; the note's own words are its origin. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.drafting.jotted import Phrase, dated, fiscal_year_of, official, sentences
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

MOST_RESULTS = 4
"""So many notes stand beside the figures of a 展開方向 in 6.1.results."""
_GOES_ON = re.compile(r"(?:引き続き)?(?:継続|実施|同様|現状維持|同左|同上)(?:実施|する|予定)?。?")
_BARE_COUNT = re.compile(r"[^をにがではも]*[0-9０-９][^をにがではも\s]{0,5}$")
_SOME, _LITTLE = 0.3, 0.2
"""Share of the words from which two texts with the same figure speak of the same thing: of one digit, of more."""
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class NoteLine:
    """What a section says of one note: ``sentences`` with full stops; ``told`` is the note in its own words.

    ``alike``: other words for the same, by which a carried sentence may be found to say it. ``gathering``: notes that
    stand together in items; ``listed`` is its part there (「…事業（講座6回）」), None where its sentences stand one
    behind the other.
    """

    note: str
    kind: FactKind
    direction: int | None
    told: str
    sentences: tuple[str, ...]
    gathering: Gathering | None = None
    listed: str | None = None
    alike: str = ""


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


def note_lines(section: str, sheet: SheetFile, *, bare: bool = False) -> tuple[NoteLine, ...]:
    """The notes that ``section`` tells, in the order of the sheet's facts.

    ``bare``: nothing else stands in the section, so that 7.1 takes plans and next steps without a date as well.
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
        return _once(_results(facts, sheet.fiscal_year))
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
    words = " ".join(sentences(note.result or ""))
    if not words:
        return None
    same = [line.told for line in done if line.direction == note.direction]
    if _says_all(words, same, note.name):
        return None
    return _of_project(note, note.result or "", "past", "done")


def _next_steps(facts: YearFacts, plans: Sequence[NoteLine]) -> list[NoteLine]:
    found = []
    for note in facts.projects:
        step = " ".join(sentences(note.next_step or ""))
        if not step:
            continue
        same = [line.told for line in plans if line.direction == note.direction]
        if _GOES_ON.fullmatch(step):
            told = (f"{note.name}を継続する。",)
            line = NoteLine(note.id or "", "projects", note.direction, note_words(note), told, "continued", note.name)
            found.append(line)
        elif not _says_all(step, same, note.name):
            found.append(_of_project(note, note.next_step or "", "future", "next"))
    return found


def _of_project(note: ProjectNote, text: str, tense: Literal["past", "future"], gathering: Gathering) -> NoteLine:
    """「…事業では、8地区に活動費を補助した。」, or, where it is a list of counts, 「…事業（登録56団体）」."""
    phrases = official(text, tense)
    counts = any(_BARE_COUNT.fullmatch(clause) for phrase in phrases for clause in phrase.text.split("、"))
    fluent = not counts and all(phrase.finished for phrase in phrases)
    base = NoteLine(note.id or "", "projects", note.direction, note_words(note), (), gathering)
    if fluent:
        told = (f"{note.name}では、{phrases[0].text}。", *(f"{phrase.text}。" for phrase in phrases[1:]))
        return replace(base, sentences=told)
    listed = f"{note.name}（{'、'.join(sentences(text))}）"
    act = project_act([note.name], gathering)
    return replace(base, sentences=(f"{listed}{act}。",), listed=listed)


def project_act(names: Sequence[str], gathering: Gathering) -> str:
    """What is said of 事務事業 that are listed."""
    if gathering == "continued":
        return "を継続する"
    if gathering == "next":
        return "に取り組む"
    return "を実施した" if all(name.endswith("事業") for name in names) else "に取り組んだ"


def _says_all(words: str, others: Sequence[str], name: str) -> bool:
    """Whether other texts tell these words about ``name``: one of them all the figures with some of the words, or most
    of the words; or all of them together both.
    """
    figures, among = set(_figures(words)), Likeness((name + words, *others))
    for other in others:
        share, same = among.share(words, [other]), figures & set(_figures(other))
        named = max(share, among.share(name + words, [other]))
        if (figures and same == figures and named >= _SOME) or (share >= TELLS_FROM and (not figures or same)):
            return True
    every = {figure for other in others for figure in _figures(other)}
    return figures <= every and among.share(words, others) >= TELLS_FROM


def _figures(text: str) -> list[str]:
    """The figures of a text without commas, in half-width digits."""
    plain = re.sub(r"(?<=[0-9０-９])[,，](?=[0-9０-９])", "", text)
    return [run.translate(_HALF) for run in re.findall(r"[0-9０-９]+(?:[.．][0-9０-９]+)?", plain)]


def _results(facts: YearFacts, year: int) -> list[NoteLine]:
    """Evidence, and deeds with figures before deeds with dates; a few for each 展開方向."""
    chosen: list[NoteLine] = []
    for direction in sorted({note.direction for _, note in facts}, key=lambda number: number or 0):
        deeds = [note for note in facts.done if note.direction == direction]
        proofs = [note for note in facts.evidence if note.direction == direction]
        said = [note for note in deeds if any(_holds(note, proof) for proof in proofs)]
        left = [proof for proof in proofs if not any(_holds(note, proof) for note in deeds)]
        left.sort(key=lambda proof: proof.year != year)
        counted = [note for note in deeds if note not in said and _DIGIT.search(note.text)]
        others = [note for note in deeds if note not in said and note not in counted and note.date]
        lines = [replace(_deed(note, year), alike=_named(note, proofs)) for note in said]
        lines += [_proof(note, year) for note in left]
        lines += [_deed(note, year) for note in (*counted, *others)]
        chosen += lines[:MOST_RESULTS]
    return chosen


def _holds(deed: DoneNote, proof: EvidenceNote) -> bool:
    """Whether a deed's note tells the same figure of the same thing as an evidence note."""
    figure = format_figure(abs(proof.figure), None).replace(",", "")
    what = _BRACKETS.sub("", proof.what)
    least = _SOME if len(figure) == 1 else _LITTLE
    return figure in _figures(deed.text) and Likeness((deed.text, what)).share(what, [deed.text]) >= least


def _named(deed: DoneNote, proofs: Sequence[EvidenceNote]) -> str:
    """What the evidence notes call the figures that the deed tells."""
    return "。".join(proof.what for proof in proofs if _holds(deed, proof))


def _proof(note: EvidenceNote, year: int) -> NoteLine:
    number = with_unit(format_figure(note.figure, None), note.unit or "")
    when = "" if note.year == year else f"{wareki(note.year)}の"
    what = note.what.strip().rstrip("。")
    return _line(note, "evidence", [Phrase(f"{when}{' '.join(what.split())}は{number}であった", True)])
