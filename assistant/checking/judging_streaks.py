"""Streaks (15) and records (13) over the stored years: 「3年連続で増加」「2年続けて目標を達成」「過去最高となった」."""

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Kind, Verdict
from assistant.checking.judging_words import flat_limit, reached_in
from assistant.checking.readings import Point, current_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import is_flat
from assistant.checking.words import SAY
from corpus import messages

_ENOUGH = 3
"""Earlier years that a record needs."""


def judge_streak(claim: Claim, place: Place, record: Record) -> Finding:
    """Every step of the streak must hold for a match; one stored step that fails makes it wrong.

    Three rises need four values. A history too short, or a year without a value, is unsupported.
    """
    kind: Kind = "achievement" if claim.form == "achieved" else "direction"
    word, streak = claim.word, claim.streak
    assert streak is not None
    if not claim.subject.rows:
        return unsupported(place, claim, "change" if claim.figure is not None else kind)
    row = claim.subject.rows[0]
    steps = claim.form != "achieved" and (claim.base is None or claim.base.series == "actual")
    if word is None or claim.whole or claim.form not in ("trend", "against", "achieved"):
        return unsupported(place, claim, "change" if claim.figure is not None else kind)
    for number, last in enumerate(current_years(claim, row, record)):
        holds = [_holds(claim, row, year, record) for year in range(last, last - streak.count, -1)]
        spots = [point(row, year, "actual") for year in range(last - streak.count + (not steps), last + 1)]
        verdict: Verdict
        if all(holds):
            verdict = "match"
        elif number == 0 and streak.years and any(step is False for step in holds) and not claim.nearly:
            verdict = "ambiguous" if _in_doubt(claim, row) else "mismatch"
        else:
            continue
        said = SAY[word.sense]
        written = place.text[claim.start : claim.end]
        message = messages.check_streak(written, streak.count, _shown(spots), verdict == "match")
        if verdict == "ambiguous":
            message += messages.check_polarity(spots[-1].where)
        if word.sense == "flat":
            message += messages.check_flat("", flat_limit(row, record))
        return finding(
            place,
            claim,
            kind,
            verdict,
            message,
            stated=said,
            **{**at(spots[-1]), "unit": None},
        )
    return unsupported(
        place, claim, kind, messages.check_streak_short(place.text[claim.start : claim.end], streak.count)
    )


def _in_doubt(claim: Claim, row: Row) -> bool:
    """「目標を下回った」 of a value that is to be low may speak of the outcome, not of the value."""
    to_target = claim.form == "against" and claim.base is not None and claim.base.series == "target"
    return to_target and polarity(row) != "higher"


def _shown(spots: list[Point]) -> list[tuple[int, str]]:
    return [(spot.year, spot.shown) for spot in spots if spot.value is not None]


def _holds(claim: Claim, row: Row, year: int, record: Record) -> bool | None:
    """Whether the year does what the word says; None where nothing is stored to tell."""
    word = claim.word
    assert word is not None
    if claim.form == "achieved" or (claim.form == "against" and word.sense in ("reach", "short")):
        if claim.base is not None and claim.base.year is not None:
            return None
        result = reached_in(claim, row, year, record)
        return None if result is None else result == ((word.sense == "reach") != word.negated)
    base = claim.base
    other = point(row, year - 1, "actual")
    if claim.form == "against" and base is not None and base.series != "actual" and base.year is None:
        other = point(row, year, base.series)
    elif base is not None and (base.year is None or base.year.name != "before"):
        return None
    now = point(row, year, "actual")
    if now.value is None or other.value is None or word.negated:
        return None
    if word.sense == "flat":
        return is_flat(other.value, now.value, percent=row.unit == "％", tolerance=record.tolerance) or None
    up = word.sense in ("up", "above")
    if word.sense in ("better", "worse"):
        good = polarity(row)
        if good is None:
            return None
        up = (good == "higher") == (word.sense == "better")
    return now.value > other.value if up else now.value < other.value


def judge_record(claim: Claim, place: Place, record: Record) -> Finding:
    """過去最高, 過去最低: against every stored actual of an earlier year; fewer than three tell nothing."""
    row, word = claim.subject.rows[0], claim.word
    assert word is not None
    year = current_years(claim, row, record)[0]
    now = point(row, year, "actual")
    before = [point(row, other, "actual") for other in sorted(row.values["actual"]) if other < year]
    values = [spot.value for spot in before if spot.value is not None]
    if now.value is None or len(values) < _ENOUGH:
        return unsupported(place, claim, "rank")
    best = max(values) if word.sense == "up" else min(values)
    right = now.value > best if word.sense == "up" else now.value < best
    other = next(spot for spot in before if spot.value == best)
    written = place.text[claim.start : claim.end]
    message = messages.check_record(written, now.where, now.shown, other.year, other.shown, right)
    return finding(
        place, claim, "rank", "match" if right else "mismatch", message, stated=written, **{**at(now), "unit": None}
    )
