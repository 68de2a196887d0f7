"""A table or JSON of notes → the facts that it holds, for a sheet. All or nothing: one bad row refuses the file.

Ids in a file are left out: they belong to the sheet that it was written from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from corpus import messages
from corpus.errors import Refused, UnusableInput
from corpus.fields import FACT_FIELD_LABELS
from corpus.importers.files import decode
from corpus.importers.json import field_problems, parse_json
from corpus.importers.notes_columns import KIND, Columns, kind_of, looks_like_header, read_header, unit_in
from corpus.importers.notes_table import MOST_ROWS, Table, read_csv, read_xlsx
from corpus.sheetfile import SheetFile
from corpus.typednotes import LEAD_FIELD, read_note, read_thousands
from corpus.yearfacts import FACT_KINDS, NOTE_TYPES, FactKind, YearFacts

MOST_TITLE_ROWS = 20
MOST_PROBLEMS_NAMED = 5
_TOTAL = re.compile(r"(?:合計|総?計|小計|総合計|事業費計|計\(A\)|事業費の?合計)(?:額)?[:：]?")
_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".json")


@dataclass(frozen=True)
class ReadNote:
    """A note of the file (a value with its ``kind``) and where it stood: 「3行目」."""

    place: str
    note: dict[str, Any]


@dataclass(frozen=True)
class ReadNotes:
    """What a file holds: its notes in order, the columns that were not used, what a person should know."""

    notes: tuple[ReadNote, ...]
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_notes(
    name: str, content: bytes, sheet: SheetFile, *, most_bytes: int, kind: FactKind | None = None
) -> ReadNotes:
    """The notes of a .csv, .tsv, .txt, .xlsx or .json file for ``sheet``; ``kind``: of a table that does not say it.

    Raises ``UnusableInput`` in Japanese, naming the rows.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UnusableInput(messages.TABLE_LOCKED if suffix == ".xls" else messages.unknown_table(suffix))
    if len(content) > most_bytes:
        raise UnusableInput(messages.file_too_large(len(content), most_bytes))
    if not content.strip():
        raise UnusableInput(messages.EMPTY_FILE)
    if suffix == ".json":
        return _from_json(decode(content), sheet)
    tables = read_xlsx(content) if suffix == ".xlsx" else [read_csv(content)]
    found = [read for table in tables if (read := _from_table(table, sheet, kind, several=len(tables) > 1))]
    if not found:
        unclear = any(looks_like_header(row, sheet.fiscal_year) for table in tables for row in table.rows[:20])
        raise UnusableInput(messages.KIND_UNCLEAR if unclear else messages.NO_HEADER)
    notes = tuple(note for read in found for note in read.notes)
    if not notes:
        raise UnusableInput(messages.TABLE_EMPTY)
    if len(notes) > MOST_ROWS:
        raise UnusableInput(messages.too_many_rows(MOST_ROWS))
    _refuse_twice(notes)
    unused = tuple(dict.fromkeys(column for read in found for column in read.unused))
    return ReadNotes(notes, unused, tuple(dict.fromkeys(line for read in found for line in read.warnings)))


def _from_table(table: Table, sheet: SheetFile, kind: FactKind | None, *, several: bool) -> ReadNotes | None:
    """The notes of one table; None where it has no header that we know."""
    alone = all(sum(1 for cell in row if cell) == 1 for row in table.rows)
    for kinds in (True, False):
        for place, row in enumerate(table.rows[:MOST_TITLE_ROWS]):
            columns = read_header(row, sheet.fiscal_year, kind, alone=alone, kinds=kinds)
            if columns is None:
                continue
            body = list(zip(table.numbers, table.rows, strict=True))[place + 1 :]
            if columns.kind is None and body and not any(_kind(row, columns) for _, row in body):
                break
            titles = "\n".join(" ".join(title) for title in table.rows[:place])
            prefix = f"{table.name} " if several else ""
            _refuse_wider(table, place)
            return _body(body, columns, sheet, unit=columns.unit or unit_in(titles), prefix=prefix)
    return None


def _refuse_wider(table: Table, header: int) -> None:
    """A figure with a comma, unquoted in a CSV, falls into two cells: the row is longer than its header."""
    width = len(table.rows[header])
    for number, row in zip(table.numbers[header + 1 :], table.rows[header + 1 :], strict=True):
        if not table.name and any(row[width:]):
            raise UnusableInput(messages.at_row(f"{number}行目", messages.ROW_TOO_WIDE) + messages.NOTHING_STORED)


def _kind(row: Sequence[str], columns: Columns) -> FactKind | None:
    return columns.kind or kind_of(_cell(row, columns, KIND))


def _cell(row: Sequence[str], columns: Columns, field: str) -> str:
    place = columns.fields.get(field)
    return row[place] if place is not None and place < len(row) else ""


def _body(
    body: list[tuple[int, tuple[str, ...]]], columns: Columns, sheet: SheetFile, *, unit: str | None, prefix: str
) -> ReadNotes:
    notes: list[ReadNote] = []
    problems: list[str] = []
    warnings: list[str] = []
    totals: list[str] = []
    filled = _filled_down([_cell(row, columns, "direction") for _, row in body])
    if filled is not None:
        warnings.append(messages.DIRECTIONS_FILLED_DOWN)
    for place, (number, row) in enumerate(body):
        where = f"{prefix}{number}行目"
        if _is_total(row):
            totals.append(_cell(row, columns, "cost"))
            continue
        kind = _kind(row, columns)
        try:
            if kind is None:
                raise Refused(messages.unknown_kind(_cell(row, columns, KIND)))
            typed = {field: _cell(row, columns, field) for field in columns.fields if field != KIND}
            if filled is not None:
                typed["direction"] = filled[place]
            notes.append(ReadNote(where, _note(kind, typed, sheet, unit or "千円")))
        except Refused as error:
            problems.append(messages.at_row(where, str(error)))
    if problems:
        shown = problems[:MOST_PROBLEMS_NAMED]
        raise UnusableInput(messages.rows_refused(shown, len(problems) - len(shown)))
    costs = [entry.note["cost"] for entry in notes if entry.note.get("cost") is not None]
    if "cost" in columns.fields and unit is None and costs:
        warnings.append(messages.UNIT_ASSUMED)
    if len(totals) == 1 and costs:
        warnings += _compared(totals[0], sum(costs, Decimal(0)), unit or "千円")
    return ReadNotes(tuple(notes), columns.unused, tuple(warnings))


