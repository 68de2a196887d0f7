"""What may no longer be sent while a draft is being written is not sent, and the draft is written to its end."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from assistant.chat import record_reply
from corpus import messages, talk
from corpus.accounts import Actor
from corpus.model_tables import ModelCall
from corpus.models import Sheet
from corpus.modeluse import agree, set_keep_inside, withdraw
from prompts import Prompted
from tests.assistant.conversing import ask
from tests.assistant.writing.pens import FAR, Scripted, each, reworded

WISH = "成果実績を下書きして"
NAMED = {"model": FAR.name, "provider": FAR.provider, "address": FAR.address}


def withdrawing(session: Session, sheet: Sheet, person: Actor) -> None:
    withdraw(session, **NAMED, actor=person)


def keeping_inside(session: Session, sheet: Sheet, person: Actor) -> None:
    set_keep_inside(session, sheet, True, actor=person)


@pytest.mark.parametrize("decide", [withdrawing, keeping_inside])
def test_a_draft_under_way_sends_nothing_more(
    session: Session,
    waiting: Sheet,
    hanako: Actor,
    decide: Callable[[Session, Sheet, Actor], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.writing.wire.MOST_LINES", 2)
    agree(session, **NAMED, actor=hanako)
    free = Scripted(each(reworded), FAR)
    assert record_reply(session, ask(session, waiting, WISH), open_pen=lambda: free.pen)
    assert len(free.asked) > 1

    def answer(prompted: Prompted) -> str:
        decide(session, waiting, hanako)
        return each(reworded)(prompted)

    script = Scripted(answer, FAR)
    made = ask(session, waiting, WISH)
    assert record_reply(session, made, open_pen=lambda: script.pen)
    assert len(script.asked) == 1
    logged = session.exec(select(ModelCall).where(ModelCall.message_id == made)).all()
    assert [call.outcome for call in logged] == ["done"]
    message = talk.get_message(session, made)
    told = "".join(entry["text"] for entry in message.attachments["notices"])
    assert messages.NOT_ALLOWED_ANY_MORE in told
    assert message.state == "done"
    (draft,) = talk.drafts_of_message(session, made)
    assert "展開方向２" in talk.draft_text(draft)
