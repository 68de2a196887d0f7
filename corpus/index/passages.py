"""The passages of a sheet: items and sentences of its sections, kept in step with the texts.

``refresh_passages`` runs in the transaction that saves a text. Rows, their words (``lexical``) and the note for the
vector index (``IndexTask``, worked off by ``vector.drain_outbox``) commit with the text or not at all.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from corpus.accounts import Actor
from corpus.citysettings import store_terms, terms
from corpus.form import SECTION_KEYS
from corpus.index.lexical import lexical_index
from corpus.items import split_items
from corpus.models import IndexTask, Passage, Revision, Section, Sheet
from corpus.terms import Terms, holds_term


@dataclass(frozen=True)
class _Wanted:
    section_key: str
    direction: int | None
    position: int
    text: str
    text_hash: str


def normalise(text: str) -> str:
    """``text`` as the index sees it: NFKC, no blanks; sentences that differ in nothing else are the same sentence."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def text_hash(text: str) -> str:
    """The name of a sentence in the index: equal for texts that ``normalise`` makes equal (32 hex digits)."""
    return hashlib.blake2b(normalise(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def refresh_passages(session: Session, sheet_id: int) -> None:
    """Bring the passages of a sheet in step with its sections' current revisions. Callers commit.

    A passage whose sentence stays in its section keeps its row, so saving one section leaves the others alone. Raises
    ``NotAvailable`` on a database without lexical search.
    """
    session.flush()
    lexical = lexical_index(session)
    kept: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for row in session.exec(select(Passage).where(Passage.sheet_id == sheet_id).order_by(col(Passage.position).desc())):
        kept[row.section_key, row.text_hash].append(row)
    added: list[Passage] = []
    for wanted in _wanted(session, sheet_id):
        same = kept[wanted.section_key, wanted.text_hash]
        if same:
            row = same.pop()
            row.direction, row.position, row.text = wanted.direction, wanted.position, wanted.text
        else:
            row = Passage(sheet_id=sheet_id, **vars(wanted))
            added.append(row)
        session.add(row)
    gone = [row.id for rows in kept.values() for row in rows if row.id is not None]
    if not added and not gone:
        return
    lexical.remove(session, gone)
    for start in range(0, len(gone), 500):
        session.exec(delete(Passage).where(col(Passage.id).in_(gone[start : start + 500])))
    session.flush()
    lexical.put(session, added)
    session.add(IndexTask(sheet_id=sheet_id))
    session.flush()


def remove_passages(session: Session, sheet_id: int) -> None:
    """Take a sheet out of the index, before it is deleted. Callers commit."""
    _drop(session, sheet_id)
    session.add(IndexTask(sheet_id=sheet_id))
    session.flush()


def rebuild_passages(session: Session) -> Iterator[tuple[int, int]]:
    """Make all passages and their words anew from the texts, a sheet a step: the sheets done, and all of them.

    Callers commit at each step, so that nobody else who writes waits for the whole.
    """
    lexical_index(session).repair(session)
    sheets = [sheet_id for sheet_id in session.exec(select(Sheet.id).order_by(col(Sheet.id))) if sheet_id is not None]
    for done, sheet_id in enumerate(sheets, start=1):
        _drop(session, sheet_id)
        refresh_passages(session, sheet_id)
        if done == len(sheets):
            lexical_index(session).settle(session, done)
        yield done, len(sheets)


def change_terms(session: Session, chosen: Terms, *, seen: str, actor: Actor) -> Terms | None:
    """Set the city's own terms and read the passages that hold a changed one anew; None when nothing would change.

    Raises ``StaleSetting`` as ``corpus.citysettings.change_writing``, ``NotAvailable`` on a database without lexical
    search. Callers commit.
    """
    lexical = lexical_index(session)
    before = terms(session)
    if store_terms(session, chosen, seen=seen, actor=actor) is None:
        return None
    changed = tuple(set(before.terms) ^ set(chosen.terms))
    rows = session.exec(select(Passage.id, Passage.text)).all()
    held = [number for number, text in rows if number is not None and holds_term(text, changed)]
    for start in range(0, len(held), 500):
        batch = select(Passage).where(col(Passage.id).in_(held[start : start + 500]))
        lexical.put(session, session.exec(batch).all())
    return chosen


def _drop(session: Session, sheet_id: int) -> None:
    ids = [row for row in session.exec(select(Passage.id).where(Passage.sheet_id == sheet_id)) if row is not None]
    lexical_index(session).remove(session, ids)
    session.exec(delete(Passage).where(col(Passage.sheet_id) == sheet_id))


def _wanted(session: Session, sheet_id: int) -> list[_Wanted]:
    rows = session.exec(
        select(Section.key, Revision.text)
        .join(Revision, col(Revision.id) == col(Section.revision_id))
        .where(Section.sheet_id == sheet_id)
    )
    texts: dict[str, str] = dict(rows.all())
    return [
        _Wanted(key, item.direction, position, item.body.strip(), text_hash(item.body))
        for key in SECTION_KEYS
        if key in texts
        for position, item in enumerate(split_items(texts[key]))
        if not item.heading and normalise(item.body)
    ]
