"""Targets met or missed (10): 達成した, 未達成, おおむね達成, against the year's values or the form's flag."""

import re
from dataclasses import replace

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Verdict
from assistant.checking.readings import Point, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding
from assistant.checking.tolerance import NEAR_TARGET
from assistant.checking.wording import plain_number
from corpus import messages

_ACHIEVED_FORMS: tuple[tuple[str, str], ...] = (
    ("達成できなかった", "達成した"),
    ("達成できず、", "達成し、"),
    ("達成していない", "達成している"),
    ("達成しておらず", "達成しており"),
    ("達成には至らなかった", "達成した"),
    ("達成に至らなかった", "達成した"),
    ("達成には至らず", "達成し"),
    ("達成に至らず", "達成し"),
    ("達成できた", "達成できなかった"),
    ("達成しました", "達成できませんでした"),
    ("達成した", "達成できなかった"),
    ("達成している", "達成していない"),
    ("達成しており", "達成しておらず"),
    ("達成し、", "達成できず、"),
    ("未達成", "達成"),
)
"""What states the contrary of an achievement in the same place."""


def judge_achieved(claim: Claim, place: Place, record: Record) -> Finding | None:
    """達成した, 未達成: the year's actual against its target; the form's own flag where no actual is stored."""
    word = claim.word
    assert word is not None
    stated = (word.sense == "reach") != word.negated
    details, reached, spots = [], [], []
    for row in claim.subject.rows:
        results = [_reached(claim, row, year, record) for year in _years(claim, row, record)]
        spot, result, detail = next((found for found in results if found[1] == stated), results[0])
        if result is not None:
            details.append(detail)
            reached.append(result)
            spots.append(spot)
        elif spot.value is not None and not claim.whole:
            return _doubtful(claim, place, spot, stated)
    said = "達成" if stated else "未達成"
    if not reached:
        return _nothing_stored(claim, place, record, said)
    right = all(result == stated for result in reached)
    near = not right and claim.nearly and stated and all(_near(spot) for spot in spots)
    single = None if claim.whole else spots[0]
    fields = {**at(single), "unit": None} if single else {"year": record.fiscal_year}
    written = place.text[claim.start : claim.end]
    note = messages.check_near_target(plain_number(NEAR_TARGET * 100)) if claim.nearly else ""
    message = messages.check_achievement(written, details, right or near) + note
    if right or near:
        return finding(place, claim, "achievement", "match", message, stated=said, expected=said, **fields)
    expected = "未達成" if stated else "達成"
    if claim.whole and any(reached) and not all(reached):
        expected = "一部達成"
    suggestion, claim = _turned(claim, place) if not claim.whole and not claim.nearly else (None, claim)
    return finding(
        place,
        claim,
        "achievement",
        "mismatch",
        message,
        stated=said,
        expected=expected,
        suggestion=suggestion,
        **fields,
    )


def _years(claim: Claim, row: Row, record: Record) -> list[int]:
    """The year that is said to have met it, else those that the sentence may report."""
    if claim.year is None or claim.form != "achieved":
        return current_years(claim, row, record)
    return named_years(claim.year, row, record.fiscal_year, record, "actual")


def _nothing_stored(claim: Claim, place: Place, record: Record, said: str) -> Finding:
    row = claim.subject.rows[0]
    spot = point(row, _years(claim, row, record)[0], "actual")
    message = messages.check_no_record(spot.where) if not claim.whole else messages.check_unsupported(said)
    fields = {} if claim.whole else {**at(spot), "unit": None}
    return finding(place, claim, "achievement", "unsupported", message, stated=said, **fields)


def reached_in(claim: Claim, row: Row, year: int, record: Record) -> bool | None:
    """Whether the row met the year's target, by its values or the form's flag; None where neither tells."""
    return _reached(claim, row, year, record)[1]


def _reached(claim: Claim, row: Row, year: int, record: Record) -> tuple[Point, bool | None, str]:
    target_year = year
    if claim.base is not None and claim.base.year is not None:
        target_year = named_years(claim.base.year, row, year, record, "target")[0]
    now, target = point(row, year, "actual"), point(row, target_year, "target")
    if now.value is not None and target.value is not None:
        good = polarity(row)
        if good is None:
            return now, None, ""
        result = now.value >= target.value if good == "higher" else now.value <= target.value
        where = messages.check_where(row.name, year, "成果")
        return now, result, messages.check_target_detail(where, now.shown, target.shown, result)
    flag = row.achieved.get(year)
    return now, flag, "" if flag is None else messages.check_flag_detail(now.where, flag)


def _near(spot: Point) -> bool:
    target = spot.row.value(spot.year, "target")
    return spot.value is not None and target is not None and abs(spot.value - target) <= abs(target) * NEAR_TARGET


def _doubtful(claim: Claim, place: Place, spot: Point, stated: bool) -> Finding | None:
    """Whether high or low is good is not known: nothing can be said of 達成, unless the value is the target."""
    target = spot.row.value(spot.year, "target")
    if target is None:
        return None
    written = place.text[claim.start : claim.end]
    said = "達成" if stated else "未達成"
    if spot.value == target:
        verdict: Verdict = "match" if stated else "mismatch"
    else:
        verdict = "ambiguous"
    detail = messages.check_words_match(written, spot.where, spot.shown, "目標値", plain_number(target))
    message = detail if verdict == "match" else messages.check_polarity_unknown(spot.where)
    return finding(place, claim, "achievement", verdict, message, stated=said, **{**at(spot), "unit": None})


def _turned(claim: Claim, place: Place) -> tuple[str | None, Claim]:
    """The contrary of the achievement as written, and the claim stretched over the words that change."""
    for written, contrary in _ACHIEVED_FORMS:
        if re.match(written, place.text[claim.start :]):
            return contrary, replace(claim, end=claim.start + len(written))
    return None, claim
