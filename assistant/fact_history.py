"""What the stored years of one indicator tell: turns, records, streaks, the way since the plan began, what is ahead.

Every function takes a ``Standing`` and gives a fact of its year, or None where the stored years do not tell it.
A year without survey ends a streak of years; nothing is filled in. Pure.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from assistant.facts import POINTS, Cell, Fact, FactKind, Standing, is_percentage, rounded

LEAST_OF_RECORD = 4
"""So many surveyed years make a highest or lowest value worth saying."""
LEAST_STREAK = 3
"""So many years in a row are worth saying."""


def _fact(
    stand: Standing,
    kind: FactKind,
    value: Decimal | None,
    cells: Sequence[Cell],
    *,
    unit: str | None = None,
    decimals: int | None = None,
    base: int | None = None,
    good: bool | None = None,
) -> Fact:
    """A fact of the standing's year; without ``unit`` in the indicator's own, as the sheet prints it."""
    assert stand.level is not None
    own = unit is None
    return Fact(
        kind,
        stand.subject,
        stand.name,
        stand.year,
        "actual",
        value,
        stand.level.unit if unit is None else unit,
        stand.level.decimals if own else decimals,
        stand.direction,
        tuple(cells),
        base,
        good,
    )


def _printed_difference(stand: Standing, now: Decimal, base: Decimal) -> Decimal:
    assert stand.level is not None
    return rounded(now, stand.level.decimals) - rounded(base, stand.level.decimals)


def _difference_fact(stand: Standing, kind: FactKind, now: Cell, base: Cell, *, good: bool | None = None) -> Fact:
    assert stand.level is not None
    unit = POINTS if is_percentage(stand.level.unit) else stand.level.unit
    value = _printed_difference(stand, now.value, base.value)
    return _fact(stand, kind, value, (now, base), unit=unit, decimals=stand.level.decimals, base=base.year, good=good)


def _is_better(stand: Standing, difference: Decimal) -> bool | None:
    if stand.better is None or difference == 0:
        return None
    return (difference > 0) == (stand.better == "higher")


def turned(stand: Standing) -> Fact | None:
    """The change of the year where it goes the other way than the change before it."""
    if stand.level is None or len(stand.actuals) < 3:
        return None
    first, second, now = stand.actuals[-3:]
    before = _printed_difference(stand, second.value, first.value)
    change = _printed_difference(stand, now.value, second.value)
    if before * change >= 0:
        return None
    return _difference_fact(stand, "turned", now, second, good=_is_better(stand, change))


def record(stand: Standing) -> Fact | None:
    """The level where no other stored year reaches it; ``base_year`` is the first of them.

    ``good``: best of all, False the worst, None where the polarity is unknown. ``is_highest`` tells which end.
    """
    if stand.level is None or len(stand.actuals) < LEAST_OF_RECORD:
        return None
    *others, now = stand.actuals
    # as printed: 12.04 is no record over 12.01 to whoever reads 12.0 twice
    above = [_printed_difference(stand, now.value, cell.value) for cell in others]
    highest = all(difference > 0 for difference in above)
    if not highest and not all(difference < 0 for difference in above):
        return None
    good = None if stand.better is None else highest == (stand.better == "higher")
    return _fact(stand, "record", now.value, (now, *others), base=others[0].year, good=good)


def is_highest(found: Fact) -> bool:
    """Whether a ``record`` is the highest value, not the lowest."""
    return found.cells[0].value > found.cells[1].value


def streak(stand: Standing) -> Fact | None:
    """How many years in a row it rose or fell, from ``LEAST_STREAK`` on; ``base_year`` is the first of them."""
    if stand.level is None:
        return None
    steps = list(pairwise(stand.actuals))
    if not steps:
        return None

    def moved(step: tuple[Cell, Cell]) -> Decimal:
        return _printed_difference(stand, step[1].value, step[0].value)

    up = moved(steps[-1]) > 0

    def goes_on(step: tuple[Cell, Cell]) -> bool:
        before, now = step
        return now.year == before.year + 1 and moved(step) != 0 and (moved(step) > 0) == up

    same = list(takewhile(goes_on, reversed(steps)))
    if len(same) < LEAST_STREAK:
        return None
    cells = (*(now for _, now in same), same[-1][0])
    good = _is_better(stand, Decimal(1 if up else -1))
    return _fact(stand, "streak", Decimal(len(same)), cells, unit="年", base=same[-1][1].year, good=good)


def met_streak(stand: Standing) -> Fact | None:
    """In how many surveyed years in a row the target was met, or missed, from ``LEAST_STREAK`` on.

    ``unit`` is 年, or 回 where a year in between has no survey; a surveyed year without target ends it.
    """
    if stand.level is None or stand.better is None or stand.met is None:
        return None
    aims = {cell.year: cell for cell in stand.targets}

    def same_as_now(actual: Cell) -> bool:
        aim = aims.get(actual.year)
        return aim is not None and _reaches(stand, actual.value, aim.value) == stand.met

    same = list(takewhile(same_as_now, reversed(stand.actuals)))
    if len(same) < LEAST_STREAK:
        return None
    first = same[-1].year
    unit = "年" if stand.year - first + 1 == len(same) else "回"
    cells = [cell for actual in same for cell in (actual, aims[actual.year])]
    return _fact(stand, "met_streak", Decimal(len(same)), cells, unit=unit, base=first, good=stand.met)


def start_change(stand: Standing, start: int | None) -> Fact | None:
    """The change since the first surveyed year of the plan (``start``), of the stored years without a plan.

    None where that is the change since the last survey anyway.
    """
    if stand.level is None or stand.previous is None:
        return None
    base = next((cell for cell in stand.actuals if start is None or cell.year >= start), None)
    if base is None or base.year >= stand.previous.year:
        return None
    good = _is_better(stand, stand.actuals[-1].value - base.value)
    return _difference_fact(stand, "start_change", stand.actuals[-1], base, good=good)


def first_survey(stand: Standing) -> Fact | None:
    """The level where no earlier actual is stored."""
    if stand.level is None or stand.previous is not None:
        return None
    return _fact(stand, "first_survey", stand.level.value, stand.level.cells)


def achievement_rate(stand: Standing) -> Fact | None:
    """実績値÷目標値 in ％ with one digit, where a high value is good and both are above zero."""
    if stand.better != "higher" or stand.level is None or stand.target is None:
        return None
    now, aim = stand.level.cells[0], stand.target.cells[0]
    if now.value <= 0 or aim.value <= 0:
        return None
    value = rounded(now.value * 100 / aim.value, 1)
    return _fact(stand, "rate", value, (now, aim), unit="％", decimals=1, good=stand.met)


def gap_ahead(stand: Standing, aim: Fact) -> Fact | None:
    """How far it is from the year's actual to a later target (``aim`` minus actual)."""
    if stand.level is None or aim.value is None:
        return None
    target, now = aim.cells[0], stand.level.cells[0]
    found = _difference_fact(stand, "gap_ahead", target, now)
    reached = stand.better is not None and _reaches(stand, now.value, target.value)
    return Fact(**{**vars(found), "cells": (now, target), "good": reached if stand.better else None})


def _reaches(stand: Standing, value: Decimal, target: Decimal) -> bool:
    return value >= target if stand.better == "higher" else value <= target


_OF_HISTORY: tuple[Callable[[Standing], Fact | None], ...] = (
    turned,
    record,
    streak,
    met_streak,
    achievement_rate,
    first_survey,
)


def history(stand: Standing, start: int | None = None) -> tuple[Fact, ...]:
    """Every fact over the stored years of an indicator; ``start``: the plan's first fiscal year."""
    found = (*(tell(stand) for tell in _OF_HISTORY), start_change(stand, start))
    return tuple(fact for fact in found if fact is not None)
