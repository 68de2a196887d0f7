"""The log of calls: what is kept, newest first, as a table, for good."""

from typing import Any

import pytest
from sqlmodel import Session

from corpus import messages
from corpus.accounts import COMMAND_LINE, Actor
from corpus.columns import AppendOnly
from corpus.exporters.table import write_table
from corpus.model_tables import ModelCall
from corpus.modelcalls import calls_csv, count_calls, recent_calls, record_call
from corpus.sheetfile import ReadSheet
from corpus.store import save_sheet
from tests.conftest import SheetFactory

HANAKO = Actor(None, "見本 花子")
CALL: dict[str, Any] = {
    "actor": HANAKO,
    "sheet_id": None,
    "message_id": None,
    "model": "gpt-x",
    "provider": "openai",
    "address": "https://api.example.com/v1",
    "outside": True,
    "prompt": "write",
    "version": 3,
    "sent": 1200,
    "received": 240,
    "seconds": 4.5678,
    "first_seconds": 0.4567,
    "outcome": "done",
}


def test_the_newest_calls_come_first_with_their_sheet(session: Session, make_sheet: SheetFactory) -> None:
    sheet_id = save_sheet(session, ReadSheet(sheet=make_sheet(2023)), actor=COMMAND_LINE).sheet_id
    for number in range(5):
        record_call(session, **CALL | {"sent": number, "sheet_id": sheet_id if number == 4 else None})
    newest = recent_calls(session, 2)
    assert [logged.call.sent for logged in newest] == [4, 3]
    assert [(logged.measure, logged.fiscal_year) for logged in newest] == [("地域福祉の推進", 2023), (None, None)]
    assert [logged.call.sent for logged in recent_calls(session, 2, before=newest[-1].call.id)] == [2, 1]
    assert count_calls(session) == 5


def test_contents_are_kept_only_if_given(session: Session) -> None:
    bare, whole = record_call(session, **CALL), record_call(session, **CALL, asked="書いて", answered="A: 書いた")
    assert (bare.asked, bare.answered) == (None, None)
    assert (whole.asked, whole.answered) == ("書いて", "A: 書いた")


def test_a_call_is_kept_for_good(session: Session) -> None:
    call = record_call(session, **CALL)
    session.commit()
    call.outcome = "timeout"
    session.add(call)
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()
    session.delete(session.get(ModelCall, call.id))
    with pytest.raises(AppendOnly):
        session.flush()


def test_the_table_holds_every_call(session: Session) -> None:
    # more than are read at a time
    for number in range(1001):
        record_call(session, **CALL | {"sent": number})
    head, *rows = calls_csv(session)
    assert len(head) == len(rows[0])
    column = head.index("送った文字数")
    assert [row[column] for row in rows] == [str(number) for number in range(1000, -1, -1)]


def test_a_row_reads_in_words(session: Session, make_sheet: SheetFactory) -> None:
    sheet_id = save_sheet(session, ReadSheet(sheet=make_sheet(2023)), actor=COMMAND_LINE).sheet_id
    record_call(session, **CALL | {"sheet_id": sheet_id, "outcome": "timeout", "first_seconds": None}, asked="=1+1")
    head, row = calls_csv(session)
    said = dict(zip(head, row, strict=True))
    del said["日時"]
    assert said == {
        "だれが": "見本 花子",
        "施策": "地域福祉の推進",
        "年度": "令和5年度",
        "モデル": "gpt-x",
        "提供元": "openai",
        "送り先": "https://api.example.com/v1",
        "場所": "外部",
        "プロンプト": "write@3",
        "送った文字数": "1200",
        "受け取った文字数": "240",
        "秒": "4.6",
        "最初の文字までの秒": "",
        "結果": "時間切れ",
        "送った内容": "=1+1",
        "返事": "",
    }
    assert "'=1+1" in write_table([row])


@pytest.mark.parametrize("outcome", ["done", "stopped", "unreachable", "timeout", "empty", "endless", "broken"])
def test_every_outcome_has_its_words(outcome: str) -> None:
    assert messages.call_outcome(outcome) != outcome
    if outcome != "done":
        none, some = messages.model_failed("M", outcome, 0), messages.model_failed("M", outcome, 2)
        assert none.startswith("言語モデル「M」")
        assert "すべて" in none
        assert "2行" in some
        assert messages.model_failed("M", outcome, 0, "鍵がありません。").endswith("鍵がありません。")
