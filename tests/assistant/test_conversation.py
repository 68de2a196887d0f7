"""What one message of a conversation makes of those before it: revisions, follow-ups, questions about a draft."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from assistant import answers, chat_graph
from assistant.chat import converse, reply_to
from corpus import talk
from corpus.models import Sheet
from corpus.sheetfile import SheetFile
from corpus.store import find_sheet
from tests.assistant.conversing import converse_in


def test_a_revision_is_a_new_draft_beside_the_old_one(session: Session, waiting: Sheet) -> None:
    first, second = converse_in(session, waiting, "成果実績を下書きして", "2つ目を削除して")
    (old,) = talk.drafts_of_message(session, first.id or 0)
    (new,) = talk.drafts_of_message(session, second.id or 0)
    assert new.section_key == "6.1.results"
    kept, left = talk.draft_text(old).split("\n"), talk.draft_text(new).split("\n")
    assert set(left) < set(kept)
    assert {origin.kind for sentence in new.sentences for origin in sentence.origins} >= {"figure"}


def test_several_changes_make_one_draft(session: Session, waiting: Sheet) -> None:
    _, reply = converse_in(session, waiting, "成果実績を下書きして", "文章にして、ですます調にして")
    (draft,) = talk.drafts_of_message(session, reply.id or 0)
    text = talk.draft_text(draft)
    assert "ました。" in text
    assert "・" not in text.replace("・増収", "")


def test_the_last_draft_of_a_named_section_is_revised(session: Session, waiting: Sheet) -> None:
    *_, reply = converse_in(session, waiting, "成果実績を下書きして", "課題を下書きして", "成果実績をですます調にして")
    (draft,) = talk.drafts_of_message(session, reply.id or 0)
    assert draft.section_key == "6.1.results"


def test_what_cannot_be_changed_brings_no_draft(session: Session, waiting: Sheet) -> None:
    _, reply = converse_in(session, waiting, "成果実績を下書きして", "9番目を削除して")
    assert talk.drafts_of_message(session, reply.id or 0) == []
    assert "9つ目はありません" in reply.text


def test_another_conversation_has_no_last_draft(
    session: Session, waiting: Sheet, make_sheet: Callable[..., SheetFile]
) -> None:
    converse_in(session, waiting, "成果実績を下書きして")
    (reply,) = converse_in(session, find_sheet(session, "12", 2023), "2つ目を削除して")
    assert "直す下書きがまだありません" in reply.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("この文の根拠は？", "福祉活動に取り組んでいる市民の割合"),
        ("12.9％はどこから？", "「福祉活動に取り組んでいる市民の割合」 令和6年度 実績値 12.9％"),
        ("1つ目の文の根拠は？", "12.9"),
        ("9,876の根拠は？", "見つかりませんでした"),
    ],
)
def test_a_draft_says_what_it_rests_on(session: Session, waiting: Sheet, question: str, told: str) -> None:
    _, reply = converse_in(session, waiting, "成果実績を下書きして", question)
    entries = reply.attachments.get("grounds", [])
    drafted = answers.Attachment("grounds", tuple(entries))
    words = reply.text + " ".join(str(entry) for entry in drafted.entries)
    if told.endswith("ませんでした"):
        assert told in words
        assert entries == []
    else:
        assert entries
        event = next(
            event
            for event in converse(session, waiting, question, reply_id=reply.id)
            if isinstance(event, answers.Attachment)
        )
        assert told in event.told


def test_the_earlier_wishes_come_back_from_the_stored_replies(
    session: Session, waiting: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[tuple[str, str | None]]] = []
    understand = chat_graph.understand

    def noted(text: str, sheet: SheetFile, measures: Any = (), before: Any = ()) -> Any:
        seen.append([(wish.action, wish.section) for wish in before])
        return understand(text, sheet, measures, before)

    monkeypatch.setattr(chat_graph, "understand", noted)
    converse_in(session, waiting, "成果実績を下書きして", "使い方を教えて", "課題を下書きして")
    assert seen == [[], [("draft", "6.1.results")], [("draft", "6.1.results"), ("help", None)]]


def test_what_was_understood_is_said_first(session: Session, waiting: Sheet) -> None:
    (reply,) = converse_in(session, waiting, "展開方向1の成果実績を下書きして")
    assert reply.text.startswith("令和6年度シートの6(1) 全体総括：成果実績、展開方向1を下書きします。")


def test_no_tracing_service_is_told_anything(session: Session, waiting: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING_V2", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    chat_graph.chat_graph.cache_clear()
    reply_to(session, waiting, "使い方を教えて")
    from langsmith.utils import get_env_var, tracing_is_enabled

    get_env_var.cache_clear()
    assert not tracing_is_enabled()
