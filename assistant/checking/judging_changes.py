"""Differences, points, rates, indices, multiples and achievement rates against the stored series (3 to 6, 11)."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.checking.claim_types import POINT_UNITS, Claim
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.readings import Point, base_points, current_years, grand_total, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from assistant.checking.words import opposite
from corpus import messages

_TENTH = Decimal("0.1")
PRAISE = re.compile(r"る[^、。]{0,6}?(?:成果|効果)")
"""Behind 「目標を上回」: the outcome is praised, the value need not be higher."""


def change_pairs(claim: Claim, row: Row, record: Record) -> list[tuple[Point, Point]]:
    """(now, base) pairs that the claim can mean and for which both values are stored, likeliest first."""
    pairs = []
    years = current_years(claim, row, record)
    if claim.year is not None:
        named = named_years(claim.year, row, years[0], record, "actual")
        years = named if claim.form == "change" else [*named, *years]
    for year in dict.fromkeys(years):
        now = point(row, year, "actual")
        for meant in (claim, *(replace(claim, base=other) for other in claim.other_bases)):
            for base in base_points(meant, row, year, record):
                if now.value is not None and base.value is not None and (base.year, base.series) != (year, "actual"):
                    pairs.append((now, base))
    return pairs


def difference(now: Point, base: Point) -> Decimal:
    """The change between two stored values."""
    assert now.value is not None
    assert base.value is not None
    return now.value - base.value


def _differences(now: Point, base: Point) -> list[Decimal]:
    """From the stored values, and from them as printed (claims.md, Tolerance)."""
    assert now.value is not None
    assert base.value is not None
    exact = now.value - base.value
    return [exact, now.row.printed(now.value) - base.row.printed(base.value)]


def _rates(now: Point, base: Point) -> list[Decimal]:
    assert now.value is not None
    assert base.value is not None
    pairs = [(now.value, base.value), (now.row.printed(now.value), base.row.printed(base.value))]
    return [(value - before) * 100 / abs(before) for value, before in pairs if before]


def judge_change(claim: Claim, place: Place, record: Record) -> Finding | None:
    """A difference in the row's unit or in ポイント, or a rate in ％."""
    figure = claim.figure
    assert figure is not None
    rows = claim.subject.rows
    word = claim.word
    if figure.unit == "" and (word is None or not claim.subject.topic):
        return None
    if (
        claim.subject.strength in ("none", "foreign", "sum")
        or not rows
        or claim.plan
        or (word is not None and word.negated)
    ):
        return unsupported(place, claim, "change") if figure.unit else None
    judged = [(row, _judge_row(claim, place, record, figure, row)) for row in rows]
    if len(judged) == 1:
        found = judged[0][1]
        if claim.soft and found.verdict == "mismatch":
            return _as_level(claim, place, record, figure, rows[0]) or found
        grand = grand_total(rows[0], place.text[: claim.start], record)
        if found.verdict == "mismatch" and grand is not None:
            other = _judge_row(claim, place, record, figure, grand)
            if other.verdict == "match":
                message = messages.check_ambiguous(found.text, [found.message.rstrip("。"), other.message.rstrip("。")])
                return finding(place, claim, "change", "ambiguous", message, stated=figure.value, unit=figure.unit)
        doubtful = claim.subject.strength != "sure" and found.verdict == "mismatch"
        return unsupported(place, claim, "change") if doubtful else found
    right = [found for _, found in judged if found.verdict == "match"]
    spoken = [found for _, found in judged if found.verdict != "unsupported"]
    if right and (len(right) == len(spoken) or claim.subject.strength == "weak"):
        return right[0]
    if right:
        readings = [found.message.rstrip("。") for found in spoken]
        message = messages.check_ambiguous(place.text[claim.start : claim.end], readings)
        return finding(place, claim, "change", "ambiguous", message, stated=figure.value, unit=figure.unit)
    if spoken and claim.subject.strength == "open" and not all(row.kind == "cost" for row in rows):
        readings = [found.message.rstrip("。") for found in spoken]
        message = messages.check_ambiguous(place.text[claim.start : claim.end], readings)
        return finding(place, claim, "change", "mismatch", message, stated=figure.value, unit=figure.unit)
    return unsupported(place, claim, "change")


