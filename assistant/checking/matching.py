"""Claims against the stored series: the verdict, the message, and the words that would be right.

``judge`` handles every form of claim; levels are judged here, changes and words in their own modules.
"""

import re

from assistant.checking.claim_types import Claim, GradeClaim
from assistant.checking.findings import Finding, Kind
from assistant.checking.judging_changes import judge_achievement_rate, judge_change, judge_ratio
from assistant.checking.judging_streaks import judge_record, judge_streak
from assistant.checking.judging_sums import judge_breakdown, judge_listed_sum, judge_named_sum, judge_years_sum
from assistant.checking.judging_words import judge_achieved, judge_against, judge_met_count, judge_trend
from assistant.checking.numerals import Bound, Figure, unit_fits
from assistant.checking.readings import Point, grand_total, level_years, other_years, point
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.shares import judge_share
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages
from corpus.form import GRADE_LABELS

_SILENT_UNITS = frozenset({"", "歳", "日", "時間", "分", "年", "か月", "指標", "項目", "点", "回線", "種類", "個"})
"""A figure in one of these, where no row has the unit, is a label or a duration more often than a result."""

_UNKNOWN_COUNTER = re.compile(r"(?![増減上下以未超程前後強弱余約台])[一-龠々ァ-ヴ]")
"""Right behind digits: they count something that no row counts (「全4圏域」)."""


def judge(claim: Claim, place: Place, record: Record) -> Finding | None:
    """The finding for a claim, or None where it says nothing that a checker should report."""
    if claim.streak is not None:
        return judge_streak(claim, place, record)
    match claim.form:
        case "level":
            return _judge_level(claim, place, record)
        case "change":
            return judge_change(claim, place, record)
        case "index" | "multiple":
            return judge_ratio(claim, place, record)
        case "share":
            return judge_share(claim, place, record)
        case "achievement_rate":
            return judge_achievement_rate(claim, place, record)
        case "trend":
            return judge_trend(claim, place, record)
        case "against":
            return judge_against(claim, place, record)
        case "achieved":
            return judge_achieved(claim, place, record)
        case "years_sum":
            return judge_years_sum(claim, place, record)
        case "breakdown":
            return judge_breakdown(claim, place, record)
        case "met_count":
            return judge_met_count(claim, place, record)
        case "record":
            return judge_record(claim, place, record)
        case "rank":
            return unsupported(place, claim, "rank")
        case _:
            return unsupported(place, claim, "ratio")


def judge_grade(claim: GradeClaim, place: Place, record: Record) -> Finding | None:
    """31: the stated grade against the sheet's; None where the sheet has none."""
    stored = record.grades.get(claim.name)
    if stored is None:
        return None
    written = place.text[claim.start : claim.end]
    wide = written != claim.letter
    right = claim.letter == stored
    return Finding(
        section=place.section,
        start=place.offset + claim.start,
        end=place.offset + claim.end,
        text=written,
        kind="grade",
        verdict="match" if right else "mismatch",
        year=record.fiscal_year,
        stated=claim.letter,
        expected=stored,
        message=messages.check_grade(GRADE_LABELS[claim.name], claim.letter, stored),
        suggestion=None if right else (chr(ord(stored) + 0xFEE0) if wide else stored),
    )


def _judge_level(claim: Claim, place: Place, record: Record) -> Finding | None:
    figure = claim.figure
    assert figure is not None
    kind: Kind = "total" if claim.total else "level"
    rows = claim.subject.rows
    if claim.subject.strength in ("none", "foreign") or not rows:
        if figure.unit == "" and _UNKNOWN_COUNTER.match(place.text, claim.end):
            return None
        known = any(row.unit and unit_fits(row.unit, figure.unit) for row in record.rows)
        return unsupported(place, claim, kind) if known or figure.unit not in _SILENT_UNITS else None
    if figure.unit == "" and not (claim.subject.strength == "sure" and claim.subject.topic):
        return None
    if claim.plan:
        return _judge_plan(claim, place, record, figure, rows)
    if claim.subject.strength == "sum":
        return judge_named_sum(claim, place, record, figure)
    if len(claim.parts) > 1:
        totals = [_read(claim, row, record, figure) for row in rows]
        return judge_listed_sum(claim, place, [spot for spot in totals if _agrees(claim, figure, spot)], figure)
    spots = [_read(claim, row, record, figure) for row in rows]
    if len(spots) == 1 and claim.subject.strength != "open":
        return _judge_one(claim, place, record, figure, spots[0], kind)
    return _judge_open(claim, place, record, figure, spots, kind)


def _bound_of(claim: Claim, figure: Figure) -> Bound:
    """A target is stated whole: 「目標80％以上」 names the 80."""
    return "exact" if claim.series != "actual" and figure.bound in ("at_least", "at_most") else figure.bound


def _agrees(claim: Claim, figure: Figure, spot: Point) -> bool:
    if spot.value is None or (spot.value < 0) != (figure.value < 0 and figure.signed):
        return False
    percent = spot.row.unit == "％"
    bounded = claim.bound is not None and fits(figure, spot.value, bound=claim.bound)
    return bounded or fits(figure, spot.value, bound=_bound_of(claim, figure), percent=percent)


