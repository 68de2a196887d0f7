"""What several views read for a page: the open sheet as a value, its earlier years, findings of a section."""

from dataclasses import dataclass

from assistant.checking.findings import Finding
from assistant.placing import placed_all
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
        """What the stored figures, and last year's sheet, say of a text in section ``key``."""
        if not text:
            return []
        sheet = self.sheet.model_copy(update={"sections": self.sheet.sections | {key: text}})
        return [finding for finding in self._checked(sheet) if finding.section == key]

    def all_findings(self) -> list[Finding]:
        """What a check of the whole stored sheet finds, each at its place (``placed_all``)."""
        return self._checked(self.sheet)

    def _checked(self, sheet: SheetFile) -> list[Finding]:
        from assistant.checking import check_sheet

        grading, tolerance = citysettings.grading(session()), citysettings.tolerance(session())
        return placed_all(check_sheet(sheet, self.earlier, grading=grading, tolerance=tolerance).findings, sheet)


def open_sheet(sheet_id: int) -> OpenSheet:
    """The sheet with this id; raises ``NotFound``."""
    row = get_sheet(session(), sheet_id)
    return OpenSheet(row, load_sheet(session(), row), tuple(earlier_sheets(session(), row)))


def known_section(key: str) -> str:
    """``key`` if the form has such a section; raises ``NotFound``."""
    if key not in SECTION_KEYS:
        raise NotFound(messages.no_such_section(key))
    return key
