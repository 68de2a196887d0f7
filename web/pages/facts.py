"""The page of the year's facts (その年度の事実): its blocks, notes and lines, the totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.evidence import evidence_in, is_noted
from corpus import messages
from corpus.dates import show_date
from corpus.fields import FACT_FIELD_LABELS, FACT_LABELS
from corpus.fiscal import wareki
from corpus.form import section_label
from corpus.places import ABSENT, Change, Value
from corpus.sheetfile import SheetFile
from corpus.typednotes import LEAD_FIELD, NOTE_COLUMNS
from corpus.yearfacts import FactKind, Note, cost_of
from web.pages.facts_offers import OffersView
from web.pages.writing import figure

BY_DIRECTION: tuple[FactKind, ...] = ("done", "planned")
TABLES: tuple[FactKind, ...] = ("opinions", "other_cities", "projects", "evidence")
MOST_FIGURES = 4
"""Figures of a note that are offered as evidence notes."""
LONG_FIELDS = frozenset({"text", "answer", "result", "next_step", "what", "name"})


@dataclass(frozen=True)
class Field:
    """A field of a note: ``value`` as it is edited, ``shown`` as it is read; ``long``: of several lines."""

    name: str
    label: str
    value: str
    shown: str
    long: bool
    lead: bool


@dataclass(frozen=True)
class FigureChoice:
    """A figure of a note that may become an evidence note; ``place``: which figure of the note."""

    place: int
    written: str


@dataclass(frozen=True)
class NoteView:
    """A note: ``before`` is what stood there when it was shown, sent back with a change of it.

    ``message``: what was just done. ``stored``: what another person saved meanwhile (None: not so), ``gone``: it was
    deleted meanwhile.
    """

    sheet_id: int
    id: str
    kind: FactKind
    kind_label: str
    fields: tuple[Field, ...]
    before: str
    directions: tuple[tuple[str, str], ...]
    figures: tuple[FigureChoice, ...] = ()
    message: str = ""
    problem: str = ""
    stored: tuple[Field, ...] | None = None
    gone: bool = False
    editing: bool = False

    @property
    def anchor(self) -> str:
        """The id of its row on the page."""
        return f"note-{'_'.join(self.id.split())}"

    @property
    def home(self) -> str:
        """The id of the list in which it stands."""
        direction = next((field.value for field in self.fields if field.name == "direction"), "")
        return list_id(self.kind, direction)

    @property
    def lead(self) -> str:
        """Its first words, to name it."""
        return next((field.shown for field in self.fields if field.lead), "")[:30]


@dataclass(frozen=True)
class Block:
    """The notes of one kind (and 展開方向), and the line for the next one; ``problem``: why that was not taken."""

    sheet_id: int
    kind: FactKind
    label: str
    direction: str
    notes: tuple[NoteView, ...]
    line: tuple[Field, ...]
    directions: tuple[tuple[str, str], ...]
    feeds: str
    problem: str = ""

    @property
    def list_id(self) -> str:
        """The id of its list."""
        return list_id(self.kind, self.direction)


@dataclass(frozen=True)
class DirectionBlock:
    """A 展開方向 with what was done and what is planned."""

    number: str
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Totals:
    """The 事務事業 against the sheet's 事務事業数 and 事業費計(A), in words; ``agree`` where both are the same."""

    counted: str
    summed: str
    agree: bool


@dataclass(frozen=True)
class FactsPage:
    """The page ``/sheets/<id>/facts``; ``act``: the act in the trail that ``done`` speaks of and that can be undone."""

    sheet_id: int
    measure: str
    year: str
    directions: tuple[DirectionBlock, ...]
    tables: tuple[Block, ...]
    totals: Totals
    offers: OffersView
    done: str = ""
    act: int | None = None
    problem: str = ""


def list_id(kind: FactKind, direction: object) -> str:
    """The id of the list in which a note stands: by 展開方向 for what was done and is planned."""
    return f"list-{kind}-{direction or 0}" if kind in BY_DIRECTION else f"list-{kind}"


def direction_choices(sheet: SheetFile) -> tuple[tuple[str, str], ...]:
    """Value and label of each 展開方向 that a note may have; "" is the measure as a whole."""
    named = [(str(entry.number), _direction_label(entry.number, sheet)) for entry in sheet.directions]
    others = sorted(
        {note.direction for _, note in sheet.facts if note.direction} - {e.number for e in sheet.directions}
    )
    return (("", "施策全体"), *named, *((str(number), f"展開方向{number}") for number in others))


def _direction_label(number: int, sheet: SheetFile) -> str:
    entry = sheet.direction(number)
    return f"展開方向{number}" + (f"「{entry.name}」" if entry and entry.name else "")


def note_view(sheet_id: int, kind: FactKind, note: Mapping[str, Any], sheet: SheetFile, **more: Any) -> NoteView:
    """A note (a value of its place) as a row."""
    return NoteView(
        sheet_id=sheet_id,
        id=str(note["id"]),
        kind=kind,
        kind_label=FACT_LABELS[kind],
        fields=fields_of(kind, note, sheet),
        before=kept_value(note),
        directions=direction_choices(sheet),
        figures=_figures(kind, note, sheet),
        **more,
    )


def kept_value(value: Value) -> str:
    """What stands in a note's place, as the form carries it; "" for nothing."""
    return Change("", value, ABSENT).to_object()["before"] or ""


def fields_of(kind: FactKind, note: Mapping[str, Any], sheet: SheetFile) -> tuple[Field, ...]:
    """The fields of a note in the order of the page."""
    return tuple(_field(kind, name, note.get(name), sheet) for name in NOTE_COLUMNS[kind])


