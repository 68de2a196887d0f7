"""The sentences that words and meaning propose for a query, with their scores, within a scope.

Chroma takes 20 times as long with a filter; so more are fetched than are wanted, and SQL drops those outside.
Where a scope leaves few, the best of all passages may hold none of them: then exactly these few are scored.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from corpus.index.lexical import LexicalHit, lexical_index
from corpus.index.scope import Scope
from corpus.index.vector import VectorIndex, VectorUnavailable
from corpus.index.wording import widening
from corpus.models import Passage, Sheet

log = logging.getLogger(__name__)

OVER_FETCH = 600
"""The nearest vectors fetched where a scope leaves only a part of them (1,000 of 60,000: 5 ms)."""
MOST_EXACT = 1_000
"""A scope of no more passages than this is scored whole."""
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


def gather(session: Session, query: str, scope: Scope, count: int, limit: int, index: VectorIndex | None) -> Candidates:
    """The best ``count`` of each source, of which ``limit`` are to be shown.

    A vector index that fails is left out, with a warning in the log.
    """
    few = _few(session, scope, MOST_EXACT) if scope.selects else None
    worded = _by_words(session, query, scope, count, few)
    words: dict[str, float] = {}
    signs: dict[str, float] = {}
    for hit in worded.found:
        words.setdefault(worded.names[hit.passage_id], hit.words)
        signs.setdefault(worded.names[hit.passage_id], hit.signs)
    ranks = {"lexical": {name: rank for rank, name in enumerate(words, start=1)}}
    vector: dict[str, float] = {}
    if index is not None:
        try:
            if few is not None:
                near = index.similarities(query, list(few), _widening(query))
            else:
                fetch = max(count, OVER_FETCH) if scope.selects else count
                near = _nearest(session, index, query, scope, fetch, limit, list(words))
        except VectorUnavailable as error:
            log.warning("%s", error)
        else:
            ranks["vector"] = {name: rank for rank, (name, _) in enumerate(near[:count], start=1)}
            vector = {name: similarity for name, similarity in near if name in ranks["vector"] or name in words}
    return Candidates(words, signs, vector, ranks, whole=worded.whole)


@dataclass(frozen=True)
class _Worded:
    """Passages that hold words of the query, best first, and their hashes; ``whole``: there are no others."""

    found: Sequence[LexicalHit]
    names: Mapping[int, str]
    whole: bool


def _by_words(
    session: Session, query: str, scope: Scope, count: int, few: Mapping[str, Sequence[int]] | None
) -> _Worded:
    lexical = lexical_index(session)
    if few is not None:
        # the copies of a sentence score alike
        names = {ids[0]: name for name, ids in few.items()}
        found = lexical.find(session, query, count, among=list(names))
        return _Worded(found, names, whole=len(found) < count)
    found = lexical.find(session, query, count, scope)
    names = _names(session, [hit.passage_id for hit in found])
    # one without a name was deleted meanwhile
    return _Worded([hit for hit in found if hit.passage_id in names], names, whole=len(found) < count)


def _nearest(
    session: Session, index: VectorIndex, query: str, scope: Scope, fetch: int, limit: int, worded: Sequence[str]
) -> list[tuple[str, float]]:
    """Similarities of the sentences nearest in meaning and of ``worded``, best first."""
    near = index.nearest(query, fetch, worded, _widening(query))
    if not scope.conditions():
        return near
    known = set(worded)
    kept = known | _kept(session, [name for name, _ in near if name not in known], scope)
    found = [(name, similarity) for name, similarity in near if name in kept]
    if len(found) < limit and (more := _few(session, scope, MOST_RESCUED)) is not None:
        return index.similarities(query, list(more), _widening(query))
    return found


def _widening(query: str) -> str:
    return "、".join(widening(query))


def _few(session: Session, scope: Scope, most: int) -> dict[str, list[int]] | None:
    """Hash -> ids of the passages in ``scope``, or None if these are more than ``most``."""
    query = select(col(Passage.text_hash), col(Passage.id)).join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
    query = query.where(*scope.conditions()).limit(most + 1)
    # counted in the database: most scopes are wide, and their rows would be read for nothing
    counted = query.with_only_columns(col(Passage.id)).subquery()
    if session.connection().execute(select(func.count()).select_from(counted)).scalar_one() > most:
        return None
    found: dict[str, list[int]] = {}
    rows: Any = session.connection().execute(query).all()
    for name, passage_id in rows:
        found.setdefault(name, []).append(passage_id)
    return found


def _names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Id -> hash of the passages that are there."""
    query = select(col(Passage.id), col(Passage.text_hash)).where(col(Passage.id).in_(_values(ids)))
    rows: Any = session.connection().execute(query).all()
    return dict(map(tuple, rows))


def _kept(session: Session, hashes: Sequence[str], scope: Scope) -> set[str]:
    """The sentences that stand somewhere in the scope."""
    query = select(col(Passage.text_hash)).join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
    query = query.where(col(Passage.text_hash).in_(_values(hashes)), *scope.conditions())
    return set(session.connection().execute(query).scalars())


def _values(values: Sequence[int | str]) -> Any:
    """The values as one parameter: an IN of 1,000 parameters takes SQLAlchemy as long to write as SQLite to run."""
    return select(func.json_each(json.dumps(values)).table_valued("value").c.value)
