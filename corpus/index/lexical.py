"""Lexical search: words and signs of the passages in the SQL database, so that text and index commit together.

SQLite keeps two FTS5 tables (rowid = ``Passage.id``, migration 0003): ``passage_fts`` with Sudachi's words in both
lengths, ``passage_fts_signs`` with pairs of characters; apart, because FTS5 takes the length of a whole row. FTS5 finds
candidates by the rarest tokens of a query, as it scores every row that holds any token (2 µs each); they are then
scored here by all tokens with their weights, which FTS5 does not know. ``lexicalcount`` keeps how many passages hold a
token. Another database gets its own class behind ``LexicalIndex``.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from sqlalchemy import TableClause, literal, literal_column, select, text
from sqlmodel import Session, col

from corpus import messages
from corpus.citysettings import terms
from corpus.errors import NotAvailable
from corpus.index.ranking import Sought, fused
from corpus.index.scope import EVERYWHERE, Scope
from corpus.index.wording import Row, row_of, safe, wanted_of
from corpus.models import Passage, Sheet

EXACT = 80
"""Best rows of each table that are scored with all tokens and their weights (20 µs each); others keep FTS5's."""
_MOST_TOKENS = 24
"""Rarest tokens of a query that FTS5 looks for."""
_MOST_ROWS, _MOST_ROWS_OF_A_SECTION = 4_000, 8_000
"""Rows that these tokens may stand in, all together; a section is a fifth or less. Of 50 k passages these keep 96 % of
the ten that scoring every row finds (97 % within a section), in a quarter of the time."""

Kind = Literal["words", "signs"]


@dataclass(frozen=True)
class _Table:
    """``counted``: the column whose tokens are the length of a row; ``ranked``: FTS5's order, ``section`` weighs 0."""

    name: str
    columns: tuple[str, ...]
    counted: str
    ranked: str


_TABLES: Mapping[Kind, _Table] = {
    "words": _Table("passage_fts", ("words", "compounds"), "words", "bm25(passage_fts, 0, 1, 0.3)"),
    "signs": _Table("passage_fts_signs", ("signs",), "signs", "bm25(passage_fts_signs, 0, 1)"),
}


@dataclass(frozen=True)
class LexicalHit:
    """A passage and how well it fits: BM25 of its words, BM25 of its signs, and both fused in ``score``."""

    passage_id: int
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

    def find(
        self,
        session: Session,
        query: str,
        limit: int,
        scope: Scope = EVERYWHERE,
        among: Collection[int] | None = None,
    ) -> list[LexicalHit]:
        """The passages in ``scope`` that hold words or signs of the query, best first.

        ``among``: exactly these passages instead of the scope's (thousands, not more).
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
        rows = list(_rows(session, ids).values())
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

    def find(
        self,
        session: Session,
        query: str,
        limit: int,
        scope: Scope = EVERYWHERE,
        among: Collection[int] | None = None,
    ) -> list[LexicalHit]:
        """The passages in ``scope`` that hold words or signs of the query, best first.

        ``among``: exactly these passages instead of the scope's (thousands, not more).
        """
        if limit < 1:
            return []
        wanted = wanted_of(query, terms(session).terms)
        sought = {"words": _sought(session, "words", wanted.words), "signs": _sought(session, "signs", wanted.signs)}
        near: dict[Kind, dict[int, float]] = {"words": {}, "signs": {}}
        if among is None:
            near = {kind: _candidates(session, kind, sought[kind], limit, scope) for kind in _TABLES}
            among = {number for found in near.values() for number in list(found)[:EXACT]}
        # a query of nothing but single signs looks for what a pair begins with
        size = max(map(len, wanted.signs), default=2)
        scores: dict[int, tuple[float, float]] = {}
        for number, row in _rows(session, among).items():
            words = sought["words"].score([*row.words, *row.compounds], len(row.words))
            signs = sought["signs"].score(row.signs if size > 1 else [pair[:1] for pair in row.signs], len(row.signs))
            if words or signs:
                scores[number] = (words, signs)
        scores |= _beyond(near, scores)
        ranked = sorted(
            fused(scores, max(found.passages for found in sought.values())).items(),
            key=lambda pair: (-pair[1], pair[0]),
        )
        return [LexicalHit(number, *scores[number], score) for number, score in ranked[:limit]]


def lexical_index(session: Session) -> LexicalIndex:
    """The lexical index of the session's database; raises ``NotAvailable`` where there is none yet."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        return Fts5Index()
    raise NotAvailable(messages.no_lexical_search(dialect))


