"""The verdict on a computed statement: the stated figure against what the terms give, reading by reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.checking.bases import bound_behind
from assistant.checking.computed.context import Reader, Recipe, Thing, shown
from assistant.checking.findings import Finding, Kind
from assistant.checking.numerals import Bound, Figure
from assistant.checking.reporting import finding
from assistant.checking.tolerance import fits
from assistant.checking.wording import written_like
from corpus import messages

_FINE = 20
"""A figure of so many of its last places is stated in full."""
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Reading:
    """One way to compute what is stated. ``values``: the value from what is stored, then others that are as good
    (from figures as printed, with a leap year); ``how``: the computation in words; ``likely``: what the words say
    first of all, not merely allow. ``recipe``: for the same in other years."""

    values: tuple[Decimal, ...]
    how: str
    thing: Thing | None = None
    year: int | None = None
    likely: bool = True
    recipe: Recipe | None = None


@dataclass(frozen=True)
class Computed:
    """A finding of a computed statement, with the places in the sentence whose ordinary findings it stands for.

    ``forced``: it stands for a match too. ``figure``, ``value``, ``reading``: what was judged, for relations.
    """

    finding: Finding
    places: tuple[int, ...]
    forced: bool = False
    figure: Figure | None = None
    reading: Reading | None = None


def judged(
    reader: Reader,
    figure: Figure,
    kind: Kind,
    readings: Sequence[Reading],
    *,
    sure: bool,
    unit: str | None = None,
    bounded: bool = True,
) -> Computed | None:
    """The finding for a figure; None where the readings decide nothing.

    A likely reading that fits is a match; an unlikely one beside a likely one that does not fit leaves it open. Where
    none fits it is wrong, if ``sure`` that the statement is one of them. ``unit``: of the values, that of the figure
    where it is not given. ``bounded``: words behind the figure may make it a limit (「3割を超えた」).
    """
    if not readings:
        return None
    behind = bound_behind(reader.plain, figure.end) if bounded else None
    # 「平均32.8件を下回った」 names the value: nobody bounds by a decimal
    behind = None if figure.decimals else behind
    bound = behind or ("about" if "分の" in figure.text else None)
    right = next((r for r in readings if r.likely and _fits(reader, figure, r, bound)), None)
    loose = next((r for r in readings if _fits(reader, figure, r, bound)), None)
    first = readings[0]
    written = figure.text
    if right is not None:
        return _found(reader, figure, kind, "match", right, _message(written, right, figure, unit, right=True), unit)
    if not sure:
        return None
    if loose is not None:
        said = [_message(written, r, figure, unit, right=r is loose) for r in (first, loose)]
        return _found(reader, figure, kind, "ambiguous", first, messages.check_readings_differ(written, said), unit)
    if all(not reading.likely for reading in readings):
        return None
    return _found(reader, figure, kind, "mismatch", first, _message(written, first, figure, unit, right=False), unit)


def _fits(reader: Reader, figure: Figure, reading: Reading, bound: Bound | None) -> bool:
    tolerance = reader.record.tolerance
    if any(fits(figure, value, bound=bound, tolerance=tolerance) for value in reading.values):
        return True
    # 「28.0人を上回った」 names the value; 「9割に満たない」 only bounds it.
    named = bound is not None and figure.step * _FINE <= abs(figure.value)
    return named and any(fits(figure, value, tolerance=tolerance) for value in reading.values)


def _message(written: str, reading: Reading, figure: Figure, unit: str | None, *, right: bool) -> str:
    row = reading.thing.row if reading.thing is not None else None
    value = shown(rounded(reading.values[0], figure), unit or figure.unit)
    if row is not None and unit is None and row.unit == figure.unit:
        value = shown(reading.values[0] / row.factor, row.unit_label)
    return messages.check_computed(written, reading.how, value, right)


def rounded(value: Decimal, figure: Figure) -> Decimal:
    """A computed value at one place more than a reader needs."""
    return value.quantize(min(figure.step, _TENTH) if value % 1 else Decimal(1))


def _found(
    reader: Reader, figure: Figure, kind: Kind, verdict: Any, reading: Reading, message: str, unit: str | None
) -> Computed:
    value = reading.values[0]
    row = reading.thing.row if reading.thing is not None else None
    plain = figure.bound in ("exact", "about") and figure.upper is None and "分の" not in figure.text
    scaled = row is not None and kind == "total" and row.unit == figure.unit
    made = finding(
        reader.place,
        reader.claim_at(figure),
        kind,
        verdict,
        message,
        stated=figure.value,
        expected=None if verdict == "ambiguous" else rounded(value, figure),
        indicator=reading.thing.id_in(reading.year) if reading.thing and reading.year is not None else None,
        year=reading.year,
        series="actual" if reading.thing is not None else None,
        unit=(row.unit_label if scaled and row is not None else unit or figure.unit) or None,
        suggestion=written_like(value, figure) if verdict == "mismatch" and plain else None,
        row=row if scaled else None,
    )
    return Computed(made, (figure.start,), figure=figure, reading=reading)
