"""What would be sent for a draft: figures hidden, and no passage of a sheet that is kept inside."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session

from assistant.answers.context import ChatContext
from assistant.answers.outgoing import outgoing
from corpus.accounts import COMMAND_LINE
from corpus.modeluse import set_keep_inside
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import get_sheet, save_sheet
from tests.conftest import SheetFactory

OTHER = "・福祉活動の担い手は、学生の参加を通じて広げた。"


@pytest.fixture
def store(session: Session) -> Callable[[SheetFile], int]:
    def stored(sheet: SheetFile) -> int:
        return save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE).sheet_id

    return stored


def sent(session: Session, sheet_id: int, *, outside: bool = True) -> str:
    messages = outgoing(ChatContext(session, get_sheet(session, sheet_id)), "6.1.results", outside=outside)
    return "\n".join(message.user for message in messages)


def test_figures_and_years_are_hidden(
    session: Session, store: Callable[[SheetFile], int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    material = sent(session, store(make_sheet(2023)))
    assert "福祉活動に取り組んでいる市民の割合" in material
    assert re.search(r"\[\[F\d+\]\]", material)
    assert not re.search(r"\d", re.sub(r"\[\[[FYKMP]\d+\]\]", "", material))


def test_a_passage_of_a_sheet_kept_inside_is_no_example(
    session: Session, store: Callable[[SheetFile], int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet_id = store(make_sheet(2023))
    other = store(make_sheet(2023, measure={"code": "34", "name": "福祉の担い手"}, sections={"6.1.results": OTHER}))
    assert "学生の参加を通じて" in sent(session, sheet_id)
    set_keep_inside(session, get_sheet(session, other), True, actor=COMMAND_LINE)
    assert "学生の参加を通じて" not in sent(session, sheet_id)
    assert "学生の参加を通じて" in sent(session, sheet_id, outside=False)
