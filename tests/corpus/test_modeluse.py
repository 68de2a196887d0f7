"""Whether a model may be asked: the city's consent to just this one, and the switch of the sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE, Actor
from corpus.continuity import add_measure_link
from corpus.editing import trail, undo
from corpus.errors import NotFound, Refused
from corpus.making import roll_measure
from corpus.models import AuditEvent, Sheet
from corpus.modeluse import (
    agree,
    consent_of,
    consents,
    keeps_inside,
    model_use,
    set_keep_inside,
    withdraw,
)
from corpus.sheetfile import ReadSheet
from corpus.store import get_sheet, save_sheet
from tests.conftest import SheetFactory

OUTSIDE = {"model": "gpt-x", "provider": "openai", "address": "https://api.example.com/v1"}


@pytest.fixture
def store(session: Session, make_sheet: SheetFactory) -> Callable[..., Sheet]:
    def stored(year: int = 2023, **changes: Any) -> Sheet:
        saved = save_sheet(session, ReadSheet(sheet=make_sheet(year, **changes)), actor=COMMAND_LINE)
        return get_sheet(session, saved.sheet_id)

    return stored


def use(session: Session, sheet: Sheet, **other: Any) -> str:
    return model_use(session, sheet, **({**OUTSIDE, "outside": True} | other))


def acts(session: Session, prefix: str) -> list[tuple[str, str, str]]:
    rows = session.exec(select(AuditEvent).order_by(AuditEvent.id))  # type: ignore[arg-type]
    return [(row.action, row.subject, row.actor) for row in rows if row.action.startswith(prefix)]


def test_a_model_inside_needs_no_consent_and_no_switch_stops_it(
    session: Session, store: Callable[..., Sheet], hanako: Actor
) -> None:
    sheet = store()
    set_keep_inside(session, sheet, True, actor=hanako)
    assert use(session, sheet, outside=False) == "allowed"


@pytest.mark.parametrize("part", ["model", "provider", "address"])
def test_consent_holds_for_just_this_model_at_this_address(
    session: Session, store: Callable[..., Sheet], hanako: Actor, part: str
) -> None:
    sheet = store()
    assert use(session, sheet) == "no_consent"
    agree(session, **OUTSIDE, actor=hanako)
    assert use(session, sheet) == "allowed"
    assert use(session, sheet, **{part: OUTSIDE[part] + "2"}) == "no_consent"


def test_consent_is_withdrawn_and_given_again(session: Session, store: Callable[..., Sheet], hanako: Actor) -> None:
    sheet = store()
    first = agree(session, **OUTSIDE, actor=hanako)
    assert agree(session, **OUTSIDE, actor=hanako).id == first.id
    assert withdraw(session, **OUTSIDE, actor=hanako)
    assert not withdraw(session, **OUTSIDE, actor=hanako)
    assert use(session, sheet) == "no_consent"
    assert consent_of(session, **OUTSIDE) is None
    again = agree(session, **OUTSIDE, actor=hanako)
    assert use(session, sheet) == "allowed"
    assert [(one.id, one.withdrawn_at is None) for one in consents(session)] == [(again.id, True), (first.id, False)]
    assert acts(session, "model.") == [
        ("model.agreed", "model:gpt-x", "見本 花子"),
        ("model.withdrawn", "model:gpt-x", "見本 花子"),
        ("model.agreed", "model:gpt-x", "見本 花子"),
    ]


def test_nobody_agrees_without_an_account(session: Session) -> None:
    with pytest.raises(Refused):
        agree(session, **OUTSIDE, actor=COMMAND_LINE)
    with pytest.raises(Refused):
        withdraw(session, **OUTSIDE, actor=COMMAND_LINE)
    assert consents(session) == []


def test_a_sheet_kept_inside_stays_inside_whatever_the_city_agreed_to(
    session: Session, store: Callable[..., Sheet], hanako: Actor
) -> None:
    sheet = store()
    agree(session, **OUTSIDE, actor=hanako)
    assert set_keep_inside(session, sheet, True, actor=hanako)
    assert not set_keep_inside(session, sheet, True, actor=hanako)
    assert use(session, sheet) == "kept_inside"
    assert set_keep_inside(session, sheet, False, actor=hanako)
    assert use(session, sheet) == "allowed"
    assert [entry.action for entry in trail(session, sheet)] == ["sheet.let_out", "sheet.kept_inside", "sheet.created"]
    with pytest.raises(NotFound):
        undo(session, sheet, trail(session, sheet)[0].id, actor=hanako)


def test_the_texts_of_an_earlier_sheet_kept_inside_do_not_leave_through_a_later_one(
    session: Session, store: Callable[..., Sheet], hanako: Actor
) -> None:
    earlier, later = store(2022), store(2024)
    agree(session, **OUTSIDE, actor=hanako)
    set_keep_inside(session, earlier, True, actor=hanako)
    assert use(session, later) == "kept_inside"
    set_keep_inside(session, later, True, actor=hanako)
    set_keep_inside(session, earlier, False, actor=hanako)
    # a later sheet's texts are in no draft of an earlier one
    assert use(session, earlier) == "allowed"


def test_a_linked_measure_kept_inside_counts_as_an_earlier_sheet(
    session: Session, store: Callable[..., Sheet], hanako: Actor
) -> None:
    earlier = store(2022)
    later = store(2023, measure={"code": "34", "name": "新しい地域福祉"})
    set_keep_inside(session, earlier, True, actor=hanako)
    assert not keeps_inside(session, later)
    add_measure_link(session, later, earlier.measure_id, "renamed", actor=hanako)
    assert keeps_inside(session, later)


def test_the_next_year_s_sheet_keeps_the_switch(session: Session, store: Callable[..., Sheet], hanako: Actor) -> None:
    last = store(2022)
    set_keep_inside(session, last, True, actor=hanako)
    rolled = roll_measure(session, last.measure_id, actor=hanako)
    assert rolled.sheet_id is not None
    assert get_sheet(session, rolled.sheet_id).keep_inside
    # one that is imported for a later year is of the same measure too
    assert store(2024).keep_inside
    assert not store(2021).keep_inside
    other = store(2024, measure={"code": "34", "name": "別の施策"})
    assert not other.keep_inside


def test_a_new_import_of_a_sheet_leaves_its_switch(
    session: Session, store: Callable[..., Sheet], hanako: Actor, make_sheet: SheetFactory
) -> None:
    sheet = store()
    set_keep_inside(session, sheet, True, actor=hanako)
    changed = ReadSheet(sheet=make_sheet(2023, lead_person="見本　太郎"))
    assert save_sheet(session, changed, actor=hanako, update=True).status == "updated"
    assert get_sheet(session, sheet.id or 0).keep_inside
