"""Drafts by a language model in the chat: who wrote is stored, every call is logged, and no failure loses anything."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from assistant.chat import converse, record_reply
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import LanguageModel, Pen
from corpus import talk
from corpus.accounts import Actor
from corpus.errors import ShisakuError
from corpus.model_tables import ModelCall
from corpus.models import Message, Sheet
from corpus.modeluse import agree, set_keep_inside
from prompts import Prompted
from tests.assistant.conversing import HANAKO, ask
from tests.assistant.writing.pens import FAR, MODEL, Scripted, each, reworded

WISH = "成果実績を下書きして"


@pytest.fixture
def composed(session: Session, waiting: Sheet) -> str:
    return text_of(session, reply(session, waiting, None))


def reply(session: Session, sheet: Sheet, pen: Pen | None, text: str = WISH, **more: Any) -> Message:
    made = ask(session, sheet, text)
    assert record_reply(session, made, open_pen=lambda: pen, **more)
    return talk.get_message(session, made)


def text_of(session: Session, message: Message) -> str:
    (draft,) = talk.drafts_of_message(session, message.id or 0)
    return talk.draft_text(draft)


def notices(message: Message) -> str:
    return "".join(entry["text"] for entry in message.attachments.get("notices", []))


def calls(session: Session) -> list[ModelCall]:
    return list(session.exec(select(ModelCall)))


def test_who_wrote_is_stored_with_the_draft(session: Session, waiting: Sheet, composed: str) -> None:
    script = Scripted(each(reworded))
    message = reply(session, waiting, script.pen)
    (draft,) = talk.drafts_of_message(session, message.id or 0)
    assert (message.state, draft.model, draft.prompts) == ("done", "練習用", "write@1")
    assert talk.draft_text(draft) != composed
    kinds = [{origin.kind for origin in sentence.origins} for sentence in draft.sentences]
    assert any("model" in found and "figure" in found for found in kinds)
    assert "言語モデル「練習用」が言い換えました" in notices(message)


def test_every_call_is_logged_and_contents_only_where_they_are_kept(session: Session, waiting: Sheet) -> None:
    script = Scripted(each(reworded))
    message = reply(session, waiting, script.pen)
    logged = calls(session)
    assert len(logged) == len(script.asked) > 0
    for call, sent in zip(logged, script.asked, strict=True):
        assert (call.actor_name, call.sheet_id, call.message_id) == (HANAKO.name, waiting.id, message.id)
        assert (call.model, call.outside, call.prompt, call.version) == ("練習用", False, "write", 1)
        assert (call.sent, call.outcome, call.asked, call.answered) == (sent.size, "done", None, None)
        assert call.received > 0
        assert call.seconds >= (call.first_seconds or 0) >= 0
    reply(session, waiting, script.pen, keep_contents=True)
    kept = calls(session)[len(logged) :]
    again = script.asked[len(logged) :]
    assert len(kept) == len(again) > 0
    assert all(call.answered and sent.user in (call.asked or "") for call, sent in zip(kept, again, strict=True))


def test_the_composers_words_that_came_back_are_no_model_draft(session: Session, waiting: Sheet, composed: str) -> None:
    message = reply(session, waiting, Scripted(each(lambda text: text)).pen)
    (draft,) = talk.drafts_of_message(session, message.id or 0)
    assert (draft.model, draft.prompts, talk.draft_text(draft)) == ("composer", "", composed)


@pytest.mark.parametrize("outcome", ["unreachable", "timeout", "empty", "endless", "broken"])
def test_a_model_that_fails_leaves_the_composers_draft_and_a_notice(
    session: Session, waiting: Sheet, composed: str, outcome: str
) -> None:
    def answer(sent: Prompted) -> str:
        raise ModelFailed("壊れました", outcome)  # type: ignore[arg-type]

    message = reply(session, waiting, Scripted(answer).pen)
    assert message.state == "done"
    assert text_of(session, message) == composed
    assert "練習用" in notices(message)
    assert "組み込みの作文の文です" in notices(message)
    assert [call.outcome for call in calls(session)] == [outcome]
    assert message.attachments["notices"][0]["link"] == "model"


def test_a_model_that_cannot_be_opened_leaves_the_composers_draft(
    session: Session, waiting: Sheet, composed: str
) -> None:
    def broken() -> Pen | None:
        raise ShisakuError("部品がありません。")

    made = ask(session, waiting, WISH)
    assert record_reply(session, made, open_pen=broken)
    message = talk.get_message(session, made)
    assert text_of(session, message) == composed
    assert notices(message) == "部品がありません。"


def test_a_model_outside_is_asked_only_after_consent_and_not_about_a_sheet_kept_inside(
    session: Session, waiting: Sheet, composed: str, hanako: Actor
) -> None:
    script = Scripted(each(reworded), FAR)
    message = reply(session, waiting, script.pen)
    assert script.asked == []
    assert text_of(session, message) == composed
    assert "確認がまだない" in notices(message)

    agree(session, model=FAR.name, provider=FAR.provider, address=FAR.address, actor=hanako)
    message = reply(session, waiting, script.pen)
    assert script.asked
    assert text_of(session, message) != composed

    asked = len(script.asked)
    set_keep_inside(session, waiting, True, actor=hanako)
    message = reply(session, waiting, script.pen)
    assert len(script.asked) == asked
    assert "外部モデルに送らない" in notices(message)
    assert text_of(session, message) == composed


class Hanging:
    """A model that says nothing; ``beats`` tells how often it was looked at, ``closed`` whether the call was ended."""

    def __init__(self, model: LanguageModel = MODEL) -> None:
        self.beats, self.closed = 0, False
        self.pen = Pen(model, self._speak)

    def _speak(self, sent: Prompted) -> Iterator[str | None]:
        try:
            while True:
                self.beats += 1
                yield None
        finally:
            self.closed = True


def test_stopping_ends_the_call_and_keeps_what_is_written(session: Session, waiting: Sheet) -> None:
    hanging = Hanging()
    made = ask(session, waiting, WISH)

    def open_pen() -> Pen:
        return hanging.pen

    inner = hanging.pen.speak

    def speak(sent: Prompted) -> Iterator[str | None]:
        for count, piece in enumerate(inner(sent)):
            if count == 3:
                talk.cancel_reply(session, made)
                session.commit()
            assert count < 20
            yield piece

    object.__setattr__(hanging.pen, "speak", speak)
    assert record_reply(session, made, open_pen=open_pen)
    message = talk.get_message(session, made)
    assert message.state == "stopped"
    assert hanging.closed
    assert [call.outcome for call in calls(session)] == ["stopped"]
    (draft,) = talk.drafts_of_message(session, made)
    assert draft.sentences[0].heading
    assert draft.model == "composer"


def test_a_reply_that_waits_for_a_model_gives_signs_of_life(session: Session, waiting: Sheet) -> None:
    hanging = Hanging()
    made = ask(session, waiting, WISH)
    seen = []

    def speak(sent: Prompted) -> Iterator[str | None]:
        for _ in range(5):
            seen.append(talk.get_message(session, made).beat_at)
            yield None
        raise ModelFailed("止まりました", "timeout")

    object.__setattr__(hanging.pen, "speak", speak)
    assert record_reply(session, made, open_pen=lambda: hanging.pen)
    assert len(seen) == 5
    assert sorted(set(seen)) == seen


def test_nobody_asks_the_model_any_more_when_nobody_wants_the_answer(session: Session, waiting: Sheet) -> None:
    hanging = Hanging()
    events = converse(session, waiting, WISH, open_pen=lambda: hanging.pen)
    for _ in events:
        if hanging.beats > 2:
            break
    events.close()
    assert hanging.closed


def test_a_draft_of_a_model_is_revised_by_the_rules(session: Session, waiting: Sheet) -> None:
    script = Scripted(each(reworded))
    reply(session, waiting, script.pen)
    message = reply(session, waiting, script.pen, "ですます調にして")
    (draft,) = talk.drafts_of_message(session, message.id or 0)
    assert draft.model == "練習用"
    assert "ました。" in talk.draft_text(draft)
    assert any(origin.kind == "model" for sentence in draft.sentences for origin in sentence.origins)


def test_a_call_is_logged_though_the_reply_fails(
    session: Session, waiting: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Scripted(each(reworded))

    def broken(*arguments: Any) -> Any:
        raise RuntimeError("no checker")

    monkeypatch.setattr("assistant.answers.draft.findings_to_show", broken)
    message = reply(session, waiting, script.pen)
    assert message.state == "failed"
    assert len(calls(session)) == len(script.asked) > 0


def test_a_draft_revised_in_the_same_message_keeps_its_prompts(session: Session, waiting: Sheet) -> None:
    message = reply(session, waiting, Scripted(each(reworded)).pen, "成果実績を下書きして。それからですます調にして")
    drafts = talk.drafts_of_message(session, message.id or 0)
    assert [(draft.model, draft.prompts) for draft in drafts] == [("練習用", "write@1")] * 2


def test_a_revised_draft_keeps_the_prompts_that_it_was_written_by(session: Session, waiting: Sheet) -> None:
    script = Scripted(each(reworded))
    reply(session, waiting, script.pen)
    message = reply(session, waiting, script.pen, "ですます調にして")
    (draft,) = talk.drafts_of_message(session, message.id or 0)
    assert (draft.model, draft.prompts) == ("練習用", "write@1")
