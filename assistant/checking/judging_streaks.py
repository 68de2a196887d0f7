"""Streaks (15) over the stored years: 「3年連続で増加」「2年続けて目標を達成」「毎年減少している」."""

from dataclasses import replace

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Kind, Verdict
from assistant.checking.judging_trends import flat_limit, judge_rows, means_up
from assistant.checking.judging_words import reached_in
from assistant.checking.readings import Point, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import is_flat
from assistant.checking.words import SAY
from corpus import messages

_LONG_AGO = 3
"""A step of 毎年 that is older may be before what the writer looks at."""


def judge_streak(claim: Claim, place: Place, record: Record) -> Finding | None:
    """Every step of the streak must hold for a match; one stored step that fails makes it wrong.

    Three rises need four values. A history too short, or a year without a value, is unsupported.
    """
    kind: Kind = "achievement" if claim.form == "achieved" else "direction"
    said = claim.form in ("trend", "against", "achieved") and claim.word is not None
    if not claim.subject.rows or not said or (claim.whole and claim.form == "achieved"):
        return unsupported(place, claim, "change" if claim.figure is not None else kind)
    return judge_rows(claim, place, record, _judge_row)


def _judge_row(claim: Claim, row: Row, place: Place, record: Record) -> Finding:
    kind: Kind = "achievement" if claim.form == "achieved" else "direction"
    word, streak = claim.word, claim.streak
    assert word is not None
    assert streak is not None
    ends = _ends(claim, row, record)
    steps = [_steps(claim, row, last, record) for last in ends]
    holds = [[_holds(claim, row, year, record) for year in years] for years in steps]
    number = next((place for place, one in enumerate(holds) if one and all(one)), 0)
    years = steps[number]
    spot = point(row, ends[number], "actual")
    fields = {**at(spot), "unit": None, "stated": SAY[word.sense]}
    verdict: Verdict
    if years and all(holds[number]):
        verdict = "match"
    elif False in holds[0] and not claim.nearly:
        failed = [year for year, one in zip(steps[0], holds[0], strict=True) if one is False]
        long_ago = streak.count is None and max(failed) <= ends[0] - _LONG_AGO
        verdict = "ambiguous" if _in_doubt(claim, row) or long_ago else "mismatch"
    else:
        short = messages.check_streak_short(place.text[claim.start : claim.end], streak.count)
        return finding(place, claim, kind, "unsupported", short, **fields)
    first = min(years) - (1 if _is_stepwise(claim) else 0)
    spots = [point(row, year, "actual") for year in range(first, max(years) + 1)]
    written = place.text[claim.start : claim.end]
    message = messages.check_streak(written, streak.count, _shown(spots), verdict == "match")
    if verdict == "ambiguous":
        message += messages.check_polarity(spot.where) if _in_doubt(claim, row) else ""
    if word.sense == "flat":
        message += messages.check_flat("", flat_limit(row, record))
    return finding(place, claim, kind, verdict, message, **fields)


def _is_stepwise(claim: Claim) -> bool:
    """Whether each year is held against the year before, and not against its target."""
    return claim.form != "achieved" and (claim.base is None or claim.base.series == "actual")


def _ends(claim: Claim, row: Row, record: Record) -> list[int]:
    """The last years that the streak may have: 「令和4年度まで」, or the year before for 「…していたが」."""
    years = current_years(claim, row, record)
    if claim.year is not None:
        years = named_years(claim.year, row, years[0], record, "actual")
    if claim.past:
        years = [*years, *(before for year in years if (before := row.surveyed_before(year)) is not None)]
    return list(dict.fromkeys(years))


def _steps(claim: Claim, row: Row, last: int, record: Record) -> list[int]:
    """The years that must each hold, latest first: so many, or since the year named (毎年: all that are stored)."""
    assert claim.streak is not None
    count = claim.streak.count
    surveyed = [year for year in sorted(row.values["actual"], reverse=True) if year <= last]
    if count is None:
        since = claim.base.year if claim.base is not None and claim.base.series == "actual" else None
        first = named_years(since, row, last, record, "actual")[0] if since is not None else min(surveyed, default=last)
        started = first + 1 if _is_stepwise(claim) else first
        return [year for year in range(last, min(started, last) - 1, -1) if year in surveyed]
    if not claim.streak.years and len(surveyed) > count:
        return surveyed[:count]
    return list(range(last, last - count, -1))


def _in_doubt(claim: Claim, row: Row) -> bool:
    """「目標を下回った」 of a value that is to be low may speak of the outcome, not of the value."""
    to_target = claim.form == "against" and claim.base is not None and claim.base.series == "target"
    return to_target and polarity(row) != "higher"


def _shown(spots: list[Point]) -> list[tuple[int, str]]:
    return [(spot.year, spot.shown) for spot in spots if spot.value is not None]


def _holds(claim: Claim, row: Row, year: int, record: Record) -> bool | None:
    """Whether the year does what the word says; None where nothing is stored to tell."""
    word, base = claim.word, claim.base
    assert word is not None
    assert claim.streak is not None
    to_target = claim.form == "against" and word.sense in ("reach", "short")
    if claim.form == "achieved" or to_target:
        if base is not None and base.year is not None and base.year.name != "before":
            return None
        if base is None or base.series == "target":
            result = reached_in(replace(claim, base=None), row, year, record)
            return None if result is None else result == ((word.sense == "reach") != word.negated)
    before = year - 1 if claim.streak.years else row.surveyed_before(year)
    other = point(row, before if before is not None else year - 1, "actual")
    if claim.form == "against" and base is not None and base.series != "actual":
        if base.year is not None and base.year.name != "before":
            return None
        other = point(row, year, base.series)
    elif claim.form == "against" and base is not None and base.year is not None and base.year.name != "before":
        return None
    now = point(row, year, "actual")
    if now.value is None or other.value is None:
        return None
    change = now.value - other.value
    match word.sense:
        case "same":
            return change == 0
        case "flat":
            return is_flat(other.value, now.value, percent=row.unit == "％", tolerance=record.tolerance)
        case "above" | "reach":
            return (change > 0) != word.negated
        case "below" | "short":
            return (change < 0) != word.negated
        case _:
            up = means_up(word.sense, row)
    if up is None:
        return None
    return (change > 0 if up else change < 0) != word.negated
