"""Values to confirm (要確認): what a source did not decide, put in place by a person. Callers commit."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.cells import cell_at, read_cell
from corpus.columns import now
from corpus.editing import change_sheet
from corpus.errors import Refused
from corpus.fields import field_label
from corpus.form import BETTER_LABELS, COST_SOURCES
from corpus.models import Sheet, ValueToConfirm
from corpus.narratives import current_revision, save_text
from corpus.places import ABSENT, Change, NoSuchPlace, Value, value_at
from corpus.sheetfile import SheetFile
from corpus.store import load_sheet


def open_values(session: Session, sheet_id: int) -> list[ValueToConfirm]:
    """The places of a sheet that still wait for a person, in the order of the report."""
    query = (
        select(ValueToConfirm)
        .where(ValueToConfirm.sheet_id == sheet_id, ValueToConfirm.state == "open")
        .order_by(col(ValueToConfirm.id))
    )
    return list(session.exec(query))


def resolve_values(session: Session, sheet: Sheet, choices: Mapping[int, str | None], *, actor: Actor) -> int:
    """Put the chosen values in their places; None leaves a place empty for good. All or nothing.

    ``choices``: id of the ``ValueToConfirm`` → the value as typed or picked. Returns how many were settled.
    Raises ``Refused`` with the place for a value that does not fit there, or where the sources of a year's costs would
    exceed their total (A).
    """
    assert sheet.id is not None
    waiting = {entry.id: entry for entry in open_values(session, sheet.id)}
    chosen_for = {waiting[value_id].field: chosen for value_id, chosen in choices.items() if value_id in waiting}
    changes: list[Change] = []
    stored = load_sheet(session, sheet)
    for field, chosen in chosen_for.items():
        if chosen is None:
            continue
        try:
            if field.startswith("sections."):
                _put_text(session, sheet.id, field.removeprefix("sections."), chosen, actor)
            else:
                changes.append(Change(field, value_at(stored, field), _read(stored, field, chosen)))
        except (Refused, NoSuchPlace) as error:
            session.rollback()
            reason = str(error) if isinstance(error, Refused) else messages.no_such_place(field)
            raise Refused(messages.at_place(field_label(field, stored), reason)) from error
    change_sheet(session, sheet, changes, actor=actor, action="sheet.confirm")
    for value_id, chosen in choices.items():
        entry = waiting.get(value_id)
        if entry is not None:
            entry.state = "dismissed" if chosen is None else "resolved"
            entry.value, entry.resolved_by, entry.resolved_at = chosen, actor.id, now()
            session.add(entry)
            audit(session, actor, f"value.{entry.state}", f"sheet:{sheet.id}:{entry.field}", {"value": chosen})
    _refuse_overfull(session, sheet, list(chosen_for))
    session.flush()
    session.expire(sheet)
    return len(chosen_for)


def settle_as_it_stands(session: Session, sheet: Sheet, value_ids: Collection[int], *, actor: Actor) -> int:
    """A person's word that some places are right as they stand, with their value or empty. Returns how many."""
    assert sheet.id is not None
    stored = load_sheet(session, sheet)
    settled = 0
    for entry in open_values(session, sheet.id):
        if entry.id not in value_ids:
            continue
        try:
            value = value_at(stored, entry.field)
        except NoSuchPlace:
            value = ABSENT
        entry.state = "dismissed" if value is ABSENT else "resolved"
        entry.value = None if value in (ABSENT, None) else str(value)
        entry.resolved_by, entry.resolved_at = actor.id, now()
        session.add(entry)
        audit(session, actor, f"value.{entry.state}", f"sheet:{sheet.id}:{entry.field}", {"value": entry.value})
        settled += 1
    session.flush()
    session.expire(sheet)
    return settled


def _refuse_overfull(session: Session, sheet: Sheet, fields: list[str]) -> None:
    """One printed figure put into two rows makes the sources exceed their total (A)."""
    years = {int(field.split(".")[1]) for field in fields if field.startswith("costs.")}
    for cost in sheet.costs:
        sources = [value for row in COST_SOURCES if (value := getattr(cost, row)) is not None]
        if cost.fiscal_year in years and cost.program_total is not None and sum(sources) > cost.program_total:
            message = messages.sources_exceed_total(cost.fiscal_year, f"{sum(sources):,}", f"{cost.program_total:,}")
            session.rollback()
            raise Refused(message)


def _put_text(session: Session, sheet_id: int, key: str, text: str, actor: Actor) -> None:
    current = current_revision(session, sheet_id, key)
    save_text(session, sheet_id, key, text, actor=actor, based_on=current.id if current else None)


def _read(sheet: SheetFile, field: str, chosen: str) -> Value:
    """The value that a typed or picked text stands for in that place; raises ``Refused``."""
    cell = cell_at(sheet, field)
    if cell is not None:
        value = read_cell(cell, chosen)
        if value is ABSENT:
            # to leave a place empty is a choice of its own
            raise Refused(messages.not_a_figure(chosen))
        return value
    if field.endswith(".better") and chosen not in BETTER_LABELS:
        raise Refused(messages.not_a_choice(chosen))
    return chosen
