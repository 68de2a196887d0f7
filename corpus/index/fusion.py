"""Several rankings into one, by their scores. Pure.

Each source's scores become z-scores (mean 0, deviation 1) over all candidates, so that BM25 and cosines can be added.
Unlike ranks they keep how far the best stands out: a source that knows an answer outvotes one that guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Source:
    """Scores by name (higher is better); ``missing``: what a candidate counts that this source has no score of."""

    scores: Mapping[str, float]
    weight: float
    missing: float


def fuse(sources: list[Source]) -> dict[str, float]:
    """All names with a score from 0 (worst in every source) to 1 (best in every source), best first."""
    names = sorted({name for source in sources for name in source.scores})
    if not names:
        return {}
    totals, reach = np.zeros(len(names)), 0.0
    for source in sources:
        values = np.array([source.scores.get(name, source.missing) for name in names])
        deviation = float(values.std())
        if deviation:
            totals += source.weight * (values - values.min()) / deviation
            reach += source.weight * float(values.max() - values.min()) / deviation
    shares = totals / reach if reach else np.ones(len(names))
    # the sort is stable, so that equal ones are in the same order everywhere
    return {names[place]: float(shares[place]) for place in np.argsort(-shares, kind="stable")}
