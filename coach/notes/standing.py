"""Promises that a person has spoken of.

They stand in their note, whatever a later reader finds there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coach.model.commitments import Correction, PromiseStood
from coach.model.readings import CommitmentSignal, Reading


def promises_spoken_of(corrections: Iterable[Correction]) -> Mapping[str, Sequence[PromiseStood]]:
    """How the promises of each note stood when a person first spoke of each."""
    found: dict[str, dict[int, PromiseStood]] = defaultdict(dict)
    for each in corrections:
        if each.stood is not None:
            found[each.note_id].setdefault(each.stood.start, each.stood)
    return {note_id: tuple(stood.values()) for note_id, stood in found.items()}


def with_promises(reading: Reading, spoken_of: Sequence[PromiseStood]) -> Reading:
    """The reading with every promise that a person has spoken of.

    Where the reader finds a promise that reaches into the same words, it is moved to where the
    person saw it; where it finds none there, it stands as the person saw it.
    """
    found = {each.start: each for each in reading.of(CommitmentSignal)}
    missing = [each for each in spoken_of if each.start not in found]
    if not missing:
        return reading
    claimed = {each.start for each in spoken_of}
    for stood in missing:
        near = _reaching_into(stood, [e for e in found.values() if e.start not in claimed])
        if near is not None:
            del found[near.start]
        found[stood.start] = _standing(stood, near, reading)
    return reading.having(CommitmentSignal, sorted(found.values(), key=lambda each: each.start))


def _reaching_into(
    stood: PromiseStood, read: Iterable[CommitmentSignal]
) -> CommitmentSignal | None:
    return next((e for e in read if e.start < stood.end and stood.start < e.end), None)


def _standing(
    stood: PromiseStood, near: CommitmentSignal | None, reading: Reading
) -> CommitmentSignal:
    if near is not None:
        return near.model_copy(update={"start": stood.start, "end": stood.end})
    return CommitmentSignal(
        by=reading.engine,
        start=stood.start,
        end=stood.end,
        owner=stood.owner,
        action=stood.action,
        due=stood.due,
        said_by=None,
    )
