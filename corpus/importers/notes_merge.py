"""Notes of a file beside those of a sheet: which are new, which are there already, which change one (no I/O).

A 事務事業 is the same by its name, an evidence note by what it counts, its unit and year, any other by its text. What
a file does not say takes nothing away.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import simplejson

from corpus.importers.notes import ReadNote
from corpus.sheetfile import SheetFile
from corpus.typednotes import NOTE_COLUMNS
from corpus.yearfacts import FACT_KINDS, FactKind


@dataclass(frozen=True)
class MergedNote:
    """A note of the file: ``before`` is the sheet's own (None: new), ``after`` what it becomes, ``fields`` differ."""

    place: str
    state: Literal["new", "same", "changed"]
    kind: FactKind
    before: dict[str, Any] | None
    after: dict[str, Any]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merge:
    """All notes of a file against a sheet, in the file's order."""

    notes: tuple[MergedNote, ...]

    def of(self, state: str) -> tuple[MergedNote, ...]:
        """Those that are new, the same, or changed."""
        return tuple(note for note in self.notes if note.state == state)

    @property
    def seal(self) -> str:
        """Tells whether a merge is still the one that a person was shown."""
        told = [
            (note.state, note.before, note.after) for kind in FACT_KINDS for note in self.notes if note.kind == kind
        ]
        written = simplejson.dumps(told, use_decimal=True, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()


def merge_notes(sheet: SheetFile, notes: Sequence[ReadNote]) -> Merge:
    """What storing ``notes`` would do to the sheet's facts. A note of the sheet is met once at most."""
    left: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for kind, stored in sheet.facts:
        value = {"kind": kind, **stored.model_dump()}
        left.setdefault(_identity(value), []).append(value)
    return Merge(tuple(_merged(entry, left) for entry in notes))


def _merged(entry: ReadNote, left: dict[tuple[Any, ...], list[dict[str, Any]]]) -> MergedNote:
    incoming = entry.note
    kind: FactKind = incoming["kind"]
    candidates = left.get(_identity(incoming), [])
    if not candidates:
        return MergedNote(entry.place, "new", kind, None, dict(incoming))
    direction = incoming.get("direction")
    before = next((one for one in candidates if one.get("direction") == direction), candidates[0])
    candidates.remove(before)
    said = {name: incoming.get(name) for name in NOTE_COLUMNS[kind] if incoming.get(name) is not None}
    after = before | {name: value for name, value in said.items() if _differs(name, before, value)}
    fields = tuple(name for name in NOTE_COLUMNS[kind] if after.get(name) != before.get(name))
    return MergedNote(entry.place, "changed" if fields else "same", kind, before, after, fields)


def _differs(name: str, before: Mapping[str, Any], value: Any) -> bool:
    """Another width or blank of the words by which a note is known is no change."""
    held = before.get(name)
    if isinstance(held, str) and isinstance(value, str) and name in ("name", "what", "text", "unit"):
        return _plain(held) != _plain(value)
    return bool(held != value)


def _identity(note: Mapping[str, Any]) -> tuple[Any, ...]:
    match note["kind"]:
        case "projects":
            return "projects", _plain(note["name"])
        case "evidence":
            return "evidence", _plain(note["what"]), _plain(note.get("unit") or ""), note["year"]
    return note["kind"], _plain(note["text"])


def _plain(words: str) -> str:
    return re.sub(r"\s|[。．]$", "", unicodedata.normalize("NFKC", words))
