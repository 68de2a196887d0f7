"""Notes of one kind as a table: the template to fill in, and what is noted so far. ``read_notes`` reads it back."""

from collections.abc import Sequence

from corpus.dates import show_date
from corpus.exporters.table import write_table
from corpus.fields import FACT_FIELD_LABELS
from corpus.fiscal import wareki
from corpus.typednotes import NOTE_COLUMNS
from corpus.yearfacts import FactKind, Note

_TEXT_HEADS: dict[FactKind, str] = {"done": "取組実績", "planned": "取組予定", "opinions": "意見・要望"}


def note_table(kind: FactKind, notes: Sequence[Note]) -> list[list[str]]:
    """Header and rows as text."""
    columns = NOTE_COLUMNS[kind]
    names = [_TEXT_HEADS.get(kind, "内容") if name == "text" else FACT_FIELD_LABELS[name] for name in columns]
    return [names, *([_cell(name, getattr(note, name)) for name in columns] for note in notes)]


def write_csv(kind: FactKind, notes: Sequence[Note]) -> str:
    """The table as CSV (``write_table``); the caller adds the BOM that Excel asks for."""
    return write_table(note_table(kind, notes))


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "date":
        return show_date(str(value))
    if name == "year":
        return wareki(int(str(value)))
    return str(value)