def typed_fields(kind: FactKind, typed: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields as a person typed them."""
    return tuple(
        Field(name, _label(kind, name), typed.get(name, ""), "", name in LONG_FIELDS, name == LEAD_FIELD[kind])
        for name in NOTE_COLUMNS[kind]
    )


def _label(kind: FactKind, name: str) -> str:
    return "予定の時期" if (kind, name) == ("planned", "date") else FACT_FIELD_LABELS[name]


def _field(kind: FactKind, name: str, value: Any, sheet: SheetFile) -> Field:
    shown = "" if value is None else str(value)
    typed = shown
    if name == "date":
        shown = typed = show_date(value)
    elif name in ("cost", "figure") and value is not None:
        shown = typed = figure(value, None)
    elif name == "year" and value is not None:
        shown = typed = wareki(value)
    elif name == "direction" and value is not None:
        shown = f"方向{value}"
    return Field(name, _label(kind, name), typed, shown, name in LONG_FIELDS, name == LEAD_FIELD[kind])


def note_words(kind: FactKind, note: Mapping[str, Any]) -> str:
    """The words of a note in which figures may stand."""
    if kind == "evidence":
        return ""
    return "\n".join(str(note[name]) for name in ("text", "answer", "result") if note.get(name))


def _figures(kind: FactKind, note: Mapping[str, Any], sheet: SheetFile) -> tuple[FigureChoice, ...]:
    units = [entry.unit for entry in sheet.indicators if entry.unit]
    found = enumerate(evidence_in(note_words(kind, note), sheet.fiscal_year, units))
    wanted = [FigureChoice(place, one.written) for place, one in found if not is_noted(one, sheet.facts.evidence)]
    return tuple(wanted[:MOST_FIGURES])


def block(
    sheet_id: int, kind: FactKind, direction: str, sheet: SheetFile, by: str, line: Mapping[str, Any] | None = None
) -> Block:
    """The notes of a kind (and 展開方向, "" for the whole) with the next line; ``line``: what stands in it."""
    notes = [note for note_kind, note in sheet.facts if note_kind == kind]
    if kind in BY_DIRECTION:
        notes = [note for note in notes if str(note.direction or "") == direction]
    preset: dict[str, Any] = {"direction": int(direction) if direction else None}
    if kind == "evidence":
        preset |= {"by": by, "year": sheet.fiscal_year}
    feeds = {"opinions": "5.2", "other_cities": "5.3", "done": "5.4.done", "planned": "5.4.plan"}.get(kind, "")
    return Block(
        sheet_id=sheet_id,
        kind=kind,
        label=FACT_LABELS[kind],
        direction=direction,
        notes=tuple(note_view(sheet_id, kind, as_value(kind, note), sheet) for note in notes),
        line=fields_of(kind, preset | dict(line or {}), sheet),
        directions=direction_choices(sheet),
        feeds=section_label(feeds, sheet.fiscal_year) if feeds else "",
    )


def as_value(kind: FactKind, note: Note) -> dict[str, Any]:
    """A note as its place holds it."""
    return {"kind": kind, **note.model_dump()}


def totals(sheet: SheetFile) -> Totals:
    """The 事務事業 of the facts against what the sheet says of its own year."""
    projects = sheet.facts.projects
    cost = sheet.costs.get(sheet.fiscal_year)
    count, stated = (cost.projects, cost.program_total) if cost else (None, None)
    costed = sum(1 for project in projects if project.cost is not None)
    counted = messages.projects_counted(len(projects), costed, figure(count, None) if count is not None else None)
    summed = cost_of(projects)
    if summed is None:
        return Totals(counted, "", False)
    gap = None if stated is None or stated == summed else abs(summed - stated)
    words = messages.projects_summed(
        figure(summed, None),
        figure(stated, None) if stated is not None else None,
        figure(gap, None) if gap is not None else None,
        stated is not None and summed > stated,
    )
    return Totals(counted, words, stated == summed and count == len(projects))


def facts_page(
    sheet_id: int,
    sheet: SheetFile,
    by: str,
    offered: OffersView,
    *,
    notes: Iterable[NoteView] = (),
    line: tuple[FactKind, str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> FactsPage:
    """The whole page. ``notes`` stand in for the stored rows of the same id (being edited, refused);
    ``line``: kind, 展開方向 and fields of a next line that is filled in already.
    """
    instead = {note.id: note for note in notes}

    def filled(kind: FactKind, direction: str) -> Block:
        preset = line[2] if line is not None and line[:2] == (kind, direction) else None
        found = block(sheet_id, kind, direction, sheet, by, preset)
        shown = tuple(instead.get(note.id, note) for note in found.notes)
        # a note that was deleted while somebody edits it still shows what they typed
        lost = tuple(
            note
            for note in instead.values()
            if note.gone and note.kind == kind and list_id(kind, direction) == note.home
        )
        return replace(found, notes=shown + lost)

    numbers = [*(value for value, _ in direction_choices(sheet) if value), ""]
    labels = dict(direction_choices(sheet))
    return FactsPage(
        sheet_id=sheet_id,
        measure=sheet.measure.name,
        year=wareki(sheet.fiscal_year),
        directions=tuple(
            DirectionBlock(number, labels[number], tuple(filled(kind, number) for kind in BY_DIRECTION))
            for number in numbers
        ),
        tables=tuple(filled(kind, "") for kind in TABLES),
        totals=totals(sheet),
        offers=offered,
        **more,
    )
