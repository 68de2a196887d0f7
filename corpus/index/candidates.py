"""The sentences that words and meaning propose for a query, with their scores, within a scope.

Chroma takes 20 times as long with a filter; so more are fetched than are wanted, and SQL drops those outside.
Where a scope leaves few, the best of all passages may hold none of them: then exactly these few are scored.
"""

import json
import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlmodel import Session, col

from corpus.index.asked import Asked
from corpus.index.lexical import lexical_index, listed
from corpus.index.scope import EVERYWHERE, Scope
from corpus.index.static_model import Vectors
from corpus.index.vector import VectorIndex, VectorUnavailable, best_first, count_sentences
from corpus.index.wording import widening
from corpus.models import Passage

log = logging.getLogger(__name__)

MOST_WORDED = 120
"""Passages taken of those that hold words of the query; each is read and scored by all its tokens (20 µs)."""
OVER_FETCH = 600
"""The nearest vectors fetched where a scope leaves only a part of them (1,000 of 60,000: 5 ms)."""
MOST_EXACT = 1_000
"""A scope of no more passages than this is scored whole."""
MOST_LISTED = 3_000
"""A scope of no more passages is known by their ids (1 ms) before words are looked for in it."""
MOST_RESCUED = 20_000
"""As many vectors are compared one by one where over-fetching has left fewer sentences than hits are asked for."""


@dataclass(frozen=True)
class Candidates:
    """Hash -> score: BM25 of ``words`` and of ``signs``, cosine in ``vector``; ``ranks``: source -> hash -> rank, of
    those that the source found itself. ``whole``: every sentence that holds a word of the query is among them.
    """

    words: Mapping[str, float] = field(default_factory=dict)
    signs: Mapping[str, float] = field(default_factory=dict)
    vector: Mapping[str, float] = field(default_factory=dict)
    ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    whole: bool = True


def gather(
    session: Session, query: str, asked: Asked, scope: Scope, count: int, limit: int, index: VectorIndex | None
) -> Candidates:
    """The best ``count`` of each source for a query and what it asks for, of which ``limit`` are to be shown.

    A vector index that fails is left out, with a warning in the log.
    """
    ids = _ids(session, scope, MOST_LISTED) if scope.selects else None
    few = None if ids is None or len(ids) > MOST_EXACT else _hashes(session, ids)
    lexical, most = lexical_index(session), max(MOST_WORDED, limit)
    # Chroma computes outside of Python's lock, on another core than SQLite
    with ThreadPoolExecutor(1) as beside:
        near = None
        if index is not None:
            meant = index.vector_of(query, "、".join(widening(query)))
            fetch = max(count, OVER_FETCH) if scope.selects else count
            near = (
                beside.submit(index.nearest, meant, fetch)
                if few is None
                else beside.submit(index.similarities, meant, list(few))
            )
        # the copies of a sentence score alike
        among = None if few is None else {ids[0]: name for name, ids in few.items()}
        worded = lexical.find(session, asked, most, scope, among, ids)
    words: dict[str, float] = {}
    signs: dict[str, float] = {}
    for hit in worded:
        words.setdefault(hit.name, hit.words)
        signs.setdefault(hit.name, hit.signs)
    ranks = {"lexical": {name: rank for rank, name in enumerate(words, start=1)}}
    vector: dict[str, float] = {}
    if index is not None and near is not None:
        try:
            found = near.result()
            if few is None:
                found = _in_scope(session, index, meant, found, scope, limit, words)
        except VectorUnavailable as error:
            log.warning("%s", error)
        else:
            ranks["vector"] = {name: rank for rank, (name, _) in enumerate(found[:count], start=1)}
            vector = {name: similarity for name, similarity in found if name in ranks["vector"] or name in words}
    return Candidates(words, signs, vector, ranks, whole=len(worded) < most)


def _in_scope(
    session: Session,
    index: VectorIndex,
    meant: Vectors,
    near: Sequence[tuple[str, float]],
    scope: Scope,
    limit: int,
    worded: Collection[str],
) -> list[tuple[str, float]]:
    """Of the sentences nearest in meaning those in the scope, and ``worded``, with their similarities, best first."""
    found = dict(near)
    if scope != EVERYWHERE:
        kept = _kept(session, [name for name in found if name not in worded], scope)
        found = {name: similarity for name, similarity in near if name in kept or name in worded}
    missing = [name for name in worded if name not in found]
    if len(found) + len(missing) < limit and scope.selects and index.count() >= count_sentences(session):
        # where vectors are still being made, nothing is to be found beyond the nearest
        more = _ids(session, scope, MOST_RESCUED)
        missing = missing if more is None else list(_hashes(session, more))
    return best_first(found | dict(index.similarities(meant, missing)))


def _ids(session: Session, scope: Scope, most: int) -> npt.NDArray[np.int64] | None:
    """The ids of the passages in ``scope``, or None if these are more than ``most``."""
    found = scope.of(select(col(Passage.id))).limit(most + 1).subquery()
    ids = listed(session.connection().execute(select(func.json_group_array(found.c.id))).scalar_one())
    return None if len(ids) > most else ids


def _hashes(session: Session, ids: npt.NDArray[np.int64]) -> dict[str, list[int]]:
    """Hash -> ids of the passages, of those that are there."""
    query = select(col(Passage.text_hash), col(Passage.id)).where(col(Passage.id).in_(_values(ids.tolist())))
    found: dict[str, list[int]] = {}
    rows: Any = session.connection().execute(query).all()
    for name, passage_id in rows:
        found.setdefault(name, []).append(passage_id)
    return found


def _kept(session: Session, hashes: Sequence[str], scope: Scope) -> set[str]:
    """The sentences that stand somewhere in the scope."""
    query = scope.of(select(col(Passage.text_hash))).where(col(Passage.text_hash).in_(_values(hashes)))
    return set(session.connection().execute(query).scalars().all())


def _values(values: Sequence[int | str]) -> Any:
    """The values as one parameter: an IN of 1,000 parameters takes SQLAlchemy as long to write as SQLite to run."""
    return select(func.json_each(json.dumps(values)).table_valued("value").c.value)
