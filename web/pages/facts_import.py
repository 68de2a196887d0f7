"""The page that takes a table of notes in: the form, and what storing it would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import simplejson

from corpus.fields import FACT_LABELS
from corpus.fiscal import wareki
from corpus.importers.notes import ReadNotes
from corpus.importers.notes_merge import Merge, MergedNote
from corpus.sheetfile import SheetFile
from corpus.yearfacts import FACT_KINDS, FactKind
from web.pages.facts import Field, fields_of

STATE_LABELS = {"new": "新しい", "same": "同じ", "changed": "変わる"}
KIND_CHOICES: tuple[tuple[str, str], ...] = (
    ("", "列名から決める"),
    *((kind, FACT_LABELS[kind]) for kind in FACT_KINDS),
)


@dataclass(frozen=True)
class ImportCell:
    """A field of a row; ``before``: what the sheet holds now, where that changes."""

    field: Field
    before: str | None


@dataclass(frozen=True)
class ImportRow:
    """A note of the file and what becomes of it."""

    place: str
    state: str
    state_label: str
    cells: tuple[ImportCell, ...]


@dataclass(frozen=True)
class ImportTable:
    """The rows of one kind."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[ImportRow, ...]


@dataclass(frozen=True)
class Preview:
    """What a file would do: ``content`` and ``seal`` come back with the confirmation."""

    file: str
    tables: tuple[ImportTable, ...]
    new: int
    same: int
    changed: int
    unused: tuple[str, ...]
    warnings: tuple[str, ...]
    content: str
    seal: str


@dataclass(frozen=True)
class FactsImportPage:
    """The page ``/sheets/<id>/facts/import``."""

    sheet_id: int
    measure: str
    year: str
    most_mb: int
    kinds: tuple[tuple[str, str], ...] = KIND_CHOICES
    templates: tuple[tuple[FactKind, str], ...] = tuple(FACT_LABELS.items())
    kind: str = ""
    preview: Preview | None = None
    problem: str = ""


def import_page(sheet_id: int, sheet: SheetFile, most_mb: int, **more: Any) -> FactsImportPage:
    """The page for a sheet."""
    return FactsImportPage(sheet_id, sheet.measure.name, wareki(sheet.fiscal_year), most_mb, **more)


def preview(file: str, read: ReadNotes, merge: Merge, sheet: SheetFile) -> Preview:
    """What was read of a file, by kind, beside what the sheet holds."""
    tables = []
    for kind in FACT_KINDS:
        rows = tuple(_row(note, sheet) for note in merge.notes if note.kind == kind)
        if rows:
            columns = tuple(cell.field.label for cell in rows[0].cells)
            tables.append(ImportTable(FACT_LABELS[kind], columns, rows))
    notes = [entry.note for entry in read.notes]
    return Preview(
        file=file,
        tables=tuple(tables),
        new=len(merge.of("new")),
        same=len(merge.of("same")),
        changed=len(merge.of("changed")),
        unused=read.unused,
        warnings=read.warnings,
        content=simplejson.dumps(notes, use_decimal=True, ensure_ascii=False),
        seal=merge.seal,
    )


def _row(note: MergedNote, sheet: SheetFile) -> ImportRow:
    after = fields_of(note.kind, note.after, sheet)
    before: Mapping[str, str] = {}
    if note.before is not None:
        before = {field.name: field.shown for field in fields_of(note.kind, note.before, sheet)}
    cells = tuple(
        ImportCell(field, (before.get(field.name) or "（空）") if field.name in note.fields else None)
        for field in after
    )
    return ImportRow(note.place, note.state, STATE_LABELS[note.state], cells)
