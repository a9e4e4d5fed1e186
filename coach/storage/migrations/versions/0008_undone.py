"""What people put right by hand.

Promises that they add, facts, and who wants a mentorship erased.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_KEPT = "seq, id, mentorship_id, note_id, commitment_id, said_by, said, made_at"


def upgrade() -> None:
    """Nothing was added by hand before; corrections may be about what is added from now on."""
    _added()
    _corrections()
    _fact_corrections()
    op.create_table(
        "erasures_asked",
        _mentorship_id(),
        sa.Column("side", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("mentorship_id", "side"),
    )


def _mentorship_id() -> sa.Column[str]:
    return sa.Column(
        "mentorship_id",
        sa.String,
        sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
        nullable=False,
    )


def _added() -> None:
    op.create_table(
        "added_commitments",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _mentorship_id(),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("posted_by", sa.String, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "added_commitments_by_day", "added_commitments", ["mentorship_id", "made_on", "seq"]
    )


def _corrections() -> None:
    """SQLite drops no NOT NULL: the table is made anew. Nothing refers to it."""
    op.create_table(
        "corrections_anew",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _mentorship_id(),
        sa.Column("note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE")),
        sa.Column("added_id", sa.String, sa.ForeignKey("added_commitments.id", ondelete="CASCADE")),
        sa.Column("commitment_id", sa.String, nullable=False),
        sa.Column("said_by", sa.String, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(f"INSERT INTO corrections_anew ({_KEPT}) SELECT {_KEPT} FROM corrections")  # noqa: S608
    op.drop_table("corrections")
    op.rename_table("corrections_anew", "corrections")
    op.create_index("corrections_by_note", "corrections", ["note_id", "seq"])
    op.create_index("corrections_by_added", "corrections", ["added_id", "seq"])
    op.create_index("corrections_by_mentorship", "corrections", ["mentorship_id", "seq"])


def _fact_corrections() -> None:
    op.create_table(
        "fact_corrections",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _mentorship_id(),
        sa.Column(
            "note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("fact_id", sa.String, nullable=False),
        sa.Column("place", sa.JSON, nullable=False),
        sa.Column("said_by", sa.String, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("fact_corrections_by_note", "fact_corrections", ["note_id", "seq"])
    op.create_index("fact_corrections_by_mentorship", "fact_corrections", ["mentorship_id", "seq"])
