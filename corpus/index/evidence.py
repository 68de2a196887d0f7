"""What speaks for a hit: the words of the query that it holds, where they stand, and whether they are enough."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.index.asked import Asked
from corpus.index.wording import safe
from corpus.terms import Term, pieces
from corpus.tokens import content

WEAK_SHARE = 0.25
"""A hit that holds less than this of what the words of the query tell is weak.

Measured on the sample city with 60 questions about recipes, sports and the like: 52 have nothing but weak hits in the
first five, of the 50 real questions 8 (the right passage is missing among the five in 6 of these). A limit on the
similarity added nothing, and cosines of different models cannot be compared.
"""
_SYNONYM = 0.5
"""What a synonym in the passage counts beside the word itself."""


@dataclass(frozen=True)
class Evidence:
    """What a query looks for: word -> its share of what all typed words tell (idf); synonyms come on top."""

    shares: Mapping[str, float]
    own_terms: tuple[Term, ...] = ()

    def of(self, text: str) -> tuple[tuple[tuple[int, int], ...], float]:
        """The parts of ``text`` that are words of the query (offsets; neighbours are one), and their share, 0 to 1."""
        found: dict[str, float] = {}
        spans: list[tuple[int, int]] = []
        for start, end, word in self._words(text):
            if word not in self.shares:
                continue
            found[word] = self.shares[word]
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return tuple(spans), min(1.0, sum(found.values()))

    def _words(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for piece in pieces(text, self.own_terms):
            if piece.word:
                found.append((piece.start, piece.end, safe(piece.word)))
                continue
            found += (
                (piece.start + start, piece.start + end, safe(normal))
                for start, end, normal in content(text[piece.start : piece.end])
            )
        return found


def evidence_for(asked: Asked) -> Evidence:
    """The words of a query with what each tells: the rarer in the stored passages, the more, one in none the most."""
    weights, own = asked.wanted.words, asked.wanted.typed
    passages, holding = asked.words.passages, asked.words.holding
    # idf as in the ranking: ln(1 + (N - n + 0.5) / (n + 0.5))
    tells = {word: math.log((passages + 1) / (min(holding.get(word, 0), passages) + 0.5)) for word in weights}
    counted = {word: min(1.0, weight) if word in own else _SYNONYM for word, weight in weights.items()}
    typed = sum(tells[word] * counted[word] for word in weights if word in own)
    if not typed:
        return Evidence({}, asked.terms)
    return Evidence({word: tells[word] * counted[word] / typed for word in weights}, asked.terms)
