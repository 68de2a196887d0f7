"""Passages follow the texts, and a sentence that stays keeps its row."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from corpus.index.asked import asked
from corpus.index.lexical import Fts5Index
from corpus.index.passages import rebuild_passages, refresh_passages, remove_passages, text_hash
from corpus.models import IndexTask, Passage

RESULTS = (
    "①展開方向１「見守り」\n・見守り訪問を12回実施した。\n②展開方向２「相談」\n・相談窓口を開設した。\n・研修を行った。"
)


def rows(session: Session) -> list[Passage]:
    return list(session.exec(select(Passage).order_by(Passage.section_key, Passage.position)))  # type: ignore[arg-type]


def words_rows(session: Session) -> set[int]:
    return {row[0] for row in session.connection().execute(text("SELECT rowid FROM passage_fts"))}


def test_items_become_passages_without_headings(session: Session, put_sheet: Any) -> None:
    put_sheet("見守り", 2023, {"6.1.results": RESULTS})
    assert [(row.text, row.direction) for row in rows(session)] == [
        ("見守り訪問を12回実施した。", 1),
        ("相談窓口を開設した。", 2),
        ("研修を行った。", 2),
    ]
    assert words_rows(session) == {row.id for row in rows(session)}


def test_an_edit_touches_only_what_it_changes(session: Session, put_sheet: Any) -> None:
    sheet = put_sheet("見守り", 2023, {"6.1.results": RESULTS, "7.1": "・体制を整える。"})
    before = {row.text: row.id for row in rows(session)}
    put_sheet("見守り", 2023, {"6.1.results": RESULTS.replace("・相談", "・新しい項目を加えた。\n・相談")})
    after = {row.text: row.id for row in rows(session)}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"新しい項目を加えた。"}
    assert words_rows(session) == set(after.values())
    assert [task.sheet_id for task in session.exec(select(IndexTask))] == [sheet, sheet]


def test_a_refresh_without_a_change_leaves_no_task(session: Session, put_sheet: Any) -> None:
    sheet = put_sheet("見守り", 2023, {"6.1.results": RESULTS})
    refresh_passages(session, sheet)
    assert len(list(session.exec(select(IndexTask)))) == 1


def test_the_same_sentence_twice_in_a_section_has_two_rows(session: Session, put_sheet: Any) -> None:
    put_sheet("見守り", 2023, {"5.1": "・同じ文である。\n・同じ文である。"})
    assert [row.position for row in rows(session)] == [0, 1]
    put_sheet("見守り", 2023, {"5.1": "・同じ文である。"})
    assert [row.position for row in rows(session)] == [0]


def test_an_emptied_section_and_a_removed_sheet_leave_nothing(session: Session, put_sheet: Any) -> None:
    sheet = put_sheet("見守り", 2023, {"6.1.results": RESULTS, "7.1": "・体制を整える。"})
    put_sheet("見守り", 2023, {"6.1.results": ""})
    assert [row.text for row in rows(session)] == ["体制を整える。"]
    remove_passages(session, sheet)
    assert rows(session) == []
    assert words_rows(session) == set()


def test_rebuilding_repairs_lost_rows(session: Session, put_sheet: Any) -> None:
    put_sheet("見守り", 2023, {"6.1.results": RESULTS})
    session.connection().execute(text("DELETE FROM passage_fts"))
    session.connection().execute(text("DELETE FROM passage WHERE position > 1"))
    session.expire_all()
    assert list(rebuild_passages(session)) == [(1, 1)]
    assert len(rows(session)) == 3
    assert words_rows(session) == {row.id for row in rows(session)}


def test_nothing_is_written_when_the_transaction_fails(session: Session, put_sheet: Any) -> None:
    sheet = put_sheet("見守り", 2023, {"6.1.results": RESULTS})
    remove_passages(session, sheet)
    session.rollback()
    assert len(rows(session)) == 3
    assert Fts5Index().find(session, asked(session, "見守り訪問"), 5)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("参加者は１２人。", "参加者は12人。", True),
        ("CSW 事業", "ＣＳＷ　事業", True),
        ("参加者は12人。", "参加者は13人。", False),
        ("令和4年度", "令和5年度", False),
    ],
)
def test_hash_ignores_width_and_blanks_only(first: str, second: str, same: bool) -> None:
    assert (text_hash(first) == text_hash(second)) is same