def _note(kind: FactKind, typed: dict[str, str], sheet: SheetFile, unit: str) -> dict[str, Any]:
    cost = typed.get("cost", "")
    if cost:
        try:
            amount = read_thousands(cost, unit)
        except Refused as error:
            raise Refused(messages.in_field(FACT_FIELD_LABELS["cost"], str(error))) from error
        typed = typed | {"cost": "" if amount is None else format(amount, "f")}
    # in a table of several kinds the words of a note may stand in a column of another name
    lead = LEAD_FIELD[kind]
    if not typed.get(lead):
        typed = typed | {lead: next((typed[name] for name in ("text", "name", "what") if typed.get(name)), "")}
    return read_note(kind, typed, sheet)


def _is_total(row: Sequence[str]) -> bool:
    """Whether the row only sums: its first filled cell that is no number says 合計 or 計."""
    first = next((cell for cell in row if cell and not re.fullmatch(r"[\d０-９.,]+", cell)), "")
    return _TOTAL.fullmatch(re.sub(r"[\s　]|[(（].*?[)）]", "", first)) is not None


def _filled_down(directions: list[str]) -> list[str] | None:
    """A merged column gives its value in the first row of each group only: every value once, the first row filled."""
    named = [written for written in directions if written]
    if not named or len(named) == len(directions) or not directions[0] or len(set(named)) < max(2, len(named)):
        return None
    filled: list[str] = []
    for written in directions:
        filled.append(written or filled[-1])
    return filled


def _compared(written: str, summed: Decimal, unit: str) -> list[str]:
    try:
        total = read_thousands(written, unit) if written else None
    except Refused:
        total = None
    if total is None:
        return []
    if total == summed:
        return [messages.total_row_agrees(f"{total:,f}")]
    return [messages.total_row_differs(f"{total:,f}", f"{summed:,f}")]


def _refuse_twice(notes: Sequence[ReadNote]) -> None:
    seen: dict[tuple[str, Any], str] = {}
    for entry in notes:
        if entry.note["kind"] != "projects":
            continue
        key = (entry.note["name"], entry.note.get("direction"))
        if key in seen:
            problem = messages.project_twice(entry.note["name"], seen[key])
            raise UnusableInput(messages.rows_refused([messages.at_row(entry.place, problem)], 0))
        seen[key] = entry.place


# --- JSON


def _from_json(text: str, sheet: SheetFile) -> ReadNotes:
    content = parse_json(text)
    if isinstance(content, dict) and isinstance(content.get("facts"), dict):
        content = content["facts"]
    if isinstance(content, list):
        content = _by_kind(content)
    if not isinstance(content, dict):
        raise UnusableInput(messages.NOTES_NOT_AN_OBJECT)
    if sum(len(notes) for notes in content.values() if isinstance(notes, list)) > MOST_ROWS:
        raise UnusableInput(messages.too_many_rows(MOST_ROWS))
    content = {
        kind: [_without_id(note) for note in notes] if isinstance(notes, list) else notes
        for kind, notes in content.items()
    }
    for note in content.get("evidence") or []:
        if isinstance(note, dict):
            note.setdefault("year", sheet.fiscal_year)
    try:
        facts = YearFacts.model_validate(content)
    except ValidationError as error:
        located = {"facts": content}
        raise UnusableInput(field_problems(error, located, ("facts",))) from error
    notes = tuple(
        ReadNote(messages.at_place_in_list(kind, place), {"kind": kind, **note.model_dump(exclude={"id"})})
        for kind in FACT_KINDS
        for place, note in enumerate(getattr(facts, kind), start=1)
    )
    if not notes:
        raise UnusableInput(messages.TABLE_EMPTY)
    _refuse_unknown_direction(notes, sheet)
    _refuse_twice(notes)
    return ReadNotes(notes)


def _by_kind(entries: list[Any]) -> dict[str, list[Any]]:
    content: dict[str, list[Any]] = {}
    for entry in entries:
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if not isinstance(kind, str) or kind not in NOTE_TYPES:
            raise UnusableInput(messages.NOTES_NOT_AN_OBJECT)
        content.setdefault(kind, []).append({name: value for name, value in entry.items() if name != "kind"})
    return content


def _without_id(note: Any) -> Any:
    return {name: value for name, value in note.items() if name != "id"} if isinstance(note, dict) else note


def _refuse_unknown_direction(notes: Sequence[ReadNote], sheet: SheetFile) -> None:
    known = {direction.number for direction in sheet.directions}
    lines = [
        messages.at_row(entry.place, messages.direction_not_here(str(number)))
        for entry in notes
        if known and (number := entry.note.get("direction")) is not None and number not in known
    ]
    if lines:
        shown = lines[:MOST_PROBLEMS_NAMED]
        raise UnusableInput(messages.rows_refused(shown, len(lines) - len(shown)))
