"""Alembic environment: migrations run on the connection that ``corpus.database.upgrade`` hands over."""

from alembic import context
from sqlmodel import SQLModel

import corpus.model_tables
import corpus.models  # noqa: F401  (both register their tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    include_object=lambda thing, name, kind, reflected, other: not (kind == "table" and "passage_fts" in (name or "")),
)
with context.begin_transaction():
    context.run_migrations()
