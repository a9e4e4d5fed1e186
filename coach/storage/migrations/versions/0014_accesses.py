"""Adds who opened or changed what, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing was recorded before."""
    op.create_table(
        "accesses",
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("way", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mentorship_id", "day", "by", "way", "what", "visibility"),
    )
    op.create_index("accesses_by_day", "accesses", ["day"])
