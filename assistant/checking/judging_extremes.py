"""Records over years and ranks among rows (13, 16) against what is stored."""

from decimal import Decimal

from assistant.checking.claim_types import Claim, Extreme, Window
from assistant.checking.findings import Finding, Verdict
from assistant.checking.readings import Point, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.wording import plain_number, with_unit
from corpus import messages

_ENOUGH = 2
"""Earlier values that 過去最高 needs to be called right; one that beats it makes it wrong."""
_TENTH = Decimal("0.1")


def judge_extreme(claim: Claim, place: Place, record: Record) -> Finding | None:
    """13: the value of the year among those of the window. A window that began before the records is unsupported
    unless a stored year contradicts it; a tie is ambiguous unless the text says so."""
    row, word, extreme = claim.subject.rows[0], claim.word, claim.extreme
    assert word is not None
    assert extreme is not None
    high = _is_high(word.sense, row, extreme)
    values = _series(row, extreme, record)
    year = _year(claim, row, record)
    if high is None or year not in values:
        return _open(place, claim, row)
    results: list[tuple[bool | None, dict[int, Decimal]]] = []
    for first, last in _spans(extreme.window, row, year, record):
        others = {other: value for other, value in values.items() if first <= other <= last and other != year}
        results.append((_holds(values[year], others, extreme, high), others))
    results = [found for found in results if len(found[1]) >= _ENOUGH] or results[-1:]
    if word.negated:
        results = [(None if right is None else not right, others) for right, others in results]
    chosen = next((found for found in results if found[0]), None)
    wrong = all(right is False for right, _ in results)
    spot = point(row, year, "actual")
    others = (chosen or results[0])[1]
    written = place.text[claim.start : claim.end]
    listed = [(other, _shown(row, extreme, value)) for other, value in sorted({**others, year: values[year]}.items())]
    fields = {**at(spot), "unit": None, "stated": written}
    rank = 1 + sum(_beats(value, values[year], high) for value in others.values())
    said = messages.check_place(high, rank)
    if wrong:
        if claim.subject.strength != "sure":
            return _open(place, claim, row)
        message = messages.check_extreme(written, spot.where, listed, said, False)
        return finding(place, claim, "rank", "mismatch", message, expected=said, **fields)
    same = [other for other, value in others.items() if value == values[year]]
    if chosen is None and same:
        message = messages.check_tie(written, spot.where, same[-1], _shown(row, extreme, values[year]))
        return finding(place, claim, "rank", "ambiguous", message, **fields)
    if chosen is None:
        return _open(place, claim, row)
    if not word.negated and not _covered(extreme.window, row, values, year, others, record):
        return _open(place, claim, row, messages.check_window(written, min(values)))
    message = messages.check_extreme(written, spot.where, listed, said, True)
    return finding(place, claim, "rank", "match", message, expected=written, **fields)


def _open(place: Place, claim: Claim, row: Row, message: str | None = None) -> Finding:
    return unsupported(place, claim, "rank", message).model_copy(update={"indicator": row.id})


def _is_high(sense: str, row: Row, extreme: Extreme) -> bool | None:
    """Whether the highest is meant; of 最良 and 最悪 by what is good for the row."""
    if sense in ("up", "down"):
        return sense == "up"
    good = polarity(row)
    if good is None or extreme.metric == "change":
        return None
    return (good == "higher") == (sense == "better") if extreme.metric == "value" else sense == "better"


def _series(row: Row, extreme: Extreme, record: Record) -> dict[int, Decimal]:
    """What is compared, by year up to the sheet's."""
    actual = {year: value for year, value in row.values["actual"].items() if year <= record.fiscal_year}
    targets = row.values["target"]
    match extreme.metric:
        case "value":
            return actual
        case "change":
            return {
                year: (value - actual[year - 1]) * (extreme.sign or 1)
                for year, value in actual.items()
                if year - 1 in actual
            }
        case "gap":
            return {year: abs(value - targets[year]) for year, value in actual.items() if year in targets}
        case _:
            return {year: value * 100 / targets[year] for year, value in actual.items() if targets.get(year)}


def _year(claim: Claim, row: Row, record: Record) -> int:
    if claim.year is not None:
        years = named_years(claim.year, row, record.fiscal_year, record, "actual")
        return next((year for year in years if year in row.values["actual"]), years[0])
    return current_years(claim, row, record)[0]


def _spans(window: Window | None, row: Row, year: int, record: Record) -> list[tuple[int, int]]:
    """First and last year of each way to take the window."""
    last = record.fiscal_year
    if window is None or window.kind in ("all", "stored"):
        # 「過去最高を記録した令和4年度」 was so then; 「最も多かった令和4年度」 still is
        ends = (last,) if window is None or window.kind == "stored" else dict.fromkeys((year, last))
        return [(0, end) for end in ends]
    if window.kind == "plan":
        return [(record.plan_start or 0, last)]
    if window.kind == "since" and window.since is not None:
        first = named_years(window.since, row, record.fiscal_year, record, "actual")[0]
        return [(first, last)]
    count = window.count or 0
    # counted back from the year spoken of, or the last years altogether
    return [(year - count + 1, year), (year - count, year), *([(last - count + 1, last)] if year < last else [])]


