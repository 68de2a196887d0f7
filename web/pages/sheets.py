"""The sheet list and the head of the sheet page."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import messages
from corpus.divisions import DivisionNames, names_among
from corpus.fiscal import wareki, wareki_short
from corpus.form import GRADE_LABELS, GRADE_NUMBERS, GRADE_TEXTS
from corpus.listing import SheetSummary
from corpus.models import DivisionLink, Sheet
from corpus.sheetfile import SheetFile
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
    other_names: tuple[str, ...] = ()

    @property
    def left(self) -> bool:
        """Whether a sheet of it still waits: for a text, or for a value to confirm."""
        return any(year.to_confirm or not year.complete for year in self.years)

    @property
    def words(self) -> str:
        """Everything that a person may look for."""
        years = (f"{year.short} {year.long}" for year in self.years)
        return " ".join(
            (self.code, self.name, self.policy, self.division, self.municipality, *self.other_names, *years)
        )


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
    """The sheet of the same measure, or of one that it continues or that continues it, for another year."""

    sheet_id: int
    label: str


@dataclass(frozen=True)
class YearSteps:
    """The ways to other years; ``beside``: further sheets of the neighbour years (a merged or split measure's)."""

    previous: NeighbourYear | None
    following: NeighbourYear | None
    beside: tuple[NeighbourYear, ...]


def year_steps(sheet: Sheet, own: Sequence[Sheet], earlier: Sequence[Sheet], later: Sequence[Sheet]) -> YearSteps:
    """``own``: all sheets of the measure; ``earlier``: those continued, the main one of a year last; ``later``: other
    measures' that continue this one. All by fiscal year.
    """
    year = sheet.fiscal_year
    past = list(earlier) or [row for row in own if row.fiscal_year < year]
    ahead = sorted([row for row in own if row.fiscal_year > year] + list(later), key=lambda row: row.fiscal_year)
    before = [row for row in past if row.fiscal_year == past[-1].fiscal_year]
    after = [row for row in ahead if row.fiscal_year == ahead[0].fiscal_year]
    return YearSteps(
        neighbour(before[-1], sheet) if before else None,
        neighbour(after[0], sheet) if after else None,
        tuple(neighbour(row, sheet) for row in (*before[:-1], *after[1:])),
    )


def neighbour(row: Sheet, sheet: Sheet) -> NeighbourYear:
    """Another year's sheet as ``sheet`` names it: with its measure's name where that is another."""
    name = f"「{row.measure_name}」" if row.measure_id != sheet.measure_id else ""
    return NeighbourYear(row.id or 0, wareki(row.fiscal_year) + name)


@dataclass(frozen=True)
class SheetPage:
    """The page of a sheet. ``following_year``: that of the sheet that can be made from this one.

    ``keep_inside``: the switch 「外部モデルに送らない」; ``kept_by``: a sheet that this one continues and whose is on.
    """

    sheet_id: int
    measure_id: int
    sheet: SheetFile
    year: str
    grades: tuple[GradeView, ...]
    figures: Figures
    table_findings: tuple[ShownFinding, ...]
    sections: tuple[SectionView, ...]
    to_confirm: int
    steps: YearSteps
    following_year: int | None
    division_names: tuple[str, ...]
    messages: tuple[MessageView, ...]
    examples: tuple[str, ...]
    keep_inside: bool
    kept_by: NeighbourYear | None
    done: str = ""

    @property
    def table_mismatches(self) -> int:
        """How many figures of the tables contradict others."""
        return sum(finding.verdict == "mismatch" for finding in self.table_findings)

    @property
    def following_label(self) -> str:
        """「令和7年度」, "" where no sheet can be made."""
        return wareki(self.following_year) if self.following_year is not None else ""

    @property
    def filled(self) -> int:
        """How many sections have a text."""
        return sum(bool(section.text) for section in self.sections)


def division_notes(names: DivisionNames) -> tuple[str, ...]:
    """「旧：子育て支援課（令和4年度まで）」 and 「現：こども未来課（令和5年度から）」."""
    return (
        *(messages.division_was(found.name, found.year) for found in names.before),
        *(messages.division_became(found.name, found.year) for found in names.after),
    )


def sheet_list(summaries: Sequence[SheetSummary], links: Sequence[DivisionLink] = ()) -> SheetList:
    """The sheets by measure, in the order in which they come; ``links``: other names of divisions that find them."""
    rows: dict[tuple[str, str], list[SheetSummary]] = {}
    for summary in summaries:
        identity = (summary.municipality or "", summary.code or f"name:{summary.measure}")
        rows.setdefault(identity, []).append(summary)
    measures = tuple(_measure(sheets, links) for sheets in rows.values())
    waiting = sum(summary.to_confirm for summary in summaries)
    return SheetList(measures, len(summaries), waiting, _progress(summaries))


def _progress(summaries: Sequence[SheetSummary]) -> Progress | None:
    newest = max((summary.fiscal_year for summary in summaries), default=None)
    if newest is None:
        return None
    sheets = [summary for summary in summaries if summary.fiscal_year == newest]
    left = [summary.sections_total - summary.sections_filled for summary in sheets]
    return Progress(wareki(newest), len(sheets), sum(map(bool, left)), sum(left))


def _measure(sheets: Sequence[SheetSummary], links: Sequence[DivisionLink]) -> MeasureRow:
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
        names_among(links, newest.municipality, newest.lead_division or "", newest.fiscal_year).all,
    )


def grades_of(sheet: SheetFile) -> tuple[GradeView, ...]:
    """The three grades; one that is not given has an empty letter."""
    found = []
    for name, label in GRADE_LABELS.items():
        grade = getattr(sheet.grades, name) or ""
        found.append(GradeView(f"{GRADE_NUMBERS[name]} {label}", grade, GRADE_TEXTS[name].get(grade, "")))
    return tuple(found)
