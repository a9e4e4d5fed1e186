"""People with an account, their mentorships, links and devices."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nobody had an account before."""
    op.create_table(
        "people",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("pronouns", sa.String),
        sa.Column("email", sa.String),
        sa.Column("administers", sa.Boolean, nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "memberships",
        sa.Column(
            "mentorship_id",
            sa.String,
            sa.ForeignKey("mentorships.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("side", sa.String, nullable=False),
        _person_id(),
        sa.PrimaryKeyConstraint("mentorship_id", "side"),
    )
    op.create_index("memberships_by_person", "memberships", ["person_id"])
    op.create_table(
        "invites",
        sa.Column("public_id", sa.String, primary_key=True),
        _person_id(),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
    )
    op.create_index("invites_by_person", "invites", ["person_id"])
    op.create_table(
        "sign_ins",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _person_id(),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("sign_ins_by_person", "sign_ins", ["person_id", "seq"])


def _person_id() -> "sa.Column[str]":
    return sa.Column(
        "person_id", sa.String, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False
    )
