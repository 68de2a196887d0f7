"""The chat: a question in, the reply as a stream, the same after a reload."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlmodel import Session, select

import web.replies
from corpus import talk
from corpus.accounts import Actor
from corpus.models import Message
from corpus.sheetfile import SheetFile
from tests.web.conftest import Browser
from web.replies import ReplyUpdate

ASKED = "展開方向1の成果実績を下書きして"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Replies that were to begin; none does."""
    begun: list[int] = []
    monkeypatch.setattr(web.replies, "start_reply", lambda app, message_id: begun.append(message_id))
    return begun


def events(stream: str) -> list[tuple[str, str, str]]:
    """Event name, id and data of every event of a stream."""
    found = []
    for block in stream.strip().split("\n\n"):
        lines = [line.partition(": ")[::2] for line in block.split("\n") if not line.startswith(":")]
        if lines:
            values = dict(lines)
            found.append((values["event"], values["id"], "\n".join(text for name, text in lines if name == "data")))
    return found


def test_a_question_is_stored_with_its_author_and_the_reply_begins(
    browser: Browser, session: Session, sheet_id: int, started: list[int]
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/chat", {"text": "  <b>下書き</b>して\r\n "}, htmx=True)
    question, reply = session.exec(select(Message).order_by(Message.id)).all()
    assert (question.text, question.author_name, question.role) == ("<b>下書き</b>して", "見本 花子", "user")
    assert (reply.state, started) == ("waiting", [reply.id])
    assert "&lt;b&gt;下書き" in answer.text
    assert f'sse-connect="/chat/messages/{reply.id}/stream"' in answer.text
    assert f'sse-connect="/chat/messages/{reply.id}/stream"' in browser.get(f"/sheets/{sheet_id}").text


@pytest.mark.parametrize("text", ["", " \r\n　", "あ" * 4001])
def test_an_empty_or_endless_question_is_refused(
    browser: Browser, session: Session, sheet_id: int, started: list[int], text: str
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/chat", {"text": text}, htmx=True)
    assert answer.status_code == 422
    assert session.exec(select(Message)).all() == []
    assert started == []


def test_without_script_the_page_comes_back(browser: Browser, sheet_id: int, started: list[int]) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED})
    assert (answer.status_code, answer.location) == (303, f"/sheets/{sheet_id}#chat")


def test_the_stream_shows_what_is_stored_each_time_whole(
    app: Flask, browser: Browser, session: Session, sheet_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = talk.conversation_of(session, sheet_id, Actor(None, "x"))
    _, reply = talk.ask(session, conversation, "？", Actor(None, "x"))
    session.commit()
    assert reply.id is not None

    def follow(app: Flask, message_id: int) -> Iterator[ReplyUpdate]:
        talk.set_reply(session, message_id, state="running")
        talk.add_text(session, message_id, "はじめ\n")
        session.commit()
        yield ReplyUpdate("grown", 4)
        yield ReplyUpdate("beat", 4)
        talk.add_text(session, message_id, "つづき")
        talk.set_reply(session, message_id, state="done")
        session.commit()
        yield ReplyUpdate("end", 7)

    monkeypatch.setattr(web.replies, "follow_reply", follow)
    answer = browser.get(f"/chat/messages/{reply.id}/stream")
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert ": beat\n\n" in answer.text
    (grown, first, inside), (end, last, whole) = events(answer.text)
    assert (grown, first, end, last) == ("grown", "4", "end", "7")
    assert "はじめ" in inside
    assert "<article" not in inside
    assert "はじめ\nつづき" in whole
    assert "<article" in whole
    assert "sse-connect" not in whole


def test_a_stream_that_fails_says_so_and_does_not_end_in_silence(
    browser: Browser, session: Session, sheet_id: int, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED})

    def follow(app: Flask, message_id: int) -> Iterator[ReplyUpdate]:
        yield ReplyUpdate("beat", 0)
        raise RuntimeError("broken")

    monkeypatch.setattr(web.replies, "follow_reply", follow)
    ((name, _, text),) = events(browser.get(f"/chat/messages/{started[0]}/stream").text)
    assert name == "broken"
    assert "読み込み直す" in text


def test_a_real_reply_drafts_with_origins_and_survives_a_reload(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED})
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    streamed = events(browser.get(f"/chat/messages/{reply.id}/stream").text)
    name, _, bubble = streamed[-1]
    assert name == "end"
    page = browser.get(f"/sheets/{sheet_id}").text
    for shown in (bubble, page, browser.get(f"/chat/messages/{reply.id}", htmx=True).text):
        assert 'data-fill="6.1.results"' in shown
        assert 'data-fill-origin="draft"' in shown
        assert 'class="chip chip--' in shown
        assert 'href="#cell-1-ア-2023-actual"' in shown
    assert "sse-connect" not in page
    anchors = set(re.findall(r'href="#(cell-[^"]+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'id="(cell-[^"]+)"', page))


