"""The next year's sheet made from the last one, and a sheet from nothing (no I/O).

Figures are kept per sheet as printed that year: what last year's sheet prints of past years is carried as it stands
there, and nothing that only a finished year can tell (actuals, costs, flags, grades, texts, facts) is filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus import messages
from corpus.errors import Refused
from corpus.filetypes import FIRST_YEAR, LAST_YEAR
from corpus.form import SECTION_BY_KEY
from corpus.sheetfile import FORMAT, Plan, SheetFile

MOST_DIRECTIONS = 20


@dataclass(frozen=True)
class EarlierText:
    """A text of an earlier sheet that a writer may start from: section ``key`` of the sheet of ``fiscal_year``.

    ``speaks_of``: the fiscal year that it was about; None for a section that is bound to no year (7(2)).
    """

    fiscal_year: int
    key: str
    speaks_of: int | None
    text: str


def next_sheet(last: SheetFile, fiscal_year: int | None = None) -> SheetFile:
    """The sheet of the year after ``last``, or of a later ``fiscal_year``, with what is known before the year is over.

    Carried: head, directions, indicators with definitions, forecasts, baselines and targets of all years, actuals and
    costs of the years before. Raises ``Refused`` for a year that is not later, or that no sheet can have.
    """
    year = _year_after(last, fiscal_year)
    content = last.as_object()
    content |= {"fiscal_year": year, "grades": {}, "sections": {}, "facts": {}}
    content["costs"] = {at: cost for at, cost in content["costs"].items() if int(at) < year}
    for entry in content["indicators"]:
        entry["values"] = _before(entry.get("values", {}), year)
        # 達成・未達成 and 前年度比較 are said of the sheet's own year
        entry.pop("achieved", None)
        entry.pop("improved", None)
    return SheetFile.model_validate(content)


def roll_warnings(last: SheetFile, fiscal_year: int | None = None) -> tuple[str, ...]:
    """What to know of ``next_sheet`` with the same arguments: actuals to come, years left out, an ended plan."""
    year = _year_after(last, fiscal_year)
    found = []
    if last.indicators and not any(entry.value(last.fiscal_year, "actual") is not None for entry in last.indicators):
        found.append(messages.actuals_missing(last.fiscal_year))
    if year > last.fiscal_year + 1:
        found.append(messages.years_left_out(last.fiscal_year, year))
    if last.plan and last.plan.end is not None and last.plan.end < year:
        found.append(messages.plan_ended(last.plan.name, last.plan.end))
    return tuple(found)


def is_begun(sheet: SheetFile) -> bool:
    """Whether something of the sheet's own year is there: a text, an actual, a cost or a fact."""
    year = sheet.fiscal_year
    actuals = any(entry.value(year, "actual") is not None for entry in sheet.indicators)
    costs = any(value is not None for _, value in sheet.costs[year]) if year in sheet.costs else False
    return actuals or costs or bool(sheet.facts) or any(sheet.sections.values())


def blank_sheet(
    municipality: str | None,
    fiscal_year: int,
    code: str | None,
    name: str,
    *,
    policy: str | None = None,
    lead_division: str | None = None,
    plan: Plan | None = None,
    directions: Sequence[str] = (),
) -> SheetFile:
    """A sheet with its head and its 展開方向 (numbered from 1), and nothing else. "" counts as not stated."""
    return SheetFile.model_validate(
        {
            "format": FORMAT,
            "municipality": municipality or None,
            "plan": plan.model_dump() if plan and plan != Plan() else None,
            "fiscal_year": fiscal_year,
            "policy": policy or None,
            "measure": {"code": code or None, "name": name},
            "lead_division": lead_division or None,
            "directions": [{"number": number, "name": name or None} for number, name in enumerate(directions, 1)],
        }
    )


def texts_at_hand(key: str, fiscal_year: int, earlier: Sequence[SheetFile]) -> tuple[EarlierText, ...]:
    """What earlier sheets offer for section ``key`` of ``fiscal_year``; ``earlier``: ascending by year.

    The same section of the newest earlier sheet that has it, then texts of other sections that spoke ahead of the very
    year this one speaks of (last year's 5(4) 翌年度の取組予定 for 取組状況, 7(1) for 翌年度の取組予定), newest first.
    """
    offset = SECTION_BY_KEY[key].year_offset
    found: list[EarlierText] = []
    same = next((sheet for sheet in reversed(earlier) if sheet.text(key)), None)
    if same is not None:
        about = None if offset is None else same.fiscal_year + offset
        found.append(EarlierText(same.fiscal_year, key, about, same.text(key)))
    if offset is None or not key.startswith("5.4"):
        return tuple(found)
    about = fiscal_year + offset
    for sheet in reversed(earlier):
        for section in SECTION_BY_KEY.values():
            ahead = section.year_offset
            if ahead and ahead > offset and sheet.fiscal_year + ahead == about and sheet.text(section.key):
                found.append(EarlierText(sheet.fiscal_year, section.key, about, sheet.text(section.key)))
    return tuple(found)


def _year_after(last: SheetFile, fiscal_year: int | None) -> int:
    year = last.fiscal_year + 1 if fiscal_year is None else fiscal_year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(messages.year_out_of_range(FIRST_YEAR, LAST_YEAR))
    if year <= last.fiscal_year:
        raise Refused(messages.year_not_later(year, last.fiscal_year))
    return year


def _before(values: dict[str, dict[str, Any]], year: int) -> dict[str, dict[str, Any]]:
    """The cells of an indicator without the actuals of ``year`` and later; a year left empty goes."""
    kept = {
        at: {series: value for series, value in cells.items() if series != "actual" or int(at) < year}
        for at, cells in values.items()
    }
    return {at: cells for at, cells in kept.items() if cells}
