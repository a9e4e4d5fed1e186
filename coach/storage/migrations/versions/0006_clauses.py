"""Adds what was read in each note about the clauses of the contract in force on its day."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a table; missing readings are made again from the notes."""
    op.create_table(
        "clause_readings",
        sa.Column(
            "note_id", sa.String, sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("contract_version", sa.Integer, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signals", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("note_id", "contract_version", "engine", "version"),
    )
