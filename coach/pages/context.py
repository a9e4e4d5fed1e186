"""Adds what a model needs besides the lines of a page: neighbours, promises and the agreement."""

from collections.abc import Iterator, Mapping
from datetime import date

from coach.agreement.clauses import agreed_clauses
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.material import Material, PageLine
from coach.model.readings import MeetingSignal
from coach.notes.alone import Neighbours
from coach.notes.lines import plain, read_notes
from coach.pages.candidates import Known

_LONGEST = 160
"""Most characters of a neighbour: one sentence of most notes, or the start of a long one.

Chosen by hand; not measured.
"""
_MOST_CLAUSES = 12
"""Most clauses besides the goals that a model is shown. Chosen by hand; not measured."""


def in_context(material: Material, known: Known) -> Material:
    """Return the same lines with their neighbours and promises, and the rest of the agreement."""
    around = _Around(known)
    return material._replace(
        lines=tuple(around.beside(each) for each in material.lines),
        clauses=_clauses(known.history),
        next_session=_next_session(known.history),
    )


class _Around:
    """What surrounds lines in the notes of one history, and the promises that follow from it."""

    def __init__(self, known: Known) -> None:
        notes = [note for session in known.history.sessions for note in session.notes]
        self._notes = {note.id: Neighbours(note) for note in notes}
        self._private = {note.id for note in notes if note.visibility != "shared"}
        self._promises = {
            (cited.note_id, cited.start): each
            for each in known.commitments
            for cited in _cited(each)
        }

    def beside(self, line: PageLine) -> PageLine:
        """Return the line with its neighbours and the state of its promise."""
        first, last = line.statement.citations[0], line.statement.citations[-1]
        promise = self._promises.get((first.note_id, first.start))
        open_to_all = promise is not None and not self._private & {
            each.note_id for each in _cited(promise)
        }
        return line._replace(
            before=self._neighbour(first, -1),
            after=self._neighbour(last, 1),
            state=_state(promise) if promise else "",
            state_shared=open_to_all,
        )

    def _neighbour(self, place: Citation, step: int) -> str:
        """Return the sentence right before or after the cited words, "" where there is none."""
        note = self._notes.get(place.note_id)
        if note is None:
            return ""
        if step < 0:
            beside = [each for each in note.every if each.end <= place.start][-1:]
        else:
            beside = [each for each in note.every if each.start >= place.end][:1]
        return "".join(plain(each.text)[:_LONGEST] for each in beside if each.kind != "heading")


def _cited(commitment: Commitment) -> Iterator[Citation]:
    yield commitment.made_in
    for event in commitment.history:
        yield event.citation


_OWNERS: Mapping[str, str] = {"both": "both", "unassigned": "nobody by name"}


def _state(promise: Commitment) -> str:
    """Return who made a promise, its due day, its status, and what was said of it."""
    last = promise.history[-1]
    owner = _OWNERS.get(promise.owner, f"the {promise.owner}")
    due = f", due {promise.due.isoformat()}" if promise.due else ""
    if promise.status == "overdue" and promise.overdue_because != "said":
        stands = "its day has passed, the notes do not tell what became of it"
    else:
        stands = promise.status
    said = (
        f"; {last.status.replace('_', ' ')} on {last.held_on.isoformat()}"
        if len(promise.history) > 1 and not last.carried
        else ""
    )
    return f"promise of {owner}{due}: {stands}{said}"


def _clauses(history: History) -> tuple[str, ...]:
    """Return what the contract in force says besides its goals."""
    if history.contract is None:
        return ()
    said = [each.clause.text for each in agreed_clauses(history.contract) if each.kind != "goals"]
    return tuple(said[:_MOST_CLAUSES])


def _next_session(history: History) -> date | None:
    """Return the day of the next session by the newest note that names one, else None."""
    ahead = [
        meeting.on
        for read in read_notes(history)
        for meeting in read.reading.of(MeetingSignal)
        if meeting.on >= history.as_of
    ]
    return ahead[-1] if ahead else None
