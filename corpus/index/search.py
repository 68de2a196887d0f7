"""Search: words (``lexical``) and meaning (``vector``) in one ranking, one hit a different sentence."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from corpus.index.lexical import lexical_index
from corpus.index.vector import VectorIndex, VectorUnavailable
from corpus.models import Measure, Passage, Sheet

log = logging.getLogger(__name__)

LONGEST_QUERY = 2_000
"""Characters of a query that are used."""
_RANK_CONSTANT = 60
"""k of reciprocal rank fusion, 1 / (k + rank): the value of Cormack, Clarke and Büttcher (SIGIR 2009)."""
_WEIGHTS = {"lexical": 1.0, "vector": 0.2}
"""What a source's rank counts: measured with the built-in embedding, which finds more but ranks worse than words do."""
_WEAKEST_SIMILARITY = 0.2
"""Below it the nearest vector is noise: with the built-in embedding 95 % of unrelated pairs stay under 0.18."""
_OVER_FETCH, _FIRST_FETCH, _MOST_FETCHED = 8, 50, 3_200


@dataclass(frozen=True)
class Place:
    """A sheet in which a sentence stands."""

    code: str | None
    measure: str
    fiscal_year: int

    def to_object(self) -> dict[str, Any]:
        """The JSON object of an entry of ``also``."""
        return {"code": self.code, "measure": self.measure, "fiscal_year": self.fiscal_year}


