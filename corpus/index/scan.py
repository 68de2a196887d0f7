"""Search by meaning over the vectors that are kept beside Chroma: exact, in a time that grows with their number.

Opening Chroma takes a second (half of it the import), reading 50,000 vectors 0.15 s: the first queries of a process
are answered from here, while Chroma is opened in the background, and a command with one query never opens it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from corpus.index.embedding import Embedding
from corpus.index.kept import KeptVectors
from corpus.index.static_model import Tokens, Vectors, unit_length

WIDENING_WEIGHT = 0.3
"""What the vector of synonyms counts beside that of the words typed (0.2 differs by 0.01 of MRR, 0.1 by 0.02)."""


class KeptIndex:
    """The kept vectors of sentences by their hash; safe to use from several threads.

    Its methods raise ``VectorUnavailable`` when the file cannot be read.
    """

    def __init__(self, embedding: Embedding, kept: KeptVectors) -> None:
        self.embedding = embedding
        self._kept = kept

    def count(self) -> int:
        """The number of vectors."""
        return self._kept.count()

    def vector_of(self, text: str, widening: str = "") -> Vectors:
        """The vector of a query, shape (1, dims); ``widening``: other words for it, of which it takes a part."""
        if not widening:
            return self.embedding.encode_queries([text])
        own, other = self.embedding.encode_queries([text, widening])
        return unit_length((own + WIDENING_WEIGHT * other)[None])

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The hashes of the sentences nearest to a query's vector with their cosine similarity, best first."""
        if not vector.any():
            return []
        found: dict[str, float] = {}
        for names, vectors in self._kept.batches():
            near = vectors.astype(np.float32) @ vector[0]
            best = np.argsort(-near, kind="stable")[:limit]
            found |= {names[place]: float(near[place]) for place in best}
        return best_first(found)[:limit]

    def similarities(self, vector: Vectors, hashes: Sequence[str]) -> list[tuple[str, float]]:
        """The cosine similarity of exactly these sentences (those that have a vector), best first."""
        vectors = self._vectors(hashes) if vector.any() else {}
        if not vectors:
            return []
        # all vectors have length 1
        near = np.stack(list(vectors.values())).astype(np.float32) @ vector[0]
        return best_first(dict(zip(vectors, near.tolist(), strict=True)))

    def tokens(self, hashes: Sequence[str]) -> dict[str, Tokens]:
        """Hash -> the different tokens of sentences that a static model has read, of those that are kept."""
        return self._kept.tokens(hashes)

    def close(self) -> None:
        """Release the file; the index cannot be used afterwards."""
        self._kept.close()

    def _vectors(self, hashes: Sequence[str]) -> dict[str, Any]:
        return dict(self._kept.get(hashes))


def best_first(near: Mapping[str, float]) -> list[tuple[str, float]]:
    """In an order of equal ones that does not depend on how an index was built."""
    return sorted(near.items(), key=lambda pair: (-pair[1], pair[0]))
