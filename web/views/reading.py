"""What several views read for a page: the open sheet as a value, its earlier years, findings of a section."""

from dataclasses import dataclass

from assistant.checking.findings import Finding
from corpus import citysettings, messages
from corpus.errors import NotFound
from corpus.form import SECTION_KEYS
from corpus.models import Sheet
from corpus.sheetfile import SheetFile
from corpus.store import earlier_sheets, get_sheet, load_sheet
from web.state import session


@dataclass(frozen=True)
class OpenSheet:
    """A stored sheet: its row, its value, and the same measure's earlier years, ascending."""

    row: Sheet
    sheet: SheetFile
    earlier: tuple[SheetFile, ...]

    def findings(self, key: str, text: str) -> list[Finding]:
        """What the stored figures say of a text in section ``key``."""
        from assistant.checking import check_text

        if not text:
            return []
        return list(check_text(text, key, self.sheet, self.earlier, citysettings.tolerance(session())))


def open_sheet(sheet_id: int) -> OpenSheet:
    """The sheet with this id; raises ``NotFound``."""
    row = get_sheet(session(), sheet_id)
    return OpenSheet(row, load_sheet(session(), row), tuple(earlier_sheets(session(), row)))


def known_section(key: str) -> str:
    """``key`` if the form has such a section; raises ``NotFound``."""
    if key not in SECTION_KEYS:
        raise NotFound(messages.no_such_section(key))
    return key
