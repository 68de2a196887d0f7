"""Figures that are aimed at or expected (30): against the targets and forecasts of this year and the years ahead."""

import re
from collections.abc import Callable

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure
from assistant.checking.readings import Point, level_years, named_years, point
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import fits
from corpus import messages
from corpus.form import Series

PointJudge = Callable[[Claim, Place, Record, Figure, Point], Finding]
_AIM = re.compile("[^、。]{0,14}?(?:目指|めざ|目標|達成)")
_FORESEEN = re.compile("[^、。]{0,10}?(?:見込|推計|予測)")


def is_plan(claim: Claim) -> bool:
    """Whether the figure is meant; a 見込み of rows without forecasts (「47.0％を見込む」) is an aim too."""
    foreseen = claim.series == "forecast" and not any(row.values["forecast"] for row in claim.subject.rows)
    return claim.plan or foreseen


def judge_plan(claim: Claim, place: Place, record: Record, figure: Figure, judge_point: PointJudge) -> Finding | None:
    """A match with a target or forecast that is stored; a mismatch only where the text names the year it is for."""
    rows = claim.subject.rows
    for row in rows:
        years, named = level_years(claim, row, record)
        for series in ("target", "forecast", "baseline"):
            for year, value in row.values[series].items():
                wanted = year in years if named else year >= record.fiscal_year
                if wanted and fits(figure, value, bound="exact"):
                    spot = point(row, year, series)
                    message = messages.check_plan_match(spot.where, spot.shown)
                    return finding(
                        place, claim, "level", "match", message, stated=figure.value, expected=value, **at(spot)
                    )
    aimed = _aimed(claim, place, record, rows[0]) if len(rows) == 1 and claim.subject.strength == "sure" else None
    if aimed is not None:
        return judge_point(claim, place, record, figure, aimed)
    return unsupported(place, claim, "level", messages.check_plan(place.text[claim.start : claim.end]))


def _aimed(claim: Claim, place: Place, record: Record, row: Row) -> Point | None:
    """The target (or forecast) of the coming year that a plan names (「令和9年度に60％を目指す」), if stored."""
    behind = place.text[claim.end :]
    series: Series | None = "target" if _AIM.match(behind) else "forecast" if _FORESEEN.match(behind) else None
    year = claim.year or claim.carried_year
    if series is None or year is None or year.name in ("before", "two_before", "start", "this"):
        return None
    when = named_years(year, row, record.fiscal_year, record, series)[0]
    if when < record.fiscal_year:
        return None
    spot = point(row, when, series)
    return None if spot.value is None or not row.takes(claim.figure.unit if claim.figure else "") else spot
