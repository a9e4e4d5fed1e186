"""The case of a warning that rests on a model's word alone: what the notes hold about it, for and against.

It is what a second question to the model shows, which looks for the innocent reading; what came of that is kept by the
case's digest, so that the same evidence is asked about once.
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
"""Sentences shown on either side of a quote: a short note whole, for its first sentence may excuse its last."""
_SHARED_STEMS = 2
"""With so many words of a quote, a sentence elsewhere may be about the same thing; one is shared by half of a note."""
_MOST_ELSEWHERE = 12
"""Sentences from elsewhere, those with most words in common: two for each of the six sessions that count."""
_MOST = 48
"""Lines of a case: four sessions with nine lines around a quote, and those from elsewhere; about 1,000 words."""

_Place = tuple[str, int]


class _Line(NamedTuple):
    """A sentence of a note at its place in the history."""

    session: Session
    note: Note
    unit: Unit
    who: str

    @property
    def place(self) -> _Place:
        return self.note.id, self.unit.start


def is_challenged(drift: Drift) -> bool:
    """Whether a warning rests on what a model says of a clause, and on nothing else."""
    return drift.by == "llm" and drift.clause is not None and drift.kind != "commitment_slippage"


def answer_to(evidence: Evidence, drift: Drift) -> Challenge | None:
    """What the model said when it was asked about this very case, or None where it was not asked yet."""
    known = evidence.history.challenges
    return known.get(case_of(evidence, drift).digest) if known else None


def case_of(evidence: Evidence, drift: Drift) -> Case:
    """What the notes that its reader may see hold about a warning."""
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
    shown = sorted(list(dict.fromkeys(chosen))[:_MOST], key={e: n for n, e in enumerate(order)}.get)  # type: ignore[arg-type]
    return Case(
        mentor=pair.mentor.name,
        mentee=pair.mentee.name,
        kind=drift.kind,
        clause=drift.clause,
        agreement=(contract.text or "") if (contract := evidence.history.contract) else "",
        lines=tuple(_case_line(lines[each], against=each in against) for each in shown),
    )


def _lines(evidence: Evidence) -> Iterator[_Line]:
    """Every sentence of the sessions that count, in order."""
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
    """The sentences beside the quotes, in the same note."""
    for at, place in enumerate(order):
        if place in against:
            near = order[max(0, at - _AROUND) : at + _AROUND + 1]
            yield from (each for each in near if each[0] == place[0])


def _elsewhere(
    evidence: Evidence, lines: Mapping[_Place, _Line], against: set[_Place]
) -> list[_Place]:
    """What else speaks of the clause or of what the quotes tell, those with most words of theirs first."""
    clause = _spoken_of(evidence, against)
    told = _telling(evidence.history.mentorship, [lines[each] for each in against if each in lines])
    shared = {each: len(stems(line.unit.text) & told) for each, line in lines.items()}
    near = [each for each in lines if shared[each] >= _SHARED_STEMS or each in clause]
    best = sorted(near, key=lambda each: (each not in clause, -shared[each]))
    return [each for each in best if each not in against][:_MOST_ELSEWHERE]


def _spoken_of(evidence: Evidence, against: set[_Place]) -> set[_Place]:
    """Where the notes speak of the clauses that the quotes are against."""
    kinds: set[ClauseKind] = {
        kind
        for kind, said in evidence.said.by_kind.items()
        if any(_place(each) in against for each in said)
    }
    return {_place(each) for each in evidence.said.of(sorted(kinds))}


def _telling(pair: Mentorship, lines: Iterable[_Line]) -> frozenset[str]:
    """The words of the quotes, without the names of the two, which stand everywhere."""
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
