"""The index that finds passages."""

from collections.abc import Sequence
from typing import Literal, Protocol

from coach.model.people import Audience, Mentorship
from coach.model.search import SessionHit
from coach.model.sessions import Session

IndexState = Literal["starting", "ready", "rebuilding"]


class Index(Protocol):
    """Finds passages. It is a cache: everything it says is looked up in the given sessions."""

    @property
    def state(self) -> IndexState:
        """Return whether vectors are used already; words are always searched."""
        ...

    @property
    def clean(self) -> bool:
        """Whether nothing that was to be forgotten is left on the disk."""
        ...

    def add(self, mentorship: Mentorship, session: Session, *, note_id: str | None = None) -> None:
        """Make the notes of a session findable, or one of them, for those who may see each.

        Adding twice is the same as adding once.
        """
        ...

    def forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        """Make these notes unfindable at once; their vectors leave the disk soon after."""
        ...

    def search(
        self,
        mentorship: Mentorship,
        audience: Audience,
        sessions: Sequence[Session],
        *,
        query: str,
        limit: int,
    ) -> list[SessionHit]:
        """Return the best of the given sessions, best first, at most five passages each.

        Only what is in `sessions` is found. The list is empty if nothing matches.
        """
        ...
