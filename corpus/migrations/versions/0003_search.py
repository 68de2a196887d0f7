"""The lexical index: words in two lengths, pairs of characters, and how many passages hold each.

Why: compounds rank higher, a term that no dictionary knows is found, and the rarest words of a query are looked for
first. The rows of the passages that are there are made anew. The indexes hold all that a scope asks of a passage.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = {"passage_fts": ("words", "compounds"), "passage_fts_signs": ("signs",)}
_INDEXES = {
    "ix_passage_text_hash": ("text_hash", "sheet_id", "section_key", "direction"),
    "ix_passage_section_key": ("section_key", "text_hash", "sheet_id", "direction"),
}
_BATCH = 500


def upgrade() -> None:
    op.create_table(
        "lexicalcount",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("occurrences", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token"),
        sqlite_with_rowid=False,
    )
    for name, indexed in _INDEXES.items():
        op.drop_index(name, "passage")
        op.create_index(name, "passage", list(indexed))
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE passage_fts")
    for name, columns in _TABLES.items():
        # every character beyond ASCII is of a word; what parts words in ASCII is written full-width
        op.execute(f'CREATE VIRTUAL TABLE {name} USING fts5(section, {", ".join(columns)}, tokenize = "ascii")')
        op.execute(f"CREATE VIRTUAL TABLE {name}_vocab USING fts5vocab({name}, col)")
    _fill()


def _fill() -> None:
    from corpus.index.lexical import Fts5Index
    from corpus.models import Passage

    passages = sa.table("passage", sa.column("id"), sa.column("section_key"), sa.column("text"))
    query = sa.select(passages).order_by(passages.c.id).limit(_BATCH)
    with Session(bind=op.get_bind(), join_transaction_mode="create_savepoint") as session:
        last = 0
        while rows := session.connection().execute(query.where(passages.c.id > last)).all():
            # not added to the session: they only carry what the index reads
            passages_read = [
                Passage(id=row.id, sheet_id=0, section_key=row.section_key, position=0, text=row.text, text_hash="")
                for row in rows
            ]
            Fts5Index().put(session, passages_read)
            last = rows[-1].id
        session.commit()
