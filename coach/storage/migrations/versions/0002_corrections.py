"""Adds what people say about commitments."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of corrections; each belongs to the note its commitment was made in."""
    op.create_table(
        "corrections",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("commitment_id", sa.String, nullable=False),
        sa.Column("said_by", sa.String, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("corrections_by_note", "corrections", ["note_id", "seq"])
