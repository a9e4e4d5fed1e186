"""The case of a warning that rests only on a model's reading: the passages for and against it.

A second question shows it to the model and asks for the innocent reading. The answer is kept under
the case's digest, so the same evidence is asked about only once.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from coach.drift.signals import Evidence, Said
from coach.language.names import people_of
from coach.language.phrasing import first_name
from coach.language.words import stems
from coach.model.challenges import Case, CaseLine, Challenge
from coach.model.citations import Citation
from coach.model.contract import ClauseKind
from coach.model.drift import Drift
from coach.model.people import Mentorship
from coach.model.sessions import Note, Session
from coach.notes.sentences import Unit, units
from coach.notes.speakers import speakers

_AROUND = 4
"""Number of sentences shown on each side of a quote.

It shows a short note whole, because its first sentence may excuse its last. Chosen by hand; not
measured.
"""
_SHARED_STEMS = 2
"""Stems that a sentence elsewhere shares with a quote before it may be about the same thing.

One stem is shared by half of a note.
"""
_MOST_ELSEWHERE = 12
"""Highest number of sentences from elsewhere, those with most stems in common first.

It is two for each of the six sessions that count. Chosen by hand; not measured.
"""
_MOST = 48
"""Highest number of lines in a case: about 1,000 words.

That fits four sessions with nine lines around a quote, and the lines from elsewhere. Chosen by
hand; not measured.
"""

_Place = tuple[str, int]


class _Line(NamedTuple):
    """A sentence of a note, with its session, its note and its speaker."""

    session: Session
    note: Note
    unit: Unit
    who: str

    @property
    def place(self) -> _Place:
        return self.note.id, self.unit.start


def is_challenged(drift: Drift) -> bool:
    """Whether a warning rests only on what a model says about a clause."""
    return drift.by == "llm" and drift.clause is not None and drift.kind != "commitment_slippage"


def answer_to(evidence: Evidence, drift: Drift) -> Challenge | None:
    """Return the model's answer about this exact case, or None if it was not asked yet."""
    known = evidence.history.challenges
    return known.get(case_of(evidence, drift).digest) if known else None


def case_of(evidence: Evidence, drift: Drift) -> Case:
    """Return the case of a warning, from the notes that its reader may see."""
    assert drift.clause is not None  # noqa: S101 - only such warnings are challenged
    pair = evidence.history.mentorship
    against = {(each.note_id, each.start) for each in drift.seen if isinstance(each, Citation)}
    lines = {each.place: each for each in _lines(evidence)}
    order = list(lines)
    chosen = [
        *(each for each in order if each in against),
        *_around(order, against),
        *_elsewhere(evidence, lines, against),
    ]
    at = {place: number for number, place in enumerate(order)}
    shown = sorted(list(dict.fromkeys(chosen))[:_MOST], key=at.__getitem__)
    return Case(
        mentor=pair.mentor.name,
        mentee=pair.mentee.name,
        kind=drift.kind,
        clause=drift.clause,
        agreement=(contract.text or "") if (contract := evidence.history.contract) else "",
        lines=tuple(_case_line(lines[each], against=each in against) for each in shown),
    )


def _lines(evidence: Evidence) -> Iterator[_Line]:
    """Yield every sentence of the sessions that count, in order."""
    pair = evidence.history.mentorship
    for session in evidence.said.sessions:
        for note in session.notes:
            yield from _of_note(session, note, pair)


def _of_note(session: Session, note: Note, pair: Mentorship) -> Iterator[_Line]:
    found = units(note)
    said_by = speakers(found, note.author, people_of(pair))
    for unit, side in zip(found, said_by, strict=True):
        who = first_name(pair.person(side).name) if side else unit.label
        yield _Line(session, note, unit, who)


def _around(order: list[_Place], against: set[_Place]) -> Iterator[_Place]:
    """Yield the sentences next to the quotes, in the same note."""
    for at, place in enumerate(order):
        if place in against:
            near = order[max(0, at - _AROUND) : at + _AROUND + 1]
            yield from (each for each in near if each[0] == place[0])


def _elsewhere(
    evidence: Evidence, lines: Mapping[_Place, _Line], against: set[_Place]
) -> list[_Place]:
    """Return the sentences elsewhere about the clause or the quotes, best match first."""
    clause = _spoken_of(evidence, against)
    told = _telling(evidence.history.mentorship, [lines[each] for each in against if each in lines])
    shared = {each: len(stems(line.unit.text) & told) for each, line in lines.items()}
    near = [each for each in lines if shared[each] >= _SHARED_STEMS or each in clause]
    best = sorted(near, key=lambda each: (each not in clause, -shared[each]))
    return [each for each in best if each not in against][:_MOST_ELSEWHERE]


def _spoken_of(evidence: Evidence, against: set[_Place]) -> set[_Place]:
    """Return the passages that are about the clauses that the quotes are against."""
    kinds: set[ClauseKind] = {
        kind
        for kind, said in evidence.said.by_kind.items()
        if any(_place(each) in against for each in said)
    }
    return {_place(each) for each in evidence.said.of(sorted(kinds))}


def _telling(pair: Mentorship, lines: Iterable[_Line]) -> frozenset[str]:
    """Return the stems of the quotes, without the two people's names, which occur everywhere."""
    names = stems(f"{pair.mentor.name} {pair.mentee.name}")
    return frozenset().union(*(stems(each.unit.text) for each in lines)) - names


def _place(said: Said) -> _Place:
    return said.note.id, said.signal.start


def _case_line(line: _Line, *, against: bool) -> CaseLine:
    return CaseLine(
        note_id=line.note.id,
        start=line.unit.start,
        end=line.unit.end,
        held_on=line.session.held_on,
        who=line.who,
        text=line.unit.text,
        against=against,
    )
