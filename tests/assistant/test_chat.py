from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant import answers
from assistant.chat import Understood, chat_chain, converse, record_reply, reply_to
from corpus import messages, talk
from corpus.accounts import COMMAND_LINE, Actor
from corpus.database import open_session
from corpus.form import SECTION_KEYS
from corpus.models import Draft, Message, Sheet, now
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import find_sheet, save_sheet

HANAKO = Actor(None, "花子")


@pytest.fixture
def waiting(session: Session, make_sheet: Callable[..., SheetFile]) -> Sheet:
    """The 令和6年度 sheet of a measure with two written years behind it."""
    for sheet in (make_sheet(2022), make_sheet(2023), make_sheet(2024, sections={})):
        save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE)
    session.commit()
    return find_sheet(session, "12", 2024)


def ask(session: Session, sheet: Sheet, text: str) -> int:
    conversation = talk.conversation_of(session, sheet.id or 0, HANAKO)
    _, reply = talk.ask(session, conversation, text, HANAKO)
    session.commit()
    return reply.id or 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("展開方向1の成果実績を下書きして", "展開方向１"),
        ("取組方針を昨年度にならって下書きして", "令和8年度"),
        ("改善余地のある課題を書いて", "担い手"),
        ("数字の整合を確認して", "不一致 0"),
        ("昨年度と何が変わった？", "どちらかの年度の文章がまだない"),
        ("見守りは他の施策でどう書いている？", "見守り"),
        ("トータルコストはいくら？", "597613千円"),
        ("福祉活動に取り組んでいる市民の割合の推移を教えて", "12.1％"),
        ("総合評価はどうなっていますか", "成果指標 2のうち達成 0、前回の値と比べられる成果指標 2のうち向上 1"),
        ("出典はどこから？", "出どころ"),
        ("この文を短くして", "まだできません"),
        ("使い方を教えて", "下書き"),
        ("こんにちは", "読み取れません"),
        ("展開方向5の成果実績を下書きして", "展開方向5はこのシートにありません"),
    ],
)
def test_every_kind_of_request_is_answered(session: Session, waiting: Sheet, text: str, words: str) -> None:
    assert words in reply_to(session, waiting, text).text


@pytest.mark.parametrize("key", SECTION_KEYS)
def test_every_section_of_a_waiting_sheet_drafts(session: Session, waiting: Sheet, key: str) -> None:
    events = list(converse(session, waiting, f"{key}を下書きして"))
    number = {
        "5.4.done": "5(4)の取組状況",
        "5.4.plan": "5(4)の取組予定",
        "6.1.results": "成果実績",
        "6.1.issues": "課題",
    }
    events = list(converse(session, waiting, f"{number.get(key, key)}を下書きして"))
    assert [event.section for event in events if isinstance(event, answers.DraftBegun)] == [key]
    sentences = [event.sentence for event in events if isinstance(event, answers.Sentence)]
    assert sentences
    assert all(sentence.origins for sentence in sentences)


def test_the_chain_streams_and_invokes_the_same(session: Session, waiting: Sheet) -> None:
    chain = chat_chain(session, waiting)
    text = "改善余地のある課題を書いて"
    streamed = [event for events in chain.stream(text) for event in events]
    assert isinstance(streamed[0], Understood)
    assert tuple(streamed) == chain.invoke(text)
    assert chain.input_schema.model_json_schema()["type"] == "string"


def test_a_reply_is_stored_with_its_draft_and_origins(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    assert record_reply(session, reply_id)
    reply = talk.get_message(session, reply_id)
    (draft,) = talk.drafts_of_message(session, reply_id)
    assert reply.state == "done"
    assert reply.understood[0]["section"] == "6.1.results"
    assert (draft.section_key, draft.model) == ("6.1.results", "composer")
    assert 0 < draft.text_offset < len(reply.text)
    assert talk.draft_text(draft).startswith(draft.sentences[0].text)
    kinds = {origin.kind for sentence in draft.sentences for origin in sentence.origins}
    assert {"figure", "last_year", "form"} <= kinds
    for sentence in draft.sentences:
        for origin in sentence.origins:
            if origin.start is not None:
                assert sentence.text[origin.start : origin.end]


def test_readers_see_the_reply_grow(engine: Engine, session: Session, waiting: Sheet, monkeypatch: Any) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    seen: list[tuple[str, int]] = []
    add_sentence = talk.add_sentence

    def look(*arguments: Any, **options: Any) -> Any:
        with open_session(engine) as reader:
            message = talk.get_message(reader, reply_id)
            seen.append((message.state, talk.reply_version(reader, message)))
        return add_sentence(*arguments, **options)

    monkeypatch.setattr(talk, "add_sentence", look)
    record_reply(session, reply_id)
    versions = [version for _, version in seen]
    assert {state for state, _ in seen} == {"running"}
    assert versions == sorted(versions)
    assert versions[0] < versions[-1]


def test_only_one_makes_a_reply(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "使い方を教えて")
    assert record_reply(session, reply_id)
    assert not record_reply(session, reply_id)


def test_an_abandoned_reply_is_begun_anew(session: Session, waiting: Sheet) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")
    assert talk.claim_reply(session, reply_id)
    talk.add_text(session, reply_id, "途中まで")
    talk.begin_draft(
        session,
        sheet_id=waiting.id or 0,
        message_id=reply_id,
        section_key="7.1",
        direction=None,
        model="composer",
        base_revision_id=None,
    )
    session.commit()
    assert not record_reply(session, reply_id), "its maker may still be at work"
    message = talk.get_message(session, reply_id)
    message.beat_at = now() - talk.ABANDONED_AFTER - timedelta(seconds=1)
    session.add(message)
    session.commit()
    assert talk.is_unattended(message)
    assert record_reply(session, reply_id)
    again = talk.get_message(session, reply_id)
    assert again.state == "done"
    assert "途中まで" not in again.text
    assert [draft.section_key for draft in talk.drafts_of_message(session, reply_id)] == ["6.1.results"]
    assert len(session.exec(select(Draft)).all()) == 2, "what was drafted is kept"


def test_a_failure_is_told_and_keeps_what_was_written(session: Session, waiting: Sheet, monkeypatch: Any) -> None:
    reply_id = ask(session, waiting, "成果実績を下書きして")

    def fail(*_: Any) -> Any:
        yield answers.Words("ここまで")
        raise OSError("disk")

    monkeypatch.setitem(answers._ANSWERS, "draft", fail)
    assert record_reply(session, reply_id)
    reply = session.exec(select(Message).where(Message.id == reply_id)).one()
    session.refresh(reply)
    assert reply.state == "failed"
    assert reply.text == f"ここまで\n{messages.REPLY_FAILED}"
