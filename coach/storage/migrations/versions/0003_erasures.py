"""Adds who posted a session, erasures and their state, and how often something was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of erasing; earlier answers are not repeated: their readers are unknown."""
    op.add_column("sessions", sa.Column("posted_by", sa.String))
    op.add_column("sessions", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column(
        "answers", sa.Column("acts_as", sa.String, nullable=False, server_default="admin")
    )
    op.add_column(
        "answers", sa.Column("withdrawals", sa.Integer, nullable=False, server_default="0")
    )
    # The notes of a session were recorded with it, so whoever posted the first posted the session.
    op.execute(
        "UPDATE sessions SET posted_by = (SELECT posted_by FROM notes"
        " WHERE session_id = sessions.id ORDER BY seq LIMIT 1)"
    )
    op.execute("UPDATE answers SET body = NULL")
    _new_tables()


def _new_tables() -> None:
    op.create_table(
        "withdrawals",
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("mentorship_id", "visibility"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("mentorship_id", sa.String, nullable=False),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "erased",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
    )
