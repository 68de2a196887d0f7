"""Lexical search: words and signs of the passages in the SQL database, so that text and index commit together.

SQLite keeps two FTS5 tables (rowid = ``Passage.id``, migration 0003): ``passage_fts`` with Sudachi's words in both
lengths, ``passage_fts_signs`` with pairs of characters; apart, because FTS5 takes the length of a whole row. FTS5 only
says which rows hold the rarest tokens of a query (0.2 µs a row; its own bm25() takes ten times as long and knows no
weights); the best of these are scored here. ``lexicalcount`` keeps how many passages hold a token. Another database
gets its own class behind ``LexicalIndex``.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import TableClause, column, func, select, text
from sqlmodel import Session, col

from corpus import messages
from corpus.citysettings import terms
from corpus.errors import NotAvailable
from corpus.index.asked import Asked
from corpus.index.ranking import Sought, fused
from corpus.index.scope import EVERYWHERE, Scope, Shape, among, as_list, within
from corpus.index.wording import Row, row_of, safe
from corpus.models import Passage

_MOST_TOKENS = 24
"""Rarest tokens of a query that FTS5 looks for."""
_MOST_ROWS = 10_000
"""Rows that these tokens may stand in, all together (of a section, a fifth or less is read). Of 50,000 passages this
keeps 9 of the ten hits that scoring every row gives, and 93 % of the first five; twice as many keep no more."""
_PAGES_A_SHEET = 40
"""Pages of 4 KB that merging may write for each changed sheet; the rows of a sheet take 9."""
_SCOPED = 4
"""As many times the wanted rows are looked at first for those in a scope; then twice as many each time."""

Kind = Literal["words", "signs"]

# FTS5's own tables of contents, which saves it from opening a row
_WORDS = TableClause("passage_fts_content", column("id"), column("c1"), column("c2")).alias("words")
_SIGNS = TableClause("passage_fts_signs_content", column("id"), column("c1")).alias("signs")
_COLUMNS = (_WORDS.c.id, _WORDS.c.c1, _WORDS.c.c2, _SIGNS.c.c1)
_OF_PASSAGES = _SIGNS.c.id == _WORDS.c.id, among(_WORDS.c.id)
_ROWS = select(*_COLUMNS[1:]).where(*_OF_PASSAGES)
_KEPT = select(*_COLUMNS, col(Passage.text_hash)).where(*_OF_PASSAGES, col(Passage.id) == _WORDS.c.id)


@dataclass(frozen=True)
class _Table:
    """``counted``: the column whose tokens are the length of a row."""

    name: str
    columns: tuple[str, ...]
    counted: str


_TABLES: Mapping[Kind, _Table] = {
    "words": _Table("passage_fts", ("words", "compounds"), "words"),
    "signs": _Table("passage_fts_signs", ("signs",), "signs"),
}


@dataclass(frozen=True)
class LexicalHit:
    """A passage, its hash, how well it fits: BM25 of its words, BM25 of its signs, and both fused in ``score``."""

    passage_id: int
    name: str
    words: float
    signs: float
    score: float


class LexicalIndex(Protocol):
    """What searching needs of the lexical rows, on any database."""

    def put(self, session: Session, passages: Sequence[Passage]) -> None:
        """Write the rows of passages, replacing those that are there."""

    def remove(self, session: Session, passage_ids: Iterable[int]) -> None:
        """Delete the rows of passages; ids without a row are no error."""

    def repair(self, session: Session) -> None:
        """Delete the rows of passages that are gone, and count anew."""

    def settle(self, session: Session, sheets: int) -> None:
        """Put what was written in pieces together, as much as ``sheets`` changed sheets are worth."""

    def find(
        self,
        session: Session,
        asked: Asked,
        limit: int,
        scope: Scope = EVERYWHERE,
        among: Mapping[int, str] | None = None,
        ids: npt.NDArray[np.int64] | None = None,
    ) -> list[LexicalHit]:
        """The passages in ``scope`` that hold words or signs of the query, best first.

        ``among``: exactly these passages, id -> hash, instead of the scope's (thousands, not more); ``ids``: those of
        the scope where they are known.
        """


class Fts5Index:
    """``passage_fts`` and ``passage_fts_signs`` of SQLite."""

    def put(self, session: Session, passages: Sequence[Passage]) -> None:
        """Write the rows of passages, replacing those that are there."""
        own = terms(session).terms
        rows = {passage.id: row_of(passage.text, own) for passage in passages if passage.id is not None}
        if not rows:
            return
        self.remove(session, rows)
        sections = {passage.id: safe(passage.section_key) for passage in passages}
        for kind, table in _TABLES.items():
            places = ", ".join("?" * (len(table.columns) + 2))
            session.connection().exec_driver_sql(
                f"INSERT INTO {table.name}(rowid, section, {', '.join(table.columns)}) VALUES ({places})",
                [
                    (number, sections[number], *(" ".join(getattr(row, column)) for column in table.columns))
                    for number, row in rows.items()
                ],
            )
            _count(session, kind, list(rows.values()), 1)

    def remove(self, session: Session, passage_ids: Iterable[int]) -> None:
        """Delete the rows of passages; ids without a row are no error."""
        ids = list(passage_ids)
        if not ids:
            return
        rows = _rows(session, ids)
        for kind, table in _TABLES.items():
            _count(session, kind, rows, -1)
            # all ids: where one table has lost a row, the other one still has it
            session.connection().exec_driver_sql(
                f"DELETE FROM {table.name} WHERE rowid = ?", [(number,) for number in ids]
            )

    def repair(self, session: Session) -> None:
        """Delete the rows of passages that are gone and the halves of rows, and count anew."""
        connection = session.connection()
        connection.execute(text("DELETE FROM lexicalcount"))
        for kind, table in _TABLES.items():
            connection.execute(text(f"DELETE FROM {table.name} WHERE rowid NOT IN (SELECT id FROM passage)"))
            for other in _TABLES.values():
                connection.execute(
                    text(f"DELETE FROM {table.name} WHERE rowid NOT IN (SELECT rowid FROM {other.name})")
                )
            columns = ", ".join(f"'{column}'" for column in table.columns)
            connection.execute(
                text(
                    "INSERT INTO lexicalcount (kind, token, passages, occurrences)"
                    f" SELECT :kind, term, max(doc), sum(cnt) FROM {table.name}_vocab WHERE col IN ({columns})"
                    " GROUP BY term"
                    f" UNION ALL SELECT :kind, '', (SELECT count(*) FROM {table.name}), coalesce(sum(cnt), 0)"
                    f" FROM {table.name}_vocab WHERE col = :counted"
                ),
                {"kind": kind, "counted": table.counted},
            )

    def settle(self, session: Session, sheets: int) -> None:
        """Merge FTS5's segments: a token that stands in one of them is found in two thirds of the time."""
        for table in _TABLES.values():
            session.connection().exec_driver_sql(
                f"INSERT INTO {table.name}({table.name}, rank) VALUES ('merge', ?)", (-_PAGES_A_SHEET * sheets,)
            )

    def find(
        self,
        session: Session,
        asked: Asked,
        limit: int,
        scope: Scope = EVERYWHERE,
        among: Mapping[int, str] | None = None,
        ids: npt.NDArray[np.int64] | None = None,
    ) -> list[LexicalHit]:
        """The passages in ``scope`` that hold words or signs of the query, best first.

        ``among``: exactly these passages, id -> hash, instead of the scope's (thousands, not more); ``ids``: those of
        the scope where they are known.
        """
        if limit < 1:
            return []
        numbers = _candidates(session, asked, limit, scope, ids) if among is None else among
        rows = _kept(session, numbers)
        scores = {row[0]: found for row in rows if any(found := _score(asked, *row[1:4]))}
        names = {row[0]: row[4] for row in rows}
        ranked = sorted(
            fused(scores, max(asked.words.passages, asked.signs.passages)).items(), key=lambda pair: (-pair[1], pair[0])
        )
        return [LexicalHit(number, names[number], *scores[number], score) for number, score in ranked[:limit]]


