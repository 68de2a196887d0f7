"""Lexical search: the words of the passages in the SQL database, so that text and index commit together.

Words are Sudachi's normalised ones, ranked by BM25. SQLite keeps them in the FTS5 table ``passage_fts`` (rowid =
``Passage.id``, made by migration 0001); another database gets its own class behind ``LexicalIndex``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import text
from sqlmodel import Session

from corpus import messages
from corpus.errors import NotAvailable
from corpus.tokens import content_words

MOST_QUERY_WORDS = 64
"""A longer query is searched by its first different words; more cost time and change the order little."""


class LexicalIndex(Protocol):
    """What searching needs of the lexical rows, on any database."""

    def put(self, session: Session, texts: Mapping[int, str]) -> None:
        """Write the rows of passages (id -> text), replacing those that are there."""

    def remove(self, session: Session, passage_ids: Iterable[int]) -> None:
        """Delete the rows of passages; ids without a row are no error."""

    def clear(self, session: Session) -> None:
        """Delete all rows."""

    def search(self, session: Session, query: str, limit: int, section: str | None = None) -> list[tuple[int, float]]:
        """Passage ids with their score (higher is better), best first; no words in the query: an empty list."""


class Fts5Index:
    """``passage_fts`` of SQLite."""

    def put(self, session: Session, texts: Mapping[int, str]) -> None:
        """Write the rows of passages (id -> text), replacing those that are there."""
        if not texts:
            return
        self.remove(session, texts)
        rows = [{"id": passage_id, "tokens": " ".join(content_words(body))} for passage_id, body in texts.items()]
        session.connection().execute(text("INSERT INTO passage_fts(rowid, tokens) VALUES (:id, :tokens)"), rows)

    def remove(self, session: Session, passage_ids: Iterable[int]) -> None:
        """Delete the rows of passages; ids without a row are no error."""
        rows = [{"id": passage_id} for passage_id in passage_ids]
        if rows:
            session.connection().execute(text("DELETE FROM passage_fts WHERE rowid = :id"), rows)

    def clear(self, session: Session) -> None:
        """Delete all rows."""
        session.connection().execute(text("DELETE FROM passage_fts"))

    def search(self, session: Session, query: str, limit: int, section: str | None = None) -> list[tuple[int, float]]:
        """Passage ids with their BM25 score (higher is better), best first; no words in the query: an empty list."""
        words = list(dict.fromkeys(content_words(query)))[:MOST_QUERY_WORDS]
        if not words:
            return []
        rows = session.connection().execute(
            text(
                "SELECT passage_fts.rowid, -bm25(passage_fts) AS score FROM passage_fts"
                " JOIN passage ON passage.id = passage_fts.rowid"
                " WHERE passage_fts MATCH :words AND (:section IS NULL OR passage.section_key = :section)"
                " ORDER BY score DESC, passage_fts.rowid LIMIT :limit"
            ),
            {"words": match_expression(words), "section": section, "limit": limit},
        )
        return [(int(row[0]), float(row[1])) for row in rows]


def match_expression(words: Sequence[str]) -> str:
    """An FTS5 query for any of the words; each is quoted, so nothing that a person types is FTS5 syntax."""
    return " OR ".join('"' + word.replace('"', '""').replace("\0", "") + '"' for word in words)


def lexical_index(session: Session) -> LexicalIndex:
    """The lexical index of the session's database; raises ``NotAvailable`` where there is none yet."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        return Fts5Index()
    raise NotAvailable(messages.no_lexical_search(dialect))
