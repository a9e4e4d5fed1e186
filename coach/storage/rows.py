"""Between rows and values."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from coach.model.commitments import Correction
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.people import Account, Audience, Mentorship, Person, Role, Side, SignIn
from coach.model.readings import ClauseReading, ClauseSignal, Reading
from coach.model.sessions import Note, Preparation, Session
from coach.ports import StoredInvite, StoredKey, StoredSignIn

# A row's columns are typed by the tables, not by the driver.
_Row = Row[Any]
_Values = dict[str, object]
_CLAUSE_SIGNALS = TypeAdapter(tuple[ClauseSignal, ...])


def of_mentorship(mentorship: Mentorship) -> _Values:
    """The columns of a mentorship; consent and the day's status are kept elsewhere or worked out."""
    values = mentorship.model_dump(exclude={"external_llm", "status"})
    return {
        **values,
        "mentor": mentorship.mentor.model_dump(),
        "mentee": mentorship.mentee.model_dump(),
    }


def mentorship(row: _Row, consents: frozenset[Side]) -> Mentorship:
    """A mentorship from its row and the sides that agreed to an external model."""
    return Mentorship(
        id=row.id,
        mentor=Person(**row.mentor),
        mentee=Person(**row.mentee),
        started_on=row.started_on,
        timezone=row.timezone,
        language=row.language,
        paused_until=row.paused_until,
        ended_on=row.ended_on,
        external_llm=consents == {"mentor", "mentee"},
    )


def key(row: _Row) -> StoredKey:
    """A key from its row."""
    return StoredKey(
        id=row.id,
        public_id=row.public_id,
        fingerprint=row.fingerprint,
        acts_as=row.acts_as,
        mentorship_id=row.mentorship_id,
        expires_on=row.expires_on,
        made_at=_aware(row.made_at),
        revoked_at=None if row.revoked_at is None else _aware(row.revoked_at),
    )


def account(row: _Row) -> Account:
    """A person's account from its row."""
    return Account(
        id=row.id,
        name=row.name,
        pronouns=row.pronouns,
        email=row.email,
        administers=row.administers,
        signed_in_at=None if row.signed_in_at is None else _aware(row.signed_in_at),
    )


def invite(row: _Row) -> StoredInvite:
    """A link from its row."""
    return StoredInvite(
        public_id=row.public_id,
        person_id=row.person_id,
        fingerprint=row.fingerprint,
        expires_at=_aware(row.expires_at),
        opened_at=None if row.opened_at is None else _aware(row.opened_at),
    )


def stored_sign_in(row: _Row) -> StoredSignIn:
    """A device's sign-in from its row, as it is checked."""
    return StoredSignIn(
        id=row.id,
        person_id=row.person_id,
        fingerprint=row.fingerprint,
        device=row.device,
        made_at=_aware(row.made_at),
        seen_at=_aware(row.seen_at),
    )


def sign_in(row: _Row) -> SignIn:
    """A device's sign-in from its row, as its owner sees it."""
    return SignIn(
        id=row.id, device=row.device, made_at=_aware(row.made_at), seen_at=_aware(row.seen_at)
    )


def of_contract(mentorship_id: str, contract: Contract) -> _Values:
    """The columns of a contract version."""
    apart = {"version", "effective_from", "agreed_by"}
    return {
        "mentorship_id": mentorship_id,
        "version": contract.version,
        "effective_from": contract.effective_from,
        "agreed_by": list(contract.agreed_by),
        "clauses": contract.model_dump(mode="json", exclude=apart),
    }


def contract(row: _Row) -> Contract:
    """A contract version from its row."""
    return Contract.model_validate(
        {
            **row.clauses,
            "version": row.version,
            "effective_from": row.effective_from,
            "agreed_by": row.agreed_by,
        }
    )


def of_session(
    mentorship_id: str, session: Session, *, posted_by: Role, recorded_at: datetime
) -> _Values:
    """The columns of a session, without its notes."""
    values = session.model_dump(exclude={"notes"})
    apart = {"mentorship_id": mentorship_id, "posted_by": posted_by, "recorded_at": recorded_at}
    return {**values, **apart}


