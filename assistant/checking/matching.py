"""Claims against the stored series: the verdict, the message, and the words that would be right.

``judge`` handles every form of claim; levels are judged here, changes and words in their own modules.
"""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.checking.bands import judge_band
from assistant.checking.bases import as_bounded
from assistant.checking.claim_types import Claim
from assistant.checking.doublings import judge_doubling
from assistant.checking.findings import Finding, Kind
from assistant.checking.judging_against import judge_against
from assistant.checking.judging_changes import judge_change
from assistant.checking.judging_extremes import judge_among, judge_extreme
from assistant.checking.judging_first import judge_first
from assistant.checking.judging_plans import is_plan, judge_plan
from assistant.checking.judging_rates import judge_achievement_rate
from assistant.checking.judging_ratios import judge_ratio
from assistant.checking.judging_streaks import judge_streak
from assistant.checking.judging_sums import judge_listed_sum, judge_named_sum, judge_years_sum
from assistant.checking.judging_tallies import judge_tally
from assistant.checking.judging_trends import judge_trend
from assistant.checking.judging_words import judge_achieved
from assistant.checking.never_values import normalise
from assistant.checking.numerals import Bound, Figure, unit_fits
from assistant.checking.readings import Point, grand_total, level_years, other_years, point
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.shares import judge_share
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages

_SILENT_UNITS = frozenset({"", "歳", "日", "時間", "分", "年", "か月", "指標", "項目", "点", "回線", "種類", "個"})
"""A figure in one of these, where no row has the unit, is a label or a duration more often than a result."""

_SAME_DIGITS = 4
"""Digits from which a value that is off by tens is a slip of the scale."""
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
        case "doubling":
            return judge_doubling(claim, place, record)
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
        case "band":
            return judge_band(claim, place, record)
        case "years_sum":
            return judge_years_sum(claim, place, record)
        case "tally":
            return judge_tally(claim, place, record)
        case "record":
            return judge_extreme(claim, place, record)
        case "among":
            return judge_among(claim, place, record)
        case "first_in":
            return judge_first(claim, place, record)
        case "rank":
            return unsupported(place, claim, "rank")
        case _:
            return unsupported(place, claim, "ratio")


def _judge_level(claim: Claim, place: Place, record: Record) -> Finding | None:
    figure = claim.figure
    assert figure is not None
    kind: Kind = "total" if claim.total else "level"
    rows = claim.subject.rows
    if claim.subject.strength in ("none", "foreign") or not rows:
        if figure.unit == "" and _UNKNOWN_COUNTER.match(place.text, claim.end):
            return None
        known = any(row.unit and unit_fits(row.unit, figure.unit) for row in record.rows)
        known = known or figure.unit in record.note_units
        return unsupported(place, claim, kind) if known or figure.unit not in _SILENT_UNITS else None
    if figure.unit == "" and not (claim.subject.strength == "sure" and claim.subject.topic):
        return None
    if is_plan(claim):
        return judge_plan(claim, place, record, figure, _judge_point)
    if claim.subject.strength == "sum":
        return judge_named_sum(claim, place, record, figure)
    if len(claim.parts) > 1:
        totals = [_read(claim, row, record, figure) for row in rows]
        return judge_listed_sum(claim, place, [spot for spot in totals if _agrees(claim, figure, spot, record)], figure)
    spots = [_read(claim, row, record, figure) for row in rows]
    if len(spots) == 1 and claim.subject.strength != "open":
        return _judge_one(claim, place, record, figure, spots[0], kind)
    return _judge_open(claim, place, record, figure, spots, kind)


def _difference(figure: Figure, stored: Decimal) -> Decimal:
    """How far the stored value is off; a part in words (3分の1) to a tenth."""
    gap = abs(abs(figure.value) - abs(stored))
    return gap.quantize(Decimal("0.1")) if figure.part else gap


def _bound_of(claim: Claim, figure: Figure) -> Bound:
    """A target is stated whole: 「目標80％以上」 names the 80."""
    return "exact" if claim.series != "actual" and figure.bound in ("at_least", "at_most") else figure.bound


def _agrees(claim: Claim, figure: Figure, spot: Point, record: Record) -> bool:
    if spot.value is None or (spot.value < 0) != (figure.value < 0 and figure.signed):
        return False
    percent = spot.row.unit == "％"
    bound = claim.bound or _bound_of(claim, figure)
    return fits(figure, spot.value, bound=bound, percent=percent, tolerance=record.tolerance)


def _read(claim: Claim, row: Row, record: Record, figure: Figure) -> Point:
    """The stored place that the level means: the first year that agrees, else the likeliest."""
    years, _ = level_years(claim, row, record)
    spots = [point(row, year, claim.series) for year in years]
    return next((spot for spot in spots if _agrees(claim, figure, spot, record)), spots[0])


def _judge_point(claim: Claim, place: Place, record: Record, figure: Figure, spot: Point) -> Finding:
    return _judge_one(claim, place, record, figure, spot, "level")


