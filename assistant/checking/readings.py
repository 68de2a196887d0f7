"""Which fiscal years a claim can mean for a row, and what is stored there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.record import Record, Row, series_label
from assistant.checking.row_names import is_denied
from assistant.checking.wording import with_unit
from assistant.checking.years import Year
from corpus import messages
from corpus.form import Better, Series


@dataclass(frozen=True)
class Point:
    """A place of the record: a row, a year, a series, and the value there (None = absent)."""

    row: Row
    year: int
    series: Series
    value: Decimal | None

    @property
    def where(self) -> str:
        """「…」の令和5年度の実績値, for messages."""
        return messages.check_where(self.row.name, self.year, series_label(self.row, self.series))

    @property
    def shown(self) -> str:
        """The value with its unit, as printed."""
        return "" if self.value is None else with_unit(self.value, self.row)


def point(row: Row, year: int, series: Series) -> Point:
    """What is stored at this place."""
    return Point(row, year, series, row.value(year, series))


def named_years(year: Year, row: Row, current: int, record: Record, series: Series) -> list[int]:
    """The fiscal years that a year mention can mean, likeliest first.

    「前年度」 in a row without a survey that year means the previous surveyed year (claims.md 26).
    """
    if year.year is not None:
        both = not year.fiscal and (year.dated or row.value(year.year, series) is None)
        return [year.year, year.year - 1] if both else [year.year]
    match year.name:
        case "before":
            if series != "actual" or row.value(current - 1, "actual") is not None:
                return [current - 1]
            return [row.surveyed_before(current) or current - 1]
        case "two_before":
            return [current - 2]
        case "after":
            return [record.fiscal_year + 1]
        case "start":
            first = min(row.values["actual"], default=record.fiscal_year)
            return list(dict.fromkeys(y for y in (record.plan_start, first) if y is not None))
        case "end":
            last = max(row.values["target"], default=record.fiscal_year)
            return [record.plan_end or last]
        case _:
            return [record.fiscal_year]


def current_years(claim: Claim, row: Row, record: Record) -> list[int]:
    """The years that the reported value can be of, likeliest first: the one set in the sentence, the sheet's."""
    home = record.fiscal_year
    if claim.carried_year is not None:
        return list(dict.fromkeys([*named_years(claim.carried_year, row, home, record, "actual"), home]))
    if claim.year_before is not None:
        before = named_years(claim.year_before, row, home, record, "actual")
        # a date that can lie in the sheet's year (「令和4年4月1日現在」) sets no other year for what follows
        return [home] if claim.year_before.dated and home in before else list(dict.fromkeys([home, *before]))
    return [home]


def level_years(claim: Claim, row: Row, record: Record) -> tuple[list[int], bool]:
    """Years for a level, and whether the text names the year with the figure."""
    current = current_years(claim, row, record)
    if claim.any_year:
        return sorted(row.values["actual"], reverse=True) or current, False
    if claim.year is not None:
        home = record.fiscal_year
        named = named_years(claim.year, row, current[0] if claim.year.name else home, record, claim.series)
        if claim.year.name and all(row.value(year, claim.series) is None for year in named):
            # relative to a year that was told in passing it would lie before all records
            named = named_years(claim.year, row, home, record, claim.series)
        return named, True
    if claim.from_before:
        return [row.surveyed_before(current[0]) or current[0] - 1], False
    return current, False


def base_points(claim: Claim, row: Row, year: int, record: Record) -> list[Point]:
    """What a change or relation can be compared with, likeliest first."""
    base = claim.base
    if base is not None and base.foreign:
        return []
    if base is None and claim.period is not None:
        # 「3年間で」 counts the steps or the years: both ends are usual.
        ends = (year - claim.period, year - claim.period + 1)
        return [point(row, first, "actual") for first in ends if row.value(first, "actual") is not None]
    if base is None:
        before = row.surveyed_before(year)
        return [] if before is None else [point(row, before, "actual")]
    if base.year is not None:
        return [point(row, y, base.series) for y in named_years(base.year, row, year, record, base.series)]
    if base.series == "actual":
        before = row.surveyed_before(year)
        return [] if before is None else [point(row, before, "actual")]
    return [point(row, year, base.series)]


def other_years(row: Row, series: Series, wanted: Sequence[int]) -> list[Point]:
    """The points of the series in other years than ``wanted``."""
    return [Point(row, year, series, value) for year, value in row.values[series].items() if year not in wanted]


def polarity(row: Row) -> Better | None:
    """Whether high or low is good: as stored, else what the targets' trend says of a name without a denial."""
    if row.better is not None or is_denied(row.name):
        return row.better
    targets = [value for _, value in sorted(row.values["target"].items())]
    if len(targets) < 2 or targets[0] == targets[-1]:
        return None
    return "higher" if targets[0] < targets[-1] else "lower"


_GRAND_TOTAL = re.compile(r"総事業費|事業費(?:の)?総額|事業費全体")


def grand_total(row: Row, before: str, record: Record) -> Row | None:
    """The total with 人件費, where the text ``before`` a statement calls (A) by a name that may mean that one."""
    if row.id != "cost:program_total" or not _GRAND_TOTAL.search(before):
        return None
    return next((other for other in record.rows if other.id == "cost:total"), None)
