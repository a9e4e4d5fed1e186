"""Reads what a note says about the clauses in force on its day, with a clause engine.

The engine judges pairs of a passage and a clause.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from coach import deadline
from coach.agreement.clauses import agreed_clauses
from coach.errors import CoachError, EngineFailed
from coach.language.detection import foreign_language
from coach.language.names import People, people_of
from coach.language.words import count, stems, words
from coach.model.commitments import Owner
from coach.model.contract import AgreedClause, ClauseKind, Contract
from coach.model.people import Mentorship, Side
from coach.model.readings import ClauseReading, ClauseRelation, ClauseSignal
from coach.model.sessions import Note
from coach.notes.portions import Limits, both_ends, portion
from coach.notes.sentences import Unit, units
from coach.notes.speakers import speakers
from coach.ports import ClauseEngine, ClausePair

MOST_PASSAGES = 100
"""Highest number of passages of a note that are looked at.

With MOST_PAIRS, at 8 ms a pair, that is 2.4 s of one processor, as long as the reader of notes
takes for the longest note.
"""
MOST_PAIRS = 200
"""Highest number of pairs of a note that are read; see MOST_PASSAGES."""
MOST_CLAUSES = 60
"""Highest number of clauses of a contract that are read.

Templates of mentoring agreements have 8 to 25. Pairs grow as clauses times sentences.
"""
_AT_ONCE = 32
"""Pairs read between two checks of the deadline: 0.3 s."""
_FLOOR = 0.35
"""Lowest likelihood of a signal.

Below it, one of eight relations is hardly likelier than the next. Rules ask for more if it matters.
Chosen by hand; not measured.
"""
_TALKS_FROM = 0.6
"""Lowest likelihood of a signal that a passage merely speaks of a clause.

It is higher because half of all sentences are near some clause.
"""
_READS = "2"
"""Version of this reading; raise it with changes here or in how `coach.agreement` forms clauses."""
_FEW_WORDS = 4
"""Words from which a passage can speak of a clause in words of its own.

"No word." or "Nothing new." may be about anything. Chosen on the notes of the development cases.
"""
_SUBJECT_WITHIN = 4
"""Words at the start of a sentence in which its subject stands, as in `Last week I told ...`.

Chosen by hand; not measured.
"""
_LEARNS = frozenset(
    """
    notice noticed hear heard catch caught see saw wonder wondered wish ask asked wait waited
    learn learned learnt find found read think thought feel felt hope hoped know knew get got
    """.split()
)
"""Verbs of learning about something: their subject tells what another person did."""
_OF_KIND: Mapping[ClauseKind, Owner] = {"role_mentor": "mentor", "role_mentee": "mentee"}
_RELATIONS: tuple[ClauseRelation, ...] = get_args(ClauseRelation)
_AGAINST: frozenset[ClauseRelation] = frozenset({"breaks", "strains"})


class _Passage(NamedTuple):
    """A sentence with its neighbours and its speaker."""

    unit: Unit
    before: str
    after: str
    said_by: Side | None


class _Told(NamedTuple):
    """A passage with a clause, and the pair that the engine reads."""

    passage: _Passage
    agreed: AgreedClause
    pair: ClausePair


class ReadsClauses:
    """Reads notes for clause signals. The same note and contract always give the same signals."""

    def __init__(self, engine: ClauseEngine, *, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = limits or Limits()
        self.name = engine.name
        self.version = f"{engine.version}.{_READS}"

    def read(
        self, note: Note, mentorship: Mentorship, contract: Contract, *, share: float = 1.0
    ) -> ClauseReading:
        """Return what a note says about a contract's clauses, in the order of the note.

        A long note is read at its beginning and its end. `share` is the part of the work that it
        may take, from 0 to 1. Raises OutOfTime between two passages, EngineUnavailable if there is
        nothing to read with, and EngineFailed if the engine fails at the note.
        """
        try:
            signals = self._signals(note, mentorship, contract, share=share)
        except CoachError:
            raise
        except Exception as error:
            # An error of ours at one note must not stop whoever stores it.
            raise EngineFailed(f"the clauses of note {note.id} could not be read") from error
        return self.empty(contract).model_copy(update={"signals": signals})

    def empty(self, contract: Contract) -> ClauseReading:
        """Return the reading of a note that says nothing about a contract."""
        return ClauseReading(
            contract_version=contract.version, engine=self.name, version=self.version
        )

    def _signals(
        self, note: Note, mentorship: Mentorship, contract: Contract, *, share: float
    ) -> tuple[ClauseSignal, ...]:
        people = people_of(mentorship)
        worthy = self._worthy(note, people, contract, share=share)
        most = max(1, int(MOST_PAIRS * share))
        told = both_ends(worthy, most=most)
        return tuple(
            signal
            for each, likely in zip(told, self._relations(told), strict=True)
            if (signal := self._signal(each, likely, people, contract.version))
        )

    def _worthy(
        self, note: Note, people: People, contract: Contract, *, share: float
    ) -> list[_Told]:
        """Return the pairs that the engine's cheap filter lets through."""
        agreed = agreed_clauses(contract)[:MOST_CLAUSES]
        if not agreed or foreign_language(note.text):
            return []
        found: list[_Told] = []
        passages = list(_passages(note, people, self._limits, share=share))
        for passage in both_ends(passages, most=max(1, int(MOST_PASSAGES * share))):
            deadline.check()
            told = [_Told(passage, each, _pair(passage, each, note)) for each in agreed]
            told = [each for each in told if _can_tell(each)]
            worthy = self._engine.worth_reading([each.pair for each in told])
            found += [each for each, worth in zip(told, worthy, strict=True) if worth]
        return found

    def _relations(self, told: Sequence[_Told]) -> Iterator[Mapping[str, float]]:
        for start in range(0, len(told), _AT_ONCE):
            deadline.check()
            pairs = [each.pair for each in told[start : start + _AT_ONCE]]
            yield from self._engine.relations(pairs)

    def _signal(
        self, told: _Told, likely: Mapping[str, float], people: People, version: int
    ) -> ClauseSignal | None:
        says, likelihood = _likeliest(likely)
        floor = _TALKS_FROM if says == "talks" else _FLOOR
        if likelihood < max(floor, likely.get("none", 0.0)):
            return None
        passage = told.passage
        return ClauseSignal(
            by=self.name,
            start=passage.unit.start,
            end=passage.unit.end,
            clause=told.agreed.key,
            version=version,
            says=says,
            said_by=passage.said_by,
            whose=_whose(told, says, people),
            likelihood=round(likelihood, 2),
        )


