"""Requests that only a model understands, in the chat: told first, shown at once, never written without a press."""

from sqlmodel import Session

from assistant.chat import record_reply
from assistant.writing.speaking import ModelFailed
from corpus import talk
from corpus.models import Message, Sheet
from prompts import Prompted
from tests.assistant.conversing import ask
from tests.assistant.writing.pens import FAR, Scripted, saying

VAGUE = "うまくいってないのどれ"


def reply(session: Session, sheet: Sheet, script: Scripted, text: str = VAGUE) -> Message:
    made = ask(session, sheet, text)
    assert record_reply(session, made, open_pen=lambda: script.pen)
    return talk.get_message(session, made)


def test_what_only_shows_something_is_answered_and_said_how_it_was_read(session: Session, waiting: Sheet) -> None:
    message = reply(session, waiting, Scripted(saying("figures")))
    assert message.text.startswith("言語モデルは、ご依頼を「")
    assert [wish["action"] for wish in message.understood] == ["figures"]
    assert len(message.text.splitlines()) > 1
    assert talk.drafts_of_message(session, message.id or 0) == []


def test_what_writes_is_asked_back_with_the_reading_first(session: Session, waiting: Sheet) -> None:
    message = reply(session, waiting, Scripted(saying("write", "problems")))
    assert [wish["action"] for wish in message.understood] == ["unclear"]
    assert "課題" in message.attachments["options"][0]["text"]
    assert talk.drafts_of_message(session, message.id or 0) == []


def test_a_model_that_understands_nothing_changes_nothing(session: Session, waiting: Sheet) -> None:
    message = reply(session, waiting, Scripted(saying("other")))
    assert [wish["action"] for wish in message.understood] == ["unclear"]
    assert "読み取れませんでした" in message.text


def test_a_model_that_fails_is_told_and_the_question_stays(session: Session, waiting: Sheet) -> None:
    def answer(sent: Prompted) -> str:
        raise ModelFailed("届きませんでした。", "timeout")

    message = reply(session, waiting, Scripted(answer))
    assert message.state == "done"
    assert "届きませんでした" in message.attachments["notices"][0]["text"]
    assert [wish["action"] for wish in message.understood] == ["unclear"]


def test_what_the_rules_understand_never_goes_to_the_model_to_be_read(session: Session, waiting: Sheet) -> None:
    script = Scripted(saying("other"))
    reply(session, waiting, script, "数字の整合を確認して")
    assert script.asked == []


def test_a_model_outside_is_not_shown_a_request_without_consent(session: Session, waiting: Sheet) -> None:
    script = Scripted(saying("figures"), FAR)
    message = reply(session, waiting, script)
    assert script.asked == []
    assert [wish["action"] for wish in message.understood] == ["unclear"]
