"""The day by which something is due."""

from datetime import date, timedelta

from coach.agreement.contract import in_force
from coach.model.history import History
from coach.model.readings import CommitmentSignal, MeetingSignal
from coach.model.sessions import Session
from coach.notes.lines import ReadNote


def due_day(
    history: History, read: ReadNote, promise: CommitmentSignal, *, day_first: bool | None
) -> date | None:
    """Return the day by which a promise is due.

    None when nobody said one or it can be read two ways.
    """
    if promise.due_options is not None:
        order = read.reading.day_first if read.reading.day_first is not None else day_first
        if order is None:
            return None
        return promise.due_options.day_first if order else promise.due_options.month_first
    if promise.due_at_next:
        return _next_session(history, read.session)
    return promise.due


def _next_session(history: History, session: Session) -> date | None:
    """The next meeting as it was said in the session, else a cadence later, else None."""
    for note in reversed(session.notes):
        reading = history.readings.get(note.id)
        if reading is not None and reading.of(MeetingSignal):
            return reading.of(MeetingSignal)[-1].on
    contract = in_force(history.contracts, session.held_on)
    if contract is None or contract.cadence is None:
        return None
    return session.held_on + timedelta(days=contract.cadence.every_days)


def day_comes_first(history: History) -> bool | None:
    """The order of day and month.

    By the region of the language, else by the notes' own clear dates.
    """
    _, _, region = history.mentorship.language.partition("-")
    if region:
        return region.upper() not in {"US", "PH", "FM", "MH", "PW", "GU"}
    shown = {
        reading.day_first for reading in history.readings.values() if reading.day_first is not None
    }
    return shown.pop() if len(shown) == 1 else None
