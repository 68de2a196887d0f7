"""Stored figures as typed facts: level, target, change, gap, achievement, missing survey, cost.

A fact knows the stored cells it is computed from, so that a sentence made of it can say where its figures come from.
``fact_history`` tells an indicator's facts over several years, ``sheet_facts`` those of costs and of the whole sheet.
Everything is pure. Years are fiscal years, money is in 千円, a difference of two percentages is in ポイント.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from corpus.city import DEFAULT_TOLERANCE, Tolerance
from corpus.form import COST_BY_KEY, Better, Kind, Series
from corpus.sheetfile import IndicatorEntry, SheetFile

FactKind = Literal[
    "level",
    "target",
    "change",
    "gap",
    "achieved",
    "missing",
    "turned",
    "record",
    "first_survey",
    "streak",
    "met_streak",
    "start_change",
    "rate",
    "gap_ahead",
    "met_count",
    "better_count",
    "cost",
    "cost_change",
    "share",
    "per_head",
]
_RANKS: dict[FactKind, int] = {
    "missing": 1,
    "turned": 2,
    "record": 3,
    "met_streak": 4,
    "streak": 4,
    "achieved": 5,
    "gap": 6,
    "rate": 6,
    "met_count": 7,
    "better_count": 7,
    "change": 8,
    "cost_change": 8,
    "start_change": 9,
    "level": 10,
    "first_survey": 10,
    "cost": 10,
    "share": 11,
    "per_head": 11,
    "gap_ahead": 12,
    "target": 13,
}
PERCENT_UNITS = ("％", "%", "パーセント")
POINTS = "ポイント"


@dataclass(frozen=True)
class Cell:
    """One stored value: ``subject`` is an indicator's id or ``cost:general``; costs have the series ``actual``."""

    subject: str
    year: int
    series: Series
    value: Decimal


@dataclass(frozen=True)
class Fact:
    """What the stored figures say of one subject in one year.

    ``value``: in ``unit``, signed for a change (year minus ``base_year``) and a gap (actual minus target; ahead:
    target minus actual); of a streak or count the number; None for ``missing`` and ``achieved``. ``good``: achieved
    or improved, None where the polarity is unknown or nothing changed. ``base_year``: what it is held against, or
    where its period begins. ``cells``: the stored values behind it; for ``missing`` the last surveyed one.
    """

    kind: FactKind
    subject: str
    name: str
    year: int
    series: Series
    value: Decimal | None
    unit: str
    decimals: int | None
    direction: int | None
    cells: tuple[Cell, ...]
    base_year: int | None = None
    good: bool | None = None

    @property
    def printed(self) -> str:
        """The value with thousands commas and unit: 「76,182人」; of a change or gap the size only: 「2.7ポイント」.

        "" without value. A level below zero is 「▲5.0（単位：％）」.
        """
        if self.value is None:
            return ""
        signed = self.kind in ("level", "target", "cost", "record", "first_survey")
        return with_unit(format_figure(self.value if signed else abs(self.value), self.decimals), self.unit)

    @property
    def rank(self) -> int:
        """What is worth saying first, 0 before 1: a missed target, no survey, a turn, a record, a streak, a target
        met, by how much, counts, the change of the year, that since the plan began, the level, shares, what is ahead.
        """
        return 0 if self.kind == "achieved" and self.good is False else _RANKS[self.kind]


