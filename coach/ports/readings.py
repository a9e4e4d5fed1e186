"""What engines and models have read in the notes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple, Protocol

from coach.model.challenges import Challenge
from coach.model.grounds import Grounds
from coach.model.people import Audience, Visibility
from coach.model.readings import ClauseReading, ClauseSignal, EngineName, Reading
from coach.model.sessions import Note


class UnreadNote(NamedTuple):
    """A note without a reading by an engine's present version."""

    mentorship_id: str
    session_id: str
    held_on: date
    note: Note


class UnreadClauses(NamedTuple):
    """A note that was not read against the contract in force on its session's day."""

    mentorship_id: str
    session_id: str
    held_on: date
    contract_version: int
    note: Note


class ReadingStore(Protocol):
    """Keeps the readings of notes, and what a model says about warnings."""

    def save_reading(
        self, note_id: str, reading: Reading, *, made_at: datetime, of_day: date | None = None
    ) -> None:
        """Keep a reading beside earlier ones of other engines and versions.

        Nothing is kept if the note is gone, or if its session was moved from the day it was read
        for. A reading can be made again, so StoreUnavailable comes sooner here than elsewhere.
        """
        ...

    def save_second_reading(
        self, note_id: str, reading: Reading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep a model's reading, unless something speaks against it.

        Return that reason then, as in `withdrawn`, else None.
        """
        ...

    def withdrawn(self, rests_on: Grounds) -> str | None:
        """Return the reason why a model may not be told what rests on this, or None.

        It is `not_agreed`, or `withdrawn` if something has changed since.
        """
        ...

    def second_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, versions: dict[Visibility, str]
    ) -> dict[str, Reading]:
        """Return a model's readings in a history, by note id, in the version for its visibility."""
        ...

    def unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """Yield every note that this engine in this version has not read or failed at.

        It is for maintenance only.
        """
        ...

    def left_unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """Yield the notes that no version of this engine has read, oldest first.

        Notes at which this version failed are left out.
        """
        ...

    def save_clause_reading(
        self, note_id: str, reading: ClauseReading, *, made_at: datetime
    ) -> None:
        """Keep an engine's reading of a note about a contract version, in place of an earlier one.

        A reading can be made again, so StoreUnavailable comes sooner here than elsewhere.
        """
        ...

    def clauses_unread(
        self,
        engine: EngineName,
        version: str | None,
        *,
        mentorship_id: str | None = None,
        session_id: str | None = None,
    ) -> Iterator[UnreadClauses]:
        """Yield the notes not read against the contract version of their day, oldest first.

        Without a version, a reading by any version of the engine counts. It is for reading only:
        nobody is shown these notes.
        """
        ...

    def save_second_clause_reading(
        self, note_id: str, reading: ClauseReading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep a model's reading of clauses, unless something speaks against it.

        Return that reason then, as in `withdrawn`, else None.
        """
        ...

    def second_clause_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, version: str
    ) -> dict[str, tuple[ClauseSignal, ...]]:
        """Return a model's clause signals in a history, by note id.

        They are about the contract version of the note's day.
        """
        ...

    def save_challenge(
        self, digest: str, version: str, answer: Challenge, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep a model's answer about a case, unless something speaks against it.

        Return that reason then, as in `withdrawn`, else None. The answer is dropped with the first
        of its notes that is erased, shared anew or moved to another day.
        """
        ...

    def challenges(
        self, mentorship_id: str, audience: Audience, version: str
    ) -> dict[str, Challenge]:
        """Return a model's answers about cases that this audience may see, by the case's digest."""
        ...
