"""The sessions with their notes, and what the two wish for the next one."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from coach.model.people import Audience, Mentorship, Role, Visibility
from coach.model.sessions import Note, Preparation, Session


class PostedNote(NamedTuple):
    """A note and who posted it. A commitment that was added by hand has no session."""

    note: Note
    session_id: str | None
    posted_by: Role


class SessionChange(NamedTuple):
    """What to change in a session; `fields` names the fields that were sent, even null ones."""

    fields: frozenset[str]
    held_on: date | None = None
    duration_minutes: int | None = None
    channel: str | None = None


class SessionStore(Protocol):
    """Keeps sessions, notes and preparations."""

    def add_session(self, mentorship_id: str, session: Session, *, posted_by: Role) -> bool:
        """Record a session with its notes, all or nothing; False if its id exists already.

        Raises Conflict if one of its ids was erased.
        """
        ...

    def add_note(self, mentorship_id: str, session_id: str, note: Note, *, posted_by: Role) -> bool:
        """Record one more note; False if its id exists already.

        Raises NotFound if its poster sees no such session, and Conflict if its id was erased.
        """
        ...

    def notes(self, note_ids: Sequence[str]) -> tuple[Note, ...]:
        """Return those of these notes that exist, as they are now; only to repair the index."""
        ...

    def sessions(self, mentorship_id: str, audience: Audience, as_of: date) -> tuple[Session, ...]:
        """Return every session up to a day with the notes an audience may see, oldest first."""
        ...

    def poster(self, mentorship_id: str, audience: Audience, session_id: str) -> Role:
        """Return who posted a session that the audience sees, else raise NotFound."""
        ...

    def posted_note(self, mentorship_id: str, audience: Audience, note_id: str) -> PostedNote:
        """Return a note that the audience may see, or raise NotFound.

        A commitment added by hand counts as the note that it is stored as.
        """
        ...

    def set_visibility(
        self,
        mentorship_id: str,
        note_id: str,
        visibility: Visibility,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change who may see a note, or a commitment that was added by hand."""
        ...

    def change_session(  # noqa: PLR0913 - what it is changed by, and what stands against that
        self,
        mentorship_id: str,
        session_id: str,
        change: SessionChange,
        *,
        by: Audience,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> tuple[Note, ...]:
        """Change a session and return all its notes, to be read anew if its day changed.

        Raises NotFound if `by` sees no such session, and NotAllowed unless it posted it. Raises
        Conflict while something of others that it sees depends on the session: a note, a correction
        of what was read there, or, if `settled` says so, a decision on a warning that rests on it.
        """
        ...

    def add_preparation(
        self, mentorship_id: str, preparation: Preparation, *, made_at: datetime
    ) -> bool:
        """Record what a side wants from the next session; False if its id exists already."""
        ...

    def preparations(
        self, mentorship_id: str, audience: Audience, as_of: date
    ) -> list[Preparation]:
        """Return every preparation the audience may see, even for sessions held since."""
        ...

    def every_session(self) -> Iterator[tuple[Mentorship, Session]]:
        """Yield every session with all its notes, oldest first; only for a new index."""
        ...
