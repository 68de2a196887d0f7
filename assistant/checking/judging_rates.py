"""Achievement rates (11) against what is stored, by each formula that the words allow."""

from decimal import Decimal

from assistant.checking.claim_types import Claim, Rate
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure
from assistant.checking.readings import Point, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages

_TENTH = Decimal("0.1")
_Reading = tuple[str, Decimal]


def judge_achievement_rate(claim: Claim, place: Place, record: Record) -> Finding | None:
    """11: 実績÷目標; 進捗率 also from the start; of a value that is to be low, the formulas that people use differ, and
    where one of them agrees the statement is ambiguous."""
    figure = claim.figure
    assert figure is not None
    if claim.subject.strength in ("none", "foreign") or len(claim.subject.rows) != 1:
        return unsupported(place, claim, "ratio")
    row, rate = claim.subject.rows[0], claim.rate or Rate("達成率")
    year = _year(claim, row, record)
    now = point(row, year, "actual")
    targets = _targets(rate, row, year, record)
    if now.value is None or not targets:
        return unsupported(place, claim, "ratio", messages.check_no_record(now.where))
    sure, other = _readings(rate, row, now, targets, record)
    if not sure:
        return unsupported(place, claim, "ratio", messages.check_no_record(now.where))
    fields = {**at(now), "unit": "％", "stated": figure.value}
    agrees = [reading for reading in sure if fits(figure, reading[1], bound=claim.bound)]
    open_ = len({value.quantize(_TENTH) for _, value in sure}) > 1
    if agrees and (rate.progress or not open_):
        rule, value = agrees[0]
        message = messages.check_rate_rule(rule, _shown(value))
        return finding(place, claim, "ratio", "match", message, expected=value.quantize(_TENTH), **fields)
    if agrees or any(fits(figure, value, bound=claim.bound) for _, value in other):
        message = "".join(messages.check_rate_rule(rule, _shown(value)) for rule, value in [*sure, *other])
        return finding(place, claim, "ratio", "ambiguous", message, **fields)
    message = "".join(messages.check_rate_rule(rule, _shown(value)) for rule, value in sure)
    if claim.subject.strength != "sure" or _is_a_level(figure, row, record):
        return unsupported(place, claim, "ratio")
    message = messages.check_rate_wrong(place.text[claim.start : claim.end], message)
    rule, value = sure[0]
    return finding(
        place,
        claim,
        "ratio",
        "mismatch",
        message,
        expected=value.quantize(_TENTH),
        suggestion=written_like(value, figure) if not open_ and figure.bound in ("exact", "about") else None,
        **fields,
    )


def _shown(value: Decimal) -> str:
    return plain_number(value.quantize(_TENTH)) + "％"


def _year(claim: Claim, row: Row, record: Record) -> int:
    years = current_years(claim, row, record)
    if claim.year is not None:
        years = named_years(claim.year, row, years[0], record, "actual")
    return next((year for year in years if year in row.values["actual"]), years[0])


def _targets(rate: Rate, row: Row, year: int, record: Record) -> list[Point]:
    """The targets that the rate may be of: the one named, else the year's, of 進捗率 also the last."""
    last = max(row.values["target"], default=year)
    if rate.target_year is not None:
        years = named_years(rate.target_year, row, year, record, "target")
        years = [when if when in row.values["target"] else last for when in years]
    elif rate.target is not None:
        years = [when for when, value in sorted(row.values["target"].items()) if value == rate.target.value]
        years.sort(key=lambda when: (when != year, when < year, when))
        years = years[:1] or [year]
    else:
        years = [year, last] if rate.progress else [year]
    spots = [point(row, when, "target") for when in dict.fromkeys(years)]
    return [spot for spot in spots if spot.value]


def _readings(
    rate: Rate, row: Row, now: Point, targets: list[Point], record: Record
) -> tuple[list[_Reading], list[_Reading]]:
    """What the words allow the rate to be, and what else people count so."""
    value = now.value
    assert value is not None
    forward = [(messages.CHECK_RATE_FORWARD, value * 100 / spot.value) for spot in targets if spot.value]
    progress = [
        (messages.CHECK_RATE_PROGRESS, done)
        for spot in targets
        if (done := _progress(rate, row, now, spot, record)) is not None
    ]
    if rate.start is not None:
        return progress, []
    if polarity(row) == "higher":
        return ([*forward, *progress], []) if rate.progress else (forward, progress)
    inverse = [(messages.CHECK_RATE_INVERSE, spot.value * 100 / value) for spot in targets if spot.value and value]
    mirrored = [(messages.CHECK_RATE_MIRRORED, 200 - value * 100 / spot.value) for spot in targets if spot.value]
    if rate.progress:
        return [*progress, *inverse, *forward], mirrored
    return [*inverse, *forward], [*mirrored, *progress]


def _progress(rate: Rate, row: Row, now: Point, target: Point, record: Record) -> Decimal | None:
    """How far the value has come from the start to the target."""
    actual = row.values["actual"]
    first = min(actual)
    if rate.start is not None:
        first = next((year for year in _starts(rate, row, now.year, record) if year in actual), first)
    start = actual[first]
    if first == now.year or target.value is None or target.value == start or now.value is None:
        return None
    return (now.value - start) * 100 / (target.value - start)


def _starts(rate: Rate, row: Row, year: int, record: Record) -> list[int]:
    """「計画策定時」 may be the plan's first year or the one before it: the first that is stored comes first."""
    assert rate.start is not None
    years = named_years(rate.start, row, year, record, "actual")
    return [*years[::-1]] if rate.start.year is None else years


def _is_a_level(figure: Figure, row: Row, record: Record) -> bool:
    """Of a row in ％, a figure called 達成率 that is its value."""
    value = row.value(record.fiscal_year, "actual")
    return row.unit == "％" and value is not None and fits(figure, value)