def _read(claim: Claim, row: Row, record: Record, figure: Figure) -> Point:
    """The stored place that the level means: the first year that agrees, else the likeliest."""
    years, _ = level_years(claim, row, record)
    spots = [point(row, year, claim.series) for year in years]
    return next((spot for spot in spots if _agrees(claim, figure, spot)), spots[0])


def _judge_one(claim: Claim, place: Place, record: Record, figure: Figure, spot: Point, kind: Kind) -> Finding:
    written = place.text[claim.start : claim.end]
    same_unit = spot.row.takes(figure.unit)
    agrees = _agrees(claim, figure, spot)
    if agrees and same_unit:
        message = messages.check_match(spot.where, spot.shown)
        return finding(place, claim, kind, "match", message, stated=figure.value, expected=spot.value, **at(spot))
    if not same_unit:
        if not agrees or claim.subject.strength != "sure":
            return unsupported(place, claim, kind)
        digits = place.text[claim.start : figure.digits_end]
        message = messages.check_unit(written, spot.where, spot.shown)
        return finding(
            place,
            claim,
            kind,
            "mismatch",
            message,
            stated=figure.value,
            expected=spot.value,
            suggestion=digits + spot.row.unit_label,
            **at(spot),
        )
    years, named = level_years(claim, spot.row, record)
    elsewhere = [other for other in other_years(spot.row, claim.series, years) if _agrees(claim, figure, other)]
    per_head = "/" in spot.row.unit
    if claim.subject.strength != "sure" or (claim.soft and not per_head):
        doubt = messages.check_part(written, spot.where, spot.shown) if spot.value is not None else None
        return unsupported(place, claim, kind, doubt)
    if spot.value is None:
        if elsewhere:
            message = messages.check_other_year(written, spot.where, [other.where for other in elsewhere])
            return finding(place, claim, kind, "mismatch", message, stated=figure.value, expected=None, **at(spot))
        return unsupported(place, claim, kind, messages.check_no_record(spot.where))
    last = max(spot.row.values["target"], default=None) if claim.series == "target" else None
    if not named and claim.carried_year is None and any(other.year == last for other in elsewhere):
        readings = [spot, *(other for other in elsewhere if other.year == last)]
        return _ambiguous(claim, place, figure, readings, kind, written)
    grand = grand_total(spot.row, place.text[: claim.start], record)
    whole = None if grand is None else point(grand, spot.year, spot.series)
    if whole is not None and _agrees(claim, figure, whole):
        return _ambiguous(claim, place, figure, [spot, whole], kind, written)
    gap = plain_number(abs(abs(figure.value) - abs(spot.value)) / spot.row.factor)
    unit = "ポイント" if spot.row.unit == "％" else spot.row.unit_label
    message = messages.check_mismatch(written, spot.where, spot.shown, gap + unit)
    if elsewhere:
        message += messages.check_also_year(elsewhere[-1].where)
    plain = figure.bound in ("exact", "about") and figure.upper is None and claim.bound is None
    return finding(
        place,
        claim,
        kind,
        "mismatch",
        message,
        stated=figure.value,
        expected=spot.value,
        suggestion=written_like(spot.value, figure) if plain else None,
        **at(spot),
    )


def _judge_open(
    claim: Claim, place: Place, record: Record, figure: Figure, spots: list[Point], kind: Kind
) -> Finding | None:
    """Several rows are possible: all that have a value must agree for a match; disagreement is ambiguous."""
    spots = [spot for spot in spots if spot.value is not None]
    right = [spot for spot in spots if _agrees(claim, figure, spot)]
    written = place.text[claim.start : claim.end]
    if right and (len(right) == len(spots) or claim.subject.strength == "weak" or claim.total):
        spot = right[0]
        message = messages.check_match(spot.where, spot.shown)
        return finding(place, claim, kind, "match", message, stated=figure.value, expected=spot.value, **at(spot))
    if right:
        return _ambiguous(claim, place, figure, spots, kind, written)
    only_costs = all(spot.row.kind == "cost" for spot in spots) and not claim.total
    if not spots or claim.subject.strength == "weak" or claim.soft or only_costs:
        return unsupported(place, claim, kind)
    readings = [messages.check_reading(spot.where, spot.shown, False) for spot in spots]
    message = messages.check_ambiguous(written, readings)
    return finding(place, claim, kind, "mismatch", message, stated=figure.value, unit=figure.unit or None)


def _ambiguous(claim: Claim, place: Place, figure: Figure, spots: list[Point], kind: Kind, written: str) -> Finding:
    readings = [messages.check_reading(spot.where, spot.shown, _agrees(claim, figure, spot)) for spot in spots]
    message = messages.check_ambiguous(written, readings)
    only = spots[0].row if len({spot.row.id for spot in spots}) == 1 else None
    return finding(
        place,
        claim,
        kind,
        "ambiguous",
        message,
        stated=figure.value,
        unit=figure.unit or None,
        indicator=only.id if only else None,
    )


def _judge_plan(claim: Claim, place: Place, record: Record, figure: Figure, rows: tuple[Row, ...]) -> Finding | None:
    """30: a figure that is aimed at or expected is compared with targets and forecasts from this year on."""
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
    return unsupported(place, claim, "level", messages.check_plan(place.text[claim.start : claim.end]))
