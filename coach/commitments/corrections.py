"""People's corrections of commitments.

A person's word beats the reader's until a person says otherwise.

A correction counts from the day its commitment was made, whenever it was said, so that an answer
for any day depends on what was said and never on when it was asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from coach.commitments.status import overdue_because
from coach.ids import derived_id
from coach.model.commitments import (
    Commitment,
    CommitmentEvent,
    CommitmentStatus,
    CorrectedStatus,
    Correction,
    HistoryStatus,
    PromiseStood,
)


def corrected(
    made: Sequence[Commitment], corrections: Sequence[Correction], as_of: date
) -> tuple[Commitment, ...]:
    """The commitments as people have put them right, in the order given."""
    if not corrections:
        return tuple(made)
    said: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        said[correction.commitment_id].append(correction)
    position = {correction.id: number for number, correction in enumerate(corrections)}
    known = {commitment.id for commitment in made}
    settled = []
    for commitment in made:
        names = {commitment.id, *(_other_names(commitment) - known)}
        words = [word for name in names for word in said.get(name, ())]
        words.sort(key=lambda word: position[word.id])
        settled.append(_put_right(commitment, words, as_of) if words else commitment)
    return tuple(settled)


def settles_nothing(commitment_id: str, word: Correction, earlier: Iterable[Correction]) -> bool:
    """Whether the last word on a commitment said just the same."""
    last = [each for each in earlier if each.commitment_id == commitment_id][-1:]
    same = {"id": word.id, "stood": word.stood}
    return bool(last) and last[0].model_copy(update=same) == word


def stood(commitment: Commitment) -> PromiseStood | None:
    """How a promise stands in its note; None where it was added by hand, and stands in no note."""
    if commitment.made_in.session_id is None:
        return None
    place = commitment.made_in
    return PromiseStood(
        start=place.start,
        end=place.end,
        owner=commitment.owner,
        action=commitment.action,
        due=commitment.due,
    )


def _other_names(commitment: Commitment) -> set[str]:
    """The ids by which those know it who see only where it was said again."""
    places = {(each.citation.note_id, each.citation.start) for each in commitment.history}
    return {derived_id("commitment", note_id, start) for note_id, start in places}


def _put_right(commitment: Commitment, words: Sequence[Correction], as_of: date) -> Commitment:
    owner, action, due = commitment.owner, commitment.action, commitment.due
    standing = _standing(commitment)
    history = list(commitment.history)
    for word in words:
        owner = word.owner or owner
        action = word.action or action
        due = word.due if "due" in word.said else due
        standing = word.status or standing
        history.append(_event(commitment, word, standing))
    status = _status(standing, due, as_of)
    told = any(word.status in {"open", "partly"} for word in words)
    because = overdue_because(status, due, history)
    return commitment.model_copy(
        update={
            "owner": owner,
            "action": action,
            "due": due,
            "status": status,
            "history": tuple(history),
            "overdue_because": "said" if because and told else because,
        }
    )


def _standing(commitment: Commitment) -> CorrectedStatus:
    """What the last word of the notes was, before its day is looked at."""
    if commitment.status != "overdue":
        return commitment.status
    return "partly" if commitment.history[-1].status == "partly" else "open"


def _status(standing: CorrectedStatus, due: date | None, as_of: date) -> CommitmentStatus:
    if standing in {"done", "dropped"}:
        return standing
    return "overdue" if due is not None and due < as_of else standing


def _event(commitment: Commitment, word: Correction, standing: CorrectedStatus) -> CommitmentEvent:
    """A person's word cites where the commitment was made: no note says it."""
    moved = word.due is not None and word.status is None and standing == "open"
    status: HistoryStatus = "rescheduled" if moved else standing
    return CommitmentEvent.model_construct(
        session_id=commitment.made_in.session_id,
        held_on=commitment.made_in.held_on,
        status=status,
        due=word.due,
        citation=commitment.made_in,
        by="person",
    )
