"""Whether a figure as written agrees with a stored value (claims.md, "Tolerance")."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assistant.checking.numerals import Bound, Figure
from corpus.city import DEFAULT_TOLERANCE, Tolerance

NEAR_TARGET = Decimal("0.1")
"""おおむね達成: no further from the target than a tenth of it."""


def fits(
    figure: Figure,
    stored: Decimal,
    *,
    bound: Bound | None = None,
    percent: bool = False,
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> bool:
    """Whether ``stored`` is what ``figure`` says, by its digits and qualifier; ``bound`` replaces the qualifier.

    ``tolerance``: what the city takes for ほぼ.
    """
    value, bound = abs(figure.value), bound or figure.bound
    stored = abs(stored)
    half = figure.coarse / 2
    if figure.upper is not None:
        return value <= stored <= figure.upper
    match bound:
        case "about":
            return abs(stored - value) <= half or _at_digits(figure, value, stored)
        case "nearly":
            return is_flat(value, stored, percent=percent, tolerance=tolerance) or _at_digits(figure, value, stored)
        case "over":
            return value <= stored < value + half
        case "under":
            return value - half <= stored < value
        case "at_least":
            return stored >= value
        case "at_most":
            return stored <= value
        case "more_than":
            return stored > value
        case "less_than":
            return stored < value
        case _:
            return _at_digits(figure, value, stored)


def is_flat(before: Decimal, after: Decimal, *, percent: bool, tolerance: Tolerance = DEFAULT_TOLERANCE) -> bool:
    """Whether a change is small enough for 横ばい and ほぼ; ``tolerance``: what the city set."""
    limit = tolerance.flat_points if percent else abs(before) * tolerance.flat_share
    return abs(after - before) <= limit


def _at_digits(figure: Figure, value: Decimal, stored: Decimal) -> bool:
    """四捨五入 or 切捨て of the stored value at the last place written gives the figure."""
    steps = stored / figure.step
    written = value / figure.step
    return any(steps.quantize(Decimal(1), rounding) == written for rounding in (ROUND_HALF_UP, ROUND_DOWN))
