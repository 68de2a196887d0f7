"""Storing notes of the year, each save an act in the trail (``corpus.editing``). Callers commit.

An id is never used twice in a sheet, not even after a deletion: drafts cite it, and a deletion can be undone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from corpus import messages
from corpus.accounts import Actor
from corpus.editing import change_sheet, trail
from corpus.errors import NotFound, Refused, StalePlaces
from corpus.models import Sheet
from corpus.places import ABSENT, Change, Value, value_at
from corpus.sheetfile import SheetFile
from corpus.store import load_sheet
from corpus.yearfacts import FACT_KINDS, NOTE_TYPES, FactKind

MOST_NOTES = 2_000
_TRIES = 8
_NUMBERED = re.compile(rf"facts\.({'|'.join(FACT_KINDS)})-([0-9]{{1,9}})")


@dataclass(frozen=True)
class Noted:
    """What an act did: its id in the trail (None: nothing changed), and the ids of the notes that it touched."""

    act: int | None
    ids: tuple[str, ...]


def note_path(note_id: str) -> str:
    """The place of a note."""
    return f"facts.{note_id}"


def note_at(sheet: SheetFile, note_id: str) -> dict[str, Any]:
    """A note with its ``kind`` and ``id``; raises ``NotFound``."""
    value = value_at(sheet, note_path(note_id)) if note_id else ABSENT
    if value is ABSENT:
        raise NotFound(messages.NO_SUCH_NOTE)
    assert isinstance(value, dict)
    return value


def note_value(note: Mapping[str, Any], note_id: str) -> dict[str, Any]:
    """A note as it stands in its place afterwards, every field in the order of the sheet file.

    One that the sheet file refuses is given as it is: ``change_sheet`` says what is wrong with it.
    """
    kind: FactKind = note["kind"]
    fields = {name: value for name, value in note.items() if name != "kind"} | {"id": note_id}
    try:
        return {"kind": kind, **NOTE_TYPES[kind].model_validate(fields).model_dump()}
    except ValidationError:
        return {"kind": kind, **fields}


def add_notes(
    session: Session, sheet: Sheet, notes: Sequence[Mapping[str, Any]], *, actor: Actor, action: str = "facts.edit"
) -> Noted:
    """Add notes (values with their ``kind``) at the end of their lists, all or none.

    Two people who add at once both succeed. Raises ``Refused`` for a value that does not fit.
    """
    for attempt in range(_TRIES):
        stored = load_sheet(session, sheet)
        changes = additions(session, sheet, stored, notes)
        try:
            act = change_sheet(session, sheet, changes, actor=actor, action=action)
        except StalePlaces:
            session.rollback()
            if attempt == _TRIES - 1:
                raise
            continue
        return Noted(act, tuple(change.path.removeprefix("facts.") for change in changes))
    raise AssertionError("the last attempt returns or raises")


def additions(session: Session, sheet: Sheet, stored: SheetFile, notes: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The changes that add ``notes`` under ids which the sheet never had. Raises ``Refused`` for too many notes."""
    if sum(1 for _ in stored.facts) + len(notes) > MOST_NOTES:
        raise Refused(messages.too_many_notes(MOST_NOTES))
    last = _last_numbers(session, sheet, stored)
    changes = []
    for note in notes:
        kind: FactKind = note["kind"]
        last[kind] = last.get(kind, 0) + 1
        note_id = f"{kind}-{last[kind]}"
        changes.append(Change(note_path(note_id), ABSENT, note_value(note, note_id)))
    return changes


def save_note(
    session: Session, sheet: Sheet, note_id: str, before: Value, note: Mapping[str, Any], *, actor: Actor
) -> Noted:
    """Put a note in the place of ``before`` (ABSENT: it was deleted meanwhile and comes back).

    Raises ``StalePlaces`` where something else stands by now.
    """
    change = Change(note_path(note_id), before, note_value(note, note_id))
    kept = change.to_object()
    if kept["before"] == kept["after"]:
        # the writer changed nothing; what others saved meanwhile stays
        return Noted(None, (note_id,))
    return Noted(change_sheet(session, sheet, [change], actor=actor, action="facts.edit"), (note_id,))


def delete_note(session: Session, sheet: Sheet, note_id: str, before: Value, *, actor: Actor) -> Noted:
    """Take a note away. Raises ``StalePlaces`` where it is not ``before`` any more."""
    change = Change(note_path(note_id), before, ABSENT)
    return Noted(change_sheet(session, sheet, [change], actor=actor, action="facts.edit"), (note_id,))


def _last_numbers(session: Session, sheet: Sheet, stored: SheetFile) -> dict[str, int]:
    """The highest number of each kind that an id ever had in this sheet."""
    paths = {note_path(note.id or "") for _, note in stored.facts}
    paths |= {change.path for entry in trail(session, sheet) for change in entry.changes}
    last: dict[str, int] = {}
    for path in paths:
        found = _NUMBERED.fullmatch(path)
        if found is not None:
            last[found[1]] = max(last.get(found[1], 0), int(found[2]))
    return last
