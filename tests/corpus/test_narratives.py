from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE, Actor
from corpus.columns import AppendOnly
from corpus.database import open_session
from corpus.errors import NotFound, StaleRevision
from corpus.narratives import current_revision, history, save_text
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import save_sheet


@pytest.fixture
def sheet_id(session: Session, make_sheet: Callable[..., SheetFile]) -> int:
    saved = save_sheet(session, ReadSheet(sheet=make_sheet()), actor=COMMAND_LINE)
    session.commit()
    return saved.sheet_id


def base(session: Session, sheet_id: int, key: str) -> int | None:
    current = current_revision(session, sheet_id, key)
    return current.id if current else None


def test_a_save_adds_a_revision_with_its_author(session: Session, sheet_id: int) -> None:
    before = base(session, sheet_id, "5.1")
    saved = save_text(session, sheet_id, "5.1", "新しい\r\n文章", actor=Actor(None, "花子"), based_on=before)
    assert saved is not None
    assert (saved.text, saved.author_name, saved.based_on, saved.origin) == ("新しい\n文章", "花子", before, "edit")
    assert [entry.origin for entry in history(session, sheet_id, "5.1")] == ["edit", "import"]


def test_the_same_text_adds_none(session: Session, sheet_id: int) -> None:
    current = current_revision(session, sheet_id, "5.1")
    assert current is not None
    same = save_text(session, sheet_id, "5.1", current.text.replace("\n", "\r\n"), actor=COMMAND_LINE, based_on=None)
    assert same == current
    assert len(history(session, sheet_id, "5.1")) == 1


def test_a_save_against_an_older_revision_is_refused_with_both_texts(session: Session, sheet_id: int) -> None:
    seen = base(session, sheet_id, "5.1")
    save_text(session, sheet_id, "5.1", "花子の文章", actor=Actor(None, "花子"), based_on=seen)
    session.commit()
    with pytest.raises(StaleRevision) as caught:
        save_text(session, sheet_id, "5.1", "太郎の文章", actor=Actor(None, "太郎"), based_on=seen)
    assert (caught.value.current, caught.value.submitted) == ("花子の文章", "太郎の文章")
    assert "花子さん" in str(caught.value)
    assert len(history(session, sheet_id, "5.1")) == 2


def test_two_sessions_at_once_cannot_both_win(engine: Engine, session: Session, sheet_id: int) -> None:
    seen = base(session, sheet_id, "5.1")
    with open_session(engine) as other:
        save_text(other, sheet_id, "5.1", "先の保存", actor=COMMAND_LINE, based_on=seen)
        other.commit()
    with pytest.raises(StaleRevision) as caught:
        save_text(session, sheet_id, "5.1", "後の保存", actor=COMMAND_LINE, based_on=seen)
    assert caught.value.current == "先の保存"


def test_an_empty_section_starts_from_nothing(session: Session, sheet_id: int) -> None:
    assert current_revision(session, sheet_id, "7.2") is None
    saved = save_text(session, sheet_id, "7.2", "中期の方針", actor=COMMAND_LINE, based_on=None)
    assert saved is not None
    assert saved.based_on is None


def test_revisions_cannot_be_changed_or_deleted(session: Session, sheet_id: int) -> None:
    revision = current_revision(session, sheet_id, "5.1")
    assert revision is not None
    revision.text = "書き換え"
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()
    session.delete(current_revision(session, sheet_id, "5.1"))
    with pytest.raises(AppendOnly):
        session.flush()


def test_unknown_sections(session: Session, sheet_id: int) -> None:
    with pytest.raises(NotFound, match=r"9\.9"):
        save_text(session, sheet_id, "9.9", "x", actor=COMMAND_LINE, based_on=None)
