"""Words of direction against the stored series (7, 8, 12, 30): 増加した, 横ばい, 改善した, 伸び悩んだ."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Kind, Verdict
from assistant.checking.judging_changes import difference
from assistant.checking.readings import Point, base_points, current_years, named_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding
from assistant.checking.tolerance import fits, is_flat
from assistant.checking.trend_claims import with_row
from assistant.checking.wording import plain_number
from assistant.checking.words import SAY, Sense, opposite
from corpus import messages

RowJudge = Callable[[Claim, Row, Place, Record], Finding | None]
_SMALL_COUNT = Decimal(1000)
"""Below this a whole number that differs is not 「変わらない」."""
_SAME_MONEY = Decimal("0.005")
"""同額 of money within half a percent is a matter of the digits printed."""
_SLIGHT = Decimal("0.1")
"""A tenth: more than 微増 says, and more than what 伸び悩む or 頭打ち leaves open."""
_SLIGHT_POINTS = Decimal(3)
_BIG = "大き"
_ROOM = 2
"""「大きな変化はない」 up to so many thresholds of 横ばい."""
_LOOSE = "変わ"
"""「変わらない」 allows what 横ばい allows, 「同じ」 does not."""


def judge_trend(claim: Claim, place: Place, record: Record) -> Finding | None:
    """増加した, 横ばい, 改善した: the change since the year compared with (default: the last survey)."""
    return judge_rows(claim, place, record, _judge_row)


def judge_rows(claim: Claim, place: Place, record: Record, judge_row: RowJudge) -> Finding | None:
    """One row as it is; all of several (いずれも) must agree; of one among several (待機児童) what all say."""
    rows = claim.subject.rows
    if len(rows) == 1:
        return judge_row(claim, rows[0], place, record)
    judged = [(row, judge_row(with_row(claim, row), row, place, record)) for row in rows]
    told = [found for _, found in judged if found is not None and found.verdict != "unsupported"]
    if not told or (claim.whole and len(told) < len(rows) and all(found.verdict == "match" for found in told)):
        return None
    verdicts = {found.verdict for found in told}
    wrong = next((found for found in told if found.verdict == "mismatch"), None)
    written = place.text[claim.start : claim.end]
    if len(verdicts) == 1:
        return told[0] if told[0].verdict != "mismatch" else _of_all(told, told[0], written)
    if claim.whole and wrong is not None:
        return _of_all(told, wrong, written)
    readings = [found.message.rstrip("。") for found in told]
    message = messages.check_each_doubt(written, readings)
    return told[0].model_copy(
        update={"verdict": "ambiguous", "message": message, "suggestion": None, "indicator": None, "expected": None}
    )


def _of_all(told: list[Finding], wrong: Finding, written: str) -> Finding:
    message = messages.check_each(written, [found.message.rstrip("。") for found in told])
    return wrong.model_copy(update={"message": message, "suggestion": wrong.suggestion if len(told) == 1 else None})


def word_pairs(claim: Claim, row: Row, record: Record) -> list[tuple[Point, Point]]:
    """(now, base) pairs with stored values that a word can mean, likeliest first.

    A year that the text sets for the word is meant and no other; 「…していたが」 may also end a survey earlier.
    """
    years = current_years(claim, row, record)
    if claim.year is not None:
        years = named_years(claim.year, row, years[0], record, "actual")
    if claim.past:
        before = [row.surveyed_before(year) for year in years]
        years = list(dict.fromkeys([*years, *(year for year in before if year is not None)]))
    pairs = []
    for year in years:
        now = point(row, year, "actual")
        for base in _bases(claim, row, year, record):
            if now.value is not None and base.value is not None and (base.year, base.series) != (year, "actual"):
                pairs.append((now, base))
    return pairs


def _bases(claim: Claim, row: Row, year: int, record: Record) -> Iterator[Point]:
    """A figure compared with without its year is of the year whose value it is (「24件から11件へ」)."""
    base = claim.base
    if base is not None and base.figure is not None and base.year is None and base.series == "actual":
        for other in sorted(row.values["actual"], reverse=True):
            if other < year and fits(base.figure, row.values["actual"][other]):
                yield point(row, other, "actual")
                return
    points = base_points(claim, row, year, record)
    figure = base.figure if base is not None else None
    told = [one for one in points if figure is not None and one.value is not None and fits(figure, one.value)]
    yield from told or points


def _judge_row(claim: Claim, row: Row, place: Place, record: Record) -> Finding | None:
    word = claim.word
    assert word is not None
    pairs = word_pairs(claim, row, record)
    if not pairs:
        return None
    verdicts = [_verdict(claim, place, now, base, record) for now, base in pairs]
    order: tuple[Verdict, ...] = ("match", "ambiguous", "mismatch")
    verdict = next(one for one in order if one in verdicts)
    now, base = pairs[verdicts.index(verdict) if verdict != "mismatch" else 0]
    written = place.text[claim.start : claim.end]
    change = difference(now, base)
    good = polarity(row)
    side: Sense = "flat" if change == 0 else "up" if change > 0 else "down"
    if word.sense in ("better", "worse", "recover") and change != 0 and good is not None:
        side = "better" if (change > 0) == (good == "higher") else "worse"
    stated = SAY[word.sense] + ("していない" if word.negated else "")
    fields = {**at(now), "unit": None, "stated": stated}
    note = _threshold(now, base, record) if word.sense == "flat" else ""
    kind: Kind = "direction"
    if verdict == "match":
        message = messages.check_words_match(written, now.where, now.shown, base.where, base.shown) + note
        return finding(place, claim, kind, "match", message, expected=stated, **fields)
    if verdict == "ambiguous":
        unknown = word.sense in ("better", "worse") and good is None
        doubt = (
            messages.check_polarity_open(now.where, written)
            if unknown
            else messages.check_short_doubt(written, now.where)
        )
        shown = messages.check_each_detail(now.where, now.shown, base.where, base.shown, SAY[side])
        return finding(place, claim, kind, "ambiguous", f"{shown}。{doubt}", **fields)
    message = messages.check_words(written, now.where, base.where, now.shown, base.shown, SAY[side]) + note
    turned = change != 0 and word.sense in ("up", "down", "better", "worse") and not word.negated
    suggestion = opposite(written, place.text[claim.end :]) if turned else None
    if word.sense == "better" and written == "向上" and good == "lower":
        suggestion = "悪化"
    return finding(place, claim, kind, "mismatch", message, expected=SAY[side], suggestion=suggestion, **fields)


def _verdict(claim: Claim, place: Place, now: Point, base: Point, record: Record) -> Verdict:
    word = claim.word
    assert word is not None
    written = place.text[claim.start : claim.end]
    change = difference(now, base)
    flat = _flat(now, base, record)
    match word.sense:
        case "flat":
            said = place.text[max(0, claim.start - 6) : claim.end]
            return _of(not flat) if word.negated else _flatness(now, base, record, said)
        case "same":
            return _sameness(now, base, flat, loose=_LOOSE in written)
        case "stall":
            return _of(change > 0) if word.negated else _stall(now, base, flat, dropped="伸び" in written)
        case _:
            up = means_up(word.sense, now.row)
    if up is None:
        return "ambiguous"
    changes = [change, *(_overall(claim, now) if claim.trend else ())]
    agree = [one > 0 if up else one < 0 for one in changes]
    holds = any(agree) != word.negated
    big = not _slight(now, base)
    if holds and not word.negated and ((written[0] == "微" and big) or (written[0] in "急激" and flat)):
        return "ambiguous"
    return _of(holds)


def _of(holds: bool) -> Verdict:
    return "match" if holds else "mismatch"


def means_up(sense: Sense, row: Row) -> bool | None:
    """Whether the word says that the value rose; None for 改善 where nobody knows what is good."""
    if sense in ("up", "down"):
        return sense == "up"
    good = polarity(row)
    if good is None:
        return True if sense == "recover" else None
    return (good == "higher") == (sense in ("better", "recover"))


def _overall(claim: Claim, now: Point) -> Iterator[Decimal]:
    """What 傾向 and 推移 may speak of: the last step, and all stored years unless the last two steps have turned.

    A year that is compared with (「令和2年度以降」) settles it.
    """
    values = [value for year, value in sorted(now.row.values["actual"].items()) if year <= now.year]
    since = claim.base.year if claim.base is not None else None
    if len(values) < 2 or (since is not None and since.name != "before"):
        return
    yield values[-1] - values[-2]
    whole = values[-1] - values[0]
    turned = len(values) > 2 and all((last - before) * whole < 0 for before, last in pairwise(values[-3:]))
    if not turned:
        yield whole


def _flat(now: Point, base: Point, record: Record) -> bool:
    assert now.value is not None
    assert base.value is not None
    return is_flat(base.value, now.value, percent=now.row.unit == "％", tolerance=record.tolerance)


def _flatness(now: Point, base: Point, record: Record, said: str) -> Verdict:
    """横ばい by the city's threshold; 「大きな変化はない」 leaves some more room."""
    limit = record.tolerance.flat_points
    if now.row.unit != "％":
        assert base.value is not None
        limit = abs(base.value) * record.tolerance.flat_share
    change = abs(difference(now, base))
    if change <= limit or (change <= limit * _ROOM and _BIG in said):
        return "match"
    return "ambiguous" if change <= limit * (_ROOM + 1) and _BIG in said else "mismatch"


