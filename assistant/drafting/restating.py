"""How much of one text another one says again: shared pairs of signs, rare pairs first. No dictionary is needed.

Dates and figures are left out, so that a plan for 150 and the deed of 138 are alike; so are pairs of hiragana only,
which any two sentences share.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.alignment import plain

PLANNED_FROM, TOLD_FROM = 0.3, 0.42
"""Likeness from which a note is about what a carried sentence planned, or tells what it told (measured on five
measures' sheets: plans and their deeds lie from 0.3 up, others below 0.28; of two statements about one subject
only the wording decides).
"""
TELLS_FROM = 0.6
"""Share of a text from which another one tells all that matters of it."""

_FIGURE = re.compile(r"(?:令和|平成|[RH])?(?<!第)\d[\d,.]*(?:年度?|[月日])?(?:に|時点)?")
_FUNCTION = re.compile("[ぁ-ん、。()・「」『』]+")


@lru_cache(maxsize=4096)
def sign_pairs(text: str) -> Counter[str]:
    """The pairs of neighbouring signs of ``text`` that carry its subject; not to be changed by callers."""
    words = _FIGURE.sub("\ue000", plain(text))
    pairs = (words[place : place + 2] for place in range(len(words) - 1))
    return Counter(pair for pair in pairs if "\ue000" not in pair and not _FUNCTION.fullmatch(pair))


@dataclass(frozen=True)
class Likeness:
    """Weighs pairs of signs by how few of ``texts`` have them."""

    texts: tuple[str, ...]

    @cached_property
    def _weights(self) -> dict[str, float]:
        times = Counter(pair for text in self.texts for pair in set(sign_pairs(text)))
        return {pair: count**-0.5 for pair, count in times.items()}

    def _size(self, pairs: Counter[str]) -> float:
        return sum(self._weights.get(pair, 1.0) * count for pair, count in pairs.items())

    def of(self, one: str, other: str) -> float:
        """0 to 1: the mean of what both share of the shorter one and of the two together."""
        first, second = sign_pairs(one), sign_pairs(other)
        sizes = self._size(first), self._size(second)
        shared = self._size(first & second)
        return (shared / min(sizes) + 2 * shared / sum(sizes)) / 2 if shared else 0.0

    def share(self, part: str, wholes: Iterable[str]) -> float:
        """How much of ``part`` stands somewhere in ``wholes``, 0 to 1; 0 where ``part`` has no pair."""
        pairs, found = sign_pairs(part), Counter[str]()
        for whole in wholes:
            found |= sign_pairs(whole)
        size = self._size(pairs)
        return self._size(pairs & found) / size if size else 0.0


def paired(
    ones: Sequence[str], others: Sequence[str], likeness: Likeness, least: float
) -> dict[int, tuple[int, float]]:
    """For each of ``ones`` that restates one of ``others``: its place there and the likeness, from ``least`` on.

    The most alike first; each place is used once.
    """
    scored = [(likeness.of(one, other), a, b) for a, one in enumerate(ones) for b, other in enumerate(others)]
    found: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, one, other in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score >= least and one not in found and other not in used:
            found[one] = (other, score)
            used.add(other)
    return found