def _can_tell(told: _Told) -> bool:
    """Whether a passage has enough words to speak of a clause that shares none with it."""
    said = told.pair.passage
    return count(said) >= _FEW_WORDS or bool(stems(said) & stems(told.pair.clause))


def _likeliest(likely: Mapping[str, float]) -> tuple[ClauseRelation, float]:
    """Return the likeliest relation and its likelihood.

    A breach and a strain both speak against the clause, so the likelier of them counts for both.
    """
    worse: ClauseRelation = max(("breaks", "strains"), key=lambda each: likely.get(each, 0.0))
    against = sum(likely.get(each, 0.0) for each in _AGAINST)
    weights = {
        each: against if each == worse else likely.get(each, 0.0)
        for each in _RELATIONS
        if each == worse or each not in _AGAINST
    }
    says = max(weights, key=weights.__getitem__)
    return says, weights[says]


def _passages(note: Note, people: People, limits: Limits, *, share: float) -> Iterator[_Passage]:
    """Yield the sentences of a note that are read; a heading is only a neighbour."""
    every = units(note)
    found = both_ends(every, most=portion([len(each.text) for each in every], limits, share=share))
    texts = ["", *(each.text for each in found), ""]
    said_by = speakers(found, note.author, people)
    for at, (unit, side) in enumerate(zip(found, said_by, strict=True)):
        if unit.kind != "heading":
            yield _Passage(unit, texts[at], texts[at + 2], side)


def _pair(passage: _Passage, agreed: AgreedClause, note: Note) -> ClausePair:
    return ClausePair(
        clause_kind=agreed.kind,
        clause=agreed.clause.text,
        before=passage.before,
        passage=passage.unit.text,
        after=passage.after,
        author=passage.said_by or note.author,
    )


def _whose(told: _Told, says: ClauseRelation, people: People) -> Owner | None:
    """Return who did what a passage tells, or None.

    A clause on a role names its side, and an amendment is by both. Otherwise it is the person among
    the first words of the sentence. Of 849 labelled breaches by one of the two, it names the right
    one in 263, the wrong one in 33, and nobody in the rest.
    """
    if says == "amends":
        return "both"
    if owner := _OF_KIND.get(told.agreed.kind):
        return owner
    said = [word.partition("'")[0] for word in words(told.passage.unit.text)]
    for at, word in enumerate(said[:_SUBJECT_WITHIN]):
        if word == "i":
            return None if _LEARNS.intersection(said[at + 1 : at + 4]) else told.passage.said_by
        if owner := _named(word, people):
            return owner
    return None


def _named(word: str, people: People) -> Owner | None:
    # One letter alone is as often an article as an initial.
    return people.pronouns.get(word) or (people.side(word) if len(word) > 1 else None)