def _holds(now: Decimal, others: dict[int, Decimal], extreme: Extreme, high: bool) -> bool | None:
    """None where another year has the same value and the text does not say whether it counts."""
    if not others:
        return None
    better = sum(_beats(value, now, high) for value in others.values())
    same = sum(value == now for value in others.values())
    if better + 1 > extreme.nth or better + same + 1 < extreme.nth:
        return False
    if not same or (extreme.tied and better + 1 == extreme.nth):
        return True
    return False if extreme.new else None


def _beats(value: Decimal, now: Decimal, high: bool) -> bool:
    return value > now if high else value < now


def _covered(
    window: Window | None,
    row: Row,
    values: dict[int, Decimal],
    year: int,
    others: dict[int, Decimal],
    record: Record,
) -> bool:
    """Whether the stored years are those that the window speaks of."""
    if window is None or window.kind in ("all", "stored"):
        return len(others) >= _ENOUGH
    if window.kind == "plan" and record.plan_start is None:
        return len(others) >= _ENOUGH
    firsts = [first for first, _ in _spans(window, row, year, record)]
    # the years up to the sheet's, where the year spoken of is an earlier one of them
    first = firsts[-1] if year < record.fiscal_year and firsts[-1] <= year else min(firsts)
    slack = 2 if window.kind == "count" else 1
    return min(values) <= first + slack


def _shown(row: Row, extreme: Extreme, value: Decimal) -> str:
    if extreme.metric == "rate":
        return f"{plain_number(value.quantize(_TENTH))}％"
    if extreme.metric in ("change", "gap"):
        return with_unit(value, row, "ポイント" if row.unit == "％" else None)
    return with_unit(value, row)


def judge_among(claim: Claim, place: Place, record: Record) -> Finding | None:
    """16: the first row of the subject among all of them; the achievement rate of a value that is to be low may be
    counted both ways, and where that decides, the rank is ambiguous."""
    word, extreme, row = claim.word, claim.extreme, claim.subject.rows[0]
    assert word is not None
    assert extreme is not None
    year = current_years(claim, row, record)[0]
    high = word.sense in ("up", "better")
    readings = [_values_of(claim.subject.rows, extreme, year, inverse) for inverse in (False, True)]
    if any(row.id not in values or len(values) < 2 for values in readings):
        return unsupported(place, claim, "rank")
    units = {other.unit for other in claim.subject.rows}
    if extreme.metric != "rate" and len(units) > 1:
        return unsupported(place, claim, "rank")
    ranks = [1 + sum(_beats(value, values[row.id], high) for value in values.values()) for values in readings]
    right = [rank == extreme.nth for rank in ranks]
    written = place.text[claim.start : claim.end]
    names = {other.id: other.name for other in claim.subject.rows}
    order = sorted(readings[0].items(), key=lambda entry: entry[1], reverse=high)
    listed = [(names[key], _among_shown(claim.subject.rows, extreme, key, value)) for key, value in order]
    spot: Point = point(row, year, "actual")
    fields = {**at(spot), "unit": None, "stated": written}
    if len(set(right)) > 1:
        message = messages.check_among_open(written, listed)
        return finding(place, claim, "rank", "ambiguous", message, **fields)
    said = f"「{row.name}」は{messages.check_place(high, ranks[0])}"
    message = messages.check_among(written, listed, said, right[0])
    verdict: Verdict = "match" if right[0] else "mismatch"
    expected = written if right[0] else messages.check_place(high, ranks[0])
    return finding(place, claim, "rank", verdict, message, expected=expected, **fields)


def _among_shown(rows: tuple[Row, ...], extreme: Extreme, key: str, value: Decimal) -> str:
    return _shown(next(row for row in rows if row.id == key), extreme, value)


def _values_of(rows: tuple[Row, ...], extreme: Extreme, year: int, inverse: bool) -> dict[str, Decimal]:
    """What is compared, by row; ``inverse``: 目標値÷実績値 for values that are to be low."""
    found: dict[str, Decimal] = {}
    for row in rows:
        now, target = row.value(year, "actual"), row.value(year, "target")
        before = row.value(row.surveyed_before(year) or 0, "actual")
        if now is None:
            continue
        if extreme.metric == "value":
            found[row.id] = now
        elif extreme.metric == "change" and before is not None:
            found[row.id] = (now - before) * (extreme.sign or 1)
        elif extreme.metric == "gap" and target is not None:
            found[row.id] = abs(now - target)
        elif extreme.metric == "rate" and target and now:
            low = inverse and polarity(row) == "lower"
            found[row.id] = target * 100 / now if low else now * 100 / target
    return found
