"""Facts of the year, links over renames, the city's own settings.

Why: staff note what was done before they write, a person's word ties renamed measures, indicators and divisions
together, and each city sets its own manner. ``sheet.version`` tells two people apart who save figures at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citysetting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "divisionlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("earlier_name", sa.String(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("municipality", "name", "earlier_name", "first_year"),
    )
    with op.batch_alter_table("divisionlink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_divisionlink_earlier_name"), ["earlier_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_divisionlink_name"), ["name"], unique=False)

    op.create_table(
        "indicatorlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("earlier_measure_id", sa.Integer(), nullable=False),
        sa.Column("earlier_key", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["earlier_measure_id"],
            ["measure.id"],
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("measure_id", "key", "first_year", "earlier_measure_id", "earlier_key"),
    )
    with op.batch_alter_table("indicatorlink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicatorlink_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "measurelink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["earlier_id"],
            ["measure.id"],
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("measure_id", "first_year", "earlier_id"),
    )
    with op.batch_alter_table("measurelink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measurelink_earlier_id"), ["earlier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurelink_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "yearnote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("direction", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("cost", sa.String(40), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("figure", sa.String(40), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sheet_id", "key"),
    )
    with op.batch_alter_table("yearnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_yearnote_sheet_id"), ["sheet_id"], unique=False)

    with op.batch_alter_table("auditevent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auditevent_subject"), ["subject"], unique=False)

    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))