def match_expression(tokens: Sequence[str]) -> str:
    """An FTS5 query for any of the tokens; each is quoted, so nothing that a person types is FTS5 syntax."""
    return " OR ".join('"' + token.replace('"', '""') + '"' for token in tokens)


def _candidates(session: Session, kind: Kind, sought: Sought, limit: int, scope: Scope) -> dict[int, float]:
    """The rows in the scope that FTS5 ranks first by the rarest tokens, with its score, best first."""
    table = _TABLES[kind]
    tokens = sought.rarest(_MOST_TOKENS, _MOST_ROWS if scope.section is None else _MOST_ROWS_OF_A_SECTION)
    if not tokens:
        return {}
    any_of = match_expression(tokens)
    if kind == "signs" and len(tokens[0]) == 1:
        any_of = " OR ".join(f"{match_expression([token])} *" for token in tokens)
    match = f"{{{' '.join(table.columns)}}} : ({any_of})"
    if scope.section is not None:
        match = f"{{section}} : {match_expression([safe(scope.section)])} AND {match}"
    rows: Any = session.connection().execute(_ranked(table, scope, max(limit, EXACT)), {"match": match})
    return dict(map(tuple, rows.all()))


def _ranked(table: _Table, scope: Scope, limit: int) -> Any:
    """The query for what matches ``:match`` in the scope. FTS5 scores only what is let through, one by one: a join
    could make SQLite begin with the passages.
    """
    query: Any = (
        select(literal_column("rowid"), literal_column(f"-{table.ranked}").label("score"))
        .select_from(TableClause(table.name))
        .where(text(f"{table.name} MATCH :match"))
        .order_by(text("score DESC, rowid"))
        .limit(limit)
    )
    # the section is among the tokens
    if conditions := replace(scope, section=None).conditions():
        passing = select(literal(1)).join_from(Passage, Sheet, col(Sheet.id) == col(Passage.sheet_id))
        query = query.where(
            passing.where(col(Passage.id) == literal_column(f"{table.name}.rowid"), *conditions).exists()
        )
    return query


def _beyond(
    near: Mapping[Kind, Mapping[int, float]], exact: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Scores of the candidates that were not scored exactly: FTS5's, but none above what was."""
    found: dict[int, tuple[float, float]] = {}
    for place, candidates in enumerate((near["words"], near["signs"])):
        lowest = min((exact[number][place] for number in candidates if number in exact), default=0.0)
        for number, score in candidates.items():
            if number not in exact:
                words, signs = found.get(number, (0.0, 0.0))
                capped = min(score, lowest)
                found[number] = (capped, signs) if place == 0 else (words, capped)
    return found


def _sought(session: Session, kind: Kind, weights: Mapping[str, float]) -> Sought:
    """What is looked for, with the counts of the database."""
    connection = session.connection()
    if not weights:
        return Sought({}, {}, 0, 1.0)
    rows = connection.execute(
        text(
            "SELECT token, passages, occurrences FROM lexicalcount"
            " WHERE kind = :kind AND token IN (SELECT value FROM json_each(:tokens))"
        ),
        {"kind": kind, "tokens": json.dumps(["", *weights])},
    )
    counts = {token: (passages, occurrences) for token, passages, occurrences in rows}
    passages, occurrences = counts.pop("", (0, 0))
    holding = {token: count[0] for token, count in counts.items()}
    if kind == "signs":
        for token in weights:
            if len(token) == 1:
                holding[token] = _beginning(session, token)
    return Sought(weights, holding, passages, max(occurrences, 1) / max(passages, 1))


def _beginning(session: Session, sign: str) -> int:
    """How many passages hold a pair that begins with ``sign``; those with several of them count for each."""
    query = text(
        "SELECT coalesce(sum(passages), 0) FROM lexicalcount WHERE kind = 'signs' AND token >= :sign AND token < :end"
    )
    return int(session.connection().execute(query, {"sign": sign, "end": sign + "\U0010ffff"}).scalar_one())


def _rows(session: Session, passage_ids: Iterable[int]) -> dict[int, Row]:
    """The kept rows of passages, those that are there."""
    found = session.connection().execute(
        text(
            "SELECT wanted.value, passage_fts.words, passage_fts.compounds, passage_fts_signs.signs"
            " FROM json_each(:ids) AS wanted"
            " CROSS JOIN passage_fts ON passage_fts.rowid = wanted.value"
            " CROSS JOIN passage_fts_signs ON passage_fts_signs.rowid = wanted.value"
        ),
        {"ids": json.dumps(sorted(passage_ids))},
    )
    # a token may hold the wide blank, at which a plain split would part it
    return {number: Row(*(kept.split(" ") if kept else [] for kept in columns)) for number, *columns in found.all()}


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
