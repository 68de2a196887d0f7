"""Stored figures that were asked for in the chat: a small table a row of the figures tables, and its chart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.fiscal import wareki, wareki_short
from corpus.form import SERIES_LABELS
from corpus.sheetfile import SheetFile
from web.pages.writing import figure

LEAST_DRAWN = 2
"""Values of one series that make a line."""
_SERIES = {label: key for key, label in SERIES_LABELS.items()}


@dataclass(frozen=True)
class AskedCell:
    """A figure; ``anchor``: its cell on the sheet's page, "" where another year's sheet has it."""

    text: str
    anchor: str


@dataclass(frozen=True)
class FigureTable:
    """One indicator or cost: a column a year, a row a series (of a cost ""); ``chart``: JSON for charts.js, "" where
    there is nothing to draw.
    """

    label: str
    unit: str
    years: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[AskedCell, ...]], ...]
    chart: str

    @property
    def count(self) -> int:
        """How many figures it holds."""
        return sum(bool(cell.text) for _, cells in self.rows for cell in cells)


def figure_tables(entries: Sequence[Mapping[str, Any]], sheet: SheetFile) -> tuple[FigureTable, ...]:
    """The figures of an answer as tables, in the order of the answer."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        groups.setdefault(str(entry["label"]), []).append(entry)
    return tuple(_table(label, found, sheet) for label, found in groups.items())


def _table(label: str, entries: Sequence[Mapping[str, Any]], sheet: SheetFile) -> FigureTable:
    indicator = next((known for known in sheet.indicators if known.name == label), None)
    decimals = indicator.decimals if indicator else None
    years = sorted({int(entry["year"]) for entry in entries})
    names = list(dict.fromkeys(str(entry.get("series", "")) for entry in entries))
    values = {(str(entry.get("series", "")), int(entry["year"])): _number(entry) for entry in entries}
    anchors = {(str(entry.get("series", "")), int(entry["year"])): _anchor(entry) for entry in entries}

    def cell(name: str, year: int) -> AskedCell:
        value = values.get((name, year))
        return AskedCell("" if value is None else figure(value, decimals), anchors.get((name, year), ""))

    rows = tuple((name, tuple(cell(name, year) for year in years)) for name in names)
    unit = str(entries[0].get("unit", ""))
    drawn = [
        {
            "key": _SERIES.get(name, "actual"),
            "name": name or label,
            "points": [None if (value := values.get((name, year))) is None else float(value) for year in years],
            "texts": [shown.text for shown in cells],
        }
        for name, cells in rows
    ]
    most = max((sum(point is not None for point in line["points"]) for line in drawn), default=0)
    content = {"labels": [wareki_short(year) for year in years], "unit": unit, "lines": drawn}
    chart = json.dumps(content, ensure_ascii=False) if most >= LEAST_DRAWN else ""
    return FigureTable(label, unit, tuple((wareki_short(year), wareki(year)) for year in years), rows, chart)


def _number(entry: Mapping[str, Any]) -> Decimal:
    return Decimal(str(entry["value"]).replace(",", "").replace("▲", "-"))


def _anchor(entry: Mapping[str, Any]) -> str:
    return f"cell-{'_'.join(str(entry['cell']).split())}" if entry.get("cell") else ""
