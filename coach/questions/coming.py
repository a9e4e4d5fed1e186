"""When the two will have talked again: what has its day until then can be asked about."""

from datetime import date, timedelta

from coach.model.history import History
from coach.model.readings import MeetingSignal

_WITHOUT_A_RHYTHM = timedelta(days=30)
"""Where nothing is agreed: a month, as most agreed rhythms of the cases are about that long."""
_IN_DAYS = timedelta(days=7)
"""A page is read in the week before the two talk, however long ago the last session was."""


def rhythm(history: History) -> timedelta:
    """How long the two leave between sessions, as they agreed."""
    cadence = history.contract.cadence if history.contract else None
    return timedelta(days=cadence.every_days) if cadence else _WITHOUT_A_RHYTHM


def next_talk(history: History) -> date:
    """The day by which they will have talked again: as the last notes name it, or by the rhythm.

    A named day that has passed, or lies more than two rhythms ahead, is another meeting.
    """
    soon = history.as_of + _IN_DAYS
    if not history.sessions:
        return soon
    last, every = history.sessions[-1], rhythm(history)
    named = [
        meeting.on
        for note in last.notes
        if (reading := history.readings.get(note.id))
        for meeting in reading.of(MeetingSignal)
        if history.as_of <= meeting.on <= last.held_on + 2 * every
    ]
    return max(soon, named[-1] if named else last.held_on + every)
