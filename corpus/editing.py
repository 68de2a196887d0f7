"""Changing a stored sheet place by place, with a trail of who changed what and a way back. Callers commit.

Texts have their revisions (``corpus.narratives``); everything else of a sheet goes through ``change_sheet``. A change
says what stood there before, so that what someone else entered meanwhile is never overwritten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.columns import now
from corpus.errors import NotFound, Refused, StalePlaces
from corpus.fields import field_label
from corpus.models import AuditEvent, Measure, Sheet, ValueToConfirm
from corpus.places import ABSENT, Change, NoSuchPlace, UnfitValue, put, value_at
from corpus.sheetfile import SheetFile
from corpus.store import load_sheet, sheets_of_measure, write_figures, write_head

TRAIL_ACTIONS: tuple[str, ...] = (
    "sheet.edit",
    "sheet.paste",
    "sheet.confirm",
    "sheet.undo",
    "sheet.created",
    "sheet.updated",
    "sheet.rolled",
    "facts.edit",
    "facts.import",
    "grade.choose",
    "sheet.kept_inside",
    "sheet.let_out",
)
"""Actions of the trail that change a sheet's figures, head, grades, notes, or the switch 「外部モデルに送らない」."""


@dataclass(frozen=True)
class TrailEntry:
    """One act: who, when, what kind (``action``), the places; ``undoes``: the act that it took back."""

    id: int
    at: datetime
    actor: str
    action: str
    changes: tuple[Change, ...]
    undoes: int | None
    undone: bool


def change_sheet(
    session: Session, sheet: Sheet, changes: Sequence[Change], *, actor: Actor, action: str = "sheet.edit"
) -> int | None:
    """Put all changes in their places, or none; the id of the act in the trail, None when nothing would change.

    Raises ``StalePlaces`` where something else than a change's ``before`` stands by now, and ``Refused`` for a value
    that does not fit; then nothing is changed.
    """
    return _change(session, sheet, changes, actor=actor, action=action, detail={})


def undo(session: Session, sheet: Sheet, act_id: int, *, actor: Actor) -> int | None:
    """Take an act back by a new one. Raises ``StalePlaces`` where the places were changed again since."""
    entry = next((entry for entry in trail(session, sheet) if entry.id == act_id), None)
    if entry is None or not entry.changes or entry.action == "sheet.created":
        raise NotFound(messages.NO_SUCH_ACT)
    if entry.undone:
        raise Refused(messages.ALREADY_UNDONE)
    changes = [change.reverse for change in entry.changes]
    return _change(session, sheet, changes, actor=actor, action="sheet.undo", detail={"undoes": act_id})


def trail(session: Session, sheet: Sheet) -> list[TrailEntry]:
    """What was done to a sheet's figures, head, grades and notes, newest first."""
    query = (
        select(AuditEvent)
        .where(AuditEvent.subject == f"sheet:{sheet.id}", col(AuditEvent.action).in_(TRAIL_ACTIONS))
        .order_by(col(AuditEvent.id).desc())
    )
    rows = list(session.exec(query))
    undone = {row.detail.get("undoes") for row in rows}
    return [
        TrailEntry(
            id=row.id or 0,
            at=row.at,
            actor=row.actor,
            action=row.action,
            changes=tuple(Change.from_object(kept) for kept in row.detail.get("places", [])),
            undoes=row.detail.get("undoes"),
            undone=row.id in undone,
        )
        for row in rows
    ]


def _change(
    session: Session, sheet: Sheet, changes: Sequence[Change], *, actor: Actor, action: str, detail: dict[str, Any]
) -> int | None:
    assert sheet.id is not None
    session.flush()
    session.refresh(sheet)
    seen = sheet.version
    stored = load_sheet(session, sheet)
    changes = [change for change in changes if not _is_same(change)]
    _refuse_stale(stored, changes)
    try:
        changed = put(stored, {change.path: change.after for change in changes})
    except NoSuchPlace as error:
        raise Refused(messages.no_such_place(str(error))) from error
    except UnfitValue as error:
        label = field_label(error.path, stored)
        raise Refused(messages.field_problem(label, error.reason, {}, error.value) + messages.NOTHING_SAVED) from error
    _refuse_other_identity(stored, changed)
    if not changes:
        return None
    moved = session.exec(
        update(Sheet).where(col(Sheet.id) == sheet.id, col(Sheet.version) == seen).values(version=seen + 1)
    )
    if moved.rowcount != 1:
        session.rollback()
        raise StalePlaces(messages.CHANGED_MEANWHILE, [])
    session.refresh(sheet)
    write_head(sheet, changed)
    write_figures(session, sheet, changed)
    _settle(session, sheet.id, changes, actor)
    _name_measure(session, sheet)
    act = audit(
        session,
        actor,
        action,
        f"sheet:{sheet.id}",
        {**detail, "places": [change.to_object() for change in changes]},
    )
    session.flush()
    session.expire(sheet)
    return act.id


def _is_same(change: Change) -> bool:
    kept = change.to_object()
    return bool(kept["before"] == kept["after"])


def _refuse_stale(stored: SheetFile, changes: Iterable[Change]) -> None:
    stale: list[tuple[str, Any]] = []
    for change in changes:
        try:
            present = value_at(stored, change.path)
        except NoSuchPlace:
            present = ABSENT
        if not _is_same(Change(change.path, present, change.before)):
            stale.append((change.path, present))
    if stale:
        labels = [field_label(path, stored) for path, _ in stale[:6]]
        raise StalePlaces(messages.stale_places(labels, len(stale) - len(labels)), stale)


def _refuse_other_identity(stored: SheetFile, changed: SheetFile) -> None:
    if stored.measure.name != changed.measure.name and not stored.measure.code:
        raise Refused(messages.NAME_IS_IDENTITY)


def _settle(session: Session, sheet_id: int, changes: Iterable[Change], actor: Actor) -> None:
    """A place that waited for a person is settled by a value in it, and waits again when that is taken away."""
    query = select(ValueToConfirm).where(ValueToConfirm.sheet_id == sheet_id)
    waiting = {row.field: row for row in session.exec(query)}
    for change in changes:
        row = waiting.get(change.path)
        if row is None:
            continue
        if change.after is not ABSENT and row.state != "resolved":
            row.state, row.value = "resolved", None if change.after is None else str(change.after)
            row.resolved_by, row.resolved_at = actor.id, now()
        elif change.after is ABSENT and row.state == "resolved":
            row.state, row.value, row.resolved_by, row.resolved_at = "open", None, None, None
        session.add(row)


def _name_measure(session: Session, sheet: Sheet) -> None:
    """A measure goes by the name of its newest sheet."""
    measure = session.get(Measure, sheet.measure_id)
    newest = sheets_of_measure(session, sheet.measure_id)[-1]
    if measure is not None:
        measure.name = newest.measure_name
        session.add(measure)