@dataclass(frozen=True)
class Standing:
    """Where one indicator stands in ``year``, as far as the stored figures tell.

    ``previous``: the level of the last surveyed year before. ``ahead``: targets of later years, ascending.
    ``actuals``, ``targets``: the stored cells of ``year`` and before, ascending; a year without survey has none.
    ``flat``: the change since the last survey is within what the city takes for 横ばい.
    """

    subject: str
    name: str
    kind: Kind
    direction: int | None
    better: Better | None
    year: int
    level: Fact | None
    previous: Fact | None
    target: Fact | None
    change: Fact | None
    gap: Fact | None
    achieved: Fact | None
    missing: Fact | None
    ahead: tuple[Fact, ...]
    actuals: tuple[Cell, ...] = ()
    targets: tuple[Cell, ...] = ()
    flat: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the year's target is met; None where that is not known."""
        return self.achieved.good if self.achieved else None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Its facts about ``year`` in a fixed order, without the targets ahead."""
        found = (self.level, self.target, self.change, self.gap, self.achieved, self.missing)
        return tuple(fact for fact in found if fact is not None)

    def target_of(self, year: int) -> Fact | None:
        """The target of a later year, or None."""
        return next((fact for fact in self.ahead if fact.year == year), None)


def rounded(value: Decimal, decimals: int | None) -> Decimal:
    """``value`` as printed with ``decimals`` digits (四捨五入); None leaves it as given."""
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_figure(value: Decimal, decimals: int | None) -> str:
    """「76,182」「56.50」「▲1.2」: thousands commas, ``decimals`` digits, ▲ for a negative value."""
    shown = rounded(value, decimals)
    return ("▲" if shown < 0 else "") + f"{abs(shown):,f}"


def with_unit(number: str, unit: str) -> str:
    """「12.1％」, of a negative level 「▲5.0（単位：％）」: a reader would take 「▲5.0％」 for a decrease by 5％."""
    return f"{number}（単位：{unit}）" if number.startswith("▲") and unit else number + unit


def is_percentage(unit: str | None) -> bool:
    """Whether differences in this unit are ポイント."""
    return (unit or "").strip() in PERCENT_UNITS


def _value(
    indicator: IndicatorEntry, year: int, series: Series, earlier: Sequence[SheetFile], own: bool
) -> Decimal | None:
    """The stored value in this sheet, else (for past years, not ``own``) in an earlier sheet of the same indicator."""
    found = indicator.value(year, series)
    if found is not None or own:
        return found
    for sheet in earlier:
        same = sheet.indicator(indicator.id)
        if same and (same.name, same.unit) == (indicator.name, indicator.unit) and year <= sheet.fiscal_year:
            found = same.value(year, series)
            if found is not None:
                return found
    return None


def standing(
    indicator: IndicatorEntry,
    year: int,
    earlier: Sequence[SheetFile] = (),
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> Standing:
    """Where ``indicator`` stands in fiscal year ``year``.

    Actuals of past years that its own sheet lacks are taken from ``earlier`` sheets (latest first).
    The change is since the last surveyed year; achievement and improvement follow ``better`` only.
    ``tolerance``: what the city takes for 横ばい.
    """
    unit = (indicator.unit or "").strip()
    name = " ".join(indicator.name.split())

    def fact(
        kind: FactKind,
        series: Series,
        at: int,
        value: Decimal | None,
        cells: tuple[Cell, ...],
        *,
        base: int | None = None,
        good: bool | None = None,
    ) -> Fact:
        shown_unit = POINTS if kind in ("change", "gap") and is_percentage(unit) else unit
        return Fact(
            kind,
            indicator.id,
            name,
            at,
            series,
            value,
            shown_unit,
            indicator.decimals,
            indicator.direction,
            cells,
            base,
            good,
        )

    def cell(series: Series, at: int) -> Cell | None:
        value = _value(indicator, at, series, earlier, own=at >= year)
        return None if value is None else Cell(indicator.id, at, series, value)

    def level_fact(kind: FactKind, found: Cell | None) -> Fact | None:
        return None if found is None else fact(kind, found.series, found.year, found.value, (found,))

    years = {at for source in (indicator, *_same(indicator, earlier)) for at in source.values if at < year}
    known = [found for at in sorted({*years, year}) if (found := cell("actual", at))]
    past = next((found for found in reversed(known) if found.year < year), None)
    now, aim = cell("actual", year), cell("target", year)
    flat = bool(now and past and tolerance.is_flat(past.value, now.value, percent=is_percentage(unit)))
    change = gap = achieved = missing = None
    if now and past:
        better = _better(now.value - past.value, indicator.better)
        change = fact(
            "change", "actual", year, _difference(indicator, now, past), (now, past), base=past.year, good=better
        )
    if now and aim:
        gap = fact("gap", "actual", year, _difference(indicator, now, aim), (now, aim))
        if indicator.better:
            met = now.value >= aim.value if indicator.better == "higher" else now.value <= aim.value
            achieved = fact("achieved", "actual", year, None, (now, aim), good=met)
    if now is None and past is not None:
        missing = fact("missing", "actual", year, None, (past,), base=past.year)
    ahead = (level_fact("target", cell("target", at)) for at in sorted(indicator.values) if at > year)
    return Standing(
        indicator.id,
        name,
        indicator.kind,
        indicator.direction,
        indicator.better,
        year,
        level_fact("level", now),
        level_fact("level", past),
        level_fact("target", aim),
        change,
        gap,
        achieved,
        missing,
        tuple(found for found in ahead if found is not None),
        tuple(known),
        tuple(found for at in sorted({*years, year}) if (found := cell("target", at))),
        flat,
    )


def _same(indicator: IndicatorEntry, earlier: Sequence[SheetFile]) -> list[IndicatorEntry]:
    found = (sheet.indicator(indicator.id) for sheet in earlier)
    return [entry for entry in found if entry and (entry.name, entry.unit) == (indicator.name, indicator.unit)]


def _difference(indicator: IndicatorEntry, now: Cell, base: Cell) -> Decimal:
    """The difference of the values as printed, so that a reader who subtracts gets the same."""
    return rounded(now.value, indicator.decimals) - rounded(base.value, indicator.decimals)


def _better(difference: Decimal, better: Better | None) -> bool | None:
    if better is None or difference == 0:
        return None
    return (difference > 0) == (better == "higher")


def standings(
    sheet: SheetFile,
    kind: Kind,
    *,
    direction: int | None = None,
    earlier: Sequence[SheetFile] = (),
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> tuple[Standing, ...]:
    """The standings of a sheet's indicators of one kind (of one direction, if given) in its own fiscal year."""
    return tuple(
        standing(entry, sheet.fiscal_year, earlier, tolerance)
        for entry in sheet.indicators
        if entry.kind == kind and (direction is None or entry.direction == direction)
    )


