"""How often something of a mentorship was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Count from now on: nobody holds a copy from before by its revision."""
    op.add_column(
        "mentorships", sa.Column("revision", sa.Integer, nullable=False, server_default="0")
    )
