"""Adds how people settled warnings."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table of decisions; nothing was settled before."""
    op.create_table(
        "drift_decisions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("drift_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("clause", sa.String),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("contract_version", sa.Integer),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "drift_decisions_by_day", "drift_decisions", ["mentorship_id", "taken_on", "seq"]
    )
