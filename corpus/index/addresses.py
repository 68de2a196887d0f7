"""The lasting address of a passage: its section and the name of its sentence (``text_hash``).

A reindex gives the rows of passages new ids, and the old ones to other sentences; an address that was shared or kept
as a bookmark must never point at another sentence, so it holds no id.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from corpus.index.passages import text_hash
from corpus.items import split_items, split_sentences
from corpus.models import Passage


@dataclass(frozen=True)
class Address:
    """A passage: the id of its sheet, the key of its section, and the hash of its sentence."""

    sheet_id: int
    section: str
    sentence: str


def addresses(session: Session, passage_ids: Collection[int]) -> dict[int, Address]:
    """The addresses of passages by their id; ids that are gone are left out."""
    query = select(Passage.id, Passage.sheet_id, Passage.section_key, Passage.text_hash)
    rows = session.exec(query.where(col(Passage.id).in_(passage_ids)))
    return {row[0]: Address(*row[1:]) for row in rows if row[0] is not None}


def place_in(text: str, sentence: str) -> tuple[int, int] | None:
    """Where a narrative holds the item, or the sentence of an item, with this hash (first place, offsets without its
    mark), if it still does.
    """
    items = [item for item in split_items(text) if not item.heading]
    for item in items:
        if text_hash(item.body) == sentence:
            return item.end - len(item.body), item.end
    for item in items:
        begin = item.end - len(item.body)
        for start, end in split_sentences(item.body):
            if text_hash(item.body[start:end]) == sentence:
                return begin + start, begin + end
    return None
