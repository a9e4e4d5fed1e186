"""Adds mentorships, keys, contracts, sessions, notes, readings, preparations and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _mentorship(*, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(
        "mentorship_id",
        sa.String,
        sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
        nullable=nullable,
    )


def upgrade() -> None:
    """Create the first tables."""
    _people()
    _words()
    op.create_table(
        "answers",
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        _mentorship(nullable=True),
        sa.Column("request_digest", sa.String, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("body", sa.LargeBinary),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key"),
    )


def _people() -> None:
    op.create_table(
        "mentorships",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("mentor", sa.JSON, nullable=False),
        sa.Column("mentee", sa.JSON, nullable=False),
        sa.Column("started_on", sa.Date),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("paused_until", sa.Date),
        sa.Column("ended_on", sa.Date),
    )
    op.create_table(
        "llm_consents",
        _mentorship(),
        sa.Column("side", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("mentorship_id", "side"),
    )
    op.create_table(
        "keys",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("public_id", sa.String, nullable=False, unique=True),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("acts_as", sa.String, nullable=False),
        _mentorship(),
        sa.Column("expires_on", sa.Date),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "contracts",
        _mentorship(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("agreed_by", sa.JSON, nullable=False),
        sa.Column("clauses", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("mentorship_id", "version"),
    )


def _words() -> None:
    op.create_table(
        "sessions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _mentorship(),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("duration_minutes", sa.Integer),
        sa.Column("channel", sa.String),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("sessions_by_day", "sessions", ["mentorship_id", "held_on", "seq"])
    op.create_table(
        "notes",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column(
            "session_id",
            sa.String,
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("posted_by", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("notes_by_session", "notes", ["session_id", "seq"])
    op.create_table(
        "readings",
        sa.Column(
            "note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("note_id", "engine", "version"),
    )
    op.create_table(
        "preparations",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _mentorship(),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
