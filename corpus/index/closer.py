"""A closer look at the best sentences of a search: how much of the query each of them covers, token by token.

The vector of a sentence is about its subject as a whole; what one word of the query asks for (壊れた, 夜中) drowns in
it. The rows of the bundled model tell of single words which are alike, for the cost of reading the best sentences.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlmodel import Session, col

from corpus.index.chroma import VectorUnavailable
from corpus.index.fusion import Source, fuse
from corpus.index.scan import KeptIndex
from corpus.index.scope import among, as_list
from corpus.index.static_model import StaticModel, Tokens, Vectors
from corpus.index.wording import reading
from corpus.models import Passage

LOOKED_AT = 40
"""Best sentences that are looked at."""
COVERAGE_WEIGHT = 1.1
"""What a deviation of the coverage counts at most beside one of the score; 0.8 to 1.4 find as much.

Chosen, as the two limits below, on questions to the sample city and on the first half of tests/bench/retrieval.py.
"""
LONGEST_QUESTION = 30
"""Characters; of a longer query the coverage counts less, as no sentence has all that a long text speaks of."""
EVERYDAY_SHARE = 0.4
"""Share of hiragana from which a query is said in everyday words, which the texts may say otherwise: the coverage of
one with less counts less, as names (子育て支援事業費) are found by their words and by their vector."""
_LEAST_WEIGHT = 0.1
"""A coverage that counts less than this is not worth its time: that of a long text, or of a name."""
_HIRAGANA = re.compile("[ぁ-ゖ]")


def look_closer(
    session: Session, query: str, scores: Mapping[str, float], index: KeptIndex | None
) -> Mapping[str, float]:
    """Hash -> score (both best first), with the best ranked anew; as they are where nothing can be told."""
    weight = _weight(query)
    if weight < _LEAST_WEIGHT or index is None or not isinstance(index.embedding, StaticModel):
        return scores
    best = list(scores)[:LOOKED_AT]
    try:
        held = index.tokens(best)
    except VectorUnavailable:
        # the same file fails the vectors, which say so
        held = {}
    if missing := [name for name in best if name not in held]:
        # of another process, or computed before tokens were kept
        texts = _texts(session, missing)
        held |= zip(texts, index.embedding.read_passages(list(texts.values()))[1], strict=True)
    if not held:
        return scores
    coverage = dict(zip(held, _coverage(index.embedding, query, list(held.values())).tolist(), strict=True))
    found = fuse(
        [
            Source({name: scores[name] for name in best}, 1.0, 0.0),
            Source(coverage, weight, min(coverage.values())),
        ]
    )
    # the others stay behind them, in their order
    last, edge = min(found.values()), scores[best[-1]] or 1.0
    return found | {name: last * score / edge for name, score in scores.items() if name not in found}


def _weight(query: str) -> float:
    """What a deviation of the coverage counts for this query."""
    everyday = len(_HIRAGANA.findall(query)) / len(query)
    return COVERAGE_WEIGHT * min(1.0, LONGEST_QUESTION / len(query)) * min(1.0, everyday / EVERYDAY_SHARE)


def _coverage(model: StaticModel, query: str, held_by: Sequence[Tokens]) -> Vectors:
    """How much of the query each text has, of which ``held_by`` gives the tokens, shape (len(held_by),).

    What the query says counts once, by its own words or by those that say the same, whichever the text has more of:
    many synonyms of one word do not drown the other words.
    """
    read = reading(query)
    phrases = [phrase for one in read.instead for phrase in one.phrases]
    covered, whole = model.coverage([*read.parts, *phrases], held_by)
    values, weights = covered[:, : len(read.parts)], whole[: len(read.parts)]
    shares = np.divide(covered, whole, out=np.zeros_like(covered), where=whole > 0)
    place = len(read.parts)
    for one in read.instead:
        parts, same = slice(one.first, one.last), slice(place, place + len(one.phrases))
        value = np.maximum(values[:, parts].sum(axis=1), weights[parts].sum() * shares[:, same].max(axis=1))
        values[:, parts] = 0.0
        values[:, one.first] = value
        place = same.stop
    found: Vectors = values.sum(axis=1)
    return found


_TEXTS = (
    select(col(Passage.text_hash), func.min(col(Passage.text)))
    .where(among(col(Passage.text_hash)))
    .group_by(col(Passage.text_hash))
)


def _texts(session: Session, hashes: Sequence[str]) -> dict[str, str]:
    """Hash -> text of the sentences that still stand somewhere."""
    rows: Any = session.connection().execute(_TEXTS, {"among": as_list(hashes)}).all()
    return dict(rows)
