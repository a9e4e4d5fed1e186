"""Converts rows to values and back."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from coach.model.accesses import Access
from coach.model.challenges import Challenge
from coach.model.commitments import AddedCommitment, Correction
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.facts import FactCorrection
from coach.model.people import BOTH, Account, Audience, Mentorship, Person, Role, Side, SignIn
from coach.model.readings import ClauseReading, ClauseSignal, Reading
from coach.model.sessions import NextSession, Note, Preparation, Session
from coach.ports import StoredInvite, StoredKey, StoredSignIn

# The tables type a row's columns, not the driver.
_Row = Row[Any]
_Values = dict[str, object]
_FIRST_ZONE = timedelta(hours=14)
"""Where a day begins first.

What is recorded there on its own day is still of the day before in UTC.
"""
_CLAUSE_SIGNALS = TypeAdapter(tuple[ClauseSignal, ...])


def of_mentorship(mentorship: Mentorship) -> _Values:
    """The columns of a mentorship.

    What a side agrees to and the day's status are kept elsewhere or worked out.
    """
    values = mentorship.model_dump(exclude={"external_llm", "status", "erasure_asked_by"})
    return {
        **values,
        "mentor": mentorship.mentor.model_dump(),
        "mentee": mentorship.mentee.model_dump(),
    }


def mentorship(row: _Row, *, consents: frozenset[Side], erasing: frozenset[Side]) -> Mentorship:
    """A mentorship from its row, the sides that agreed to an external model.

    And those that want it erased.
    """
    return Mentorship(
        id=row.id,
        mentor=Person(**row.mentor),
        mentee=Person(**row.mentee),
        started_on=row.started_on,
        timezone=row.timezone,
        language=row.language,
        paused_until=row.paused_until,
        ended_on=row.ended_on,
        external_llm=consents == BOTH,
        erasure_asked_by=tuple(sorted(erasing, reverse=True)),
        sample_on=row.sample_on,
    )


def key(row: _Row) -> StoredKey:
    """Return a key from its row."""
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
    """Return the columns of a contract version."""
    apart = {"version", "effective_from", "agreed_by"}
    return {
        "mentorship_id": mentorship_id,
        "version": contract.version,
        "effective_from": contract.effective_from,
        "agreed_by": list(contract.agreed_by),
        "clauses": contract.model_dump(mode="json", exclude=apart),
    }


def contract(row: _Row) -> Contract:
    """Return a contract version from its row."""
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
    """Return the columns of a session, without its notes."""
    values = session.model_dump(exclude={"notes"})
    apart = {"mentorship_id": mentorship_id, "posted_by": posted_by, "recorded_at": recorded_at}
    return {**values, **apart}


def session(row: _Row, notes: tuple[Note, ...]) -> Session:
    """Return a session from its row and notes."""
    return Session.model_construct(
        id=row.id,
        held_on=row.held_on,
        duration_minutes=row.duration_minutes,
        channel=row.channel,
        notes=notes,
        ahead=(_aware(row.recorded_at) + _FIRST_ZONE).date() < row.held_on,
    )


def of_note(session_id: str, note: Note, *, posted_by: Role) -> _Values:
    """Return the columns of a note."""
    return {**note.model_dump(), "session_id": session_id, "posted_by": posted_by}


def note(row: _Row) -> Note:
    """Return a note from its row."""
    return Note.model_construct(
        id=row.id,
        author=row.author,
        visibility=row.visibility,
        format=row.format,
        text=row.text,
    )


def of_reading(note_id: str, reading: Reading, *, made_at: datetime) -> _Values:
    """Return the columns of a reading."""
    return {
        "note_id": note_id,
        "engine": reading.engine,
        "version": reading.version,
        "made_at": made_at,
        "reading": reading.model_dump_json(exclude_defaults=True),
    }


# A long history is read many times between two sessions, so each reading is parsed once. The
# number of readings is chosen by hand; not measured.
@lru_cache(maxsize=8192)
def reading(text: str) -> Reading:
    """Return a reading from its stored text."""
    return Reading.model_validate_json(text)


def of_clause_reading(note_id: str, reading: ClauseReading, *, made_at: datetime) -> _Values:
    """Return the columns of what a note says of a contract version."""
    return {
        "note_id": note_id,
        "contract_version": reading.contract_version,
        "engine": reading.engine,
        "version": reading.version,
        "made_at": made_at,
        "signals": _CLAUSE_SIGNALS.dump_json(reading.signals, exclude_defaults=True).decode(),
    }


# As many as readings, see above.
@lru_cache(maxsize=8192)
def clause_signals(text: str) -> tuple[ClauseSignal, ...]:
    """Return clause signals from their stored text, parsed once like a reading."""
    return _CLAUSE_SIGNALS.validate_json(text)


def of_challenge(digest: str, version: str, answer: Challenge, *, made_at: datetime) -> _Values:
    """The columns of what a model said of a case, but the note that it rests on."""
    told = answer.model_dump_json(exclude_defaults=True)
    return {"digest": digest, "version": version, "made_at": made_at, "answer": told}


@lru_cache(maxsize=8192)
def challenge(text: str) -> Challenge:
    """What a model said of a case from its stored text, parsed once like a reading."""
    return Challenge.model_validate_json(text)


def of_preparation(mentorship_id: str, preparation: Preparation, *, made_at: datetime) -> _Values:
    """Return the columns of a preparation."""
    return {**preparation.model_dump(), "mentorship_id": mentorship_id, "made_at": made_at}


def preparation(row: _Row) -> Preparation:
    """Return a preparation from its row."""
    return Preparation(
        id=row.id,
        author=row.author,
        visibility=row.visibility,
        text=row.text,
        made_on=row.made_on,
    )


def of_access(mentorship_id: str, found: Access) -> _Values:
    """The columns of an access."""
    values = found.model_dump()
    return {**values, "mentorship_id": mentorship_id, "day": found.last_at.date()}


def access(row: _Row) -> Access:
    """An access from its row."""
    return Access(
        by=row.by,
        way=row.way,
        what=row.what,
        visibility=row.visibility,
        last_at=_aware(row.last_at),
    )


def next_session(row: _Row) -> NextSession:
    """When the two meet next, from its row."""
    return NextSession(
        starts_at=_aware(row.starts_at),
        channel=row.channel,
        duration_minutes=row.duration_minutes,
    )


def of_added(
    mentorship_id: str, added: AddedCommitment, *, by: Audience, made_at: datetime
) -> _Values:
    """The columns of a promise that was added by hand."""
    values = added.model_dump(exclude={"added_by"})
    return {**values, "mentorship_id": mentorship_id, "posted_by": by, "made_at": made_at}


def added(row: _Row) -> AddedCommitment:
    """A promise that was added by hand, from its row."""
    return AddedCommitment(
        id=row.id,
        owner=row.owner,
        action=row.action,
        due=row.due,
        visibility=row.visibility,
        added_by=None if row.posted_by == "tool" else row.posted_by,
        made_on=row.made_on,
    )


def of_correction(
    mentorship_id: str, correction: Correction, *, by: Audience, made_at: datetime, of_note: bool
) -> _Values:
    """The columns of a correction.

    What it is about is kept as it was said, a note or a promise added by hand.
    """
    words = correction.model_dump(mode="json")
    return {
        "id": correction.id,
        "mentorship_id": mentorship_id,
        "note_id": correction.note_id if of_note else None,
        "added_id": None if of_note else correction.note_id,
        "commitment_id": correction.commitment_id,
        "said_by": by,
        "said": {name: words[name] for name in correction.said},
        "made_at": made_at,
        "stood": words["stood"],
    }


def correction(row: _Row) -> Correction:
    """Return a correction from its row."""
    return Correction.model_validate(
        {
            **row.said,
            "id": row.id,
            "commitment_id": row.commitment_id,
            "note_id": row.note_id or row.added_id,
            "said": tuple(sorted(row.said)),
            "stood": row.stood,
        }
    )


def of_fact_correction(
    mentorship_id: str, correction: FactCorrection, *, made_at: datetime
) -> _Values:
    """The columns of a correction of a fact.

    Where the fact is, and what is said of it, are kept as they were told.
    """
    words = correction.model_dump(mode="json")
    return {
        "id": correction.id,
        "mentorship_id": mentorship_id,
        "note_id": correction.note_id,
        "fact_id": correction.fact_id,
        "place": {name: words[name] for name in ("start", "end", "read_as", "speaker")},
        "said_by": correction.by,
        "said": {name: words[name] for name in correction.said},
        "made_at": made_at,
    }


def fact_correction(row: _Row) -> FactCorrection:
    """A correction of a fact from its row."""
    return FactCorrection.model_validate(
        {
            **row.place,
            **row.said,
            "id": row.id,
            "fact_id": row.fact_id,
            "note_id": row.note_id,
            "by": row.said_by,
            "said": tuple(sorted(row.said)),
        }
    )


def of_decision(mentorship_id: str, decision: DriftDecision, *, made_at: datetime) -> _Values:
    """Return the columns of a decision on a warning."""
    values = decision.model_dump(exclude={"by"})
    apart = {"mentorship_id": mentorship_id, "decided_by": decision.by, "made_at": made_at}
    return {**values, **apart}


def decision(row: _Row) -> DriftDecision:
    """Return a decision on a warning from its row."""
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
    # All moments are stored in UTC, and SQLite returns them without the zone.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
