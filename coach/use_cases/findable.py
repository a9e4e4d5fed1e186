"""What may be found: the index told of notes as they stand, one change at a time."""

from collections.abc import Sequence
from threading import Lock

from coach.model.people import Mentorship
from coach.model.sessions import Session
from coach.ports import Index, Store

_AT_ONCE = 500
"""Notes that the index is told to forget in one go: a whole mentorship may have thousands."""


class Findable:
    """Keeps the index right: whoever adds looks up first what stands, while nobody else forgets or adds."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._indexing = Lock()

    def make(self, mentorship: Mentorship, session: Session, *, note_id: str | None = None) -> None:
        """Index these notes, or one of them, as they stand now: erased or shared anew perhaps meanwhile."""
        with self._indexing:
            notes = self._store.notes([note.id for note in session.notes])
            if any(note_id in {None, note.id} for note in notes):
                whole = session.model_copy(update={"notes": notes})
                self._index.add(mentorship, whole, note_id=note_id)

    def forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        """Have these notes found no more."""
        with self._indexing:
            for start in range(0, len(note_ids), _AT_ONCE):
                self._index.forget(mentorship_id, note_ids[start : start + _AT_ONCE])
