"""The sheet file ``shisaku-sheet/1`` as a value (formats.md section 1), read and written without loss.

``SheetFile`` is what importers give, what the database takes and gives back, and what all pure logic
(facts, checking, comparing, composing) works on. Figures are ``Decimal``; a missing figure is ``None``, never 0.
Fiscal years are western ``int`` keys; money is in 千円.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

import simplejson
from pydantic import BaseModel, Field, PrivateAttr, field_validator, model_validator

from corpus.filetypes import DirectionNumber, FiscalYear, Number, Part, Text, YearKey
from corpus.form import SECTION_KEYS, SERIES_OF_KIND, Better, Kind, Series
from corpus.yearfacts import YearFacts

FORMAT = "shisaku-sheet/1"
Grade = Literal["A", "B", "C", "D", "E"]


class Plan(Part):
    """The plan period that the sheet belongs to, e.g. 第2次基本計画 2020 to 2027."""

    name: Text | None = None
    start: FiscalYear | None = None
    end: FiscalYear | None = None


class MeasureName(Part):
    """基本施策: ``code`` only where one is printed."""

    code: Text | None = None
    name: Annotated[Text, Field(min_length=1)]


class DirectionEntry(Part):
    """展開方向: one of up to four ways in which the measure is pursued."""

    number: DirectionNumber
    name: Text | None = None
    purpose: Text | None = None
    means: Text | None = None


class YearValues(Part):
    """The four series of an indicator in one fiscal year; None = not surveyed or not entered."""

    forecast: Number | None = None
    baseline: Number | None = None
    target: Number | None = None
    actual: Number | None = None


class IndicatorEntry(Part):
    """対象指標 or 成果指標 with its values by fiscal year, in ``unit``."""

    id: Annotated[Text, Field(min_length=1)]
    kind: Kind
    direction: DirectionNumber | None = None
    label: Text | None = None
    name: Annotated[Text, Field(min_length=1)]
    unit: Text | None = None
    source: Text | None = None
    better: Better | None = None
    decimals: Annotated[int, Field(strict=True, ge=0, le=9)] | None = None
    values: dict[YearKey, YearValues] = Field(default_factory=dict)
    achieved: dict[YearKey, Annotated[bool, Field(strict=True)] | None] = Field(default_factory=dict)
    improved: dict[YearKey, Annotated[bool, Field(strict=True)] | None] = Field(default_factory=dict)

    _printed_as: str = PrivateAttr("")

    @field_validator("values", "achieved", "improved", mode="before")
    @classmethod
    def _null_is_absent(cls, value: object, info: Any) -> object:
        return _with_years(value) if info.field_name == "values" else {} if value is None else value

    @property
    def printed_as(self) -> str:
        """Its name as its own sheet prints it, where a later sheet sees it under another (``corpus.lineage``)."""
        return self._printed_as or self.name

    def seen_as(self, **place: Any) -> "IndicatorEntry":
        """A copy under another id, name, label, direction or unit; ``printed_as`` stays."""
        copy = self.model_copy(update=place)
        copy._printed_as = self.printed_as
        return copy

    def value(self, year: int, series: Series) -> Decimal | None:
        """The stored value of a series in a fiscal year, or None."""
        values = self.values.get(year)
        return None if values is None else getattr(values, series)

    def series(self, series: Series) -> dict[int, Decimal]:
        """Year -> value of a series, ascending, without the years that have none."""
        found = {year: self.value(year, series) for year in sorted(self.values)}
        return {year: value for year, value in found.items() if value is not None}

    @property
    def printed_series(self) -> tuple[Series, ...]:
        """The rows that the form prints for this kind of indicator, plus any other row that holds a value."""
        rows = list(SERIES_OF_KIND[self.kind])
        extra: list[Series] = ["forecast", "baseline", "target", "actual"]
        return tuple(rows + [row for row in extra if row not in rows and self.series(row)])


class CostEntry(Part):
    """施策コスト of one fiscal year in 千円; ``projects`` and ``hours`` are counts."""

    projects: Number | None = None
    national: Number | None = None
    prefectural: Number | None = None
    bonds: Number | None = None
    other: Number | None = None
    general: Number | None = None
    program_total: Number | None = None
    hours: Number | None = None
    personnel: Number | None = None
    total: Number | None = None

    def value(self, row: str) -> Decimal | None:
        """The stored value of a cost row (a key of ``corpus.form.COST_BY_KEY``), or None."""
        found = getattr(self, row)
        return found if isinstance(found, Decimal) else None


class GradeEntry(Part):
    """Grades 4(1), 4(2), 6(2): A to E."""

    achievement: Grade | None = None
    trend: Grade | None = None
    overall: Grade | None = None


class SheetFile(Part):
    """One 基本施策 evaluated for one fiscal year."""

    format: Literal["shisaku-sheet/1"] = "shisaku-sheet/1"
    municipality: Text | None = None
    plan: Plan | None = None
    fiscal_year: FiscalYear
    policy: Text | None = None
    measure: MeasureName
    lead_division: Text | None = None
    lead_person: Text | None = None
    related_divisions: list[Text] = Field(default_factory=list)
    target: Text | None = None
    purpose: Text | None = None
    directions: list[DirectionEntry] = Field(default_factory=list)
    indicators: list[IndicatorEntry] = Field(default_factory=list)
    costs: dict[YearKey, CostEntry] = Field(default_factory=dict)
    grades: GradeEntry = Field(default_factory=GradeEntry)
    sections: dict[str, Text | None] = Field(default_factory=dict)
    facts: YearFacts = Field(default_factory=YearFacts)

    @field_validator("sections")
    @classmethod
    def _known_sections(cls, sections: dict[str, str | None]) -> dict[str, str | None]:
        for key in sections:
            if key not in SECTION_KEYS:
                raise ValueError(f"unknown_section:{key}")
        return sections

    @field_validator(
        "related_divisions", "directions", "indicators", "costs", "grades", "sections", "facts", mode="before"
    )
    @classmethod
    def _null_is_absent(cls, value: object, info: Any) -> object:
        if value is None:
            return [] if info.field_name in ("related_divisions", "directions", "indicators") else {}
        return _with_years(value) if info.field_name == "costs" else value

    @model_validator(mode="after")
    def _unique(self) -> "SheetFile":
        ids = [indicator.id for indicator in self.indicators]
        for entry_id in ids:
            if ids.count(entry_id) > 1:
                raise ValueError(f"duplicate_indicator:{entry_id}")
        numbers = [direction.number for direction in self.directions]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(f"duplicate_direction:{number}")
        return self

    def text(self, key: str) -> str:
        """The narrative of a section, "" where there is none."""
        return self.sections.get(key) or ""

    def indicator(self, indicator_id: str) -> IndicatorEntry | None:
        """The indicator with this id, or None."""
        return next((entry for entry in self.indicators if entry.id == indicator_id), None)

    def direction(self, number: int) -> DirectionEntry | None:
        """The direction with this number, or None."""
        return next((entry for entry in self.directions if entry.number == number), None)

    def outcomes(self, direction: int | None = None) -> list[IndicatorEntry]:
        """The 成果指標, of one direction if given, in the order of the form."""
        return [
            entry
            for entry in self.indicators
            if entry.kind == "outcome" and (direction is None or entry.direction == direction)
        ]

    def canonical(self) -> dict[str, Any]:
        """The content without absent values, for telling whether two files say the same."""
        content = _without_absent(self.model_dump(exclude={"facts"}) | {"facts": self.facts.as_object()})
        assert isinstance(content, dict)
        return content

    def to_json(self, *, indent: int | None = None) -> str:
        """The sheet file as JSON; figures keep the digits in which they were given (56.50 stays 56.50)."""
        return simplejson.dumps(self.as_object(), use_decimal=True, ensure_ascii=False, indent=indent)

    def as_object(self) -> dict[str, Any]:
        """The sheet file as plain JSON values (figures as Decimal, years as strings)."""
        content = self.model_dump(exclude={"plan", "indicators", "costs", "sections", "facts"})
        head = {key: content[key] for key in ("format", "municipality")}
        tail = {key: value for key, value in content.items() if key not in head}
        middle = {"plan": self.plan.model_dump() if self.plan else None}
        sections = {key: self.sections[key] for key in SECTION_KEYS if self.sections.get(key)}
        grades = tail.pop("grades")
        indicators = [entry.model_dump(exclude_unset=True) for entry in self.indicators]
        for entry in indicators:
            for part in ("values", "achieved", "improved"):
                if part in entry:
                    entry[part] = {str(year): value for year, value in sorted(entry[part].items())}
        costs = {str(year): cost.model_dump() for year, cost in sorted(self.costs.items())}
        return (
            head
            | middle
            | tail
            | {
                "indicators": indicators,
                "costs": costs,
                "grades": grades,
                "sections": sections,
            }
            | ({"facts": self.facts.as_object()} if self.facts else {})
        )


def _with_years(value: object) -> object:
    """Year -> entry, in which a year without entry is one that holds nothing."""
    if value is None:
        return {}
    if isinstance(value, dict):
        return {year: {} if entry is None else entry for year, entry in value.items()}
    return value


def _without_absent(value: object) -> object:
    if isinstance(value, dict):
        kept = {str(key): _without_absent(entry) for key, entry in value.items()}
        return {key: entry for key, entry in kept.items() if entry is not None and entry != {} and entry != ""}
    if isinstance(value, list):
        return [_without_absent(entry) for entry in value] or None
    return value


class ToConfirm(BaseModel):
    """A place of the sheet that the source does not decide: ``field`` with its candidates.

    ``field`` is a path: ``indicators.1-イ.values.2022.actual``, ``costs.2023.general``, ``indicators.1-イ.better``.
    """

    field: str
    candidates: list[Decimal | str] = Field(default_factory=list)
    note: str = ""


class ReadSheet(BaseModel):
    """What an importer makes of a source: the sheet, what a person must confirm, and warnings in Japanese."""

    sheet: SheetFile
    to_confirm: list[ToConfirm] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
