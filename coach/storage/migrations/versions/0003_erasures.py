"""Who posted a session, what was erased and when it is gone, and what was taken back while it was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what erasing keeps; answers of before are not repeated, for nobody knows whom they were for."""
    op.add_column("sessions", sa.Column("posted_by", sa.String))
    op.add_column("sessions", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column(
        "answers", sa.Column("acts_as", sa.String, nullable=False, server_default="admin")
    )
    op.add_column(
        "answers", sa.Column("withdrawals", sa.Integer, nullable=False, server_default="0")
    )
    # The notes of a session were recorded with it: whoever posted the first one posted the session.
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
