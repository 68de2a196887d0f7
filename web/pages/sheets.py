"""The sheet list and the head of the sheet page."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fiscal import wareki, wareki_short
from corpus.form import GRADE_LABELS, GRADE_NUMBERS, GRADE_TEXTS
from corpus.sheetfile import SheetFile
from corpus.store import SheetSummary
from web.pages.figures import Figures
from web.pages.marks import ShownFinding
from web.pages.replies import MessageView
from web.pages.sections import SectionView


@dataclass(frozen=True)
class YearLink:
    """The sheet of a year."""

    sheet_id: int
    short: str
    long: str
    filled: int
    total: int
    to_confirm: int

    @property
    def complete(self) -> bool:
        """Whether every section has a text."""
        return self.filled == self.total


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its sheets, newest first. ``words``: what the filter box looks in."""

    code: str
    name: str
    policy: str
    division: str
    municipality: str
    years: tuple[YearLink, ...]

    @property
    def left(self) -> bool:
        """Whether a sheet of it still waits: for a text, or for a value to confirm."""
        return any(year.to_confirm or not year.complete for year in self.years)

    @property
    def words(self) -> str:
        """Everything that a person may look for."""
        years = (f"{year.short} {year.long}" for year in self.years)
        return " ".join((self.code, self.name, self.policy, self.division, self.municipality, *years))


@dataclass(frozen=True)
class Progress:
    """How far the sheets of the newest year are: how many there are, are open, and how many sections are empty."""

    year: str
    sheets: int
    open: int
    sections_left: int


@dataclass(frozen=True)
class SheetList:
    """The page ``/``; ``progress`` None: there is no sheet."""

    measures: tuple[MeasureRow, ...]
    sheets: int
    to_confirm: int
    progress: Progress | None


@dataclass(frozen=True)
class GradeView:
    """A grade of the sheet: 「4(1) 成果実績目標達成度」, 「E」, what it means."""

    label: str
    grade: str
    meaning: str


@dataclass(frozen=True)
class NeighbourYear:
    """The sheet of the same measure for another year."""

    sheet_id: int
    label: str


@dataclass(frozen=True)
class SheetPage:
    """The page of a sheet."""

    sheet_id: int
    sheet: SheetFile
    year: str
    grades: tuple[GradeView, ...]
    figures: Figures
    table_findings: tuple[ShownFinding, ...]
    sections: tuple[SectionView, ...]
    to_confirm: int
    previous: NeighbourYear | None
    following: NeighbourYear | None
    years: tuple[NeighbourYear, ...]
    messages: tuple[MessageView, ...]
    examples: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many sections have a text."""
        return sum(bool(section.text) for section in self.sections)


def sheet_list(summaries: Sequence[SheetSummary]) -> SheetList:
    """The sheets by measure, in the order in which they come."""
    rows: dict[tuple[str, str], list[SheetSummary]] = {}
    for summary in summaries:
        identity = (summary.municipality or "", summary.code or f"name:{summary.measure}")
        rows.setdefault(identity, []).append(summary)
    measures = tuple(_measure(sheets) for sheets in rows.values())
    waiting = sum(summary.to_confirm for summary in summaries)
    return SheetList(measures, len(summaries), waiting, _progress(summaries))


def _progress(summaries: Sequence[SheetSummary]) -> Progress | None:
    newest = max((summary.fiscal_year for summary in summaries), default=None)
    if newest is None:
        return None
    sheets = [summary for summary in summaries if summary.fiscal_year == newest]
    left = [summary.sections_total - summary.sections_filled for summary in sheets]
    return Progress(wareki(newest), len(sheets), sum(map(bool, left)), sum(left))


def _measure(sheets: Sequence[SheetSummary]) -> MeasureRow:
    newest = max(sheets, key=lambda sheet: sheet.fiscal_year)
    years = tuple(
        YearLink(
            sheet.sheet_id,
            wareki_short(sheet.fiscal_year),
            wareki(sheet.fiscal_year),
            sheet.sections_filled,
            sheet.sections_total,
            sheet.to_confirm,
        )
        for sheet in sheets
    )
    return MeasureRow(
        newest.code or "",
        newest.measure,
        newest.policy or "",
        newest.lead_division or "",
        newest.municipality or "",
        years,
    )


def grades_of(sheet: SheetFile) -> tuple[GradeView, ...]:
    """The three grades; one that is not given has an empty letter."""
    found = []
    for name, label in GRADE_LABELS.items():
        grade = getattr(sheet.grades, name) or ""
        found.append(GradeView(f"{GRADE_NUMBERS[name]} {label}", grade, GRADE_TEXTS[name].get(grade, "")))
    return tuple(found)
