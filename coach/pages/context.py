"""Adds what a model needs besides the lines of a page: neighbours, promises and the agreement."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from coach.agreement.clauses import agreed_clauses
from coach.language.phrasing import first_name
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.history import History
from coach.model.material import Material, PageLine
from coach.model.people import Side
from coach.model.readings import MeetingSignal
from coach.notes.alone import Neighbours
from coach.notes.cited import CitedPlaces
from coach.notes.lines import cite, plain, read_notes
from coach.notes.sentences import Unit
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
        self._sessions = {
            note.id: session for session in known.history.sessions for note in session.notes
        }
        self._places = CitedPlaces(known.history)
        self._pair = known.history.mentorship
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
        before, after = self._neighbour(first, -1), self._neighbour(last, 1)
        return line._replace(
            before=_shown(before),
            after=_shown(after),
            around=tuple(self._around(line, (before, after), promise)),
            state=_state(promise) if promise else "",
            task=self._task(promise) if promise else "",
            silent=promise is not None and _is_silent(promise),
            state_shared=open_to_all,
        )

    def _task(self, promise: Commitment) -> str:
        pair = self._pair
        sides: tuple[Side, Side] = ("mentor", "mentee")
        names = [
            first_name(pair.person(each).name) for each in sides if promise.owner in {each, "both"}
        ]
        return f"{' and '.join(names)} will {promise.action}" if names else promise.action

    def _neighbour(self, place: Citation, step: int) -> Unit | None:
        """Return the sentence right before or after the cited words, None where there is none."""
        note = self._notes.get(place.note_id)
        if note is None:
            return None
        if step < 0:
            beside = [each for each in note.every if each.end <= place.start][-1:]
        else:
            beside = [each for each in note.every if each.start >= place.end][:1]
        return next((each for each in beside if each.kind != "heading"), None)

    def _around(
        self, line: PageLine, beside: Sequence[Unit | None], promise: Commitment | None
    ) -> Iterator[PageLine]:
        """Yield what else a sentence about a line may rest on, each as a line of its own."""
        place = line.statement.citations[0]
        own = self._unit(place)
        for unit in beside:
            if unit and own and (unit.label, unit.by) == (own.label, own.by):
                said_by = line.said_by
            elif unit and unit.end <= place.start and unit.text.rstrip().endswith(":"):
                said_by = None  # it leads in what somebody else says: "From Leonie's mail:"
            else:
                continue
            yield _beside(line, self._cited(place.note_id, unit.start, unit.end), said_by)
        made = promise.made_in if promise else place
        if made.session_id and (made.note_id, made.start) != (place.note_id, place.start):
            promised = _beside(line, made, self._places.speaker(made))
            yield promised._replace(shared=line.shared and made.note_id not in self._private)

    def _unit(self, place: Citation) -> Unit | None:
        note = self._notes.get(place.note_id)
        every = note.every if note else ()
        return next((each for each in every if each.end > place.start), None)

    def _cited(self, note_id: str, start: int, end: int) -> Citation:
        session = self._sessions[note_id]
        note = next(each for each in session.notes if each.id == note_id)
        return cite(session, note, start, end)


def _shown(unit: Unit | None) -> str:
    return plain(unit.text)[:_LONGEST] if unit else ""


def _beside(line: PageLine, cited: Citation, said_by: Side | None) -> PageLine:
    statement = line.statement.model_copy(
        update={"text": plain(cited.quote), "kind": "topic", "citations": (cited,)}
    )
    return PageLine(line.section, statement, said_by, chosen=False, shared=line.shared)


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
    if _is_silent(promise):
        stands = "its day has passed, the notes do not tell what became of it"
    else:
        stands = promise.status
    said = (
        f"; {last.status.replace('_', ' ')} on {last.held_on.isoformat()}"
        if len(promise.history) > 1 and not last.carried
        else ""
    )
    return f"promise of {owner} (“{promise.action}”){due}: {stands}{said}"


def _is_silent(promise: Commitment) -> bool:
    return promise.status == "overdue" and promise.overdue_because != "said"


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
