"""Chooses the reading of a note that counts: the model's if it passes the checks.

Otherwise the embedded engine's reading counts. The chosen reading counts as a whole. A model is
judged by what the note says explicitly (a marked task, a name before it, a named day) and by
whether its quotes are in the note, never by the small reader's guesses. The small reader adds only
tasks that are open or settled by their own mark and that the model did not mention.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from coach.model.facts import FactKind
from coach.model.history import History
from coach.model.people import Visibility
from coach.model.readings import (
    Checked,
    CommitmentSignal,
    FactSignal,
    OutcomeSignal,
    Reading,
    Signal,
)
from coach.notes.put_right import put_right

_FOUND = 0.7
"""Share of the quotes that must be in the note.

Of careful quotes all are (602 of 602), of invented ones none.
"""
_OF_THE_NOTE = 0.6
"""Share of a note's explicit words that must be kept if more than one is not.

One kept word is added in advance. Chosen by hand; not measured.
"""
_OF_THE_LAST = 0.75
"""Share of the explicit words of this note and the last ones that must be kept.

Two kept words are added in advance. Readings made from the labels of the development cases keep 79
of 81, and so lead in all 58 notes (`tests.faults.careful`).
"""
_LAST = 8
"""Number of earlier notes that count: two months of weekly meetings.

So a model that was changed is forgiven its past. Chosen by hand; not measured.
"""
_ALIKE = 0.85
"""Share of facts of one kind above which a model does not tell kinds apart.

Chosen by hand; not measured.
"""
_ENOUGH_FACTS = 6
"""Number of facts from which `_ALIKE` is checked. Chosen by hand; not measured."""
_MARKED = 0.9
"""The weight of an embedded outcome that rests on a task's own mark."""


Found = TypeVar("Found", bound=Signal)


class Seen(NamedTuple):
    """The checks of a model's reading of one note, and the kinds of facts in it."""

    checked: Checked
    kinds: tuple[FactKind, ...] = ()


def laid_beside(history: History, told: Mapping[str, Reading]) -> History:
    """Return the history with the better reading of each note that a model has read too.

    The embedded reading of such a note is kept in `alone`.
    """
    own = {**history.without_model.readings, **history.as_read}
    alone = {note_id: own[note_id] for note_id in told if note_id in own}
    leading: dict[str, Reading] = {}
    record: list[tuple[Visibility, Seen]] = []
    for note in (note for session in history.sessions for note in session.notes):
        if note.id not in alone:
            continue
        reading = told[note.id]
        before = _last_of(record, note.visibility)
        leading[note.id] = better(alone[note.id], reading, before=before)
        kinds = tuple(each.kind for each in reading.of(FactSignal))
        record.append((note.visibility, Seen(reading.checked, kinds)))
    read = {"readings": {**own, **leading}, "alone": alone, "as_read": {}}
    return put_right(history.model_copy(update=read))


def _last_of(record: Iterable[tuple[Visibility, Seen]], visibility: Visibility) -> list[Seen]:
    """Return the last notes that are visible to everybody who may see one of this visibility.

    So every audience judges the model alike.
    """
    return [seen for shown, seen in record if shown in {"shared", visibility}][-_LAST:]


def better(alone: Reading, model: Reading, *, before: Iterable[Seen] = ()) -> Reading:
    """Return the reading that counts; `before` tells how the model did in the last notes."""
    if alone.unread_language or not _may_lead(model, list(before)):
        return alone
    facts = _apart(model.of(FactSignal), _of_promises(alone, model))
    promises = _apart(model.of(CommitmentSignal), _left_open(alone, model))
    outcomes = _apart(model.of(OutcomeSignal), _marked(alone, model))
    leading = alone.model_copy(
        update={
            "engine": "llm",
            "version": model.version,
            "unread_from": model.unread_from,
            "failed": False,
            "checked": model.checked,
        }
    )
    promised = {each.start for each in promises}
    unsure = {each.start for each in promises if each.to_confirm}
    unsure |= {each.start for each in outcomes if each.to_confirm}
    return (
        leading.having(
            FactSignal,
            (
                each.model_copy(update={"certainty": "tentative"}) if each.start in unsure else each
                for each in facts
                if each.kind != "commitment" or each.start in promised
            ),
        )
        .having(CommitmentSignal, promises)
        .having(OutcomeSignal, outcomes)
    )


def _may_lead(model: Reading, before: list[Seen]) -> bool:
    """Whether a model's reading passes every check.

    It contains something, its quotes are in the note, its kinds differ, and it keeps explicit
    words.
    """
    facts = model.of(FactSignal)
    promised, ended = model.of(CommitmentSignal), model.of(OutcomeSignal)
    if not facts and not promised and not ended:
        return False
    here = model.checked
    return (
        here.found >= _FOUND * here.quotes
        and not _all_alike(
            [*(kind for each in before for kind in each.kinds), *(each.kind for each in facts)]
        )
        and _keeps_what_is_explicit(here, [each.checked for each in before])
    )


def _all_alike(kinds: Sequence[FactKind]) -> bool:
    """Whether nearly all facts of this note and the last ones have the same kind."""
    most = max(Counter(kinds).values(), default=0)
    return len(kinds) >= _ENOUGH_FACTS and most > _ALIKE * len(kinds)


def _keeps_what_is_explicit(here: Checked, before: list[Checked]) -> bool:
    """Whether a model keeps what notes say explicitly.

    One mistake in a note is forgiven if it did well before.
    """
    kept = here.kept + sum(each.kept for each in before)
    against = here.against + sum(each.against for each in before)
    of_the_last = (kept + 2) / (kept + against + 2)
    of_the_note = (here.kept + 1) / (here.kept + here.against + 1)
    return of_the_last >= _OF_THE_LAST and (here.against <= 1 or of_the_note >= _OF_THE_NOTE)


def _left_open(alone: Reading, model: Reading) -> list[CommitmentSignal]:
    """Return the embedded commitments of tasks marked as open that the model did not mention."""
    return [each for each in alone.of(CommitmentSignal) if each.start in model.left_open]


def _of_promises(alone: Reading, model: Reading) -> list[FactSignal]:
    """Return the facts of those commitments."""
    places = {each.start for each in _left_open(alone, model)}
    return [
        each for each in alone.of(FactSignal) if each.kind == "commitment" and each.start in places
    ]


def _marked(alone: Reading, model: Reading) -> list[OutcomeSignal]:
    """Return the embedded outcomes from a task's own mark that the model did not mention."""
    told = {each.start for each in model.of(OutcomeSignal)}
    told |= {each.start for each in model.of(CommitmentSignal)}
    return [
        each
        for each in alone.of(OutcomeSignal)
        if each.weight >= _MARKED and each.start not in told
    ]


def _apart(led: tuple[Found, ...], witnessed: Iterable[Found]) -> list[Found]:
    """Return the model's signals and the small reader's elsewhere, in the order of the note."""
    beside = [
        each
        for each in witnessed
        if all(each.end <= own.start or own.end <= each.start for own in led)
    ]
    return sorted([*led, *beside], key=lambda each: (each.start, each.end))
