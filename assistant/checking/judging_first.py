"""What is so for the first time in years (14), against the stored series."""

import re

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.judging_words import reached_in
from assistant.checking.numerals import Figure
from assistant.checking.readings import current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from corpus import messages

_YEARS_BACK = re.compile(r"([0-9０-９]{1,2})(?=[ ]?(?:か|ヶ|カ|ヵ|箇)?年)")


def judge_first(claim: Claim, place: Place, record: Record) -> Finding | None:
    """The last year before in which it was so must lie as many years back as stated.

    A history too short to tell is unsupported; a year without survey that might be the one, ambiguous.
    """
    row, first = claim.subject.rows[0], claim.first
    assert first is not None
    if claim.year is not None and claim.year.role == "plain":
        year = named_years(claim.year, row, record.fiscal_year, record, "actual")[0]
    else:
        year = current_years(claim, row, record)[0]
    count = first.years
    if first.since is not None:
        since = named_years(first.since, row, year, record, "actual")[0]
        if count is None:
            count = year - since
    assert count is not None
    oldest = min(row.values["actual"], default=year)
    holds = {other: _holds(claim, row, other, year, record) for other in range(oldest, year + 1)}
    now = holds.get(year)
    if now is None or count < 1:
        return unsupported(place, claim, "rank", messages.check_streak_short(_written(claim, place), max(count, 0)))
    before = next((other for other in range(year - 1, oldest - 1, -1) if holds[other]), None)
    stated = year - count
    if first.surveys:
        surveyed = [other for other in sorted(row.values["actual"]) if other < year]
        stated = surveyed[-count] if count <= len(surveyed) else oldest - 1
    at_stated = holds.get(stated)
    right = now and before == stated and (first.since is None or first.years is None or since == stated)
    wrong = not now or (before is not None and (stated > before or at_stated is False or stated < before))
    if not wrong and before is None:
        wrong = at_stated is False
    elif wrong and now and before is not None and stated > before and at_stated is None:
        wrong = False
    if right:
        return _found(claim, place, row, year, before, True)
    if wrong:
        return _found(claim, place, row, year, before if now else None, False)
    if first.since is not None and before is not None:
        return _found(claim, place, row, year, before, False)
    if before is not None:
        found = _found(claim, place, row, year, before, False)
        return found.model_copy(update={"verdict": "ambiguous", "suggestion": None})
    found = unsupported(place, claim, "rank", messages.check_window(_written(claim, place), oldest))
    return found.model_copy(update={"indicator": row.id})


def _written(claim: Claim, place: Place) -> str:
    return place.text[claim.start : claim.end]


def _holds(claim: Claim, row: Row, year: int, now: int, record: Record) -> bool | None:
    """Whether the year has what the statement says of ``now``; None where nothing stored tells."""
    first, word = claim.first, claim.word
    assert first is not None
    assert word is not None
    value = row.value(year, "actual")
    if first.event == "met":
        result = reached_in(claim, row, year, record)
        return None if result is None else result == ((word.sense == "reach") != word.negated)
    if value is None:
        return None
    if first.event == "target":
        target = row.value(year, "target")
        return None if target is None else value > target if word.sense == "above" else value < target
    if first.event == "limit":
        return _within(claim, claim.figure, row, year)
    if first.event == "level":
        other = row.value(now, "actual")
        if other is None:
            return None
        return value >= other if word.sense == "up" else value <= other
    earlier = row.surveyed_before(year)
    if earlier is None or word.negated:
        return None
    up = word.sense == "up"
    if word.sense in ("better", "worse"):
        good = polarity(row)
        if good is None:
            return None
        up = (good == "higher") == (word.sense == "better")
    other = row.value(earlier, "actual")
    assert other is not None
    return value > other if up else value < other


def _within(claim: Claim, figure: Figure | None, row: Row, year: int) -> bool | None:
    """「3年ぶりに90％を超えた」; ``negated`` marks a band (「90％台」)."""
    value, word = row.value(year, "actual"), claim.word
    if value is None or figure is None or word is None:
        return None
    limit = abs(figure.value)
    if word.negated:
        return limit <= value < limit + figure.coarse
    return value < limit if word.sense == "below" else value >= limit


def _found(claim: Claim, place: Place, row: Row, year: int, before: int | None, right: bool) -> Finding:
    first = claim.first
    assert first is not None
    spot = point(row, year, "actual")
    oldest = min((year - 1 if before is None else before) - 1, year - (first.years or 1) - 1)
    spots = [point(row, other, "actual") for other in range(oldest, year + 1)]
    listed = [(one.year, one.shown) for one in spots if one.value is not None]
    written = _written(claim, place)
    message = messages.check_first_in(written, spot.where, before, listed, right)
    expected = None if before is None else messages.check_years_back(year - before)
    if right:
        expected = messages.check_years_back(year - (before or year))
    stated = messages.check_years_back(first.years) if first.years is not None else written
    return finding(
        place,
        claim,
        "rank",
        "match" if right else "mismatch",
        message,
        stated=stated,
        expected=expected,
        suggestion=None if right or before is None else _suggested(written, year - before),
        **{**at(spot), "unit": None},
    )


def _suggested(written: str, years: int) -> str | None:
    """The statement with the right number of years, in the writer's digits."""
    digits = _YEARS_BACK.match(written)
    if digits is None:
        return None
    shown = str(years)
    if not digits[1].isascii():
        shown = "".join(chr(ord(sign) + 0xFEE0) for sign in shown)
    return shown + written[digits.end(1) :]
