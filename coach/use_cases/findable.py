"""Keeps the index of notes right, one change at a time."""

from collections.abc import Sequence
from threading import Lock

from coach.model.people import Mentorship
from coach.model.sessions import Session
from coach.ports import Index, Store

_AT_ONCE = 500
"""Most notes that the index forgets in one go: a whole mentorship may have thousands.

Chosen by hand; not measured.
"""


class Findable:
    """Keeps the index right.

    Whoever adds looks up first what the store has, while nobody else forgets or adds.
    """

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._indexing = Lock()

    def make(self, mentorship: Mentorship, session: Session, *, note_id: str | None = None) -> None:
        """Index these notes, or one of them, as the store has them now.

        They may have been erased or shared with others in the meantime.
        """
        with self._indexing:
            notes = self._store.notes([note.id for note in session.notes])
            if any(note_id in {None, note.id} for note in notes):
                whole = session.model_copy(update={"notes": notes})
                self._index.add(mentorship, whole, note_id=note_id)

    def forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        """Remove these notes from search."""
        with self._indexing:
            for start in range(0, len(note_ids), _AT_ONCE):
                self._index.forget(mentorship_id, note_ids[start : start + _AT_ONCE])
