"""Replies in the making, as a page or a second process sees them: only through the database."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from corpus import talk
from corpus.accounts import COMMAND_LINE, Actor
from corpus.columns import now
from corpus.models import Message
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import save_sheet
from web.app import create_app
from web.replies import follow_reply, reply_maker, start_reply

HANAKO = Actor(None, "花子")


@pytest.fixture
def reply_id(session: Session, make_sheet: Callable[..., SheetFile]) -> int:
    """A question about a waiting sheet, whose reply nobody makes yet."""
    for sheet in (make_sheet(2023), make_sheet(2024, sections={})):
        saved = save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE)
    conversation = talk.conversation_of(session, saved.sheet_id, HANAKO)
    _, reply = talk.ask(session, conversation, "成果実績を下書きして", HANAKO)
    session.commit()
    return reply.id or 0


@pytest.fixture
def make_app(settings: Settings, engine: Engine) -> Iterator[Callable[[], object]]:
    """Applications on the same database, as several processes would be."""
    apps = []

    def make() -> object:
        apps.append(create_app(settings))
        return apps[-1]

    yield make
    for app in apps:
        reply_maker(app).close()
        app.extensions["shisaku"].engine.dispose()


def set_message(session: Session, message_id: int, **values: object) -> None:
    message = session.get(Message, message_id)
    assert message is not None
    for name, value in values.items():
        setattr(message, name, value)
    session.add(message)
    session.commit()


def test_a_reply_is_followed_to_its_end(make_app, session: Session, reply_id: int) -> None:
    app = make_app()
    start_reply(app, reply_id)
    updates = list(follow_reply(app, reply_id))
    assert updates[-1].kind == "end"
    assert [update.version for update in updates] == sorted(update.version for update in updates)
    assert talk.get_message(session, reply_id).state == "done"
    assert len(talk.drafts_of_message(session, reply_id)) == 1


def test_another_process_only_looks_on(make_app, session: Session, reply_id: int) -> None:
    maker, onlooker = make_app(), make_app()
    start_reply(maker, reply_id)
    start_reply(onlooker, reply_id)
    assert [update.kind for update in follow_reply(onlooker, reply_id)][-1] == "end"
    assert len(talk.drafts_of_message(session, reply_id)) == 1


@pytest.mark.parametrize(
    ("state", "idle"),
    [("waiting", talk.WAITING_AFTER), ("running", talk.ABANDONED_AFTER)],
)
def test_whoever_looks_at_a_reply_that_nobody_makes_begins_it(
    make_app, session: Session, reply_id: int, state: str, idle: timedelta
) -> None:
    set_message(session, reply_id, state=state, beat_at=now() - idle - timedelta(seconds=1))
    assert [update.kind for update in follow_reply(make_app(), reply_id)][-1] == "end"
    assert talk.get_message(session, reply_id).state == "done"


def test_a_finished_reply_ends_at_once(make_app, session: Session, reply_id: int) -> None:
    set_message(session, reply_id, state="done", text="済み")
    assert [update.kind for update in follow_reply(make_app(), reply_id)] == ["end"]
