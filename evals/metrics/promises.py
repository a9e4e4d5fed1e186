"""The promises of a printed page: is each told once, can its words stand alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from coach.language.words import count, stems
from coach.model.answers import Brief
from coach.pages.printed import promises, sections
from evals.cases import Case, Checkpoint, NoteSpan
from evals.metrics.brief import likeness, opens_with_what_was_named, without_speaker
from evals.metrics.metric import OWN, Metric
from evals.metrics.note_spans import overlaps
from evals.metrics.outcome import Tally
from evals.subject import Subject

TOLD_TWICE = Metric(
    name="promises told twice on a page",
    group="brief",
    direction="lower",
    unit="share",
    how="promises listed on a page that a line or an earlier promise of it tells too, of all",
    source=OWN,
)
LEANING_PROMISES = Metric(
    name="promises that cannot stand alone",
    group="brief",
    direction="lower",
    unit="share",
    how="promises listed on a page of under three words, or about a thing named before, of all",
    source=OWN,
)

OF_LABELLED_CASES = (TOLD_TWICE, LEANING_PROMISES)

# On 18 dev and 80 train pages, 34 pairs of a promise and a line or a promise share more than .4
# of their stems: from .75 all of them are one promise; below .7 two that only share a subject.
_ALIKE = 0.75
# Two promises of one or two stems, such as "call Ana", are alike by chance.
_FEWEST_STEMS = 3
_FEWEST_WORDS = 3
_DOES_WHAT_WAS_NAMED = re.compile(
    r"(?:i |i['’](?:ll|m) |i will |we |we['’]ll )?\w+ (?:it|them|that|this|those|one|so)\b(?!['’])",
    re.IGNORECASE,
)


class _Told(NamedTuple):
    """Something that a page tells: its words, and the places that they rest on."""

    text: str
    places: tuple[NoteSpan, ...]


def measure_promises(case: Case, subject: Subject, checkpoint: Checkpoint, tally: Tally) -> None:
    """Add the promises that the mentor's page of a checkpoint lists."""
    page = subject.brief("mentor", checkpoint.as_of)
    listed = list(_listed(page, subject))
    leaning = sum(promise_leans(each.text) for each in listed)
    tally.add_ratio(LEANING_PROMISES, leaning, len(listed))
    twice = list(_told_twice(case, listed, lines=list(_lines(page, subject))))
    tally.add_ratio(TOLD_TWICE, len(twice), len(listed))
    for again, before in twice:
        tally.add_miss(f"told twice, {checkpoint.as_of}", said=again.text, wanted=before.text)


def _told_twice(
    case: Case, listed: Sequence[_Told], *, lines: Sequence[_Told]
) -> Iterator[tuple[_Told, _Told]]:
    """Each promise that a line, or a promise before it, tells too, and where it stands first."""
    for position, promise in enumerate(listed):
        as_lines = (each for each in lines if _is_told(promise, each))
        as_promises = (each for each in listed[:position] if _is_one(case, promise, each))
        first = next(chain(as_lines, as_promises), None)
        if first is not None:
            yield promise, first


def _listed(page: Brief, subject: Subject) -> Iterator[_Told]:
    for group in promises(page.commitments):
        for each in group.commitments:
            yield _Told(each.action, (subject.span(each.made_in),))


def _lines(page: Brief, subject: Subject) -> Iterator[_Told]:
    headline = [page.headline] if page.headline else []
    printed = [each for section in sections(page) for each in section.statements]
    for each in (*headline, *printed):
        yield _Told(each.text, tuple(subject.span(cited) for cited in each.citations))


def _is_one(case: Case, one: _Told, other: _Told) -> bool:
    """Whether two promises are one: told so, or by the labels."""
    same = _labels_at(case, one.places) & _labels_at(case, other.places)
    return _is_told(one, other) or bool(same)


def _is_told(one: _Told, other: _Told) -> bool:
    """Whether two tell the same: in nearly the same words, or from the same place."""
    return same_words(one.text, other.text) or any(
        overlaps(here, there) or overlaps(there, here)
        for here in one.places
        for there in other.places
    )


def _labels_at(case: Case, places: Iterable[NoteSpan]) -> set[str]:
    """The labelled commitments that are made, or told again, at these places."""
    found = set()
    for label in case.labels.commitments:
        told = [case.span(label.note, label.quote)]
        for outcome in label.outcomes:
            told += case.spans_in(outcome.session, outcome.quote)
        if any(overlaps(place, each) for place in places for each in told):
            found.add(label.id)
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two promises are told in nearly the same words."""
    enough = min(len(stems(one)), len(stems(other))) >= _FEWEST_STEMS
    return enough and likeness(one, other) >= _ALIKE


def promise_leans(action: str) -> bool:
    """Whether a promise is a fragment, or about a thing that something else named."""
    said = without_speaker(action)
    return (
        count(said) < _FEWEST_WORDS
        or opens_with_what_was_named(said)
        or _DOES_WHAT_WAS_NAMED.match(said) is not None
    )
