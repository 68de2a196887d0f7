"""The facts of the year: what staff note before they write (key ``facts`` of the sheet file, docs/sheet-file.md).

What was done and what is planned by 展開方向, opinions with the answer given, other cities, the 事務事業 with results
and costs, and evidence: figures that no indicator has. A note's ``id`` is unique in the sheet; a file may omit it.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from corpus.filetypes import FIRST_YEAR, LAST_YEAR, DirectionNumber, FiscalYear, Number, Part, Text

FactKind = Literal["done", "planned", "opinions", "other_cities", "projects", "evidence"]
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _date(written: str) -> str:
    found = _DATE.fullmatch(written)
    if found is None or not written.isascii() or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR + 1:
        raise ValueError("not_a_date")
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError as error:
        raise ValueError("not_a_date") from error
    return written


def _filled(written: str) -> str:
    if not written.strip():
        raise ValueError("empty_text")
    return written


def _absent_if_empty(value: object) -> object:
    return None if value == "" else value


FilledText = Annotated[Text, AfterValidator(_filled)]
OptionalText = Annotated[Text | None, BeforeValidator(_absent_if_empty)]
Date = Annotated[Annotated[Text, AfterValidator(_date)] | None, BeforeValidator(_absent_if_empty)]
"""A calendar date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""


class _Note(Part):
    """``direction`` None: of the measure as a whole."""

    id: OptionalText = None
    direction: DirectionNumber | None = None


class DoneNote(_Note):
    """取組実績: something done in the sheet's year."""

    text: FilledText
    date: Date = None


class PlannedNote(_Note):
    """取組予定: something planned for the years after."""

    text: FilledText
    date: Date = None


class OpinionNote(_Note):
    """関係者からの意見・要望: ``who`` said it, and the ``answer`` that was given (議会答弁など)."""

    who: OptionalText = None
    text: FilledText
    answer: OptionalText = None
    date: Date = None


class OtherCityNote(_Note):
    """他自治体の状況."""

    city: OptionalText = None
    text: FilledText
    date: Date = None


class ProjectNote(_Note):
    """事務事業: ``cost`` is its 事業費 of the sheet's year in 千円."""

    name: FilledText
    result: OptionalText = None
    cost: Number | None = None
    next_step: OptionalText = None


class EvidenceNote(_Note):
    """A figure outside the indicators: ``figure`` in ``unit`` of ``what`` in fiscal ``year``; ``by``: who noted it."""

    figure: Number
    unit: OptionalText = None
    what: FilledText
    year: FiscalYear
    source: OptionalText = None
    by: OptionalText = None


Note = DoneNote | PlannedNote | OpinionNote | OtherCityNote | ProjectNote | EvidenceNote
NOTE_TYPES: dict[FactKind, type[Note]] = {
    "done": DoneNote,
    "planned": PlannedNote,
    "opinions": OpinionNote,
    "other_cities": OtherCityNote,
    "projects": ProjectNote,
    "evidence": EvidenceNote,
}


class YearFacts(Part):
    """All notes of a sheet, each list in its order; false when there is none."""

    done: list[DoneNote] = Field(default_factory=list)
    planned: list[PlannedNote] = Field(default_factory=list)
    opinions: list[OpinionNote] = Field(default_factory=list)
    other_cities: list[OtherCityNote] = Field(default_factory=list)
    projects: list[ProjectNote] = Field(default_factory=list)
    evidence: list[EvidenceNote] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, content: object) -> object:
        if isinstance(content, dict):
            return {key: [] if value is None and key in FACT_KINDS else value for key, value in content.items()}
        return content

    @model_validator(mode="after")
    def _named(self) -> "YearFacts":
        taken: set[str] = set()
        for _, note in self:
            if note.id is not None and note.id in taken:
                raise ValueError(f"duplicate_note:{note.id}")
            taken |= {note.id} if note.id is not None else set()
        for kind, note in self:
            if note.id is None:
                note.id = free_id(kind, taken)
                taken.add(note.id)
        return self

    def __iter__(self) -> Iterator[tuple[FactKind, Note]]:  # type: ignore[override]
        """Kind and note, in the order of the file."""
        for kind in FACT_KINDS:
            for note in getattr(self, kind):
                yield kind, note

    def __bool__(self) -> bool:
        return any(getattr(self, kind) for kind in FACT_KINDS)

    def find(self, note_id: str) -> tuple[FactKind, Note] | None:
        """Kind and note of an id, or None."""
        return next(((kind, note) for kind, note in self if note.id == note_id), None)

    def as_object(self) -> dict[str, Any]:
        """Plain JSON values (figures as Decimal), without kinds that have no note."""
        return {kind: [note.model_dump() for note in getattr(self, kind)] for kind in FACT_KINDS if getattr(self, kind)}


def free_id(kind: FactKind, taken: set[str]) -> str:
    """The first of ``done-1``, ``done-2`` … that is not taken."""
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def cost_of(notes: list[ProjectNote]) -> Decimal | None:
    """The sum of the costs of 事務事業 in 千円; None where none has a cost."""
    known = [note.cost for note in notes if note.cost is not None]
    return sum(known, Decimal(0)) if known else None
