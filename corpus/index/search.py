"""Search: words and meaning in one ranking, one hit a different sentence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from corpus.index.asked import asked
from corpus.index.candidates import Candidates, gather
from corpus.index.closer import look_closer
from corpus.index.evidence import Evidence, evidence_for
from corpus.index.fusion import Source, fuse
from corpus.index.hits import Hit, Place, Stand, stands, variant_key
from corpus.index.reading import Question, read_question
from corpus.index.scan import KeptIndex
from corpus.index.scope import EVERYWHERE, Scope

__all__ = ["Hit", "Place", "Scope", "search"]

LONGEST_QUERY = 2_000
"""Characters of a query that are used."""
CANDIDATES = 200
"""Best sentences taken of each source."""
WORDS_WEIGHT, SIGNS_WEIGHT, VECTOR_WEIGHT = 1.0, 0.5, 2.0
"""What a deviation counts of BM25 over words, of BM25 over pairs of characters, and of the similarity in meaning.

Chosen on the first half of the queries of tests/bench/retrieval.py; a 3.0 finds more there and less in the sample city.
"""
HINTED_SECTION, HINTED_YEAR = 1.3, 1.3
"""A passage outside the sections, or the years, that the question hints at has its score divided by this."""
_FIRST_READ, _READ_PER_HIT = 40, 4
"""Sentences whose places are read at once: at least, and for each hit asked for (folding takes some away)."""


def search(
    session: Session,
    query: str,
    *,
    scope: Scope = EVERYWHERE,
    limit: int = 10,
    index: KeptIndex | None = None,
) -> list[Hit]:
    """Passages like ``query``, best first: words and meaning fused, the same sentence once.

    ``index``: None searches by words only; so does an index that fails, with a warning in the log. A query with no
    letter or figure in it finds nothing. Raises ``NotAvailable`` on a database without lexical search.
    """
    query = query.strip()[:LONGEST_QUERY]
    if limit < 1 or not any(sign.isalnum() for sign in query):
        return []
    question = read_question(query)
    wanted = asked(session, question.content)
    found = gather(session, question.content, wanted, scope, max(CANDIDATES, 2 * limit), limit, index)
    scores = look_closer(session, question.content, _fused(found), index)
    groups = _groups(session, question, scores, scope, limit)
    evidence = evidence_for(wanted)
    return [_hit(group, found, evidence) for group in groups]


def _fused(found: Candidates) -> dict[str, float]:
    """Hash -> score, best first. A sentence without a score holds no word of the query, or less than all that have."""
    sources = [
        Source(scores, weight, 0.0 if found.whole else min(scores.values()))
        for scores, weight in ((found.words, WORDS_WEIGHT), (found.signs, SIGNS_WEIGHT))
        if scores
    ]
    if found.vector:
        sources.append(Source(found.vector, VECTOR_WEIGHT, min(found.vector.values())))
    return fuse(sources)


@dataclass(frozen=True)
class _Found:
    """A sentence by its hash, its score with the hints, and where it stands, newest sheet first."""

    name: str
    score: float
    stands: tuple[Stand, ...]


@dataclass(frozen=True)
class _Group:
    """A sentence and those that differ from it only in figures and years, which rank below it."""

    best: _Found
    variants: tuple[_Found, ...]


def _groups(
    session: Session, question: Question, scores: Mapping[str, float], scope: Scope, limit: int
) -> list[_Group]:
    """The best sentences, each with its variants of other years; hints move a sentence within the best of them."""
    groups: dict[str, list[_Found]] = {}
    names, size = list(scores), max(_FIRST_READ, _READ_PER_HIT * limit)
    for start in range(0, len(names), size):
        if len(groups) >= limit:
            break
        where = stands(session, names[start : start + size], scope)
        # one that stands nowhere in the scope was changed or deleted meanwhile
        found = [
            _hinted(question, name, scores[name], where[name]) for name in names[start : start + size] if name in where
        ]
        for one in sorted(found, key=lambda one: -one.score):
            groups.setdefault(variant_key(one.stands[0].text), []).append(one)
    best = sorted(groups.values(), key=lambda group: -group[0].score)
    return [_Group(group[0], tuple(group[1:])) for group in best[:limit]]


def _hinted(question: Question, name: str, score: float, where: Collection[Stand]) -> _Found:
    """A sentence with what the hints of the question make of its score: at most itself."""
    agreed = [question.agrees(stand.section, stand.place.fiscal_year) for stand in where]
    if question.sections and not any(section for section, _ in agreed):
        score /= HINTED_SECTION
    if question.years and not any(year for _, year in agreed):
        score /= HINTED_YEAR
    return _Found(name, score, tuple(where))


def _hit(group: _Group, found: Candidates, evidence: Evidence) -> Hit:
    best = group.best
    newest = best.stands[0]
    places = {newest.place.sheet_id: newest.place}
    for one in (best, *group.variants):
        for stand in one.stands:
            places.setdefault(stand.place.sheet_id, stand.place)
    ranks = {source: ranking[best.name] for source, ranking in found.ranks.items() if best.name in ranking}
    return Hit(
        code=newest.place.code,
        measure=newest.place.measure,
        fiscal_year=newest.place.fiscal_year,
        years=tuple(sorted({place.fiscal_year for place in places.values()})),
        also=tuple(sorted(list(places.values())[1:], key=lambda place: -place.fiscal_year)),
        section=newest.section,
        direction=newest.direction,
        text=newest.text,
        score=round(best.score, 4),
        sources=tuple(ranks),
        passage_id=newest.place.passage_id,
        sheet_id=newest.place.sheet_id,
        ranks=ranks,
        evidence=evidence,
    )