def _as_level(claim: Claim, place: Place, record: Record, figure: Figure, row: Row) -> Finding | None:
    """A figure that shares the word of a later one may have been the value itself (「Aは85件、Bは3件増加」)."""
    for year in current_years(claim, row, record):
        spot = point(row, year, "actual")
        if spot.value is not None and row.takes(figure.unit) and fits(figure, spot.value, tolerance=record.tolerance):
            message = messages.check_match(spot.where, spot.shown)
            return finding(
                place, claim, "level", "match", message, stated=figure.value, expected=spot.value, **at(spot)
            )
    return None


def _sign(claim: Claim, row: Row) -> int:
    """The direction that the words give: of 改善 and 悪化 by what is good for the row."""
    if claim.word is not None and claim.word.sense in ("better", "worse"):
        good = polarity(row)
        if good is None:
            return 0
        return 1 if (good == "higher") == (claim.word.sense == "better") else -1
    if claim.word is not None and claim.word.sense == "short":
        return 1 if polarity(row) == "lower" else -1
    return claim.sign


def _judge_row(claim: Claim, place: Place, record: Record, figure: Figure, row: Row) -> Finding:
    pairs = change_pairs(claim, row, record)
    if not pairs:
        return unsupported(
            place, claim, "change", messages.check_no_record(messages.check_where(row.name, None, "増減"))
        )
    sign = _sign(claim, row)
    for now, base in pairs:
        found = _match(claim, place, record, figure, now, base, sign)
        if found is not None:
            return found
    if claim.base is None:
        found = _gap_to_target(claim, place, record, figure, row, sign)
        if found is not None:
            return found
    if sign and PRAISE.match(place.text, claim.end) and polarity(row) == "lower":
        found = _match(claim, place, record, figure, *pairs[0], -sign)
        if found is not None:
            message = found.message + messages.check_polarity(pairs[0][0].where)
            return found.model_copy(update={"verdict": "ambiguous", "message": message, "suggestion": None})
    return _mismatch(claim, place, figure, *pairs[0], sign)


def _match(
    claim: Claim, place: Place, record: Record, figure: Figure, now: Point, base: Point, sign: int
) -> Finding | None:
    rate = figure.unit == "％"
    points = figure.unit == "ポイント"
    if not rate and not (now.row.unit in POINT_UNITS if points else unit_fits(now.row.unit, figure.unit)):
        return None
    values = _rates(now, base) if rate else _differences(now, base)
    for value in values:
        signed = sign == 0 or value == 0 or (value > 0) == (sign > 0)
        if signed and fits(figure, value, bound=claim.bound, tolerance=record.tolerance):
            message = messages.check_change_match(now.where, base.where, now.shown, base.shown)
            stated = abs(figure.value) * (sign or 1)
            return finding(
                place,
                claim,
                "ratio" if rate else "change",
                "match",
                message + _survey_note(claim, now, base),
                stated=stated,
                expected=_expected(value, figure, sign),
                **{**at(now), "unit": figure.unit if rate or points else now.row.unit_label or None},
            )
    return None


def _expected(value: Decimal, figure: Figure, sign: int) -> Decimal:
    if value != value.quantize(min(figure.step, _TENTH)):
        value = value.quantize(min(figure.step, _TENTH), ROUND_HALF_UP)
    return value if sign else abs(value)


def _survey_note(claim: Claim, now: Point, base: Point) -> str:
    relative = claim.base is not None and claim.base.year is not None and claim.base.year.name == "before"
    return messages.check_previous_survey(base.year) if relative and base.year != now.year - 1 else ""


