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
        return _within(figure, value, stored, bound)
    if figure.part and bound in ("exact", "about", "nearly"):
        # 「3分の1」 has no digits to round at: nearer to it than a quarter (about: half) of the way to the next part.
        return abs(stored - value) <= (half / 2 if bound == "exact" else half)
    if figure.part and bound in ("over", "under"):
        # 「半数近く」「3分の1強」 go as far as the next such part
        return value <= stored < value + figure.coarse if bound == "over" else value - figure.coarse <= stored < value
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
        case "tier":
            return value <= stored < value + figure.coarse
        case "tier_low":
            return value <= stored < value + half
        case "tier_high":
            return value + half <= stored < value + figure.coarse
        case _:
            return _at_digits(figure, value, stored)


def _within(figure: Figure, low: Decimal, stored: Decimal, bound: Bound) -> bool:
    """24: 「3～5件」 with both ends, 「10人以上15人未満」 without its upper one, 「30人から40人程度」 widened."""
    assert figure.upper is not None
    if bound in ("about", "nearly"):
        return low - figure.coarse / 2 <= stored <= figure.upper + figure.coarse / 2
    printed = figure.step / 2 if figure.decimals else 0
    return low - printed <= stored and (
        stored < figure.upper if bound == "less_than" else stored <= figure.upper + printed
    )


def is_flat(before: Decimal, after: Decimal, *, percent: bool, tolerance: Tolerance = DEFAULT_TOLERANCE) -> bool:
    """Whether a change is small enough for 横ばい and ほぼ; ``tolerance``: what the city set."""
    return tolerance.is_flat(before, after, percent=percent)


def _at_digits(figure: Figure, value: Decimal, stored: Decimal) -> bool:
    """四捨五入 or 切捨て of the stored value at the last place written gives the figure."""
    steps = stored / figure.step
    written = value / figure.step
    return any(steps.quantize(Decimal(1), rounding) == written for rounding in (ROUND_HALF_UP, ROUND_DOWN))
