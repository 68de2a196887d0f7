"""The city's settings in the database: defaults, parts, the trail, two people at once."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from corpus.accounts import Actor
from corpus.city import PART_FIELDS, Bounds, Grading, Manner, PreferredWord, Tolerance, Writing, setting_mark
from corpus.citysettings import (
    change_grading,
    change_tolerance,
    change_writing,
    grading,
    last_saved,
    lead_divisions,
    tolerance,
    writing,
)
from corpus.database import open_session
from corpus.errors import StaleSetting
from corpus.models import AuditEvent, CitySetting
from corpus.sheetfile import ReadSheet
from corpus.store import save_sheet
from tests.conftest import SheetFactory, set_grading, set_writing

HANAKO, TARO = Actor(None, "花子"), Actor(None, "太郎")
WORDS = (PreferredWord(avoid="子供", use="こども"),)


def mark(session: Session, part: str) -> str:
    return setting_mark(writing(session), PART_FIELDS[part])  # type: ignore[index]


def test_nothing_set_gives_the_defaults(session: Session) -> None:
    assert writing(session) == Writing()
    assert grading(session) == Grading()
    assert last_saved(session, "writing") is None


def test_settings_come_back_exactly(session: Session) -> None:
    manner = Writing(
        manner=Manner(width="official", mark=""), divisions={"福祉総務課": Manner(mark="〇")}, words=WORDS,
        guidelines={"5.1": "国の動向\n・簡潔に"},
    )  # fmt: skip
    asked = Grading(achievement=Bounds(b=Decimal("0.6"), c=Decimal("0.3")), overall="worse", check=False)
    set_writing(session, manner, actor=HANAKO)
    set_grading(session, asked, actor=TARO)
    session.commit()
    session.expire_all()
    assert (writing(session), grading(session)) == (manner, asked)
    saved = last_saved(session, "grading")
    assert saved
    assert saved.author == "太郎"


def test_a_part_leaves_the_others_and_the_trail_keeps_both_values(session: Session) -> None:
    change_writing(session, "words", {"words": WORDS}, seen=mark(session, "words"), actor=HANAKO)
    seen = mark(session, "guidelines")
    change_writing(session, "guidelines", {"guidelines": {"5.1": "要領"}}, seen=seen, actor=TARO)
    session.commit()
    assert (writing(session).words, writing(session).guidelines) == (WORDS, {"5.1": "要領"})
    events = session.exec(select(AuditEvent).where(AuditEvent.action == "city.set")).all()
    assert [(event.actor, event.subject) for event in events] == [("花子", "city:writing"), ("太郎", "city:writing")]
    assert events[1].detail["before"]["guidelines"] == {}
    assert events[1].detail["after"]["guidelines"] == {"5.1": "要領"}


def test_the_later_save_of_the_same_part_is_refused(session: Session) -> None:
    seen = mark(session, "words")
    seen_manner = mark(session, "manner")
    change_writing(session, "words", {"words": WORDS}, seen=seen, actor=HANAKO)
    session.commit()
    with pytest.raises(StaleSetting, match="花子さん"):
        change_writing(
            session, "words", {"words": (PreferredWord(avoid="取組", use="取り組み"),)}, seen=seen, actor=TARO
        )
    assert writing(session).words == WORDS
    values = {"manner": Manner(mark="◆"), "divisions": {}}
    assert change_writing(session, "manner", values, seen=seen_manner, actor=TARO) is not None
    asked = setting_mark(grading(session))
    change_grading(session, Grading(check=False), seen=asked, actor=HANAKO)
    with pytest.raises(StaleSetting):
        change_grading(session, Grading(overall="none"), seen=asked, actor=TARO)


def test_the_same_again_changes_nothing_and_is_never_stale(session: Session) -> None:
    change_writing(session, "words", {"words": WORDS}, seen=mark(session, "words"), actor=HANAKO)
    assert change_writing(session, "words", {"words": WORDS}, seen="old", actor=TARO) is None
    assert change_grading(session, Grading(), seen="old", actor=TARO) is None
    assert len(session.exec(select(AuditEvent)).all()) == 1


def test_what_is_flat_comes_back_and_a_stale_save_is_refused(session: Session) -> None:
    assert tolerance(session) == Tolerance()
    seen = setting_mark(tolerance(session))
    chosen = Tolerance(flat_share=Decimal("0.035"), flat_points=Decimal("1.25"))
    assert change_tolerance(session, chosen, seen=seen, actor=HANAKO) == chosen
    session.commit()
    session.expire_all()
    assert tolerance(session) == chosen
    assert change_tolerance(session, chosen, seen="old", actor=TARO) is None
    with pytest.raises(StaleSetting, match="花子さん"):
        change_tolerance(session, Tolerance(), seen=seen, actor=TARO)
    event = session.exec(select(AuditEvent).where(AuditEvent.subject == "city:tolerance")).one()
    assert (event.actor, event.detail["before"]) == ("花子", None)


def test_a_save_that_came_between_reading_and_writing_is_not_overwritten(engine: Engine, session: Session) -> None:
    set_grading(session, Grading(overall="worse"), actor=HANAKO)
    session.commit()
    read = session.get(CitySetting, "grading")
    seen = setting_mark(grading(session))
    with open_session(engine) as other:
        set_grading(other, Grading(check=False), actor=TARO)
        other.commit()
    with pytest.raises(StaleSetting, match="太郎さん"):
        change_grading(session, Grading(overall="none"), seen=seen, actor=HANAKO)
    assert read is not None
    assert grading(session) == Grading(check=False)


def test_the_divisions_of_the_stored_sheets(session: Session, make_sheet: SheetFactory) -> None:
    for year, division in ((2021, "福祉総務課"), (2022, "福祉総務課"), (2023, "地域福祉課"), (2024, None)):
        save_sheet(session, ReadSheet(sheet=make_sheet(year, lead_division=division)), actor=HANAKO)
    assert sorted(lead_divisions(session)) == ["地域福祉課", "福祉総務課"]
