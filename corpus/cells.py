"""The cells of the figures tables: a path (``corpus.places``) taken apart, and what is typed into it (no I/O)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus import messages
from corpus.errors import Refused
from corpus.filetypes import FIRST_YEAR, LAST_YEAR
from corpus.form import COST_BY_KEY, SERIES_LABELS
from corpus.places import ABSENT, Value
from corpus.sheetfile import IndicatorEntry, SheetFile
from corpus.typedfigures import read_typed, says_not_surveyed

FLAG_WORDS: dict[str, dict[str, bool]] = {
    "achieved": {"達成": True, "未達成": False},
    "improved": {"向上": True, "低下": False},
}
"""The words of the form, which are also what the database of values to confirm holds."""
_FLAG_SIGNS: dict[str, bool] = {
    **dict.fromkeys("○〇◯", True),
    **dict.fromkeys("×✕✖✗xXｘＸ", False),
}
_TRENDS: dict[str, bool] = {"↑": True, "↗": True, "↓": False, "↘": False, "改善": True, "悪化": False}

_VALUE = re.compile(r"indicators\.(?P<id>.+)\.values\.(?P<year>\d{4})\.(?P<row>[a-z]+)", re.ASCII | re.DOTALL)
_FLAG = re.compile(r"indicators\.(?P<id>.+)\.(?P<row>achieved|improved)\.(?P<year>\d{4})", re.ASCII | re.DOTALL)
_COST = re.compile(r"costs\.(?P<year>\d{4})\.(?P<row>[a-z_]+)", re.ASCII)


@dataclass(frozen=True)
class Cell:
    """A cell: ``row`` is a series, a flag (achieved, improved) or a cost row; ``year`` fiscal.

    ``entry`` is the indicator, None for costs. ``unit``: of its figures, "" where none is known or for flags.
    """

    path: str
    kind: Literal["value", "flag", "cost"]
    row: str
    year: int
    entry: IndicatorEntry | None
    unit: str

    @property
    def decimals(self) -> int | None:
        """Digits after the point in which the row is printed, None where nobody said; costs are whole."""
        return 0 if self.entry is None else self.entry.decimals


def value_path(indicator_id: str, year: int, series: str) -> str:
    """The path of a figure of an indicator."""
    return f"indicators.{indicator_id}.values.{year}.{series}"


def flag_path(indicator_id: str, year: int, flag: str) -> str:
    """The path of 達成・未達成 (achieved) or 前年度比較 (improved) of an indicator."""
    return f"indicators.{indicator_id}.{flag}.{year}"


def cost_path(year: int, row: str) -> str:
    """The path of a cost row in a fiscal year."""
    return f"costs.{year}.{row}"


def cell_at(sheet: SheetFile, path: str) -> Cell | None:
    """The cell of a path; None where the sheet's tables have no such cell."""
    for kind, pattern in (("value", _VALUE), ("flag", _FLAG), ("cost", _COST)):
        found = pattern.fullmatch(path)
        if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
            continue
        row, year = found["row"], int(found["year"])
        if kind == "cost":
            return Cell(path, "cost", row, year, None, COST_BY_KEY[row].unit) if row in COST_BY_KEY else None
        entry = sheet.indicator(found["id"])
        if entry is None or (kind == "value" and row not in SERIES_LABELS):
            continue
        if kind == "value":
            return Cell(path, "value", row, year, entry, entry.unit or "")
        return Cell(path, "flag", row, year, entry, "")
    return None


def read_cell(cell: Cell, written: str) -> Value:
    """What a person typed: a Decimal in the row's unit, True or False, None (「―」: not surveyed) or ``ABSENT``.

    A cost that is not there is an empty cell: only indicators know 「―」. Raises ``Refused``, also for another unit.
    """
    if cell.kind == "flag":
        return read_flag(cell, written)
    if not written.strip():
        return ABSENT
    if says_not_surveyed(written):
        return ABSENT if cell.kind == "cost" else None
    figure = read_typed(written)
    if figure.unit and _plain_unit(figure.unit) != _plain_unit(cell.unit):
        raise Refused(messages.other_unit(written, cell.unit))
    return figure.value


def _plain_unit(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).strip()


def read_flag(cell: Cell, written: str) -> Value:
    """「○」「未達成」「↑」「―」 or nothing → True, False, None (not judged) or ``ABSENT``; raises ``Refused``."""
    plain = re.sub(r"[\s\u200b\ufeff]+", "", written)
    if not plain:
        return ABSENT
    if says_not_surveyed(plain):
        return None
    bare = plain
    for words in (FLAG_WORDS[cell.row], _FLAG_SIGNS, _TRENDS if cell.row == "improved" else {}):
        if bare in words:
            return words[bare]
        # 「○達成」「〇 向上」: a sign before the word
        if words is _FLAG_SIGNS and bare[0] in words and FLAG_WORDS[cell.row].get(bare[1:]) is words[bare[0]]:
            return words[bare[0]]
    raise Refused(messages.not_a_flag(written, list(FLAG_WORDS[cell.row])))


def flag_word(row: str, value: bool) -> str:
    """達成, 未達成, 向上 or 低下."""
    return next(word for word, meant in FLAG_WORDS[row].items() if meant is value)


def filled_cells(sheet: SheetFile) -> Iterator[str]:
    """The paths of all cells in which something stands, 「―」 included."""
    for entry in sheet.indicators:
        for year, values in entry.values.items():
            yield from (
                value_path(entry.id, year, series) for series in SERIES_LABELS if series in values.model_fields_set
            )
        for flag in FLAG_WORDS:
            yield from (flag_path(entry.id, year, flag) for year in getattr(entry, flag))
    for year, costs in sheet.costs.items():
        yield from (cost_path(year, row) for row in COST_BY_KEY if costs.value(row) is not None)
