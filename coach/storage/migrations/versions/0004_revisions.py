"""Adds a count of the changes to each mentorship."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Start the count at 0; nobody holds an earlier copy with a revision."""
    op.add_column(
        "mentorships", sa.Column("revision", sa.Integer, nullable=False, server_default="0")
    )
