"""Changing a stored sheet: all or nothing, nobody's entry overwritten, every act in the trail and with a way back."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE, Actor
from corpus.confirming import open_values, settle_as_it_stands
from corpus.database import open_session
from corpus.editing import change_sheet, trail, undo
from corpus.errors import NotFound, Refused, StalePlaces
from corpus.models import Measure, Sheet, ValueToConfirm
from corpus.places import ABSENT, Change, differences, value_at
from corpus.sheetfile import ReadSheet, SheetFile, ToConfirm
from corpus.store import find_sheet, get_sheet, load_sheet, save_sheet
from tests.conftest import SheetFactory

HANAKO, TARO = Actor(None, "花子"), Actor(None, "太郎")
RATE = "indicators.1-ア.values.2023.actual"
GENERAL = "costs.2023.general"
NEW = "costs.2026.total"
SIX = [
    Change(RATE, Decimal("12.1"), Decimal("12.40")),
    Change(GENERAL, Decimal(316118), ABSENT),
    Change(NEW, ABSENT, Decimal(1)),
    Change("indicators.1-ア.values.2022.actual", None, ABSENT),
    Change("lead_division", "福祉総務課", "地域共生課"),
    Change("grades.overall", "C", "B"),
]


@pytest.fixture
def sheet(session: Session, make_sheet: SheetFactory) -> Sheet:
    saved = save_sheet(session, ReadSheet(sheet=make_sheet()), actor=COMMAND_LINE)
    session.commit()
    return get_sheet(session, saved.sheet_id)


def change(session: Session, sheet: Sheet, *changes: Change, actor: Actor = HANAKO, **more: str) -> int | None:
    act = change_sheet(session, sheet, changes, actor=actor, **more)
    session.commit()
    return act


def stored(session: Session, sheet: Sheet) -> SheetFile:
    session.expire_all()
    return load_sheet(session, get_sheet(session, sheet.id or 0))


def test_changes_go_in_together_and_stand_in_the_trail(session: Session, sheet: Sheet) -> None:
    act = change(session, sheet, *SIX, action="sheet.paste")
    after = stored(session, sheet)
    assert [value_at(after, place.path) for place in SIX] == [place.after for place in SIX]
    assert str(value_at(after, RATE)) == "12.40"
    newest = trail(session, sheet)[0]
    assert (newest.id, newest.actor, newest.action, newest.undone) == (act, "花子", "sheet.paste", False)
    assert list(newest.changes) == SIX
    assert newest.at.tzinfo is not None


def test_what_changes_nothing_leaves_no_trace(session: Session, sheet: Sheet) -> None:
    before, version = len(trail(session, sheet)), sheet.version
    assert change(session, sheet, Change(RATE, Decimal("12.1"), Decimal("12.1"))) is None
    assert change(session, sheet) is None
    assert (len(trail(session, sheet)), sheet.version) == (before, version)


@pytest.mark.parametrize(
    "bad",
    [
        Change("costs.2023.tea", ABSENT, Decimal(1)),
        Change("indicators.9-ア.values.2023.actual", ABSENT, Decimal(1)),
        Change("indicators.1-ア.better", "higher", "sideways"),
        Change("costs.2023.total", Decimal(597613), "たくさん"),
        Change("measure.name", "地域福祉の推進", ABSENT),
    ],
)
def test_one_value_that_does_not_fit_changes_nothing(session: Session, sheet: Sheet, bad: Change) -> None:
    before = stored(session, sheet).canonical()
    with pytest.raises(Refused, match="どの値もまだ保存していません"):
        change_sheet(session, sheet, [SIX[0], bad], actor=HANAKO)
    session.rollback()
    assert stored(session, sheet).canonical() == before
    assert [entry.action for entry in trail(session, sheet)] == ["sheet.created"]


def test_what_another_entered_meanwhile_is_not_overwritten(session: Session, sheet: Sheet) -> None:
    change(session, sheet, Change(RATE, Decimal("12.1"), Decimal("12.3")), actor=TARO)
    mine = [Change(RATE, Decimal("12.1"), Decimal("12.4")), Change(GENERAL, Decimal(316118), Decimal(1))]
    with pytest.raises(StalePlaces, match="令和5年度 実績値") as caught:
        change_sheet(session, sheet, mine, actor=HANAKO)
    session.rollback()
    assert caught.value.places == [(RATE, Decimal("12.3"))]
    after = stored(session, sheet)
    assert (value_at(after, RATE), value_at(after, GENERAL)) == (Decimal("12.3"), Decimal(316118))


def test_other_places_of_the_same_sheet_are_no_conflict(session: Session, sheet: Sheet) -> None:
    change(session, sheet, SIX[0], actor=TARO)
    change(session, sheet, SIX[4])
    after = stored(session, sheet)
    assert [value_at(after, place.path) for place in (SIX[0], SIX[4])] == [SIX[0].after, SIX[4].after]


def test_of_two_sessions_at_once_the_later_is_told(engine: Engine, session: Session, sheet: Sheet) -> None:
    with open_session(engine) as other:
        theirs = get_sheet(other, sheet.id or 0)
        seen = load_sheet(other, theirs)
        change(session, sheet, SIX[0], actor=TARO)
        mine = Change(RATE, value_at(seen, RATE), Decimal("99.9"))
        with pytest.raises(StalePlaces):
            change_sheet(other, theirs, [mine], actor=HANAKO)
        other.rollback()
    assert value_at(stored(session, sheet), RATE) == Decimal("12.40")
    assert trail(session, sheet)[0].actor == "太郎"


def test_an_act_can_be_taken_back_and_that_too(session: Session, sheet: Sheet) -> None:
    before = stored(session, sheet)
    act = change(session, sheet, *SIX)
    after = stored(session, sheet)
    assert act is not None
    back = undo(session, sheet, act, actor=TARO)
    session.commit()
    assert stored(session, sheet).canonical() == before.canonical()
    assert differences(before, stored(session, sheet)) == ()
    newest, oldest = trail(session, sheet)[:2]
    assert (newest.id, newest.action, newest.actor, newest.undoes) == (back, "sheet.undo", "太郎", act)
    assert (oldest.undone, newest.undone) == (True, False)
    assert back is not None
    undo(session, sheet, back, actor=HANAKO)
    session.commit()
    assert stored(session, sheet).canonical() == after.canonical()


def test_an_act_is_taken_back_once(session: Session, sheet: Sheet) -> None:
    act = change(session, sheet, SIX[0])
    assert act is not None
    undo(session, sheet, act, actor=HANAKO)
    with pytest.raises(Refused, match="すでに取り消されています"):
        undo(session, sheet, act, actor=HANAKO)


def test_an_act_that_was_overtaken_is_not_taken_back(session: Session, sheet: Sheet) -> None:
    act = change(session, sheet, SIX[0], SIX[4])
    change(session, sheet, Change(RATE, Decimal("12.40"), Decimal(13)), actor=TARO)
    assert act is not None
    with pytest.raises(StalePlaces) as caught:
        undo(session, sheet, act, actor=HANAKO)
    session.rollback()
    assert [path for path, _ in caught.value.places] == [RATE]
    assert value_at(stored(session, sheet), "lead_division") == "地域共生課"


def test_there_is_no_way_back_from_what_is_no_change(session: Session, sheet: Sheet, make_sheet: SheetFactory) -> None:
    created = trail(session, sheet)[-1]
    other = save_sheet(session, ReadSheet(sheet=make_sheet(2022)), actor=COMMAND_LINE)
    session.commit()
    act = change(session, sheet, SIX[0])
    for act_id, where in ((created.id, sheet), (9999, sheet), (act or 0, get_sheet(session, other.sheet_id))):
        with pytest.raises(NotFound):
            undo(session, where, act_id, actor=HANAKO)


def test_an_update_by_import_can_be_taken_back(session: Session, sheet: Sheet, make_sheet: SheetFactory) -> None:
    before = stored(session, sheet)
    save_sheet(session, ReadSheet(sheet=make_sheet(policy="別の政策", lead_division="別の課")), actor=TARO, update=True)
    session.commit()
    newest = trail(session, sheet)[0]
    assert [place.path for place in newest.changes] == ["policy", "lead_division"]
    undo(session, sheet, newest.id, actor=HANAKO)
    session.commit()
    assert stored(session, sheet).canonical() == before.canonical()


def test_a_renamed_measure_goes_by_the_name_of_its_newest_sheet(session: Session, make_sheet: SheetFactory) -> None:
    for year in (2022, 2023):
        save_sheet(session, ReadSheet(sheet=make_sheet(year)), actor=COMMAND_LINE)
    session.commit()
    old, new = (find_sheet(session, "12", year) for year in (2022, 2023))
    change(session, old, Change("measure.name", "地域福祉の推進", "昔の名"))
    assert session.get(Measure, old.measure_id).name == "地域福祉の推進"  # type: ignore[union-attr]
    change(session, new, Change("measure.name", "地域福祉の推進", "新しい名"))
    assert session.get(Measure, old.measure_id).name == "新しい名"  # type: ignore[union-attr]


def test_a_name_that_is_the_identity_stays(session: Session, make_sheet: SheetFactory) -> None:
    nameless = make_sheet(measure={"code": None, "name": "番号のない施策"})
    saved = save_sheet(session, ReadSheet(sheet=nameless), actor=COMMAND_LINE)
    session.commit()
    with pytest.raises(Refused, match="年度間のつながり"):
        change_sheet(
            session,
            get_sheet(session, saved.sheet_id),
            [Change("measure.name", "番号のない施策", "別の名")],
            actor=HANAKO,
        )


@pytest.fixture
def waiting(session: Session, make_sheet: Callable[..., SheetFile]) -> Sheet:
    places = [ToConfirm(field=NEW), ToConfirm(field="indicators.1-ア.values.2024.actual"), ToConfirm(field=RATE)]
    saved = save_sheet(session, ReadSheet(sheet=make_sheet(), to_confirm=places), actor=COMMAND_LINE)
    session.commit()
    return get_sheet(session, saved.sheet_id)


def fields(session: Session, sheet: Sheet) -> list[str]:
    return [entry.field for entry in open_values(session, sheet.id or 0)]


def test_entering_settles_what_waited_and_undoing_opens_it_again(session: Session, waiting: Sheet) -> None:
    surveyed = Change("indicators.1-ア.values.2024.actual", ABSENT, None)
    act = change(session, waiting, Change(NEW, ABSENT, Decimal(5)), surveyed)
    assert fields(session, waiting) == [RATE]
    assert act is not None
    undo(session, waiting, act, actor=HANAKO)
    session.commit()
    assert fields(session, waiting) == [NEW, surveyed.path, RATE]


def test_a_place_can_be_settled_as_it_stands(session: Session, waiting: Sheet) -> None:
    ids = {entry.field: entry.id or 0 for entry in open_values(session, waiting.id or 0)}
    before = stored(session, waiting).canonical()
    assert settle_as_it_stands(session, waiting, [ids[RATE], ids[NEW], 9999], actor=HANAKO) == 2
    session.commit()
    assert fields(session, waiting) == ["indicators.1-ア.values.2024.actual"]
    rows = [session.get(ValueToConfirm, ids[field]) for field in (RATE, NEW)]
    assert [(row.state, row.value) for row in rows if row] == [("resolved", "12.1"), ("dismissed", None)]
    assert stored(session, waiting).canonical() == before
