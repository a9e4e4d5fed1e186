"""Adds how a promise stood when a person spoke of it: a later reader loses no word on it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Of earlier words it is not known: they stand as long as a reader finds their promise."""
    op.add_column("corrections", sa.Column("stood", sa.JSON))
