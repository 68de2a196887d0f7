"""Words that state without a figure: directions, flatness, better and worse, 上回る, 達成 (7 to 10, 12, 30)."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Verdict
from assistant.checking.judging_changes import change_pairs, difference
from assistant.checking.readings import Point, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import NEAR_TARGET, is_flat
from assistant.checking.wording import plain_number, written_like
from assistant.checking.words import SAY, opposite
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


_PRAISE = re.compile(r"る[^、。]{0,6}?(?:成果|効果)")
"""Behind 「目標を上回」: the outcome is praised, the value need not be higher."""


def judge_trend(claim: Claim, place: Place, record: Record) -> Finding | None:
    """増加した, 横ばい, 改善した: the change since the year compared with (default: the last survey)."""
    row, word = claim.subject.rows[0], claim.word
    assert word is not None
    pairs = change_pairs(claim, row, record)
    if not pairs:
        return None
    good = polarity(row)
    if word.sense in ("better", "worse") and good is None:
        return None
    verdicts = [_trend_holds(claim, row, now, base, record) for now, base in pairs]
    held = next((number for number, holds in enumerate(verdicts) if holds), None)
    now, base = pairs[held if held is not None else 0]
    written = place.text[claim.start : claim.end]
    change = difference(now, base)
    expected = "flat" if change == 0 else ("up" if change > 0 else "down")
    if word.sense in ("better", "worse") and change != 0:
        expected = "better" if (change > 0) == (good == "higher") else "worse"
    stated = SAY[word.sense] + ("していない" if word.negated else "")
    fields = {**at(now), "unit": None, "stated": stated}
    note = _threshold(now, base, record) if word.sense == "flat" else ""
    if held is not None:
        message = messages.check_words_match(written, now.where, now.shown, base.where, base.shown) + note
        return finding(place, claim, "direction", "match", message, expected=stated, **fields)
    right = SAY[expected]  # type: ignore[index]
    message = messages.check_words(written, now.where, base.where, now.shown, base.shown, right) + note
    turned = change != 0 and word.sense != "flat" and not word.negated
    suggestion = opposite(written, place.text[claim.end :]) if turned else None
    if word.sense in ("better", "worse") and written == "向上" and good == "lower":
        suggestion = "悪化"
    return finding(place, claim, "direction", "mismatch", message, expected=right, suggestion=suggestion, **fields)


def _threshold(now: Point, base: Point, record: Record) -> str:
    """The change, and what the city still takes for 横ばい."""
    assert now.value is not None
    assert base.value is not None
    change = abs(now.value - base.value)
    shown = f"{plain_number(change)}ポイント"
    if now.row.unit != "％":
        share = (change / abs(base.value) * 100).quantize(Decimal("0.01")) if base.value else None
        shown = f"{plain_number(share)}％" if share is not None else ""
    return messages.check_flat(shown, flat_limit(now.row, record))


def flat_limit(row: Row, record: Record) -> str:
    """The threshold of 横ばい for a row's values, as messages state it: 「2％」「0.5ポイント」."""
    if row.unit == "％":
        return f"{plain_number(record.tolerance.flat_points)}ポイント"
    return f"{plain_number(record.tolerance.flat_share * 100)}％"


def _trend_holds(claim: Claim, row: Row, now: Point, base: Point, record: Record) -> bool:
    word = claim.word
    assert word is not None
    assert now.value is not None
    assert base.value is not None
    changes = [now.value - base.value]
    if claim.trend:
        series = [value for year, value in sorted(row.values["actual"].items()) if year <= now.year]
        changes.append(series[-1] - series[0])
    if word.sense == "flat":
        flat = is_flat(base.value, now.value, percent=row.unit == "％", tolerance=record.tolerance)
        return flat != word.negated
    up = word.sense == "up"
    if word.sense in ("better", "worse"):
        up = (polarity(row) == "higher") == (word.sense == "better")
    holds = any(change > 0 if up else change < 0 for change in changes)
    return holds != word.negated


