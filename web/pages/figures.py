"""The figures tables of a sheet and the chart beside each indicator."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from corpus.fiscal import wareki, wareki_short
from corpus.form import BETTER_LABELS, COST_ROWS, KIND_LABELS, SERIES_LABELS, Kind, Series
from corpus.sheetfile import IndicatorEntry, SheetFile
from web.pages.writing import MISSING, cell_anchor, figure

FLAG_LABELS: dict[str, tuple[str, str, str]] = {
    "achieved": ("達成・未達成", "達成", "未達成"),
    "improved": ("前年度比較", "向上", "低下"),
}


@dataclass(frozen=True)
class YearHead:
    """A column: ``short`` as printed (R5), ``long`` for readers of the page aloud; ``own``: the sheet's year."""

    year: int
    short: str
    long: str
    own: bool


@dataclass(frozen=True)
class Cell:
    """``text``: the figure, 「―」 where the source says there is none, "" where it says nothing.

    ``to_confirm``: the source did not decide this place; a person has to.
    """

    anchor: str
    text: str
    to_confirm: bool = False
    own: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table: its label, key (``target``, ``achieved``, ``general``), unit and a cell a year."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    unit: str = ""


@dataclass(frozen=True)
class IndicatorBlock:
    """One indicator: its rows, and what its chart draws as JSON (``chart``; "" when it has no value at all)."""

    id: str
    label: str
    name: str
    unit: str
    source: str
    better: str
    rows: tuple[Row, ...]
    chart: str
    chart_summary: str


@dataclass(frozen=True)
class IndicatorGroup:
    """The indicators under one heading: 対象指標, or the 成果指標 of a direction."""

    heading: str
    indicators: tuple[IndicatorBlock, ...]


@dataclass(frozen=True)
class Figures:
    """Both tables of a sheet."""

    years: tuple[YearHead, ...]
    groups: tuple[IndicatorGroup, ...]
    cost_years: tuple[YearHead, ...]
    costs: tuple[Row, ...]

    @property
    def charts(self) -> tuple[IndicatorBlock, ...]:
        """The indicators that have something to draw."""
        return tuple(block for group in self.groups for block in group.indicators if block.chart)


def figures_of(sheet: SheetFile, to_confirm: Collection[str] = ()) -> Figures:
    """The tables of a sheet; ``to_confirm``: the fields (paths) that still wait for a person."""
    years = table_years(sheet)
    waiting = [field.split(".") for field in to_confirm]
    cost_years = sorted({*sheet.costs, *(int(path[1]) for path in waiting if path[0] == "costs" and len(path) == 3)})
    return Figures(
        years=tuple(year_head(year, sheet.fiscal_year) for year in years),
        groups=tuple(_groups(sheet, years, frozenset(to_confirm))),
        cost_years=tuple(year_head(year, sheet.fiscal_year) for year in cost_years),
        costs=tuple(_cost_rows(sheet, cost_years, frozenset(to_confirm))) if cost_years else (),
    )


def year_head(year: int, own: int) -> YearHead:
    """The head of a column; ``own``: the fiscal year of the sheet."""
    return YearHead(year, wareki_short(year), wareki(year), year == own)


def table_years(sheet: SheetFile) -> list[int]:
    """The columns of the figures table: every year of the plan, and every other one that holds something."""
    found = {
        year for entry in sheet.indicators for part in (entry.values, entry.achieved, entry.improved) for year in part
    }
    if sheet.plan and sheet.plan.start and sheet.plan.end and 0 <= sheet.plan.end - sheet.plan.start <= 15:
        found |= set(range(sheet.plan.start, sheet.plan.end + 1))
    return sorted(found)


def _groups(sheet: SheetFile, years: list[int], to_confirm: frozenset[str]) -> list[IndicatorGroup]:
    headings: dict[tuple[Kind, int | None], list[IndicatorBlock]] = {}
    for entry in sheet.indicators:
        place = (entry.kind, entry.direction if entry.kind == "outcome" else None)
        headings.setdefault(place, []).append(_block(entry, years, sheet.fiscal_year, to_confirm))
    groups = []
    for (kind, number), blocks in headings.items():
        groups.append(IndicatorGroup(group_heading(sheet, kind, number), tuple(blocks)))
    return groups