def session(row: _Row, notes: tuple[Note, ...]) -> Session:
    """A session from its row and notes."""
    return Session.model_construct(
        id=row.id,
        held_on=row.held_on,
        duration_minutes=row.duration_minutes,
        channel=row.channel,
        notes=notes,
    )


def of_note(session_id: str, note: Note, *, posted_by: Role) -> _Values:
    """The columns of a note."""
    return {**note.model_dump(), "session_id": session_id, "posted_by": posted_by}


def note(row: _Row) -> Note:
    """A note from its row."""
    return Note.model_construct(
        id=row.id,
        author=row.author,
        visibility=row.visibility,
        format=row.format,
        text=row.text,
    )


def of_reading(note_id: str, reading: Reading, *, made_at: datetime) -> _Values:
    """The columns of a reading."""
    return {
        "note_id": note_id,
        "engine": reading.engine,
        "version": reading.version,
        "made_at": made_at,
        "reading": reading.model_dump_json(exclude_defaults=True),
    }


# A long history is asked for many times between two sessions: parse each reading once.
@lru_cache(maxsize=8192)
def reading(text: str) -> Reading:
    """A reading from its stored text."""
    return Reading.model_validate_json(text)


def of_clause_reading(note_id: str, reading: ClauseReading, *, made_at: datetime) -> _Values:
    """The columns of what a note says of a contract version."""
    return {
        "note_id": note_id,
        "contract_version": reading.contract_version,
        "engine": reading.engine,
        "version": reading.version,
        "made_at": made_at,
        "signals": _CLAUSE_SIGNALS.dump_json(reading.signals, exclude_defaults=True).decode(),
    }


@lru_cache(maxsize=8192)
def clause_signals(text: str) -> tuple[ClauseSignal, ...]:
    """Clause signals from their stored text, parsed once like a reading."""
    return _CLAUSE_SIGNALS.validate_json(text)


def of_preparation(mentorship_id: str, preparation: Preparation, *, made_at: datetime) -> _Values:
    """The columns of a preparation."""
    return {**preparation.model_dump(), "mentorship_id": mentorship_id, "made_at": made_at}


def preparation(row: _Row) -> Preparation:
    """A preparation from its row."""
    return Preparation(
        id=row.id,
        author=row.author,
        visibility=row.visibility,
        text=row.text,
        made_on=row.made_on,
    )


def of_correction(
    mentorship_id: str, correction: Correction, *, by: Audience, made_at: datetime
) -> _Values:
    """The columns of a correction; what it is about is kept as it was said."""
    words = correction.model_dump(mode="json")
    return {
        "id": correction.id,
        "mentorship_id": mentorship_id,
        "note_id": correction.note_id,
        "commitment_id": correction.commitment_id,
        "said_by": by,
        "said": {name: words[name] for name in correction.said},
        "made_at": made_at,
    }


def correction(row: _Row) -> Correction:
    """A correction from its row."""
    return Correction.model_validate(
        {
            **row.said,
            "id": row.id,
            "commitment_id": row.commitment_id,
            "note_id": row.note_id,
            "said": tuple(sorted(row.said)),
        }
    )


def of_decision(mentorship_id: str, decision: DriftDecision, *, made_at: datetime) -> _Values:
    """The columns of a decision on a warning."""
    values = decision.model_dump(exclude={"by"})
    apart = {"mentorship_id": mentorship_id, "decided_by": decision.by, "made_at": made_at}
    return {**values, **apart}


def decision(row: _Row) -> DriftDecision:
    """A decision on a warning from its row."""
    return DriftDecision(
        id=row.id,
        drift_id=row.drift_id,
        kind=row.kind,
        clause=row.clause,
        decision=row.decision,
        until=row.until,
        contract_version=row.contract_version,
        by=row.decided_by,
        visibility=row.visibility,
        taken_on=row.taken_on,
    )


def _aware(moment: datetime) -> datetime:
    # SQLite gives back what it was given without the zone; all moments are stored in UTC.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