def _gap_to_target(claim: Claim, place: Place, record: Record, figure: Figure, row: Row, sign: int) -> Finding | None:
    """Without a named base, the gap to the year's target is the other usual reading."""
    for year in current_years(claim, row, record):
        now, target = point(row, year, "actual"), point(row, year, "target")
        if now.value is not None and target.value is not None:
            found = _match(claim, place, record, figure, now, target, sign)
            if found is not None:
                return found
    return None


def _mismatch(claim: Claim, place: Place, figure: Figure, now: Point, base: Point, sign: int) -> Finding:
    row = now.row
    exact, printed = _differences(now, base)
    rates = _rates(now, base)
    written = place.text[claim.start : claim.end]
    points = "ポイント" if row.unit == "％" else row.unit_label
    said = messages.check_change(
        written, now.where, base.where, now.shown, base.shown, _signed(printed / row.factor) + points
    ) + _survey_note(claim, now, base)
    fields = {**at(now), "unit": points or None, "stated": abs(figure.value) * (sign or 1)}
    if figure.unit == "％" and row.unit == "％":
        if rates:
            rate = rates[0].quantize(_TENTH, ROUND_HALF_UP)
            said += messages.check_percent_not_points(
                plain_number(abs(printed)) + "ポイント", plain_number(abs(rate)) + "％"
            )
        suggestion = _in_points(claim, place, figure, printed, sign)
        return finding(
            place,
            claim,
            "change",
            "mismatch",
            said,
            expected=_expected(printed, figure, sign),
            suggestion=suggestion,
            **fields,
        )
    if figure.unit == "％":
        if not rates:
            return unsupported(place, claim, "ratio", messages.check_no_record(base.where))
        value = rates[0]
        said = messages.check_change(
            written, now.where, base.where, now.shown, base.shown, _signed(value.quantize(_TENTH, ROUND_HALF_UP)) + "％"
        )
        fields["unit"] = "％"
        return finding(
            place,
            claim,
            "ratio",
            "mismatch",
            said,
            expected=_expected(value, figure, sign),
            suggestion=_reworded(claim, place, figure, value, sign),
            **fields,
        )
    if figure.unit == "ポイント" and row.unit not in POINT_UNITS:
        if not fits(figure, printed):
            return unsupported(place, claim, "change")
        said += messages.check_points_not_unit(row.unit_label)
        return finding(place, claim, "change", "mismatch", said, expected=_expected(printed, figure, sign), **fields)
    value = printed if fits(figure, printed) else exact
    return finding(
        place,
        claim,
        "change",
        "mismatch",
        said,
        expected=_expected(value, figure, sign),
        suggestion=_reworded(claim, place, figure, value, sign),
        **fields,
    )


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + plain_number(value)


def _reworded(claim: Claim, place: Place, figure: Figure, value: Decimal, sign: int) -> str | None:
    """The slice with the right figure and, if the direction is wrong, the contrary word; None if there is none."""
    text = place.text
    if figure.bound not in ("exact", "about") or figure.upper is not None or value == 0:
        return None
    wrong_way = sign != 0 and (value > 0) != (sign > 0)
    amount = abs(figure.value) if fits(figure, value) else abs(value)
    if figure.signed and claim.word is None:
        return written_like(amount if value > 0 else -amount, figure) if value < 0 or not wrong_way else None
    new = text[figure.start : figure.end] if fits(figure, value) else written_like(amount, figure)
    if claim.word is None:
        return None if wrong_way else new
    between, old = text[figure.end : claim.word.start], text[claim.word.start : claim.word.end]
    last = opposite(old, text[claim.word.end :]) if wrong_way else old
    return None if last is None else new + between + last


def _in_points(claim: Claim, place: Place, figure: Figure, value: Decimal, sign: int) -> str | None:
    """「2.7％低下」 -> 「2.7ポイント低下」, where the figure is the difference in points."""
    reworded = _reworded(claim, place, figure, value, sign)
    unit = place.text[figure.digits_end : figure.end]
    return None if reworded is None or not unit else reworded.replace(unit, "ポイント", 1)