def group_heading(sheet: SheetFile, kind: Kind, number: int | None) -> str:
    """「成果指標　展開方向1「支え合い」」."""
    direction = sheet.direction(number) if number is not None else None
    named = f"「{direction.name}」" if direction and direction.name else ""
    return KIND_LABELS[kind] + (f"　展開方向{number}{named}" if number is not None else "")


def _block(entry: IndicatorEntry, years: list[int], own: int, to_confirm: frozenset[str]) -> IndicatorBlock:
    rows = [_series_row(entry, series, years, own, to_confirm) for series in entry.printed_series]
    rows += [row for flag in FLAG_LABELS if (row := _flag_row(entry, flag, years, own, to_confirm))]
    has_values = any(entry.series(series) for series in entry.printed_series)
    return IndicatorBlock(
        id=entry.id,
        label=entry.label or entry.id,
        name=entry.name,
        unit=entry.unit or "",
        source=entry.source or "",
        better=BETTER_LABELS[entry.better] if entry.better else "",
        rows=tuple(rows),
        chart=_chart(entry, years) if has_values else "",
        chart_summary=f"{entry.name}の推移。値は上の表のとおり。",
    )


def _series_row(entry: IndicatorEntry, series: Series, years: list[int], own: int, to_confirm: frozenset[str]) -> Row:
    cells = []
    for year in years:
        values = entry.values.get(year)
        value = entry.value(year, series)
        stated = values is not None and series in values.model_fields_set
        text = figure(value, entry.decimals) if value is not None else MISSING if stated else ""
        waits = f"indicators.{entry.id}.values.{year}.{series}" in to_confirm
        cells.append(
            Cell(cell_anchor(entry.id, year, series), "" if waits and value is None else text, waits, year == own)
        )
    return Row(series, SERIES_LABELS[series], tuple(cells))


def _flag_row(entry: IndicatorEntry, flag: str, years: list[int], own: int, to_confirm: frozenset[str]) -> Row | None:
    said: dict[int, bool | None] = getattr(entry, flag)
    fields = {year: f"indicators.{entry.id}.{flag}.{year}" for year in years}
    if not any(value is not None for value in said.values()) and not to_confirm.intersection(fields.values()):
        return None
    label, yes, no = FLAG_LABELS[flag]
    cells = []
    for year in years:
        value = said.get(year)
        text = (yes if value else no) if value is not None else MISSING if year in said else ""
        waits = fields[year] in to_confirm
        cells.append(Cell(cell_anchor(entry.id, year, flag), text, waits, year == own))
    return Row(flag, label, tuple(cells))


def _cost_rows(sheet: SheetFile, years: list[int], to_confirm: frozenset[str]) -> list[Row]:
    rows = []
    for row in COST_ROWS:
        cells = []
        for year in years:
            cost = sheet.costs.get(year)
            value = cost.value(row.key) if cost else None
            waits = f"costs.{year}.{row.key}" in to_confirm
            text = figure(value, None) if value is not None else ""
            anchor = cell_anchor(f"cost:{row.key}", year, None)
            cells.append(Cell(anchor, text, waits, year == sheet.fiscal_year))
        rows.append(Row(row.key, row.label, tuple(cells), row.unit))
    return rows


def _chart(entry: IndicatorEntry, years: list[int]) -> str:
    """JSON for ``charts.js``: labels, unit, and a line a series; null leaves a gap. Floats serve drawing only."""

    def points(values: dict[int, Decimal]) -> list[float | None]:
        return [float(values[year]) if year in values else None for year in years]

    lines = []
    for series in entry.printed_series:
        values = entry.series(series)
        if values:
            texts = [figure(values[year], entry.decimals) if year in values else "" for year in years]
            lines.append({"key": series, "name": SERIES_LABELS[series], "points": points(values), "texts": texts})
    content = {"labels": [wareki_short(year) for year in years], "unit": entry.unit or "", "lines": lines}
    return json.dumps(content, ensure_ascii=False)