def test_a_sentence_from_a_fact_of_the_year_leads_to_it_and_outlives_its_deletion(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: Callable[..., SheetFile]
) -> None:
    done = {"id": "done-7", "direction": 1, "text": "見守りの研修を2回実施。", "date": "2023-10"}
    sheet_id = store(make_sheet(2023, facts={"done": [done]}))
    browser.post(f"/sheets/{sheet_id}/chat", {"text": "取組状況を下書きして"})
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    assert events(browser.get(f"/chat/messages/{reply.id}/stream").text)[-1][0] == "end"
    shown = browser.get(f"/chat/messages/{reply.id}", htmx=True).text
    assert "令和5年10月に見守りの研修を2回実施した。" in shown
    assert "その年度の事実」を1件使っています" in shown
    assert f'href="/sheets/{sheet_id}/facts#note-done-7"' in shown
    assert "<blockquote>令和5年10月　見守りの研修を2回実施。</blockquote>" in shown
    store(make_sheet(2023))
    later = browser.get(f"/chat/messages/{reply.id}", htmx=True).text
    assert "<blockquote>令和5年10月　見守りの研修を2回実施。</blockquote>" in later
    assert "#note-done-7" not in later


def test_a_running_reply_has_a_way_to_stop_it(
    browser: Browser, session: Session, sheet_id: int, started: list[int]
) -> None:
    shown = browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED}, htmx=True).text
    assert f'hx-post="/chat/messages/{started[0]}/stop"' in shown
    assert "ご依頼を読んでいます…" in shown
    stopped = browser.post(f"/chat/messages/{started[0]}/stop", {}, htmx=True)
    assert "途中で止めました" in stopped.text
    assert "sse-connect" not in stopped.text
    session.expire_all()
    assert session.get_one(Message, started[0]).state == "stopped"
    assert [name for name, _, _ in events(browser.get(f"/chat/messages/{started[0]}/stream").text)] == ["end"]


def test_a_stop_without_script_comes_back_to_the_sheet(browser: Browser, sheet_id: int, started: list[int]) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED})
    answer = browser.post(f"/chat/messages/{started[0]}/stop", {})
    assert (answer.status_code, answer.location) == (303, f"/sheets/{sheet_id}#chat")


def test_a_complete_reply_is_not_stopped(browser: Browser, session: Session, sheet_id: int) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": "使い方を教えて"})
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    assert events(browser.get(f"/chat/messages/{reply.id}/stream").text)[-1][0] == "end"
    shown = browser.post(f"/chat/messages/{reply.id}/stop", {}, htmx=True).text
    assert "途中で止めました" not in shown
    session.expire_all()
    assert session.get_one(Message, reply.id).state == "done"


def test_what_the_assistant_is_doing_is_shown_while_it_does_it(
    browser: Browser, session: Session, sheet_id: int, started: list[int]
) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": ASKED})
    talk.set_reply(session, started[0], state="running", attachments={"status": ["一つ目…", "数値を集めています…"]})
    session.commit()
    assert "数値を集めています…" in browser.get(f"/chat/messages/{started[0]}", htmx=True).text
    talk.end_reply(session, started[0], "done")
    session.commit()
    assert "数値を集めています…" not in browser.get(f"/chat/messages/{started[0]}", htmx=True).text


def test_a_sentence_of_last_year_leads_to_its_place(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: Callable[..., SheetFile]
) -> None:
    earlier = store(make_sheet(2023))
    sheet_id = store(make_sheet(2024, sections={}))
    browser.post(f"/sheets/{sheet_id}/chat", {"text": "課題を下書きして"})
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    shown = events(browser.get(f"/chat/messages/{reply.id}/stream").text)[-1][2]
    (address, *_) = re.findall(rf'href="(/sheets/{earlier}\?[^"]*)#passage"', shown)
    assert 'id="passage"' in browser.get(address.replace("&amp;", "&")).text


def test_options_are_messages_to_send(browser: Browser, session: Session, sheet_id: int, started: list[int]) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": "？"})
    beside = {"options": [{"text": "課題を下書きして"}, {"text": "昨年度の課題を見せて"}]}
    talk.set_reply(session, started[0], state="done", attachments=beside)
    session.commit()
    shown = browser.get(f"/chat/messages/{started[0]}", htmx=True).text
    assert re.findall('data-ask="([^"]+)"', shown) == ["課題を下書きして", "昨年度の課題を見せて"]


def test_figures_asked_for_are_a_table_by_years_with_a_chart(browser: Browser, session: Session, sheet_id: int) -> None:
    browser.post(f"/sheets/{sheet_id}/chat", {"text": "トータルコストの推移は？"})
    reply = session.exec(select(Message).where(Message.role == "assistant")).one()
    shown = events(browser.get(f"/chat/messages/{reply.id}/stream").text)[-1][2]
    assert '<a href="#cell-cost-total-2023">' in shown
    assert shown.count("data-chart=") == 1
    assert shown.count("トータルコスト(A)＋(B) 令和5年度") == 0, "the table says it once"
