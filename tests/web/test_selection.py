"""A passage marked in an editor: asked about in the chat, answered with a suggestion, changing nothing by itself."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

import web.replies
from corpus import talk
from corpus.accounts import Actor
from corpus.models import Message, Revision
from corpus.store import get_sheet, load_sheet
from tests.web.conftest import Browser

WORDS = "相談窓口を周知することができたところである。今後も周知に取り組んでいくことが必要である。"
WRITTEN = f"・見守り訓練を3回実施した。\r\n・{WORDS}"


def sent(**changes: Any) -> dict[str, Any]:
    start = WRITTEN.replace("\r\n", "\n").index(WORDS)
    fields = {
        "text": "選んだ文を短くして",
        "selection_section": "6.1.results",
        "selection_start": start,
        "selection_end": start + len(WORDS),
        "selection_text": WORDS,
        "selection_written": WRITTEN,
    }
    return fields | changes


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Replies that were to begin; none does."""
    begun: list[int] = []
    monkeypatch.setattr(web.replies, "start_reply", lambda app, message_id: begun.append(message_id))
    return begun


def test_the_question_keeps_the_passage_and_shows_it(
    browser: Browser, session: Session, sheet_id: int, started: list[int]
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/chat", sent(), htmx=True)
    question = session.exec(select(Message).where(Message.role == "user")).one()
    (kept,) = question.attachments["selection"]
    assert kept["written"] == WRITTEN.replace("\r\n", "\n")
    assert kept["written"][kept["start"] : kept["end"]] == kept["text"] == WORDS
    for shown in (answer.text, browser.get(f"/sheets/{sheet_id}").text):
        assert f"</span>{WORDS}</blockquote>" in shown
    assert len(started) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"selection_section": "9.9"}, "選ばれていません"),
        ({"selection_text": " \n"}, "選ばれていません"),
        ({"selection_text": "ここにない文"}, "選び直して"),
        ({"selection_start": "x", "selection_text": "ここにない文"}, "選び直して"),
        ({"selection_written": "あ" * 100_001}, "長すぎます"),
    ],
)
def test_a_passage_that_is_not_there_is_refused(
    browser: Browser, session: Session, sheet_id: int, started: list[int], changes: dict[str, Any], said: str
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/chat", sent(**changes), htmx=True)
    assert answer.status_code == 422
    assert said in answer.text
    assert (started, session.exec(select(Message)).all()) == ([], [])


def test_the_answer_is_a_suggestion_that_changes_nothing(browser: Browser, session: Session, sheet_id: int) -> None:
    before = load_sheet(session, get_sheet(session, sheet_id))
    revisions = len(session.exec(select(Revision)).all())
    browser.post(f"/sheets/{sheet_id}/chat", sent())
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    assert "event: end" in browser.get(f"/chat/messages/{reply.id}/stream").text
    session.rollback()
    assert reply.state == "done"
    (made,) = reply.attachments["suggestion"]
    assert made["before"] == WORDS
    assert made["after"] == "相談窓口を周知できた。今後も周知に取り組んでいく必要がある。"
    for shown in (
        browser.get(f"/chat/messages/{reply.id}", htmx=True).text,
        browser.get(f"/sheets/{sheet_id}").text,
    ):
        assert f'data-suggestion="{made["after"]}"' in shown
        assert 'data-take="6.1.results"' in shown
        assert "<del>" in shown
        assert "編集欄に入れる" in shown
        assert "言語モデルを使わない" in shown
    session.rollback()
    assert load_sheet(session, get_sheet(session, sheet_id)) == before
    assert len(session.exec(select(Revision)).all()) == revisions


def test_a_suggestion_of_a_model_says_which_one(app: Flask, browser: Browser, session: Session, sheet_id: int) -> None:
    conversation = talk.conversation_of(session, sheet_id, Actor(None, "x"))
    _, reply = talk.ask(session, conversation, "短く", Actor(None, "x"))
    entry = {
        "section": "5.1", "start": 3, "end": 5, "before": "<b>増えて\nいる", "after": "<b>増\n加", "model": "gemma-2b"
    }  # fmt: skip
    talk.set_reply(session, reply.id or 0, state="done", attachments={"suggestion": [entry]})
    session.commit()
    shown = browser.get(f"/chat/messages/{reply.id}", htmx=True).text
    assert "言い回しは言語モデル「gemma-2b」" in shown
    assert "<b>" not in shown
    assert 'data-start="3"' in shown


def test_a_wish_that_needs_a_model_is_told_what_goes_without(browser: Browser, session: Session, sheet_id: int) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", sent(text="主語をはっきりさせて"))
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    assert "event: end" in browser.get(f"/chat/messages/{reply.id}/stream").text
    session.rollback()
    assert "言語モデルがないと" in reply.text
    assert "suggestion" not in reply.attachments


def test_the_bar_of_an_editor_needs_script_and_a_selection(browser: Browser, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}").text
    assert 'aria-label="選んだ文を書き直す" data-rewrite hidden' in page
    bar = page.split("data-rewrite hidden")[1].split("</div>")[0]
    assert bar.count("<button") + bar.count("<input") == bar.count(" disabled>") == 7
