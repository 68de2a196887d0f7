"""Text extracted from the PDF of a 施策マネジメントシート → the sheet, what a person must confirm, and warnings.

Extraction keeps the signs but not the places: cells, headings and whole blocks arrive in any order. What the text
decides is placed; everything else is left empty and listed with its candidates. Nothing is invented or dropped.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus import messages
from corpus.errors import UnusableInput
from corpus.fields import HEAD_LABELS
from corpus.fiscal import FULL_WIDTH_DIGITS, parse_year
from corpus.form import COST_BY_KEY, GradeName, section_label
from corpus.importers.text_assemble import directions, indicators
from corpus.importers.text_blocks import Block, Page, read_page, rejoin, split_pages
from corpus.importers.text_costs import CostReading, read_costs
from corpus.importers.text_head import Head, directions_named, read_head
from corpus.importers.text_labels import match_label
from corpus.importers.text_sections import PlacedSection, place_sections
from corpus.importers.text_table import Table, read_table
from corpus.sheetfile import CostEntry, GradeEntry, MeasureName, Plan, ReadSheet, SheetFile, ToConfirm

LONGEST_TEXT = 2_000_000
"""Signs; a real sheet has about 10,000."""
_MOST_LINES = 20_000
_FEWEST_LABELS = 4
_PLAN = re.compile(
    r"[2２]?[\s.．]*(?P<name>[^\s(（]{2,20}?計画)期間[(（](?P<start>[^~～〜\-－ー)）]{2,8})[~～〜\-－ー](?P<end>[^)）]{2,8})[)）]"
)
_DEFAULT_YEARS = 8


def read_text(text: str) -> ReadSheet:
    """One sheet from the text of its PDF. Figures 千円, ％ or counts as printed; years western fiscal years.

    Raises ``UnusableInput`` for text that is empty, too long, no 施策マネジメントシート, several of them, or without
    the measure's name or the evaluated year.
    """
    pages = _pages(text)
    labels = [label for page in pages.values() for label in page.labels]
    warnings = [messages.page_missing(number) for number in (1, 2, 3, 4) if number not in pages]
    plan = _plan(text)
    fiscal_year, others = _fiscal_year(pages, plan)
    if others:
        warnings.append(messages.years_disagree(fiscal_year, others))
    table = read_table(pages[2]) if 2 in pages else Table()
    grades, texts = _narratives(pages, table)
    head = read_head(pages.get(1, Page(1)), directions_named([placed.text for placed in texts]), table.names)
    if not head.measure:
        raise UnusableInput(messages.NO_MEASURE_NAME)
    printed = [label.year for label in labels if label.label.field == "column_year"]
    start, end = _columns(printed, plan, fiscal_year)
    if plan is None and 2 in pages:
        warnings.append(messages.plan_years_assumed(start, end))
    costs = read_costs(table, start, end, fiscal_year)
    read = indicators(head, table, costs.used, start, end, fiscal_year)
    warnings += read.warnings
    sheet = SheetFile(
        plan=plan,
        fiscal_year=fiscal_year,
        policy=head.policy,
        measure=MeasureName(code=head.code, name=head.measure),
        lead_division=head.lead_division,
        lead_person=head.lead_person,
        related_divisions=head.related_divisions,
        target=head.target,
        purpose=head.purpose,
        directions=directions(head, warnings),
        indicators=read.entries,
        costs={year: CostEntry(**dict(rows)) for year, rows in sorted(costs.years.items())},
        grades=GradeEntry.model_validate(grades),
        sections={placed.key: placed.text for placed in texts},
    )
    warnings += _unread(head, table, costs)
    to_confirm = [*_open_head(head), *read.to_confirm, *_open_costs(costs), *_open_sections(texts, fiscal_year)]
    return ReadSheet(sheet=sheet, to_confirm=to_confirm, warnings=warnings)


def _pages(text: str) -> dict[int, Page]:
    """The pages of the one sheet in the text, by number."""
    if len(text) > LONGEST_TEXT:
        raise UnusableInput(messages.text_too_long(len(text), LONGEST_TEXT))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnusableInput(messages.TEXT_EMPTY)
    if text.count("\n") > _MOST_LINES:
        raise UnusableInput(messages.NOT_A_SHEET_TEXT)
    # Only short lines can be labels, so prose of any length costs nothing here.
    lines = {line.strip() for line in text.split("\n") if 3 < len(line) <= 120}
    headings = {found[0] for found in (match_label(line, None) for line in lines) if found}
    if len(headings) < _FEWEST_LABELS or not any(label.starts_page for label in headings):
        raise UnusableInput(messages.NOT_A_SHEET_TEXT)
    parts = split_pages(text)
    numbers = [number for number, _, _ in parts if number > 1]
    if len(numbers) > len(set(numbers)):
        raise UnusableInput(messages.SEVERAL_SHEETS)
    read = [read_page(number, lines_of, first) for number, lines_of, first in parts]
    return {page.number: page for page in read if page.labels}


def _plan(text: str) -> Plan | None:
    """計画の名称 and years from 「第２次基本計画期間（令和２～令和９年度）」."""
    for line in text.split("\n"):
        found = _PLAN.search(line) if "計画期間" in line and len(line) < 120 else None
        if found:
            start = parse_year(found["start"].strip())
            end = parse_year(found["end"].strip(), start or 2023)
            if end is None and start is not None:
                end = parse_year(found["end"].strip() + "年度", start)
            if start and end and start <= end:
                return Plan(name=found["name"], start=start, end=end)
    return None


def _fiscal_year(pages: Mapping[int, Page], plan: Plan | None) -> tuple[int, list[int]]:
    """The evaluated year by the headings that print it (F, F+1, F+2), and other years that some of them give."""
    votes: Counter[int] = Counter()
    for page in pages.values():
        for found in page.labels:
            if found.year and found.label.year_offset is not None:
                year = _year_within(found.year, plan)
                if year is not None:
                    votes[year - found.label.year_offset] += 1
    if not votes:
        raise UnusableInput(messages.NO_FISCAL_YEAR)
    ranked = sorted(votes, key=lambda year: (-votes[year], year))
    return ranked[0], ranked[1:]


def _year_within(printed: str, plan: Plan | None) -> int | None:
    """A printed year; one without era is taken in the era that puts it nearest to the plan's years."""
    around = (plan.start or 2023, plan.end or 2023) if plan else (2023, 2023)
    options = [year for year in (parse_year(printed, near) for near in around) if year is not None]
    middle = sum(around) // 2
    return min(options, key=lambda year: abs(year - middle), default=None)


