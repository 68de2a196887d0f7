"""Defining the indicators and directions of a sheet (no I/O): ids, pasted rows, and what hangs on each of them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from corpus.fields import FACT_LABELS
from corpus.form import KIND_LABELS, SERIES_OF_KIND, Kind
from corpus.sheetfile import IndicatorEntry, SheetFile

LABELS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
"""Labels of indicators in the order in which the form gives them."""
COMMON_UNITS: tuple[str, ...] = ("％", "人", "件", "世帯", "団体", "か所", "回", "校", "戸", "千円", "㎡", "ha", "ｔ")
"""Units offered for choice; any other may be typed."""
_LABEL = re.compile(rf"[{LABELS}]")
_HEADINGS = {
    "name": ("指標名", "指標", "名称", "指標の名称", "成果指標", "対象指標"),
    "unit": ("単位",),
    "source": ("出典", "データ出典", "取得方法", "把握方法", "データの出典"),
}


@dataclass(frozen=True)
class PastedIndicator:
    """A row pasted from a spreadsheet: 名称, 単位, 出典 and the label (ア) where one stands before the name."""

    name: str
    unit: str = ""
    source: str = ""
    label: str = ""


def free_label(kind: Kind, direction: int | None, sheet: SheetFile, taken: Collection[tuple[str, str]] = ()) -> str:
    """The first label (ア, イ …) that no indicator of that kind and direction has; "" where all are used.

    ``taken``: pairs of id prefix (``prefix_of``) and label that new rows already have.
    """
    prefix = prefix_of(kind, direction)
    used = {entry.label for entry in sheet.indicators if prefix_of(entry.kind, entry.direction) == prefix}
    used |= {label for other, label in taken if other == prefix}
    used |= {entry.id.removeprefix(f"{prefix}-") for entry in sheet.indicators if entry.id.startswith(f"{prefix}-")}
    return next((label for label in LABELS if label not in used), "")


def prefix_of(kind: Kind, direction: int | None) -> str:
    """``P`` for 対象指標, the number of the direction, ``0`` for an outcome of the measure as a whole."""
    return "P" if kind == "population" else str(direction or 0)


def free_id(kind: Kind, direction: int | None, label: str, taken: Collection[str]) -> str:
    """``1-ア``; where that is taken ``1-ア-2``, ``1-ア-3`` … ."""
    wanted = f"{prefix_of(kind, direction)}-{label or '1'}"
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def pasted_indicators(text: str) -> list[PastedIndicator]:
    """Rows copied from a spreadsheet (columns by tabs): 名称, 単位, 出典, in this order or as a heading row names them.

    A first column that holds only labels (ア) is taken as such; rows without a name are left out.
    """
    rows = [[cell.strip() for cell in row] for row in _cells(text)]
    rows = [row for row in rows if any(row)]
    columns = _columns(rows[0]) if rows else None
    firsts = [row[0] for row in rows]
    if columns is not None:
        rows = rows[1:]
    elif any(map(_is_label, firsts)) and all(not cell or _is_label(cell) for cell in firsts):
        columns = {"label": 0, "name": 1, "unit": 2, "source": 3}
    else:
        columns = {"name": 0, "unit": 1, "source": 2}
    found = []
    for row in rows:
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        entry = PastedIndicator(**{name: " ".join(cell.split()) for name, cell in cells.items()})
        if entry.name:
            found.append(entry)
    return found


def figures_of(entry: IndicatorEntry) -> int:
    """How many figures an indicator holds, over all years and series."""
    return sum(len(entry.series(series)) for series in ("forecast", "baseline", "target", "actual"))


def finer_figures(entry: IndicatorEntry, decimals: int) -> int:
    """How many figures of an indicator have more digits after the point than ``decimals``."""
    values = [
        value for series in ("forecast", "baseline", "target", "actual") for value in entry.series(series).values()
    ]
    return sum(value != round(value, decimals) for value in values)


def figures_off_form(entry: IndicatorEntry, kind: Kind) -> int:
    """How many figures stand in rows that the form does not print for ``kind``."""
    printed = SERIES_OF_KIND[kind]
    return sum(
        len(entry.series(series)) for series in ("forecast", "baseline", "target", "actual") if series not in printed
    )


def users_of_direction(sheet: SheetFile, number: int) -> list[str]:
    """What refers to a 展開方向, in Japanese: its indicators and the notes of the year."""
    indicators = [entry for entry in sheet.indicators if entry.direction == number]
    users = [f"{KIND_LABELS[entry.kind]} {entry.id}「{entry.name}」" for entry in indicators]
    notes: dict[str, int] = {}
    for kind, note in sheet.facts:
        if note.direction == number:
            notes[FACT_LABELS[kind]] = notes.get(FACT_LABELS[kind], 0) + 1
    return users + [f"{label}{count}件" for label, count in notes.items()]


def _cells(text: str) -> list[list[str]]:
    """Rows and columns of a paste; a cell in quotation marks may hold line breaks and tabs, as Excel writes them."""
    rows: list[list[str]] = [[]]
    for match in re.finditer(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)', text.strip("\n")):
        quoted, plain, end = match.groups()
        rows[-1].append(quoted.replace('""', '"') if quoted is not None else plain)
        if end == "\n":
            rows.append([])
        elif not end:
            break
    return rows


def _is_label(cell: str) -> bool:
    return _LABEL.fullmatch(cell) is not None


def _columns(row: list[str]) -> dict[str, int] | None:
    """Where a heading row puts each column; None for a row that is no heading."""
    words = [unicodedata.normalize("NFKC", "".join(cell.split())) for cell in row]
    found: dict[str, int] = {}
    for name, headings in _HEADINGS.items():
        for place, word in enumerate(words):
            if word in headings:
                found.setdefault(name, place)
    return found if "name" in found and len(found) > 1 else None
