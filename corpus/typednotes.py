"""Notes of the year as a person types or pastes them → values that the sheet file holds (no I/O).

A field comes as text in any width; dates, figures, years and 展開方向 are read here once, for the page and for tables.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from corpus import messages
from corpus.dates import read_date
from corpus.errors import Refused
from corpus.fields import FACT_FIELD_LABELS
from corpus.filetypes import FIRST_YEAR, LAST_YEAR, storable, usable_text
from corpus.fiscal import parse_year
from corpus.form import CIRCLED_NUMBERS, ITEM_MARKS
from corpus.sheetfile import DirectionEntry, SheetFile
from corpus.typedfigures import read_typed, says_not_surveyed
from corpus.yearfacts import FactKind

NOTE_COLUMNS: dict[FactKind, tuple[str, ...]] = {
    "done": ("text", "date", "direction"),
    "planned": ("text", "date", "direction"),
    "opinions": ("who", "text", "answer", "date", "direction"),
    "other_cities": ("city", "text", "date", "direction"),
    "projects": ("name", "direction", "result", "cost", "next_step"),
    "evidence": ("what", "figure", "unit", "year", "source", "by", "direction"),
}
"""The fields of a note in the order in which page and tables show them."""
LEAD_FIELD: dict[FactKind, str] = {
    "done": "text",
    "planned": "text",
    "opinions": "text",
    "other_cities": "text",
    "projects": "name",
    "evidence": "what",
}
"""The field that a note cannot do without."""
LONGEST_FIELD = 5_000
MOST_LINES = 200
_BULLETS = "".join(mark for mark in ITEM_MARKS if mark not in "－-")
THOUSANDS: dict[str, Decimal] = {
    "円": Decimal("0.001"),
    "千円": Decimal(1),
    "万円": Decimal(10),
    "百万円": Decimal(1000),
    "億円": Decimal(100_000),
}
"""How many 千円 one of a unit is."""


def read_note(kind: FactKind, typed: Mapping[str, str], sheet: SheetFile, *, by: str | None = None) -> dict[str, Any]:
    """The value of ``facts.<id>`` (with its ``kind``) that the typed fields stand for; empty ones are absent.

    The sheet's year and ``by`` stand in for an evidence note's own. Raises ``Refused`` naming the field.
    """
    note: dict[str, Any] = {"kind": kind}
    for field in NOTE_COLUMNS[kind]:
        written = usable_text(typed.get(field, "")).strip()
        if len(written) > LONGEST_FIELD:
            raise Refused(messages.note_too_long(LONGEST_FIELD))
        try:
            note[field] = _read(kind, field, written, sheet)
        except Refused as error:
            raise Refused(messages.in_field(FACT_FIELD_LABELS[field], str(error))) from error
    if kind == "evidence":
        figure, unit = note["figure"] or (None, "")
        if figure is None:
            raise Refused(messages.note_lacks(FACT_FIELD_LABELS["figure"]))
        note |= {"figure": figure, "unit": note["unit"] or unit or None}
        note |= {"year": note["year"] or sheet.fiscal_year, "by": note["by"] or by}
    if note[LEAD_FIELD[kind]] is None:
        raise Refused(messages.note_lacks(FACT_FIELD_LABELS[LEAD_FIELD[kind]]))
    return note


def typed_lines(kind: FactKind, typed: Mapping[str, str]) -> list[dict[str, str]]:
    """One mapping an entry: each line of the lead field is one, with the other fields as typed.

    A line with tabs (copied from a spreadsheet) fills the columns in their order. A bullet before a line is left out.
    Raises ``Refused`` for too many lines.
    """
    lead = LEAD_FIELD[kind]
    lines = [line for line in usable_text(typed.get(lead, "")).split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(messages.too_many_lines(MOST_LINES))
    entries: list[dict[str, str]] = []
    for line in lines or [""]:
        entry = {field: typed.get(field, "") for field in NOTE_COLUMNS[kind]}
        if "\t" in line.strip():
            # the block's own direction stays for the kinds that stand under it
            entry |= dict(zip(NOTE_COLUMNS[kind], line.split("\t"), strict=False))
        else:
            entry[lead] = line
        entry[lead] = entry[lead].strip().lstrip(_BULLETS).strip()
        entries.append(entry)
    return entries


def _read(kind: FactKind, field: str, written: str, sheet: SheetFile) -> Any:
    if field == "direction":
        return read_direction(written, sheet.directions)
    if not written:
        return None
    match field:
        case "date":
            # what is planned lies in the next year, as 5(4) speaks of it
            year = sheet.fiscal_year + (1 if kind == "planned" else 0)
            if (found := read_date(written, year)) is None:
                raise Refused(messages.not_a_date(written))
            return found
        case "year":
            fiscal_year = parse_year(unicodedata.normalize("NFKC", written), sheet.fiscal_year)
            if fiscal_year is None or not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
                raise Refused(messages.fiscal_year_unread(written))
            return fiscal_year
        case "cost":
            return read_thousands(written)
        case "figure":
            return read_figure(written)
    return written


def read_direction(written: str, directions: list[DirectionEntry]) -> int | None:
    """The number that 「1」「①」「展開方向１」「方向1 支え合い…」 or a direction's name stands for; None for the whole.

    Raises ``Refused`` for one that the sheet does not have.
    """
    marked = unicodedata.normalize("NFKC", written).strip() if written[:1] not in CIRCLED_NUMBERS else written
    if not marked or marked in ("全体", "施策全体", "共通", "全般") or says_not_surveyed(marked) or marked == "なし":
        return None
    known = {direction.number: _plain(direction.name or "") for direction in directions}
    if marked[0] in CIRCLED_NUMBERS:
        number: int | None = CIRCLED_NUMBERS.index(marked[0]) + 1
    else:
        found = re.match(r"\(?(?:展開)?(?:方向)?(?:性)?\s*(\d{1,2})(?!\d)", marked)
        number = int(found[1]) if found else None
    if number is None:
        name = _plain(marked)
        number = next((number for number, known_name in known.items() if known_name and known_name == name), None)
    if number is None or (number not in known and (known or not 1 <= number <= 20)):
        raise Refused(messages.direction_not_here(written))
    return number


def _plain(words: str) -> str:
    return re.sub(r"[\s「」『』・、。]", "", unicodedata.normalize("NFKC", words))


def read_thousands(written: str, unit: str = "千円") -> Decimal | None:
    """An amount in 千円; ``unit``: what it is written in unless it says so itself (「3百万円」). None for 「―」.

    Raises ``Refused`` for what is no amount.
    """
    if says_not_surveyed(written):
        return None
    figure = read_typed(written)
    factor = THOUSANDS.get(figure.unit or unit)
    if factor is None:
        raise Refused(messages.not_a_figure(written))
    amount = figure.value * factor
    if factor == 1:
        return amount
    # 1,234,500円 is 1234.5 and not 1234.500
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    if not storable(amount):
        raise Refused(messages.not_a_figure(written))
    return amount


def read_figure(written: str) -> tuple[Decimal, str]:
    """A figure and the unit written behind it (「２１件」 → 21, 件). Raises ``Refused``."""
    figure = read_typed(written)
    return figure.value, "％" if figure.unit == "%" else figure.unit
