"""What a model said of the innocent reading of a warning."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a table; what it holds is asked again where it is missing."""
    op.create_table(
        "challenges",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column(
            "note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", "version", "note_id"),
    )
    op.create_index("challenges_by_note", "challenges", ["note_id"])
