"""How an indicator stands, in one word, and how often that word stood before in a section. Pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Literal

from assistant.drafting.phrases import is_zero
from assistant.fact_history import record, streak
from assistant.facts import Standing

Situation = Literal[
    "met_better",
    "met_worse",
    "met_flat",
    "met",
    "missed_better",
    "missed_worse",
    "missed_flat",
    "missed",
    "moved",
    "flat",
    "level",
    "missing",
    "unknown",
]
"""Target first, then the movement since the last survey. moved, flat, level: no target, or no known polarity;
missing: no value this year, but an earlier one; unknown: no value at all."""


def situation(stand: Standing) -> Situation:
    """The indicator's situation in its year; a change within 横ばい is flat, but no record or streak is."""
    if stand.level is None:
        return "unknown" if stand.missing is None else "missing"
    small = stand.flat and record(stand) is None and streak(stand) is None
    flat = stand.change is not None and (small or is_zero(stand.change))
    better = stand.change.good if stand.change is not None else None
    if stand.met is None:
        return "flat" if flat else "moved" if stand.change is not None else "level"
    if stand.met:
        return "met_flat" if flat else "met" if better is None else "met_better" if better else "met_worse"
    return "missed_flat" if flat else "missed" if better is None else "missed_better" if better else "missed_worse"


def turns(stands: Iterable[Standing], key: Callable[[Standing], Hashable] = situation) -> dict[str, int]:
    """For each indicator how many with the same ``key`` stand before it, by ``subject``."""
    seen: Counter[Hashable] = Counter()
    found: dict[str, int] = {}
    for stand in stands:
        found[stand.subject] = seen[key(stand)]
        seen[key(stand)] += 1
    return found