def _judge_one(claim: Claim, place: Place, record: Record, figure: Figure, spot: Point, kind: Kind) -> Finding:
    written = place.text[claim.start : claim.end]
    same_unit = spot.row.takes(figure.unit)
    agrees = _agrees(claim, figure, spot, record)
    if agrees and same_unit:
        message = messages.check_match(spot.where, spot.shown)
        return finding(place, claim, kind, "match", message, stated=figure.value, expected=spot.value, **at(spot))
    if not same_unit:
        # a bound («…を上回った») would hold of almost any other unit: only the digits themselves tell
        same_digits = _agrees(replace(claim, bound=None), figure, spot, record)
        if not same_digits or figure.bound != "exact" or claim.subject.strength != "sure":
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
    elsewhere = [other for other in other_years(spot.row, claim.series, years) if _agrees(claim, figure, other, record)]
    year_before = spot.row.surveyed_before(spot.year)
    if _is_addition(claim, place, spot.row) and spot.value is not None and year_before is not None:
        base = point(spot.row, year_before, spot.series)
        added = spot.value - (base.value or Decimal(0))
        same = fits(figure, added, tolerance=record.tolerance)
        if same:
            message = messages.check_change_match(spot.where, base.where, spot.shown, base.shown)
            return finding(place, claim, "change", "match", message, stated=figure.value, expected=added, **at(spot))
        return unsupported(place, claim, kind, messages.check_part(written, spot.where, spot.shown))
    per_head = "/" in spot.row.unit
    unsure = claim.subject.strength != "sure" or (claim.soft and not per_head)
    if unsure and not _is_misscaled(figure, spot.value):
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
        return _ambiguous(claim, place, record, figure, readings, kind, written)
    grand = grand_total(spot.row, place.text[: claim.start], record)
    whole = None if grand is None else point(grand, spot.year, spot.series)
    if whole is not None and _agrees(claim, figure, whole, record):
        return _ambiguous(claim, place, record, figure, [spot, whole], kind, written)
    gap = plain_number(_difference(figure, spot.value) / spot.row.factor)
    unit = "ポイント" if spot.row.unit == "％" else spot.row.unit_label
    message = messages.check_mismatch(as_bounded(place.text, claim), spot.where, spot.shown, gap + unit)
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


def _is_misscaled(figure: Figure, stored: Decimal | None) -> bool:
    """「1,324万円」 of 1億3,240万円: so many digits are the same by no chance, whatever the subject is."""
    if stored is None or figure.bound != "exact" or figure.upper is not None or not figure.value:
        return False
    digits = figure.value.normalize().as_tuple().digits
    return len(digits) >= _SAME_DIGITS and digits == stored.normalize().as_tuple().digits


_COUNTED_UP = re.compile("累計|累積|通算")
_NEWLY = re.compile(
    r"新たに|新規に|新しく|今年度(?:は|に|中)|本年度(?:は|に|中)|単年度|1年間で|年間で"
    r"|年度(?:は|に|中に)(?:新たに)?[^、。]{0,6}$|うち[ ]?約?$"
)


def _is_addition(claim: Claim, place: Place, row: Row) -> bool:
    """「累計で7,562人となり、今年度は524人を養成した」: what came to a row that counts up, not its value."""
    if not _COUNTED_UP.search(row.name) or claim.series != "actual":
        return False
    lead = normalise(place.text[: claim.start])
    own = re.split("[、。]", lead)[-1]
    return _NEWLY.search(own) is not None and _COUNTED_UP.search(own) is None


def _judge_open(
    claim: Claim, place: Place, record: Record, figure: Figure, spots: list[Point], kind: Kind
) -> Finding | None:
    """Several rows are possible: all that have a value must agree for a match; disagreement is ambiguous."""
    spots = [spot for spot in spots if spot.value is not None]
    right = [spot for spot in spots if _agrees(claim, figure, spot, record)]
    written = place.text[claim.start : claim.end]
    if right and (len(right) == len(spots) or claim.subject.strength == "weak" or claim.total):
        spot = right[0]
        message = messages.check_match(spot.where, spot.shown)
        return finding(place, claim, kind, "match", message, stated=figure.value, expected=spot.value, **at(spot))
    if right:
        return _ambiguous(claim, place, record, figure, spots, kind, written)
    only_costs = all(spot.row.kind == "cost" for spot in spots) and not claim.total
    if not spots or claim.subject.strength == "weak" or claim.soft or only_costs:
        return unsupported(place, claim, kind)
    readings = [messages.check_reading(spot.where, spot.shown, False) for spot in spots]
    message = messages.check_ambiguous(written, readings)
    return finding(place, claim, kind, "mismatch", message, stated=figure.value, unit=figure.unit or None)


def _ambiguous(
    claim: Claim, place: Place, record: Record, figure: Figure, spots: list[Point], kind: Kind, written: str
) -> Finding:
    readings = [messages.check_reading(spot.where, spot.shown, _agrees(claim, figure, spot, record)) for spot in spots]
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