@dataclass(frozen=True)
class Hit:
    """A sentence that was found, in its newest sheet (formats.md, ``shisaku search --json``).

    ``also``: the other sheets it stands in, newest first; ``years``: all its fiscal years, ascending; ``score``: 0 to
    1, 1 = first in every source that was searched; ``sources``: ``lexical``, ``vector`` or both.
    """

    code: str | None
    measure: str
    fiscal_year: int
    years: tuple[int, ...]
    also: tuple[Place, ...]
    section: str
    direction: int | None
    text: str
    score: float
    sources: tuple[str, ...]

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return {
            "code": self.code,
            "measure": self.measure,
            "fiscal_year": self.fiscal_year,
            "years": list(self.years),
            "also": [place.to_object() for place in self.also],
            "section": self.section,
            "direction": self.direction,
            "text": self.text,
            "score": self.score,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class _Filter:
    section: str | None
    exclude_sheet: int | None
    exclude_measure: int | None
    before_year: int | None

    def conditions(self) -> list[Any]:
        wanted: list[Any] = []
        if self.section is not None:
            wanted.append(col(Passage.section_key) == self.section)
        if self.exclude_sheet is not None:
            wanted.append(col(Passage.sheet_id) != self.exclude_sheet)
        if self.exclude_measure is not None:
            wanted.append(col(Sheet.measure_id) != self.exclude_measure)
        if self.before_year is not None:
            wanted.append(col(Sheet.fiscal_year) < self.before_year)
        return wanted


@dataclass(frozen=True)
class _Row:
    text_hash: str
    section: str
    direction: int | None
    text: str
    place: Place


def search(
    session: Session,
    query: str,
    *,
    section: str | None = None,
    limit: int = 10,
    index: VectorIndex | None = None,
    exclude_sheet: int | None = None,
    exclude_measure: int | None = None,
    before_year: int | None = None,
) -> list[Hit]:
    """Passages like ``query``, best first: words and meaning fused, the same sentence once.

    ``index``: None searches by words only; so does an index that fails, with a warning in the log. ``section``: a key
    of the form. ``exclude_sheet`` and ``exclude_measure`` are ids of the database; ``before_year``: only sheets of
    fiscal years before it. A query with no letter or figure in it finds nothing. Raises ``NotAvailable`` on a database
    without lexical search.
    """
    query = query.strip()[:LONGEST_QUERY]
    if limit < 1 or not any(sign.isalnum() for sign in query):
        return []
    wanted = _Filter(section, exclude_sheet, exclude_measure, before_year)
    rankings = {"lexical": _by_words(session, query, limit, wanted)}
    if index is not None:
        try:
            rankings["vector"] = _by_meaning(session, index, query, limit, wanted)
        except VectorUnavailable as error:
            log.warning("%s", error)
    return _hits(session, _fused(rankings)[:limit], sum(_WEIGHTS[source] for source in rankings), wanted)


def _by_words(session: Session, query: str, limit: int, wanted: _Filter) -> list[str]:
    """Hashes of the sentences that hold words of the query, best first."""
    lexical = lexical_index(session)
    fetch = max(_FIRST_FETCH, limit * _OVER_FETCH)
    while True:
        ids = [passage_id for passage_id, _ in lexical.search(session, query, fetch, wanted.section)]
        kept = _kept_ids(session, ids, wanted)
        found = list(dict.fromkeys(kept[passage_id] for passage_id in ids if passage_id in kept))
        if len(found) >= limit or len(ids) < fetch or fetch >= _MOST_FETCHED:
            return found
        fetch *= 4


def _by_meaning(session: Session, index: VectorIndex, query: str, limit: int, wanted: _Filter) -> list[str]:
    """Hashes of the sentences nearest in meaning, best first."""
    fetch = max(_FIRST_FETCH, limit * _OVER_FETCH)
    while True:
        near = index.nearest(query, fetch)
        hashes = [name for name, similarity in near if similarity >= _WEAKEST_SIMILARITY]
        kept = {row.text_hash for row in _rows(session, hashes, wanted)}
        found = [name for name in hashes if name in kept]
        if len(found) >= limit or len(hashes) < fetch or fetch >= _MOST_FETCHED:
            return found
        fetch *= 4


def _fused(rankings: dict[str, list[str]]) -> list[tuple[str, float, tuple[str, ...]]]:
    """Reciprocal rank fusion: hash, sum of weight / (k + rank), and the sources that found it; best first."""
    scores: dict[str, float] = defaultdict(float)
    sources: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for source, ranking in rankings.items():
        for rank, name in enumerate(ranking, start=1):
            scores[name] += _WEIGHTS[source] / (_RANK_CONSTANT + rank)
            sources[name] += (source,)
    # the sort is stable: of equal scores the one that an earlier source found first comes first
    return [(name, scores[name], sources[name]) for name in sorted(scores, key=lambda name: -scores[name])]


def _hits(
    session: Session, found: list[tuple[str, float, tuple[str, ...]]], weight: float, wanted: _Filter
) -> list[Hit]:
    rows: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(session, [name for name, _, _ in found], wanted):
        rows[row.text_hash].append(row)
    best = weight / (_RANK_CONSTANT + 1)
    hits = []
    for name, score, sources in found:
        newest = rows[name][0]
        places = list(dict.fromkeys(row.place for row in rows[name]))
        hits.append(
            Hit(
                newest.place.code,
                newest.place.measure,
                newest.place.fiscal_year,
                tuple(sorted({place.fiscal_year for place in places})),
                tuple(place for place in places if place != newest.place),
                newest.section,
                newest.direction,
                newest.text,
                round(score / best, 4),
                sources,
            )
        )
    return hits


def _kept_ids(session: Session, ids: list[int], wanted: _Filter) -> dict[int, str]:
    """Id -> hash of the passages that the filter lets through."""
    kept: dict[int, str] = {}
    for batch in _batches(ids):
        query = select(Passage.id, Passage.text_hash).join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
        found = session.exec(query.where(col(Passage.id).in_(batch), *wanted.conditions()))
        kept |= {row[0]: row[1] for row in found if row[0] is not None}
    return kept


def _rows(session: Session, hashes: list[str], wanted: _Filter) -> list[_Row]:
    """The passages of sentences that the filter lets through, newest sheet first."""
    rows: list[_Row] = []
    for batch in _batches(hashes):
        query = (
            select(Passage, Sheet, Measure)
            .join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
            .join(Measure, col(Measure.id) == col(Sheet.measure_id))
            .where(col(Passage.text_hash).in_(batch), *wanted.conditions())
            .order_by(col(Sheet.fiscal_year).desc(), col(Passage.id))
        )
        for passage, sheet, measure in session.exec(query):
            place = Place(measure.code, sheet.measure_name, sheet.fiscal_year)
            rows.append(_Row(passage.text_hash, passage.section_key, passage.direction, passage.text, place))
    return rows


def _batches(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + 500] for start in range(0, len(values), 500))
