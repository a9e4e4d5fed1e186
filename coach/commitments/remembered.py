"""Commitments that were worked out a moment ago, kept for the next answer."""

from collections import OrderedDict
from threading import Lock

from coach.commitments.matching import MOST_MATCHED
from coach.commitments.timeline import commitments
from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.readings import Reading


class Remembered:
    """`commitments`, worked out once for each history that is asked for again and again."""

    def __init__(self, *, size: int = 8, most: int = MOST_MATCHED) -> None:
        self._size = size
        self._most = most
        self._known: OrderedDict[_Key, tuple[Commitment, ...]] = OrderedDict()
        self._lock = Lock()

    def commitments(self, history: History) -> tuple[Commitment, ...]:
        """Every commitment as it stands at the end of the history's day, oldest first."""
        key = _key(history)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = commitments(history, most=self._most)
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._size:
                self._known.popitem(last=False)
        return made


def _told_apart(reading: Reading) -> tuple[object, ...]:
    """What tells two readings of one note apart.

    One that failed is made again in the same version.
    """
    return (reading.engine, reading.version, reading.failed)


_Key = tuple[object, ...]


def _key(history: History) -> _Key:
    """All that commitments depend on.

    A note's text and a contract's version never change, a session's day may.
    """
    read = tuple(
        (note.id, session.held_on, _told_apart(reading) if reading else None)
        for session in history.sessions
        for note in session.notes
        for reading in (history.readings.get(note.id),)
    )
    versions = tuple(contract.version for contract in history.contracts)
    added = tuple(each.id for each in history.added)
    said = tuple(each.id for each in history.corrections)
    called = tuple(each.id for each in history.fact_corrections)
    whose = (history.mentorship.id, history.audience, history.as_of)
    return (*whose, versions, read, added, said, called)
