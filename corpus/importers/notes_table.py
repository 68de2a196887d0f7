"""A .csv or .xlsx file → its rows of cells as text. What cannot be read is refused in Japanese; nothing is guessed.

A workbook gives one table a visible worksheet. Limits keep a small file from unpacking into a large one.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from corpus import messages
from corpus.errors import UnusableInput
from corpus.filetypes import usable_text
from corpus.importers.files import decode_table

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_UNPACKED = 100_000_000
"""Bytes that a workbook may unpack to."""
MOST_READ = 25_000_000
"""Bytes of it that are read, so all but pictures: what takes seconds; a table of 2,000 rows needs under 5 MB."""
_GUARDED = re.compile(r"^'(?='*[=+\-@])")
"""The apostrophe that ``corpus.exporters.notes`` puts before what a spreadsheet would take for a formula."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class Table:
    """Rows of cells as text, without empty rows: ``rows[n]`` stands in line ``numbers[n]``; ``name``: worksheet."""

    name: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def read_csv(content: bytes) -> Table:
    """Comma or tab, in the encodings of ``decode_table``; raises ``UnusableInput``."""
    text = decode_table(content)
    tabs = sum(line.count("\t") for line in text.splitlines()[:20])
    commas = sum(line.count(",") for line in text.splitlines()[:20])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs > commas else ",", strict=True)
    numbers: list[int] = []
    rows: list[tuple[str, ...]] = []
    line = 1
    try:
        for row in reader:
            _collect(numbers, rows, line, [_GUARDED.sub("", cell) for cell in row])
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnusableInput(messages.csv_broken(line)) from error
    return Table("", tuple(numbers), tuple(rows))


def read_xlsx(content: bytes) -> list[Table]:
    """The visible worksheets of a workbook; formulas give their stored results. Raises ``UnusableInput``."""
    if content.startswith(_OLD_OFFICE):
        raise UnusableInput(messages.TABLE_LOCKED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [(entry.file_size, entry.filename.startswith("xl/media/")) for entry in packed.infolist()]
            read = sum(size for size, picture in parts if not picture)
            if read > MOST_READ or sum(size for size, _ in parts) > MOST_UNPACKED:
                raise UnusableInput(messages.TABLE_UNPACKS_TOO_LARGE)
        tables = [_table(name, cells) for name, cells in _worksheets(content, results=True)]
        formulas = dict(_worksheets(content, results=False))
        for table in tables:
            _refuse_uncalculated(table, formulas[table.name])
    except UnusableInput:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes Python raise
        raise UnusableInput(messages.TABLE_BROKEN) from error
    return tables


def _worksheets(content: bytes, *, results: bool) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=results, keep_links=False)
    try:
        for worksheet in book.worksheets:
            if worksheet.sheet_state != "visible":
                continue
            rows = worksheet.iter_rows(max_row=MOST_ROWS * 3, max_col=MOST_COLUMNS, values_only=True)
            yield worksheet.title, [tuple(row) for row in rows]
    finally:
        book.close()


def _table(name: str, cells: list[tuple[Any, ...]]) -> Table:
    numbers: list[int] = []
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(cells, start=1):
        _collect(numbers, rows, number, [_as_text(value) for value in row])
    return Table(name, tuple(numbers), tuple(rows))


def _collect(numbers: list[int], rows: list[tuple[str, ...]], number: int, row: list[str]) -> None:
    cells = tuple(usable_text(cell).strip() for cell in row[:MOST_COLUMNS])
    if not any(cells):
        return
    wrong = next((cell for cell in cells if cell in _ERRORS), None)
    if wrong is not None:
        raise UnusableInput(messages.at_row(f"{number}行目", messages.cell_error(wrong)))
    if len(rows) >= MOST_ROWS:
        raise UnusableInput(messages.too_many_rows(MOST_ROWS))
    numbers.append(number)
    rows.append(cells)


def _refuse_uncalculated(table: Table, formulas: list[tuple[Any, ...]]) -> None:
    """A formula without a stored result would read as an empty cell."""
    results = dict(zip(table.numbers, table.rows, strict=True))
    for number, row in enumerate(formulas, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str) and value.startswith("=") and len(value) > 1:
                held = results.get(number, ())
                if place >= len(held) or not held[place]:
                    raise UnusableInput(messages.at_row(f"{table.name} {number}行目", messages.not_calculated()))


def _as_text(value: Any) -> str:
    """A cell as a person would type it; a figure without the noise of binary fractions."""
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f").removesuffix(".0")
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)
