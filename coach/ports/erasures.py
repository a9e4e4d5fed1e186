"""What is erased, and whether any byte of it is left."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from coach.model.people import Role


class Erasure(NamedTuple):
    """Something that is erased, and whether no byte of it is left."""

    id: str
    mentorship_id: str
    asked_by: Role
    done: bool = False


class ErasureStore(Protocol):
    """Erases notes, sessions and mentorships."""

    def erase_note(self, erasure: Erasure, note_id: str, *, if_revision: int | None = None) -> None:
        """Erase a note with its readings and every stored answer.

        Bytes may be left until the erasure is done. A commitment added by hand is a note here, too.
        """
        ...

    def erase_session(
        self,
        erasure: Erasure,
        session_id: str,
        *,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> list[str]:
        """Erase a session and return the ids of the notes erased with it.

        Its poster erases the poster's own notes, an admin all. What others keep to themselves in it
        stays, and the session stays for them alone. Raises the same errors as `change_session`.
        """
        ...

    def erase_mentorship(
        self, erasure: Erasure, *, if_revision: int | None = None
    ) -> list[str] | None:
        """Erase a mentorship with everything in it, keys too; return the ids of its notes.

        A side's wish alone is kept and erases nothing: None until the other side wants it, too.
        Raises NotFound if there is no mentorship.
        """
        ...

    def erasure(self, mentorship_id: str, erasure_id: str) -> Erasure:
        """Return the state of an erasure, even after the mentorship is gone, or raise NotFound."""
        ...

    def pending_erasures(self) -> list[str]:
        """Return the ids of the erasures that are not done."""
        ...

    def finish_erasures(self, ids: Sequence[str]) -> None:
        """Record that no byte is left of what these erased."""
        ...

    def rid_of_erased(self, *, seconds: float) -> bool:
        """Remove from the files what was erased so far; False if a reader holds it too long."""
        ...
