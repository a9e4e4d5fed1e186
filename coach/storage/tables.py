"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _mentorship_id(*, nullable: bool = False) -> Column[str]:
    return Column(
        "mentorship_id",
        String,
        ForeignKey("mentorships.id", ondelete="CASCADE"),
        nullable=nullable,
    )


def _person_id() -> Column[str]:
    return Column("person_id", String, ForeignKey("people.id", ondelete="CASCADE"), nullable=False)


mentorships = Table(
    "mentorships",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("mentor", JSON, nullable=False),
    Column("mentee", JSON, nullable=False),
    Column("started_on", Date),
    Column("timezone", String, nullable=False),
    Column("language", String, nullable=False),
    Column("paused_until", Date),
    Column("ended_on", Date),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("sample_on", Date),
)

llm_consents = Table(
    "llm_consents",
    metadata,
    _mentorship_id(),
    Column("side", String, nullable=False),
    PrimaryKeyConstraint("mentorship_id", "side"),
)

# Which side wants all of it erased, while the other does not.
erasures_asked = Table(
    "erasures_asked",
    metadata,
    _mentorship_id(),
    Column("side", String, nullable=False),
    PrimaryKeyConstraint("mentorship_id", "side"),
)

keys = Table(
    "keys",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("public_id", String, nullable=False, unique=True),
    Column("fingerprint", String, nullable=False),
    Column("acts_as", String, nullable=False),
    _mentorship_id(),
    Column("expires_on", Date),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)

people = Table(
    "people",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("pronouns", String),
    Column("email", String),
    Column("administers", Boolean, nullable=False),
    Column("signed_in_at", DateTime(timezone=True)),
)

memberships = Table(
    "memberships",
    metadata,
    _mentorship_id(),
    Column("side", String, nullable=False),
    _person_id(),
    PrimaryKeyConstraint("mentorship_id", "side"),
    Index("memberships_by_person", "person_id"),
)

invites = Table(
    "invites",
    metadata,
    Column("public_id", String, primary_key=True),
    _person_id(),
    Column("fingerprint", String, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("opened_at", DateTime(timezone=True)),
    Index("invites_by_person", "person_id"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _person_id(),
    Column("fingerprint", String, nullable=False),
    Column("device", String, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Index("sign_ins_by_person", "person_id", "seq"),
)

contracts = Table(
    "contracts",
    metadata,
    _mentorship_id(),
    Column("version", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("agreed_by", JSON, nullable=False),
    Column("clauses", JSON, nullable=False),
    PrimaryKeyConstraint("mentorship_id", "version"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("held_on", Date, nullable=False),
    Column("duration_minutes", Integer),
    Column("channel", String),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("posted_by", String),
    Column("withdrawn_at", DateTime(timezone=True)),
    Index("sessions_by_day", "mentorship_id", "held_on", "seq"),
)

notes = Table(
    "notes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("session_id", String, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("author", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("posted_by", String, nullable=False),
    Column("format", String, nullable=False),
    Column("text", Text, nullable=False),
    Index("notes_by_session", "session_id", "seq"),
)

readings = Table(
    "readings",
    metadata,
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    Column("engine", String, nullable=False),
    Column("version", String, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("reading", Text, nullable=False),
    PrimaryKeyConstraint("note_id", "engine", "version"),
)

clause_readings = Table(
    "clause_readings",
    metadata,
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    Column("contract_version", Integer, nullable=False),
    Column("engine", String, nullable=False),
    Column("version", String, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("signals", Text, nullable=False),
    PrimaryKeyConstraint("note_id", "contract_version", "engine", "version"),
)

# An answer has a row for every note that it rests on.
challenges = Table(
    "challenges",
    metadata,
    Column("digest", String, nullable=False),
    Column("version", String, nullable=False),
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("answer", Text, nullable=False),
    PrimaryKeyConstraint("digest", "version", "note_id"),
    Index("challenges_by_note", "note_id"),
)

preparations = Table(
    "preparations",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("author", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

next_sessions = Table(
    "next_sessions",
    metadata,
    Column(
        "mentorship_id",
        String,
        ForeignKey("mentorships.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("channel", String),
    Column("duration_minutes", Integer),
)

# Questions that somebody does not want to see: for that person alone.
struck_questions = Table(
    "struck_questions",
    metadata,
    Column("seq", Integer, primary_key=True),
    _person_id(),
    _mentorship_id(),
    Column("question_id", String, nullable=False),
    Column("struck_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person_id", "mentorship_id", "question_id"),
)

added_commitments = Table(
    "added_commitments",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("owner", String, nullable=False),
    Column("action", Text, nullable=False),
    Column("due", Date),
    Column("visibility", String, nullable=False),
    Column("posted_by", String, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Index("added_commitments_by_day", "mentorship_id", "made_on", "seq"),
)

# Each is about a note, or about a promise that was added by hand.
corrections = Table(
    "corrections",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE")),
    Column("added_id", String, ForeignKey("added_commitments.id", ondelete="CASCADE")),
    Column("commitment_id", String, nullable=False),
    Column("said_by", String, nullable=False),
    Column("said", JSON, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("stood", JSON(none_as_null=True)),
    Index("corrections_by_note", "note_id", "seq"),
    Index("corrections_by_added", "added_id", "seq"),
    Index("corrections_by_mentorship", "mentorship_id", "seq"),
)

fact_corrections = Table(
    "fact_corrections",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    Column("fact_id", String, nullable=False),
    Column("place", JSON, nullable=False),
    Column("said_by", String, nullable=False),
    Column("said", JSON, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Index("fact_corrections_by_note", "note_id", "seq"),
    Index("fact_corrections_by_mentorship", "mentorship_id", "seq"),
)

drift_decisions = Table(
    "drift_decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _mentorship_id(),
    Column("drift_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("clause", String),
    Column("decision", String, nullable=False),
    Column("until", Date),
    Column("contract_version", Integer),
    Column("decided_by", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("taken_on", Date, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Index("drift_decisions_by_day", "mentorship_id", "taken_on", "seq"),
)

answers = Table(
    "answers",
    metadata,
    Column("scope", String, nullable=False),
    Column("key", String, nullable=False),
    _mentorship_id(nullable=True),
    Column("request_digest", String, nullable=False),
    Column("status", Integer),
    Column("body", LargeBinary),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("acts_as", String, nullable=False, server_default="admin"),
    Column("withdrawals", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("scope", "key"),
)

# How often something that was written for these readers was taken back.
withdrawals = Table(
    "withdrawals",
    metadata,
    _mentorship_id(),
    Column("visibility", String, nullable=False),
    Column("times", Integer, nullable=False),
    PrimaryKeyConstraint("mentorship_id", "visibility"),
)

# One row a day for what somebody opened or changed, however often.
accesses = Table(
    "accesses",
    metadata,
    _mentorship_id(),
    Column("day", Date, nullable=False),
    Column("by", String, nullable=False),
    Column("way", String, nullable=False),
    Column("what", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("mentorship_id", "day", "by", "way", "what", "visibility"),
    Index("accesses_by_day", "day"),
)

# These stay when the mentorship they were asked for is erased.
erasures = Table(
    "erasures",
    metadata,
    Column("id", String, primary_key=True),
    Column("mentorship_id", String, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("done_at", DateTime(timezone=True)),
)

# Digests of erased ids, so that a request that is sent again restores nothing.
erased = Table(
    "erased",
    metadata,
    Column("id", String, primary_key=True),
    Column("erased_at", DateTime(timezone=True), nullable=False),
)
