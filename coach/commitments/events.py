"""What a sentence adds to the history of a commitment."""

from datetime import date

from coach.model.commitments import CommitmentEvent, HistoryStatus
from coach.model.readings import CommitmentSignal, OutcomeSignal
from coach.notes.lines import ReadNote, cite


def event(
    read: ReadNote,
    said: CommitmentSignal | OutcomeSignal,
    *,
    status: HistoryStatus,
    due: date | None,
) -> CommitmentEvent:
    """What a sentence says of a promise, and where it stands."""
    return CommitmentEvent.model_construct(
        session_id=read.session.id,
        held_on=read.session.held_on,
        status=status,
        due=due,
        citation=cite(read.session, read.note, said.start, said.end),
        by=said.by,
    )