def _slight(now: Point, base: Point) -> bool:
    assert base.value is not None
    limit = _SLIGHT_POINTS if now.row.unit == "％" else abs(base.value) * _SLIGHT
    return abs(difference(now, base)) <= limit


def _sameness(now: Point, base: Point, flat: bool, *, loose: bool) -> Verdict:
    """同数, 変わらない: as printed; large numbers and money may be the same but for what is not printed."""
    assert now.value is not None
    assert base.value is not None
    row = now.row
    if row.printed(now.value) == row.printed(base.value):
        return "match"
    small = row.unit not in ("％", "千円") and abs(base.value) < _SMALL_COUNT * row.factor
    if loose and not small:
        return _of(flat)
    nearly = row.unit == "千円" and abs(now.value - base.value) <= abs(base.value) * _SAME_MONEY
    return "ambiguous" if nearly else "mismatch"


def _stall(now: Point, base: Point, flat: bool, *, dropped: bool) -> Verdict:
    """伸び悩む, 頭打ち: no growth to speak of; a clear one contradicts it. A fall is a 伸び悩み too."""
    if flat or (dropped and difference(now, base) < 0):
        return "match"
    if difference(now, base) < 0 or polarity(now.row) == "lower":
        return "ambiguous"
    target = now.row.value(now.year, "target")
    missed = target is not None and now.value is not None and now.value < target
    return "ambiguous" if missed and _slight(now, base) else "mismatch"


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
