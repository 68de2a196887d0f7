"""The sentences that words and meaning propose for a query, with their scores, within a scope.

Chroma takes 20 times as long with a filter; so more are fetched than are wanted, and SQL drops those outside.
Where a scope leaves few, the best of all passages may hold none of them: then exactly these few are scored.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from corpus.index.asked import Asked
from corpus.index.lexical import lexical_index, listed
from corpus.index.scan import KeptIndex, best_first
from corpus.index.scope import EVERYWHERE, Scope, Shape, among, as_list, within
from corpus.index.static_model import Vectors
from corpus.index.vector import VectorUnavailable, count_sentences
from corpus.index.wording import widening
from corpus.models import Passage

log = logging.getLogger(__name__)

MOST_WORDED = 80
"""Passages taken of those that hold words of the query; each is read and scored by all its tokens (20 µs)."""
OVER_FETCH = 400
"""The nearest vectors fetched where a scope leaves only a part of them; 600 find no more in a section of 50,000."""
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
    session: Session, query: str, asked: Asked, scope: Scope, count: int, limit: int, index: KeptIndex | None
) -> Candidates:
    """The best ``count`` of each source for a query and what it asks for, of which ``limit`` are to be shown.

    A vector index that fails is left out, with a warning in the log.
    """
    ids = _ids(session, scope, MOST_LISTED) if _may_be_few(scope, asked.words.passages) else None
    few = None if ids is None or len(ids) > MOST_EXACT else _hashes(session, ids)
    lexical, most = lexical_index(session), max(MOST_WORDED, limit)
    fetch = max(count, OVER_FETCH) if scope.selects else count
    # tokenizers and Chroma compute outside of Python's lock, on another core than SQLite
    with ThreadPoolExecutor(1) as beside:
        near = None if index is None else beside.submit(_near, index, query, fetch, few)
        # the copies of a sentence score alike
        only = None if few is None else {ids[0]: name for name, ids in few.items()}
        worded = lexical.find(session, asked, most, scope, only, ids)
    words: dict[str, float] = {}
    signs: dict[str, float] = {}
    for hit in worded:
        words.setdefault(hit.name, hit.words)
        signs.setdefault(hit.name, hit.signs)
    ranks = {"lexical": {name: rank for rank, name in enumerate(words, start=1)}}
    vector: dict[str, float] = {}
    if index is not None and near is not None:
        try:
            meant, found = near.result()
            if few is None:
                found = _in_scope(session, index, meant, found, scope, limit, words)
        except VectorUnavailable as error:
            log.warning("%s", error)
        else:
            ranks["vector"] = {name: rank for rank, (name, _) in enumerate(found[:count], start=1)}
            vector = {name: similarity for name, similarity in found if name in ranks["vector"] or name in words}
    return Candidates(words, signs, vector, ranks, whole=len(worded) < most)


def _may_be_few(scope: Scope, passages: int) -> bool:
    """Whether a scope may hold no more than ``MOST_LISTED`` of so many passages, so that listing them is worth it.

    A direction or some years alone are a large part of many; where they are not, ``_in_scope`` looks further.
    """
    narrow = not scope.shape.isdisjoint({"section", "division", "measure"})
    return scope.selects and (narrow or passages <= 10 * MOST_LISTED)


def _near(
    index: KeptIndex, query: str, count: int, few: Iterable[str] | None
) -> tuple[Vectors, list[tuple[str, float]]]:
    """The vector of a query, and the ``count`` sentences nearest to it, or how near ``few`` are."""
    meant = index.vector_of(query, "、".join(widening(query)))
    return meant, index.nearest(meant, count) if few is None else index.similarities(meant, list(few))


def _in_scope(
    session: Session,
    index: KeptIndex,
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


@cache
def _ids_within(shape: Shape) -> Any:
    found = within(select(col(Passage.id)), shape).limit(bindparam("most")).subquery()
    return select(func.json_group_array(found.c.id))


def _ids(session: Session, scope: Scope, most: int) -> npt.NDArray[np.int64] | None:
    """The ids of the passages in ``scope``, or None if these are more than ``most``."""
    rows = session.connection().execute(_ids_within(scope.shape), scope.parameters | {"most": most + 1})
    ids = listed(rows.scalar_one())
    return None if len(ids) > most else ids


_HASHES = select(col(Passage.text_hash), col(Passage.id)).where(among(col(Passage.id)))


def _hashes(session: Session, ids: npt.NDArray[np.int64]) -> dict[str, list[int]]:
    """Hash -> ids of the passages, of those that are there."""
    found: dict[str, list[int]] = {}
    rows: Any = session.connection().execute(_HASHES, {"among": as_list(ids.tolist())})
    for name, passage_id in rows:
        found.setdefault(name, []).append(passage_id)
    return found


@cache
def _kept_within(shape: Shape) -> Any:
    return within(select(col(Passage.text_hash)), shape).where(among(col(Passage.text_hash)))


def _kept(session: Session, hashes: Sequence[str], scope: Scope) -> set[str]:
    """The sentences that stand somewhere in the scope."""
    rows = session.connection().execute(_kept_within(scope.shape), scope.parameters | {"among": as_list(hashes)})
    return set(rows.scalars())
