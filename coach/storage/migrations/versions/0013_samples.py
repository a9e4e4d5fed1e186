"""Adds the day on which a sample always stands."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """No mentorship was a sample before."""
    op.add_column("mentorships", sa.Column("sample_on", sa.Date))
