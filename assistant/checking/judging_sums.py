"""Sums in a text (17): of amounts listed before them, and of rows named with them."""

from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure
from assistant.checking.readings import Point, level_years, named_years, point
from assistant.checking.record import Record
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages
from corpus.fiscal import wareki


def judge_listed_sum(claim: Claim, place: Place, spots: list[Point], figure: Figure) -> Finding:
    """A sum behind its parts (「Aは…、Bは…、合計…」): of some of them, or a stored total (one of ``spots``)."""
    for spot in spots:
        message = messages.check_match(spot.where, spot.shown)
        return finding(place, claim, "total", "match", message, stated=figure.value, expected=spot.value, **at(spot))
    sums = [sum(claim.parts[first:], Decimal(0)) for first in range(len(claim.parts) - 1)]
    right = next((value for value in sums if fits(figure, value)), None)
    shown = plain_number(sums[0]) + "千円"
    return finding(
        place,
        claim,
        "total",
        "match" if right is not None else "mismatch",
        messages.check_parts(place.text[claim.start : claim.end], shown, right is not None),
        stated=figure.value,
        expected=sums[0] if right is None else right,
        unit="千円",
        suggestion=written_like(sums[0], figure) if right is None else None,
    )


def judge_named_sum(claim: Claim, place: Place, record: Record, figure: Figure) -> Finding:
    """A sum of named rows (「AとBの合計」); all of them must be stored, of one unit that can be added."""
    rows = claim.subject.rows
    years, _ = level_years(claim, rows[0], record)
    written = place.text[claim.start : claim.end]
    readings = [[point(row, year, claim.series) for row in rows] for year in years]
    whole = [spots for spots in readings if all(spot.value is not None for spot in spots)]
    addable = len({row.unit for row in rows}) == 1 and rows[0].unit != "％" and "/" not in rows[0].unit
    if claim.plan or not addable or not whole:
        return unsupported(place, claim, "total")
    sums = [sum((spot.value for spot in spots if spot.value is not None), Decimal(0)) for spots in whole]
    right = next((number for number, value in enumerate(sums) if fits(figure, value, tolerance=record.tolerance)), None)
    if right is None and (claim.soft or not claim.subject.topic or claim.bound is not None):
        return unsupported(place, claim, "total")
    value, spots = sums[right or 0], whole[right or 0]
    named = "、".join(f"{spot.where}{spot.shown}" for spot in spots)
    row = rows[0]
    message = messages.check_named_sum(
        written, named, plain_number(value / row.factor) + row.unit_label, right is not None
    )
    plain = figure.bound in ("exact", "about") and figure.upper is None
    return finding(
        place,
        claim,
        "total",
        "mismatch" if right is None else "match",
        message,
        stated=figure.value,
        expected=value,
        year=spots[0].year,
        series=claim.series,
        unit=row.unit_label or None,
        row=row,
        suggestion=written_like(value, figure) if right is None and plain else None,
    )


def judge_years_sum(claim: Claim, place: Place, record: Record) -> Finding:
    """「令和2年度からの4年間で計191人」: the actuals of ``period`` years from the named one; all must be stored."""
    figure, rows = claim.figure, claim.subject.rows
    assert figure is not None
    if len(rows) != 1 or claim.subject.strength != "sure" or claim.period is None or claim.year is None:
        return unsupported(place, claim, "total")
    row = rows[0]
    first = named_years(claim.year, row, record.fiscal_year, record, "actual")[0]
    spots = [point(row, year, "actual") for year in range(first, first + claim.period)]
    values = [spot.value for spot in spots if spot.value is not None]
    if len(values) < len(spots) or row.unit == "％" or "累計" in row.name:
        return unsupported(place, claim, "total")
    total = sum(values, Decimal(0))
    right = fits(figure, total, tolerance=record.tolerance)
    named = "、".join(f"{wareki(spot.year)} {spot.shown}" for spot in spots)
    written = place.text[claim.start : claim.end]
    message = messages.check_named_sum(written, named, plain_number(total / row.factor) + row.unit_label, right)
    return finding(
        place,
        claim,
        "total",
        "match" if right else "mismatch",
        message,
        stated=figure.value,
        expected=total,
        suggestion=None if right or figure.bound not in ("exact", "about") else written_like(total, figure),
        **at(spots[-1]),
    )
