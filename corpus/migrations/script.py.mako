"""${message}

Why: say what became possible or was wrong.
"""

import sqlalchemy as sa
from alembic import op

import corpus.columns

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
