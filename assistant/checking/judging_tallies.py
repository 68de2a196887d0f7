"""Counts over indicators (32) against each one's outcome: met or not, better or worse, up or down."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.checking.claim_types import Claim, Tally
from assistant.checking.findings import Finding, Kind
from assistant.checking.judging_words import reached_in
from assistant.checking.numerals import Figure
from assistant.checking.readings import current_years, point, polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, finding, unsupported
from assistant.checking.tolerance import fits, is_flat
from assistant.checking.words import SAY
from corpus import messages


def judge_tally(claim: Claim, place: Place, record: Record) -> Finding:
    """Every row that can be told is counted; those without a value count for nothing, and where they might decide, the
    statement is unsupported."""
    tally, word = claim.tally, claim.word
    assert tally is not None
    assert word is not None
    rows = claim.subject.rows
    start, end = tally.span or ((word.start, word.end) if tally.quantity == "all" else (claim.start, claim.end))
    claim = replace(claim, start=start, end=end)
    years = current_years(claim, rows[0], record)
    results = {row.id: _holds(claim, row, years[0], record) for row in rows}
    met = word.sense in ("reach", "short")
    kind: Kind = "achievement"
    said = _said(claim)
    known = [row for row in rows if results[row.id] is not None]
    so = [row for row in known if results[row.id]]
    written = place.text[claim.start : claim.end]
    if tally.wrong_size:
        message = messages.check_tally_size(written, len(rows))
        return finding(place, claim, kind, "mismatch", message, year=years[0], expected=Decimal(len(rows)))
    if not known:
        return unsupported(place, claim, kind)
    open_ = len(rows) - len(known)
    right = _is_right(tally, claim.figure, rows, known, so)
    fact = messages.check_tally_fact(len(rows), said, len(so))
    details = [
        _detail(claim, row, years[0], record) for row in (so if len(so) <= len(known) - len(so) else _others(known, so))
    ]
    expected = Decimal(len(so)) if tally.quantity == "count" else _word_of(claim, known, so)
    stated = Decimal(tally.number) if tally.quantity == "count" and tally.number is not None else said
    fields: dict[str, Any] = {"year": years[0], "stated": stated, "expected": expected}
    if right is None or (right is False and _may_be(tally, len(so), open_)):
        return unsupported(place, claim, kind).model_copy(update={"year": years[0]})
    message = messages.check_tally(written, fact, [detail for detail in details if detail], right)
    if not right and not met and any(polarity(row) == "lower" for row in rows) and word.sense in ("above", "below"):
        return finding(place, claim, kind, "ambiguous", message, **fields)
    if right:
        fields["expected"] = stated
    elif tally.span is not None and tally.quantity == "count":
        fields["suggestion"] = _other_number(written, len(so))
    return finding(place, claim, kind, "match" if right else "mismatch", message, **fields)


_NUMBER = re.compile(r"[0-9０-９]{1,2}")


def _other_number(written: str, count: int) -> str | None:
    """「６指標」 with the right number, in the writer's digits."""
    digits = _NUMBER.search(written)
    if digits is None:
        return None
    shown = str(count)
    if not digits.group().isascii():
        shown = "".join(chr(ord(sign) + 0xFEE0) for sign in shown)
    return written[: digits.start()] + shown + written[digits.end() :]


def _others(known: list[Row], so: list[Row]) -> list[Row]:
    return [row for row in known if row not in so]


def _is_right(
    tally: Tally, figure: Figure | None, rows: tuple[Row, ...], known: list[Row], so: list[Row]
) -> bool | None:
    """Whether the quantity is that of ``so``, the rows of which it holds; None where too little is known."""
    match tally.quantity:
        case "all":
            return len(so) == len(known)
        case "count":
            return len(so) == tally.number
        case "share" if figure is not None:
            return fits(figure, Decimal(len(so) * 100) / len(known))
        case "half":
            return len(so) * 2 == len(known) if len(known) == len(rows) else None
        case "most":
            return len(so) * 2 > len(known)
        case "exactly" | "only":
            if tally.number is not None and tally.number != len(so):
                return False
            named = [row for row in known if row in tally.named]
            return {row.id for row in named} == {row.id for row in so} and bool(named)
        case _:
            return None


def _may_be(tally: Tally, count: int, open_: int) -> bool:
    """Whether rows that cannot be told might make a wrong count right."""
    return tally.quantity == "count" and tally.number is not None and count < tally.number <= count + open_


def _said(claim: Claim) -> str:
    word = claim.word
    assert word is not None
    if word.sense in ("reach", "short"):
        return "達成" if (word.sense == "reach") != word.negated else "未達成"
    return SAY[word.sense] + ("していないもの" if word.negated else "")


def _word_of(claim: Claim, known: list[Row], so: list[Row]) -> str:
    said = _said(claim)
    if len(so) == len(known):
        return said
    if so:
        return f"一部{said}"
    return {"達成": "未達成", "未達成": "達成"}.get(said, f"{said}なし")


def _holds(claim: Claim, row: Row, year: int, record: Record) -> bool | None:
    """Whether the word holds of the row in the year; None where nothing stored tells."""
    word = claim.word
    assert word is not None
    if word.sense in ("reach", "short"):
        result = reached_in(claim, row, year, record)
        return None if result is None else result == ((word.sense == "reach") != word.negated)
    now = row.value(year, "actual")
    base = claim.base
    if base is not None and base.series != "actual":
        other = row.value(year, base.series)
    elif base is not None and base.year is not None and base.year.name == "start":
        other = row.value(min(row.values["actual"], default=year), "actual")
    else:
        earlier = row.surveyed_before(year)
        other = row.value(earlier, "actual") if earlier is not None else None
    if now is None or other is None:
        return None
    if word.sense == "flat":
        return is_flat(other, now, percent=row.unit == "％", tolerance=record.tolerance) != word.negated
    up = word.sense in ("up", "above")
    if word.sense in ("better", "worse"):
        good = polarity(row)
        if good is None:
            return None
        up = (good == "higher") == (word.sense == "better")
    return (now > other if up else now < other) != word.negated


def _detail(claim: Claim, row: Row, year: int, record: Record) -> str:
    spot = point(row, year, "actual")
    target = point(row, year, "target")
    word = claim.word
    assert word is not None
    if word.sense in ("reach", "short") and spot.value is not None and target.value is not None:
        result = reached_in(claim, row, year, record)
        return (
            "" if result is None else messages.check_target_detail(f"「{row.name}」", spot.shown, target.shown, result)
        )
    earlier = row.surveyed_before(year)
    if spot.value is None or earlier is None:
        return ""
    return messages.check_tally_change(row.name, earlier, point(row, earlier, "actual").shown, spot.shown)