def cost_name(row: str) -> str:
    """How prose names a cost row: 「トータルコスト」, without the (A) and (B) of the form."""
    return COST_BY_KEY[row].label.split("(")[0]


def cost_facts(sheet: SheetFile, row: str, earlier: Sequence[SheetFile] = ()) -> tuple[Fact | None, Fact | None]:
    """(cost of the sheet's year, change from the year before), None where a value is not stored.

    The year before may stand in an earlier sheet only.
    """
    year, subject, unit = sheet.fiscal_year, f"cost:{row}", COST_BY_KEY[row].unit
    now = _cost(sheet, row, year)
    if now is None:
        return None, None
    here = Cell(subject, year, "actual", now)
    level = Fact("cost", subject, cost_name(row), year, "actual", now, unit, None, None, (here,))
    before = next((found for source in (sheet, *earlier) if (found := _cost(source, row, year - 1)) is not None), None)
    if before is None:
        return level, None
    cells = (here, Cell(subject, year - 1, "actual", before))
    change = Fact(
        "cost_change",
        subject,
        cost_name(row),
        year,
        "actual",
        now - before,
        unit,
        None,
        None,
        cells,
        base_year=year - 1,
    )
    return level, change


def _cost(sheet: SheetFile, row: str, year: int) -> Decimal | None:
    entry = sheet.costs.get(year)
    return entry.value(row) if entry else None
