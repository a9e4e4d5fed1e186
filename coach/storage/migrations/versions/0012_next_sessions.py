"""Adds when the two meet next, and the questions that somebody has struck."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nothing was planned and nothing struck before."""
    op.create_table(
        "next_sessions",
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String),
        sa.Column("duration_minutes", sa.Integer),
    )
    op.create_table(
        "struck_questions",
        sa.Column("seq", sa.Integer, primary_key=True),
        _of("person_id", "people.id"),
        _of("mentorship_id", "mentorships.id"),
        sa.Column("question_id", sa.String, nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person_id", "mentorship_id", "question_id"),
    )


def _of(name: str, whose: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String, sa.ForeignKey(whose, ondelete="CASCADE"), nullable=False)
