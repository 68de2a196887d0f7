"""Notes of one kind as a table: the template to fill in, and what is noted so far. ``read_notes`` reads it back."""

import csv
import io
import re
from collections.abc import Sequence

from corpus.dates import show_date
from corpus.fields import FACT_FIELD_LABELS
from corpus.fiscal import wareki
from corpus.typednotes import NOTE_COLUMNS
from corpus.yearfacts import FactKind, Note

_FORMULA = re.compile(r"'*[=+\-@]")
_TEXT_HEADS: dict[FactKind, str] = {"done": "取組実績", "planned": "取組予定", "opinions": "意見・要望"}


def note_table(kind: FactKind, notes: Sequence[Note]) -> list[list[str]]:
    """Header and rows as text."""
    columns = NOTE_COLUMNS[kind]
    names = [_TEXT_HEADS.get(kind, "内容") if name == "text" else FACT_FIELD_LABELS[name] for name in columns]
    return [names, *([_cell(name, getattr(note, name)) for name in columns] for note in notes)]


def write_csv(kind: FactKind, notes: Sequence[Note]) -> str:
    """The table as CSV, lines ending as Excel writes them; the caller adds the BOM that Excel asks for.

    A text that Excel would run as a formula (「=…」「@…」) gets an apostrophe, which reading takes off again.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_guarded(cell) for cell in row] for row in note_table(kind, notes))
    return written.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+", cell) else cell


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "date":
        return show_date(str(value))
    if name == "year":
        return wareki(int(str(value)))
    return str(value)