def _columns(printed: Sequence[str], plan: Plan | None, fiscal_year: int) -> tuple[int, int]:
    """First and last year of the table's columns: the plan's, else those of the column heads, else eight years."""
    if plan and plan.start and plan.end and plan.start <= fiscal_year <= plan.end:
        return plan.start, plan.end
    years = [year for year in (parse_year(head.translate(FULL_WIDTH_DIGITS), fiscal_year) for head in printed) if year]
    if years and min(years) <= fiscal_year <= max(years):
        return min(years), max(years)
    return fiscal_year - _DEFAULT_YEARS // 2 + 1, fiscal_year + _DEFAULT_YEARS // 2


def _narratives(pages: Mapping[int, Page], table: Table) -> tuple[dict[GradeName, str], list[PlacedSection]]:
    """The grades, and the texts of the ten sections as far as their pages are there."""
    grades = dict(table.grades)
    texts = [PlacedSection("4.3", rejoin(table.prose))] if table.prose else []
    for number in (3, 4):
        page = pages.get(number)
        if page is None:
            continue
        blocks = []
        for block in page.blocks:
            grade = _lone_grade(block)
            if grade and page.has("overall"):
                grades["overall"] = grade
            else:
                blocks.append(block)
        printed = frozenset(key for found in page.labels for key in found.label.sections)
        texts += place_sections(number, blocks, printed)
    return grades, texts


def _lone_grade(block: Block) -> str | None:
    if len(block.lines) != 1:
        return None
    found = re.fullmatch(r"([A-EＡ-Ｅ])", block.lines[0].text)
    return found.group(1).translate(str.maketrans("ＡＢＣＤＥ", "ABCDE")) if found else None


def _open_head(head: Head) -> list[ToConfirm]:
    return [
        ToConfirm(field=name, candidates=list(found), note=messages.confirm_header(HEAD_LABELS[name]))
        for name, found in head.open.items()
    ]


def _open_costs(costs: CostReading) -> list[ToConfirm]:
    rows = list(COST_BY_KEY)
    return [
        ToConfirm(
            field=f"costs.{year}.{row}",
            candidates=list(found),
            note=messages.confirm_cost(COST_BY_KEY[row].label, year),
        )
        for (year, row), found in sorted(
            costs.undecided.items(), key=lambda entry: (entry[0][0], rows.index(entry[0][1]))
        )
    ]


def _open_sections(texts: Sequence[PlacedSection], fiscal_year: int) -> list[ToConfirm]:
    return [
        ToConfirm(
            field=f"sections.{placed.key}",
            candidates=[placed.text, *(rival for rival in placed.rivals if rival)],
            note=messages.confirm_section(section_label(placed.key, fiscal_year)),
        )
        for placed in texts
        if placed.rivals
    ]


def _unread(head: Head, table: Table, costs: CostReading) -> list[str]:
    """What was printed and has no place: told, never dropped."""
    described = [entry.described for entry in head.outcomes]
    lines = [*head.unread, *(name.name for name in table.names if name not in described)]
    warnings = [messages.lines_unread(lines)] if lines else []
    if costs.unexplained:
        warnings.append(messages.zeros_unread(table.zeros))
    return warnings