def judge_against(claim: Claim, place: Place, record: Record) -> Finding | None:
    """目標を上回った, 前年度を下回った, 目標に届かなかった: numerically; for lower-is-better the doubt is said."""
    row, word = claim.subject.rows[0], claim.word
    assert word is not None
    assert claim.base is not None
    if claim.base.series == "target" and word.sense in ("reach", "short"):
        return judge_achieved(claim, place, record)
    praise = claim.base.series == "target" and word.sense == "above" and _PRAISE.match(place.text, claim.end)
    if praise and polarity(row) == "lower":
        return _judge_praise(claim, place, record)
    pairs = change_pairs(claim, row, record)
    if not pairs or word.sense not in ("above", "below"):
        return None
    above = word.sense == "above"
    holds = [(difference(*pair) > 0 if above else difference(*pair) < 0) != word.negated for pair in pairs]
    now, base = pairs[holds.index(True) if True in holds else 0]
    change = difference(now, base)
    written = place.text[claim.start : claim.end]
    stated = SAY[word.sense] + ("ことはない" if word.negated else "")
    fields = {**at(now), "unit": None, "stated": stated}
    right = SAY["above"] if change > 0 else SAY["below"] if change < 0 else "同じ"
    if True in holds:
        message = messages.check_words_match(written, now.where, now.shown, base.where, base.shown)
        return finding(place, claim, "direction", "match", message, expected=stated, **fields)
    message = messages.check_words(written, now.where, base.where, now.shown, base.shown, right)
    if polarity(row) == "lower" and base.series == "target":
        verdict: Verdict = "ambiguous"
        return finding(
            place, claim, "direction", verdict, message + messages.check_polarity(now.where), expected=right, **fields
        )
    suggestion = opposite(written) if change != 0 and not word.negated else None
    return finding(place, claim, "direction", "mismatch", message, expected=right, suggestion=suggestion, **fields)


def _judge_praise(claim: Claim, place: Place, record: Record) -> Finding | None:
    """「目標を上回る成果」 of a value that is to be low: right if the target is met, else in doubt."""
    word = claim.word
    assert word is not None
    better = replace(claim, word=replace(word, sense="reach"))
    found = judge_achieved(better, place, record)
    if found is None or found.verdict != "mismatch":
        return found
    message = found.message + messages.check_polarity(messages.check_where(claim.subject.rows[0].name, found.year, ""))
    return found.model_copy(update={"verdict": "ambiguous", "message": message, "suggestion": None})


def judge_achieved(claim: Claim, place: Place, record: Record) -> Finding | None:
    """達成した, 未達成: the year's actual against its target; the form's own flag where no actual is stored."""
    word = claim.word
    assert word is not None
    stated = (word.sense == "reach") != word.negated
    details, reached, spots = [], [], []
    for row in claim.subject.rows:
        results = [_reached(claim, row, year, record) for year in current_years(claim, row, record)]
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


def judge_met_count(claim: Claim, place: Place, record: Record) -> Finding:
    """32: how many indicators met the year's target; one that cannot be told leaves it unsupported."""
    figure = claim.figure
    assert figure is not None
    results = [_reached(claim, row, record.fiscal_year, record) for row in claim.subject.rows]
    if any(reached is None for _, reached, _ in results):
        return unsupported(place, claim, "achievement")
    met = sum(reached is True for _, reached, _ in results)
    right = figure.value == met
    message = messages.check_met_count(
        place.text[claim.start : claim.end], len(results), met, [detail for _, reached, detail in results if reached]
    )
    return finding(
        place,
        claim,
        "achievement",
        "match" if right else "mismatch",
        message,
        year=record.fiscal_year,
        stated=figure.value,
        expected=Decimal(met),
        suggestion=None if right else written_like(Decimal(met), figure),
    )


def _nothing_stored(claim: Claim, place: Place, record: Record, said: str) -> Finding:
    row = claim.subject.rows[0]
    spot = point(row, current_years(claim, row, record)[0], "actual")
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
