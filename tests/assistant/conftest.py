from collections.abc import Callable

import pytest
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE
from corpus.models import Sheet
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import find_sheet, save_sheet


@pytest.fixture
def waiting(session: Session, make_sheet: Callable[..., SheetFile]) -> Sheet:
    """The 令和6年度 sheet of a measure with two written years behind it."""
    for sheet in (make_sheet(2022), make_sheet(2023), make_sheet(2024, sections={})):
        save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE)
    session.commit()
    return find_sheet(session, "12", 2024)
