"""Promises that people added by hand, as the commitments that they are from that day on."""

from dataclasses import replace

from coach.commitments.promised import Promised
from coach.ids import derived_id
from coach.language.words import head, stems
from coach.model.citations import Citation
from coach.model.commitments import AddedCommitment, CommitmentEvent
from coach.notes.lines import plain

_HEAD = 3


def commitment_id(added: AddedCommitment) -> str:
    """The id of a promise that was added by hand, built like those of promises in notes."""
    return derived_id("commitment", added.id, 0)


def promised(added: AddedCommitment, *, number: int) -> Promised:
    """A promise as it was added; later notes may speak of it like of any other."""
    said = plain(added.action)
    return Promised(
        id=commitment_id(added),
        number=number,
        owner=added.owner,
        action=added.action,
        made_on=added.made_on,
        told=said,
        stems=stems(said),
        head=frozenset(stem for stem in head(said, size=_HEAD) if not stem.isdigit()),
        events=[_event(added)],
        added_by=added.added_by,
    )


def having_history(added: Promised, told: Promised) -> Promised:
    """A promise as it was added, with what notes told of it before; what the person said counts."""
    owner = told.owner if added.owner == "unassigned" else added.owner
    events = [*told.events, *added.events]
    return replace(
        added, number=told.number, owner=owner, stems=told.stems | added.stems, events=events
    )


def _event(added: AddedCommitment) -> CommitmentEvent:
    return CommitmentEvent(
        session_id=None,
        held_on=added.made_on,
        status="open",
        due=added.due,
        citation=Citation(
            session_id=None,
            held_on=added.made_on,
            note_id=added.id,
            start=0,
            end=len(added.action),
            quote=added.action,
        ),
        by="person",
    )
