"""BM25 over the tokens of a passage, and the scores of words and of signs as one (no I/O)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

K1, B = 1.2, 0.75
"""Of BM25, the values that FTS5 has as well."""
SIGNS_WEIGHT = 0.5
"""What a deviation of the signs' score counts beside one of the words' (0.5 and 1 differ by 0.01 of MRR)."""


@dataclass(frozen=True)
class Sought:
    """The tokens that a query looks for, among ``passages`` of ``length`` tokens on average.

    ``holding``: token -> how many passages hold it; ``weights``: token -> what the query gives it.
    """

    weights: Mapping[str, float]
    holding: Mapping[str, int]
    passages: int
    length: float

    @cached_property
    def worth(self) -> Mapping[str, float]:
        """Token -> weight times idf, ln(1 + (N - n + 0.5) / (n + 0.5)) as in Lucene, of those that some passage has."""
        found = {}
        for token, weight in self.weights.items():
            if holding := min(self.holding.get(token, 0), self.passages):
                found[token] = weight * math.log(1 + (self.passages - holding + 0.5) / (holding + 0.5))
        return found

    def rarest(self, most: int, most_rows: int) -> list[str]:
        """The tokens that tell most: ``most`` of them, standing in ``most_rows`` passages in all, but at least one."""
        chosen: list[str] = []
        rows = 0
        for token in sorted(self.worth, key=lambda token: (-self.worth[token], token))[:most]:
            rows += self.holding[token]
            if chosen and rows > most_rows:
                break
            chosen.append(token)
        return chosen

    def score(self, tokens: Iterable[str], length: int) -> float:
        """BM25 of a passage with these tokens, which counts as ``length`` long."""
        worth = self.worth
        found: dict[str, int] = {}
        # a Counter takes twice as long for so few
        for token in filter(worth.__contains__, tokens):
            found[token] = found.get(token, 0) + 1
        slope = K1 * (1 - B + B * length / self.length)
        return sum(worth[token] * times * (K1 + 1) / (times + slope) for token, times in found.items())


def fused(scores: Mapping[int, tuple[float, float]], passages: int) -> dict[int, float]:
    """Passage -> the score of its words + that of its signs, each in deviations above 0.

    The deviation is that over all ``passages``, of which those without a score have 0; so one hit among many stands
    out, and the scores of a query have a zero that means "holds nothing of it".
    """
    words, signs = (_deviation([pair[kind] for pair in scores.values()], passages) for kind in (0, 1))
    return {number: pair[0] / words + SIGNS_WEIGHT * pair[1] / signs for number, pair in scores.items()}


def _deviation(values: Sequence[float], count: int) -> float:
    """The standard deviation of ``values`` and as many zeros as make ``count``; 1 where it would be 0."""
    count = max(count, len(values), 1)
    mean = sum(values) / count
    return math.sqrt(max(0.0, sum(value * value for value in values) / count - mean * mean)) or 1.0
