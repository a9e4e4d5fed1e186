"""Searches sessions by words and by meaning; all text in a hit comes from the given sessions."""

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np

from coach.agreement.access import readable
from coach.errors import EngineFailed
from coach.model.people import Audience, Mentorship
from coach.model.search import SessionHit
from coach.model.sessions import Session
from coach.ports import IndexState
from retrieval.embedders.port import Embedder, Vectors
from retrieval.lexical import words
from retrieval.ranking import best
from retrieval.shelf import Shelf, shelved
from retrieval.vectors.chroma.changes import Forget, put
from retrieval.vectors.chroma.collections import Collections, VectorsFailed
from retrieval.vectors.chroma.keeper import Keeper, Progress, Source
from retrieval.vectors.entries import (
    MOST_PASSAGES,
    collection_name,
    entries_of,
    holds_a_word,
    usable,
    without_names,
)

# Passages asked of Chroma for each query. Chosen by hand; not measured.
_NEAREST = 500
# Prepared sets of sessions that are kept. Chosen by hand; not measured.
_SHELVES = 32

logger = logging.getLogger("coach.index")


class _ShelfKey(NamedTuple):
    """The exact sessions, texts included, that a shelf was made from."""

    mentorship_id: str
    audience: Audience
    sessions: tuple[Session, ...]


class HybridIndex:
    """Searches by words, and by vectors in Chroma once those are ready. See coach.ports.Index.

    `source` reads every session of the store again at each call. In one session, at most `most`
    passages of each visibility have a vector. All passages are found by words.
    """

    def __init__(
        self, directory: Path, embedder: Embedder, source: Source, *, most: int = MOST_PASSAGES
    ) -> None:
        self._embedder = embedder
        self._most = most
        self._keeper = Keeper(directory, embedder, source, most=most)
        self._shelves: OrderedDict[_ShelfKey, Shelf] = OrderedDict()
        self._shelving = Lock()

    @property
    def state(self) -> IndexState:
        """Whether vectors are in use yet; words are always searched."""
        return self._keeper.state

    @property
    def clean(self) -> bool:
        """Whether the disk holds no vector of a note that was forgotten."""
        return self._keeper.clean

    def open(self) -> None:
        """Start to make the vectors usable, in the background; search and add work at once."""
        self._keeper.open()

    def close(self) -> None:
        """Stop the background work and close the files."""
        self._keeper.close()

    def settle(self, *, timeout_seconds: float) -> bool:
        """Wait until vectors are in use and no repair is left; return False after the timeout."""
        return self._keeper.settle(timeout_seconds=timeout_seconds)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all vectors again and use them; `progress` gets the sessions done and their total.

        Raises Failed when it did not work.
        """
        self._keeper.rebuild(progress)

    def add(self, mentorship: Mentorship, session: Session, *, note_id: str | None = None) -> None:
        """Make the notes of a session, or one of them, findable for those who may read them.

        Adding twice has the effect of adding once. A failing embedder is logged, not raised.
        """
        try:
            found = entries_of(mentorship, session, most=self._most, note_id=note_id)
            self._keeper.write(put(self._embedder, mentorship.id, found))
        except EngineFailed as error:
            logger.warning(
                "session not embedded",
                extra={"session_id": session.id, "error": type(error).__name__},
            )

    def forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        """Make these notes unfindable at once, and remove their vectors from disk soon after."""
        with self._shelving:
            for key in [key for key in self._shelves if key.mentorship_id == mentorship_id]:
                del self._shelves[key]
        self._keeper.write(Forget(mentorship_id, tuple(note_ids)))

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

        Only text of `sessions` is found. The list is empty when nothing matches.
        """
        shelf = self._shelf(_ShelfKey(mentorship.id, audience, tuple(sessions)))
        if not shelf.places:
            return []
        cosines = self._cosines(mentorship, audience, shelf, query=query)
        return best(shelf, words(query), cosines, limit=limit)

    def _shelf(self, key: _ShelfKey) -> Shelf:
        with self._shelving:
            if key in self._shelves:
                self._shelves.move_to_end(key)
                return self._shelves[key]
        made = shelved(key.audience, key.sessions, most=self._most)
        with self._shelving:
            # A newer shelf of the same pair and audience replaces the older ones but one.
            for old in [each for each in self._shelves if each[:2] == key[:2]][:-1]:
                del self._shelves[old]
            self._shelves[key] = made
            while len(self._shelves) > _SHELVES:
                self._shelves.popitem(last=False)
        return made

    def _cosines(
        self, mentorship: Mentorship, audience: Audience, shelf: Shelf, *, query: str
    ) -> Mapping[str, float]:
        """Return the cosines of the nearest passages by id, none while there are no vectors."""
        with self._keeper.reading() as vectors:
            if vectors is None:
                return {}
            try:
                meaning = self._meaning(mentorship, query)
                return (
                    {}
                    if meaning is None
                    else _nearest(vectors, shelf, mentorship, audience, meaning)
                )
            except EngineFailed as error:
                logger.warning("query not embedded", extra={"error": type(error).__name__})
            except VectorsFailed as error:
                self._keeper.distrust(vectors, error)
            return {}

    def _meaning(self, mentorship: Mentorship, query: str) -> Vectors | None:
        """Return the vector of a query, None when only the two people's names are in it."""
        text = without_names(mentorship, query)
        if not holds_a_word(text):
            return None
        vector = self._embedder.embed([text])
        fits = vector.shape == (1, self._embedder.dimension) and usable(vector).all()
        return vector if fits else None


def _nearest(
    vectors: Collections, shelf: Shelf, mentorship: Mentorship, audience: Audience, meaning: Vectors
) -> dict[str, float]:
    """Return the cosines of the nearest passages that are on the shelf."""
    last_day = max(session.held_on for session in shelf.sessions).toordinal()
    near: dict[str, float] = {}
    for visibility in sorted(readable(audience)):
        name = collection_name(mentorship.id, visibility)
        whole = vectors.count(name) == shelf.counts.get(visibility, 0)
        near |= vectors.nearest(
            name, meaning, limit=_NEAREST, until_day=None if whole else last_day
        )
    vectors.tidy_new()
    return {
        id_: cosine for id_, cosine in near.items() if id_ in shelf.rows and np.isfinite(cosine)
    }