def lexical_index(session: Session) -> LexicalIndex:
    """The lexical index of the session's database; raises ``NotAvailable`` where there is none yet."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        return Fts5Index()
    raise NotAvailable(messages.no_lexical_search(dialect))


def listed(ids: str) -> npt.NDArray[np.int64]:
    """Ids that the database gives as one JSON list, which takes a tenth of the time of as many rows."""
    return np.fromstring(ids[1:-1], dtype=np.int64, sep=",")


def _quoted(token: str) -> str:
    """A token in an FTS5 query: nothing that a person types is FTS5 syntax."""
    return '"' + token.replace('"', '""') + '"'


def _candidates(
    session: Session, asked: Asked, limit: int, scope: Scope, ids: npt.NDArray[np.int64] | None
) -> set[int]:
    """The passages in the scope that hold the most of the rarest tokens: the ``limit`` best by words and by signs."""
    found: set[int] = set()
    sought: tuple[tuple[Kind, Sought], ...] = (("words", asked.words), ("signs", asked.signs))
    for kind, tokens in sought:
        held = _holding(session, kind, tokens, scope.section)
        if ids is not None:
            held = held[np.isin(held, ids)]
        elif scope.shape - {"section"}:
            held = _first_in_scope(session, held, limit, scope)
        found.update(held[:limit].tolist())
    return found


@cache
def _within(shape: Shape) -> Any:
    return within(select(func.json_group_array(col(Passage.id))).where(among(col(Passage.id))), shape)


def _first_in_scope(
    session: Session, numbers: npt.NDArray[np.int64], limit: int, scope: Scope
) -> npt.NDArray[np.int64]:
    """The first ``limit`` passages that are in the scope, in their order; the section is not looked at."""
    found = numbers[:0]
    done, step = 0, _SCOPED * limit
    while len(found) < limit and done < len(numbers):
        part = numbers[done : done + step]
        parameters = scope.parameters | {"among": as_list(part.tolist())}
        kept = listed(session.connection().execute(_within(scope.shape - {"section"}), parameters).scalar_one())
        found = np.concatenate((found, part[np.isin(part, kept)]))
        done, step = done + step, 2 * step
    return found


def _holding(session: Session, kind: Kind, sought: Sought, section: str | None) -> npt.NDArray[np.int64]:
    """The ids of the passages that hold the rarest tokens, those first that hold the most of what these are worth."""
    tokens = sought.rarest(_MOST_TOKENS, _MOST_ROWS)
    columns = " ".join(_TABLES[kind].columns)
    within = "" if section is None else f"{{section}} : {_quoted(safe(section))} AND "
    # single signs are looked for among the beginnings of pairs
    matches = [
        f"{within}{{{columns}}} : {_quoted(token)}{' *' if kind == 'signs' and len(token) == 1 else ''}"
        for token in tokens
    ]
    table = _TABLES[kind].name
    rows = session.connection().exec_driver_sql(
        f"SELECT (SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH wanted.value)"
        " FROM json_each(?) AS wanted ORDER BY wanted.key",
        (json.dumps(matches),),
    )
    found = [listed(held) for held in rows.scalars()]
    if not found:
        return np.empty(0, dtype=np.int64)
    worth = np.repeat([sought.worth[token] for token in tokens], [len(passages) for passages in found])
    passages, places = np.unique(np.concatenate(found), return_inverse=True)
    totals = np.bincount(places, weights=worth)
    best: npt.NDArray[np.int64] = passages[np.argsort(-totals, kind="stable")]
    return best


def _score(asked: Asked, words: str, compounds: str, signs: str) -> tuple[float, float]:
    """The scores of a row by all words and all signs of the query."""
    short, pairs = _tokens(words), _tokens(signs)
    if asked.single:
        pairs = [pair[:1] for pair in pairs]
    return asked.words.score(short + _tokens(compounds), len(short)), asked.signs.score(pairs, len(pairs))


def _rows(session: Session, passage_ids: Iterable[int]) -> list[Row]:
    """The kept rows of passages, those that are there."""
    rows = session.connection().execute(_ROWS, {"among": as_list(passage_ids)})
    return [Row(*map(_tokens, columns)) for columns in rows]


def _kept(session: Session, passage_ids: Iterable[int]) -> Sequence[Any]:
    """Id, words, compounds, signs and hash of the passages that have rows, the tokens of a column as one string."""
    return session.connection().execute(_KEPT, {"among": as_list(sorted(passage_ids))}).all()


def _tokens(kept: str) -> list[str]:
    # a token may hold the wide blank, at which a plain split would part it
    return kept.split(" ") if kept else []


def _count(session: Session, kind: Kind, rows: Sequence[Row], times: int) -> None:
    """Add rows to the counts (``times`` 1) or take them away (-1); the token "" counts rows and their length."""
    if not rows:
        return
    table = _TABLES[kind]
    holding: Counter[str] = Counter({"": len(rows)})
    standing: Counter[str] = Counter({"": sum(len(getattr(row, table.counted)) for row in rows)})
    for row in rows:
        tokens = [token for column in table.columns for token in getattr(row, column)]
        holding.update(set(tokens))
        standing.update(tokens)
    changes = {token: (times * count, times * standing[token]) for token, count in holding.items()}
    session.connection().execute(
        text(
            "INSERT INTO lexicalcount (kind, token, passages, occurrences)"
            " SELECT :kind, key, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:changes)"
            # without a WHERE, SQLite takes ON for that of a join
            " WHERE true ON CONFLICT (kind, token) DO UPDATE SET passages = passages + excluded.passages,"
            " occurrences = occurrences + excluded.occurrences"
        ),
        {"kind": kind, "changes": json.dumps(changes)},
    )
