"""The notes of the year (``corpus.yearfacts``) as something that a text can be held against.

Evidence notes of one thing (``what`` and unit) are one ``Row`` over their years; every figure in the text of another
note, and the cost of a 事務事業, is a row of the sheet's year. A row's place in a sentence is found by words
(``phrases``), never by its name alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.alignment import Sentence as MaskedSentence
from assistant.alignment import sentences_of
from assistant.checking.lazy import lazy
from assistant.checking.numerals import Figure, base_unit, find_figures
from assistant.checking.phrases import Phrase, phrase_at, phrase_of
from assistant.checking.record import Record, Row, name_key
from corpus import messages
from corpus.form import Series
from corpus.items import split_sentences
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
)


@dataclass(frozen=True)
class Noted:
    """A figure that notes keep. ``row.values["actual"]`` has it by fiscal year.

    ``ids``: fiscal year -> ``facts:<id>``, for notes of the sheet itself (an id says nothing in another sheet).
    ``names``: fiscal year -> the note as messages name it. ``sentence``: what the note says, masked; None for
    evidence and costs. ``plan``: it is meant to be, not reported, in ``plan_year`` where the note has a date.
    """

    row: Row
    kind: FactKind
    ids: Mapping[int, str]
    names: Mapping[int, str]
    phrase: Phrase
    direction: int | None
    sentence: MaskedSentence | None = None
    plan: bool = False
    plan_year: int | None = None


@dataclass(frozen=True)
class Project:
    """A 事務事業 with its 事業費 (千円) of a fiscal year."""

    name: str
    noted: Noted


@dataclass(frozen=True)
class Notes:
    """All that notes keep, of the sheet and of earlier ones; false when there is nothing."""

    evidence: tuple[Noted, ...]
    told: tuple[Noted, ...]
    projects: tuple[Project, ...]

    def __bool__(self) -> bool:
        return bool(self.evidence or self.told or self.projects)

    def evidence_with(self, words: Iterable[str]) -> list[Noted]:
        """The evidence that shares a word with a phrase, in order: no other can be meant by it (``phrases``)."""
        places = {place for word in words for place in self._evidence_places.get(word, ())}
        return [self.evidence[place] for place in sorted(places)]

    def told_with(self, unit: str, words: Iterable[str]) -> list[Noted]:
        """The told figures of a unit that share a word with a phrase, in order."""
        places = {place for word in words for place in self._told_places.get((unit, word), ())}
        return [self.told[place] for place in sorted(places)]

    @lazy
    def _evidence_places(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, noted in enumerate(self.evidence):
            for word in noted.phrase.core | noted.phrase.head:
                places[word].append(place)
        return places

    @lazy
    def _told_places(self) -> Mapping[tuple[str, str], list[int]]:
        places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, noted in enumerate(self.told):
            for word in noted.phrase.words:
                places[noted.row.unit, word].append(place)
        return places


NO_NOTES = Notes((), (), ())


def note_id(note: Note) -> str:
    """``facts:<id>``, as ``Finding.indicator`` has it."""
    return f"facts:{note.id}"


def build_notes(sheet: SheetFile, earlier: Sequence[SheetFile], record: Record) -> Notes:
    """The notes of a sheet, then those of sheets of earlier fiscal years, latest first."""
    before = sorted((other for other in earlier if other.fiscal_year < sheet.fiscal_year), key=_latest_first)
    sheets = [sheet, *before]
    return Notes(
        tuple(_evidence(sheets)),
        tuple(noted for source in sheets for noted in _told(source, record, own=source is sheet)),
        tuple(project for source in sheets for project in _projects(source, own=source is sheet)),
    )


def _latest_first(sheet: SheetFile) -> int:
    return -sheet.fiscal_year


def _row(
    name: str, unit: str | None, values: Mapping[int, Decimal], direction: int | None, *, scaled: bool = False
) -> Row:
    """``scaled``: the values are in the base unit already, as figures of a text are."""
    base, factor = base_unit(unit)
    stored: dict[Series, dict[int, Decimal]] = {"forecast": {}, "baseline": {}, "target": {}, "actual": {}}
    stored["actual"] = {year: value if scaled else value * factor for year, value in values.items()}
    label = base if scaled else unit or ""
    one = Decimal(1) if scaled else factor
    return Row("facts", name, "note", base, label, one, direction, None, None, None, stored, {})


def _evidence(sheets: Sequence[SheetFile]) -> Iterator[Noted]:
    """Notes of one thing, unit and direction together; a second figure for a year that has one stands alone."""
    groups: list[list[tuple[EvidenceNote, bool]]] = []
    things: defaultdict[tuple[str, str, int | None], list[list[tuple[EvidenceNote, bool]]]] = defaultdict(list)
    for place, source in enumerate(sheets):
        for note in source.facts.evidence:
            same = things[base_unit(note.unit)[0], name_key(note.what), note.direction]
            free = next((group for group in same if note.year not in {held.year for held, _ in group}), None)
            if free is not None:
                free.append((note, place == 0))
            elif (note.year, note.figure) not in {(held.year, held.figure) for group in same for held, _ in group}:
                same.append([(note, place == 0)])
                groups.append(same[-1])
    for group in groups:
        first = group[0][0]
        yield Noted(
            _row(first.what, first.unit, {note.year: note.figure for note, _ in group}, first.direction),
            "evidence",
            {note.year: note_id(note) for note, own in group if own},
            {note.year: messages.check_evidence(note.what, note.by, note.source) for note, _ in group},
            phrase_of(first.what, first.unit),
            first.direction,
        )


def told_texts(note: Note) -> Iterator[tuple[str, bool]]:
    """The texts of a note that state something, each with whether it says what is meant to be."""
    match note:
        case PlannedNote():
            yield note.text, True
        case DoneNote() | OtherCityNote():
            yield note.text, False
        case OpinionNote():
            yield note.text, False
            if note.answer:
                yield note.answer, False
        case ProjectNote():
            if note.result:
                yield note.result, False
            if note.next_step:
                yield note.next_step, True


def _told(sheet: SheetFile, record: Record, *, own: bool) -> Iterator[Noted]:
    for kind, note in sheet.facts:
        subject = note.name if isinstance(note, ProjectNote) else ""
        for text, plan in told_texts(note):
            for start, end in split_sentences(text):
                yield from _figures_told(sheet, kind, note, subject, text[start:end], record, own=own, plan=plan)


def _figures_told(
    sheet: SheetFile, kind: FactKind, note: Note, subject: str, text: str, record: Record, *, own: bool, plan: bool
) -> Iterator[Noted]:
    figures = [figure for figure in find_figures(text, record.units) if figure.unit and figure.upper is None]
    if not figures:
        return
    # the name of a 事務事業 is what its result speaks of
    whole = sentences_of(f"{subject}、{text}" if subject else text, sheet.fiscal_year)
    year = sheet.fiscal_year
    for figure in figures:
        yield Noted(
            _row(text, figure.unit, {year: abs(figure.value)}, note.direction, scaled=True),
            kind,
            {year: note_id(note)} if own else {},
            {year: messages.check_note(kind, subject or text)},
            _phrase(text, figure, figures, year, subject),
            note.direction,
            whole[0] if whole else None,
            plan,
            _fiscal_year_of(note.date) if isinstance(note, PlannedNote) else None,
        )


def _fiscal_year_of(date: str | None) -> int | None:
    """「2025-03」 -> 2024; a year alone is taken as a fiscal year."""
    if date is None:
        return None
    return int(date[:4]) - (1 if "-" in date and int(date[5:7]) < 4 else 0)


def _phrase(text: str, figure: Figure, figures: Iterable[Figure], year: int, subject: str) -> Phrase:
    found = phrase_at(text, figure, tuple(figures), year)
    return found.under(subject) if subject else found


_PROJECT_ENDING = re.compile(r"(?:事業費|事業|業務|経費|費)$")


def _projects(sheet: SheetFile, *, own: bool) -> Iterator[Project]:
    year = sheet.fiscal_year
    for note in sheet.facts.projects:
        if note.cost is not None:
            noted = Noted(
                _row(note.name, "千円", {year: note.cost}, note.direction),
                "projects",
                {year: note_id(note)} if own else {},
                {year: messages.check_project_cost(note.name)},
                phrase_of(note.name, "千円"),
                note.direction,
            )
            yield Project(_PROJECT_ENDING.sub("", note.name) or note.name, noted)
