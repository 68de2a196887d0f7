"""Indices and multiples against the stored series (5, 6): 前年度比108.3％, 1.2倍, 2倍増, 目標の97.2％."""

from decimal import ROUND_HALF_UP, Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.judging_changes import change_pairs
from assistant.checking.numerals import Figure
from assistant.checking.readings import Point
from assistant.checking.record import Record
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages

_TENTH = Decimal("0.1")


def judge_ratio(claim: Claim, place: Place, record: Record) -> Finding | None:
    """前年度比108.3％ and 1.2倍: the value now over the value compared with; 「2倍増」 may mean 3倍 as well."""
    figure = claim.figure
    assert figure is not None
    if claim.plan or claim.subject.strength in ("none", "foreign") or len(claim.subject.rows) != 1:
        return unsupported(place, claim, "ratio")
    row = claim.subject.rows[0]
    pairs = [(now, base) for now, base in change_pairs(claim, row, record) if base.value]
    for now, base in pairs:
        if _is_ratio(claim, figure, _quotient(claim, now, base), record):
            return _ratio_match(claim, place, figure, now, base)
    named = claim.base is not None or claim.period is not None
    if not pairs or claim.subject.strength != "sure" or not named or claim.soft:
        return unsupported(place, claim, "ratio")
    now, base = pairs[0]
    value = _quotient(claim, now, base)
    shown = plain_number(_rounded(value, figure)) + figure.unit
    written = place.text[claim.start : claim.end]
    message = messages.check_change(written, now.where, base.where, now.shown, base.shown, shown)
    fields = {**at(now), "unit": figure.unit}
    if claim.sign and any(fits(figure, _quotient(claim, *pair), tolerance=record.tolerance) for pair in pairs):
        readings = [messages.check_times_more(figure.text), message.rstrip("。")]
        said = messages.check_ambiguous(written, readings)
        return finding(place, claim, "ratio", "ambiguous", said, stated=figure.value, **fields)
    plain = figure.bound in ("exact", "about") and not claim.bound and not claim.sign
    return finding(
        place,
        claim,
        "ratio",
        "mismatch",
        message,
        stated=figure.value,
        expected=_rounded(value, figure),
        suggestion=written_like(value, figure) if plain else None,
        **fields,
    )


def _rounded(value: Decimal, figure: Figure) -> Decimal:
    """To the digits written, at least a tenth, 四捨五入."""
    return value.quantize(min(figure.step, _TENTH), ROUND_HALF_UP)


def _quotient(claim: Claim, now: Point, base: Point) -> Decimal:
    """The value now in parts of the base's: in ％ for an index."""
    assert now.value is not None
    assert base.value
    return now.value * (Decimal(100) if claim.form == "index" else Decimal(1)) / base.value


def _is_ratio(claim: Claim, figure: Figure, value: Decimal, record: Record) -> bool:
    if claim.form == "multiple" and claim.sign:
        return fits(figure, (value - 1) * claim.sign, tolerance=record.tolerance) and (value > 1) == (claim.sign > 0)
    if claim.form == "index" and claim.bound is None and fits(figure, abs(value - 100), tolerance=record.tolerance):
        return True
    return fits(figure, value, bound=claim.bound, tolerance=record.tolerance)


def _ratio_match(claim: Claim, place: Place, figure: Figure, now: Point, base: Point) -> Finding:
    value = _rounded(_quotient(claim, now, base), figure)
    message = messages.check_change_match(now.where, base.where, now.shown, base.shown)
    return finding(
        place, claim, "ratio", "match", message,
        stated=figure.value, expected=value, **{**at(now), "unit": figure.unit},
    )  # fmt: skip
