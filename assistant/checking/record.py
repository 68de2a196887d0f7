"""The stored figures in the form that checking works on: one ``Row`` per indicator and per cost row, all years."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.checking.lazy import lazy
from assistant.checking.never_values import normalise
from assistant.checking.numerals import base_unit, unit_fits
from corpus import messages
from corpus.city import DEFAULT_TOLERANCE, Tolerance
from corpus.form import COST_ROWS, SERIES_LABELS, Better, Series
from corpus.sheetfile import IndicatorEntry, SheetFile

RowKind = Literal["population", "outcome", "cost", "note"]
_OTHER_COUNTERS: dict[str, tuple[str, ...]] = {"本": ("事業", "件")}
"""What people count the 事務事業 in, which the form counts in 本."""
_SERIES: tuple[Series, ...] = ("forecast", "baseline", "target", "actual")


@dataclass(frozen=True)
class Row:
    """An indicator or a cost row. ``id`` as in ``Finding.indicator``; ``unit`` normalised, ``unit_label`` as stored.

    ``values[series][fiscal year]`` in ``unit``, of which ``factor`` make one ``unit_label`` (千人: 1000 人).
    ``asked_as``: everyday names of a cost row, former names of an indicator; ``other_units``: counters that mean the
    same (cost rows only).
    """

    id: str
    name: str
    kind: RowKind
    unit: str
    unit_label: str
    factor: Decimal
    direction: int | None
    label: str | None
    better: Better | None
    decimals: int | None
    values: Mapping[Series, Mapping[int, Decimal]]
    achieved: Mapping[int, bool]
    asked_as: tuple[str, ...] = ()
    other_units: tuple[str, ...] = ()

    @lazy
    def plain_name(self) -> str:
        """The name in half width."""
        return normalise(self.name)

    def value(self, year: int, series: Series) -> Decimal | None:
        """The stored value, or None."""
        return self.values[series].get(year)

    def takes(self, unit: str) -> bool:
        """Whether a figure written with ``unit`` can be a value of this row, once the row is named."""
        return unit_fits(self.unit, unit) or unit in self.other_units

    def surveyed_before(self, year: int) -> int | None:
        """The last year before ``year`` that has an actual, or None."""
        return max((known for known in self.values["actual"] if known < year), default=None)

    def printed(self, value: Decimal) -> Decimal:
        """``value`` rounded as the sheet prints it."""
        if self.decimals is None:
            return value
        return (value / self.factor).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) * self.factor


@dataclass(frozen=True)
class Record:
    """Everything stored that a text of this sheet can speak of."""

    fiscal_year: int
    plan_start: int | None
    plan_end: int | None
    rows: tuple[Row, ...]
    grades: Mapping[str, str]
    own_words: tuple[str, ...]
    note_units: frozenset[str] = frozenset()
    tolerance: Tolerance = DEFAULT_TOLERANCE
    past_grades: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Grades of earlier sheets, by fiscal year."""

    @lazy
    def units(self) -> frozenset[str]:
        """Units as stored, those of evidence notes too, for reading figures."""
        return frozenset(row.unit_label for row in self.rows if row.unit_label) | self.note_units

    @lazy
    def names(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each row's name and the words that the city asks for it by."""
        return tuple((row.name, row.asked_as) for row in self.rows)

    @lazy
    def plain_names(self) -> str:
        """The rows' names in half width, a line each."""
        return "\n".join(row.plain_name for row in self.rows)

    @lazy
    def _fitting(self) -> dict[str, frozenset[str]]:
        return {}

    def fitting(self, unit: str) -> frozenset[str]:
        """Ids of the rows that a figure written with ``unit`` can be a value of; without unit, of all."""
        known = self._fitting.get(unit)
        if known is None:
            known = frozenset(row.id for row in self.rows if not unit or unit_fits(row.unit, unit))
            self._fitting[unit] = known
        return known


def build_record(
    sheet: SheetFile, earlier: Sequence[SheetFile] = (), tolerance: Tolerance = DEFAULT_TOLERANCE
) -> Record:
    """The sheet's figures; a year that it does not hold is taken from the latest earlier sheet that does.

    ``tolerance``: what the city takes for 横ばい.
    """
    others = sorted(
        (other for other in earlier if other.fiscal_year < sheet.fiscal_year), key=lambda other: -other.fiscal_year
    )
    rows = [_indicator_row(entry, others) for entry in sheet.indicators] + _cost_rows(sheet, others)
    own_words = tuple(
        normalise(word)
        for word in (sheet.municipality, sheet.measure.name, *(direction.name for direction in sheet.directions))
        if word
    )
    return Record(
        sheet.fiscal_year,
        sheet.plan.start if sheet.plan else None,
        sheet.plan.end if sheet.plan else None,
        tuple(rows),
        _grades(sheet),
        own_words,
        frozenset(note.unit for kept in (sheet, *others) for note in kept.facts.evidence if note.unit),
        tolerance,
        {other.fiscal_year: _grades(other) for other in reversed(others)},
    )


def _grades(sheet: SheetFile) -> dict[str, str]:
    return {name: grade for name, grade in sheet.grades.model_dump().items() if grade}


def name_key(name: str) -> str:
    """A name without width and blanks: equal for names that are the same."""
    return re.sub(r"\s", "", normalise(name))


def same_name(first: str, second: str) -> bool:
    """Whether two indicator names are the same but for width and blanks."""
    return name_key(first) == name_key(second)


def same_indicators(entry: IndicatorEntry, sheet: SheetFile) -> Iterator[IndicatorEntry]:
    """The indicators of another sheet that are this one: of one kind, name and unit."""
    for other in sheet.indicators:
        if other.kind == entry.kind and same_name(other.name, entry.name) and other.unit == entry.unit:
            yield other


def _indicator_row(entry: IndicatorEntry, earlier: Sequence[SheetFile]) -> Row:
    same = [other for sheet in earlier for other in same_indicators(entry, sheet)]
    unit, factor = base_unit(entry.unit)
    values: dict[Series, dict[int, Decimal]] = {}
    for series in _SERIES:
        merged: dict[int, Decimal] = {}
        for source in reversed([entry, *same]):
            merged |= source.series(series)
        values[series] = {year: value * factor for year, value in merged.items()}
    return Row(
        entry.id,
        entry.name,
        entry.kind,
        unit,
        entry.unit or "",
        factor,
        entry.direction,
        entry.label,
        entry.better,
        entry.decimals,
        values,
        {year: flag for year, flag in entry.achieved.items() if flag is not None},
        tuple({other.printed_as: None for other in (entry, *same) if other.printed_as != entry.name}),
    )


def _cost_rows(sheet: SheetFile, earlier: Sequence[SheetFile]) -> list[Row]:
    rows = []
    for cost_row in COST_ROWS:
        actual: dict[int, Decimal] = {}
        for source in reversed([sheet, *earlier]):
            for year, costs in source.costs.items():
                value = costs.value(cost_row.key)
                if value is not None:
                    actual[year] = value
        values: dict[Series, dict[int, Decimal]] = {series: {} for series in _SERIES}
        values["actual"] = actual
        rows.append(
            Row(
                f"cost:{cost_row.key}",
                cost_row.label,
                "cost",
                cost_row.unit,
                cost_row.unit,
                Decimal(1),
                None,
                None,
                None,
                None,
                values,
                {},
                cost_row.asked_as,
                _OTHER_COUNTERS.get(cost_row.unit, ()),
            )
        )
    return rows


def series_label(row: Row, series: Series) -> str:
    """「実績値」「目標値」 …; a cost row has only one series and needs no word for it; a note is named as one."""
    if row.kind == "note":
        return messages.CHECK_NOTED
    return "" if row.kind == "cost" else SERIES_LABELS[series]
