"""D15 structure and documentation: two clauses contradict, or sessions lack the agreed notes.

Definition: the contract sets two rhythms or two ways of talking, or a clause asks for notes that
are missing.

Needs: two clauses that plainly contradict each other. Or a clause on notes and two of the last
sessions without any that the reader may see. Or passages that say so in two sessions, or one plain
passage (low).

Traps: a clause that was never agreed is missing, not drift; a verbal contract is valid; a session
of a few days ago may still get its notes. A rhythm of something else, of a stage or of a season
contradicts nothing.

Source: "Without structure, mentoring tends to become irregular and less effective"; "arrange it
into a schedule and put in writing".
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from coach.agreement.clauses import cadence_clause
from coach.drift.channels import sorts_of
from coach.drift.rhythms import meeting_rhythm
from coach.drift.signals import Evidence, held_sessions, matter
from coach.drift.wording import Words, agreed, listed, severity_of, warning
from coach.ids import derived_id
from coach.language.phrasing import day, days
from coach.model.contract import Clause, ClauseName, Contract
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.sessions import Session

_SENTENCE = re.compile(r"[^.!?;\n]+")
# "Only by phone", "on Zoom only": the one channel that a sentence allows.
_ALONE = re.compile(
    r"(?<!\w)(?:only|always|solely|exclusively) (?:ever )?(?:(?:meet|talk|speak) )?(?:by|on|over"
    r"|via|in|through) (\w+)(?!\w)",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?<!\w)(?:(?:keep|keeps|take|takes|write|writes|written) (?:the |a |short |brief "
    r"|our )?(?:notes?|minutes|transcript|protocol|record|log)"
    r"|(?:notes|minutes|transcript|protocol) (?:of|are|is|shall|will|within)"
    r"|(?:write|writes|written|type|typed) (?:it |them |this )?(?:down|up))(?!\w)",
    re.IGNORECASE,
)
_WRITER = re.compile(
    r"(?<!\w)(\w+) (?:writes|keeps|takes) (?:the )?(?:notes|minutes|protocol)(?!\w)", re.IGNORECASE
)
_NO_NAME = frozenset(
    "nobody one who whoever each everyone somebody someone he she it also and always".split()
)
_IN_TURN = re.compile(
    r"(?<!\w)(?:turns?|alternat\w+|own|if|unless|when|until|then|both)(?!\w)", re.IGNORECASE
)
_SAME_RHYTHM = 1.3
"""Two rhythms are the same below this ratio.

Four weeks and a month are one rhythm; two weeks and three are two.
"""
_TIME_TO_WRITE = timedelta(days=7)
"""Time to write notes: a week, as agreement templates have it."""
_LOOKED_AT = 4
"""How many of the last sessions are checked for notes. Chosen by hand; not measured."""
_WITHOUT = 2
"""How many of them lack notes before a warning: one may be forgotten.

Chosen by hand; not measured.
"""


class _Rhythm(NamedTuple):
    clause: Clause
    every_days: int


def structure(evidence: Evidence) -> Iterator[Drift]:
    """Warn of clauses that contradict each other, else of agreed notes that are missing."""
    found = (
        *_two_rhythms(evidence),
        *_two_channels(evidence),
        *_two_hands(evidence),
        *_told(evidence),
        *_unnoted(evidence),
    )
    yield from found[:1]


def _two_rhythms(evidence: Evidence) -> Iterator[Drift]:
    """Warn if the contract sets two rhythms that differ."""
    history = evidence.history
    contract = history.contract
    if contract is None:
        return
    rhythms = _rhythms(contract)
    if not rhythms or not _in_use(history, contract):
        return
    slow = max(rhythms, key=lambda each: each.every_days)
    fast = min(rhythms, key=lambda each: each.every_days)
    if slow.every_days < fast.every_days * _SAME_RHYTHM:
        return
    one, other = sorted((slow, fast), key=rhythms.index)
    seen = [f"“{each.clause.text}” is every {days(each.every_days)}" for each in (one, other)]
    yield _contradiction(history, contract, (one.clause, other.clause), seen)


def _two_channels(evidence: Evidence) -> Iterator[Drift]:
    """Warn if the prose allows only one channel and the clause names none of its sort."""
    history = evidence.history
    contract = history.contract
    if contract is None or not contract.channels or not _in_use(history, contract):
        return
    given = [sorts_of(each) for each in contract.channels]
    for sentence in _SENTENCE.findall(contract.text or ""):
        alone = {sort for words in _ALONE.findall(sentence) for sort in sorts_of(words)}
        if alone and all(given) and not alone & set().union(*given):
            clauses = [
                Clause(name=name, version=contract.version, text=text)
                for name, text in _channel_clauses(contract, sentence)
            ]
            seen = [f"“{each.text}”, version {each.version}" for each in clauses]
            yield _contradiction(history, contract, (clauses[0], clauses[1]), seen)


def _channel_clauses(contract: Contract, sentence: str) -> tuple[tuple[ClauseName, str], ...]:
    return ("channels", ", ".join(contract.channels)), ("text", sentence.strip())


def _two_hands(evidence: Evidence) -> Iterator[Drift]:
    """Warn if two sentences of the prose give the notes to different people."""
    history = evidence.history
    contract = history.contract
    if contract is None or not _in_use(history, contract):
        return
    writers = {
        found[1].lower(): Clause(name="text", version=contract.version, text=sentence.strip())
        for sentence in _SENTENCE.findall(contract.text or "")
        if (found := _WRITER.search(sentence)) and not _IN_TURN.search(sentence)
    }
    # A contract has two people, and each may have a name that only the pair uses.
    clauses = [each for who, each in writers.items() if who not in _NO_NAME]
    if len(clauses) == 2:
        seen = [f"“{each.text}”" for each in clauses]
        yield _contradiction(history, contract, (clauses[0], clauses[1]), seen)


def _in_use(history: History, contract: Contract) -> bool:
    begins = contract.effective_from
    return any(begins <= each.held_on for each in held_sessions(history))


def _contradiction(
    history: History, contract: Contract, clauses: tuple[Clause, Clause], seen: list[str]
) -> Drift:
    one, other = clauses
    return Drift(
        id=derived_id("drift", history.mentorship.id, "structure", one.name, contract.version),
        kind="structure",
        clause=other,
        severity="low",
        confidence=0.8,
        since=contract.effective_from,
        seen=tuple(Computed(computed=each) for each in seen),
        message=f"Version {contract.version} says “{one.text}” and also “{other.text}”.",
        innocent_explanation="One of the two may be left over from an earlier version.",
        question="Which of these two clauses holds?",
        options=DriftOptions(
            return_to=f"Keep “{one.text}” and take the other out in the next version.",
            amend_to=f"Keep “{other.text}” and take the other out in the next version.",
        ),
        by="data",
    )


def _rhythms(contract: Contract) -> list[_Rhythm]:
    """Return every rhythm of meeting that the contract sets, the given clause first."""
    found = []
    if contract.cadence and (clause := cadence_clause(contract)):
        found.append(_Rhythm(clause, contract.cadence.every_days))
    for sentence in _SENTENCE.findall(contract.text or ""):
        if every_days := meeting_rhythm(sentence):
            clause = Clause(name="text", version=contract.version, text=sentence.strip())
            found.append(_Rhythm(clause, every_days))
    return found


def _unnoted(evidence: Evidence) -> Iterator[Drift]:
    """Warn if a clause asks for notes and the last sessions have none that the reader may see."""
    history = evidence.history
    contract = history.contract
    clause = _notes_clause(contract) if contract else None
    answers = {"excuses", "amends", "settles"}
    if contract is None or clause is None:
        return
    if any(each.signal.says in answers for each in evidence.said.of(["notes_kept"])):
        return
    due = history.as_of - _TIME_TO_WRITE
    recent = [e for e in held_sessions(history) if contract.effective_from <= e.held_on <= due]
    without = [each for each in recent[-_LOOKED_AT:] if not each.notes]
    if len(without) >= _WITHOUT and not all(each.notes for each in recent[-_WITHOUT:]):
        yield _missing_notes(evidence, clause, without)


def _notes_clause(contract: Contract) -> Clause | None:
    """Return the sentence of the prose that asks for notes, or None."""
    sentences = (each.strip() for each in _SENTENCE.findall(contract.text or ""))
    wanted = next((each for each in sentences if _NOTES.search(each)), None)
    return Clause(name="text", version=contract.version, text=wanted) if wanted else None


def _missing_notes(evidence: Evidence, clause: Clause, without: list[Session]) -> Drift:
    dates = listed([day(each.held_on) for each in without])
    return Drift(
        id=derived_id("drift", evidence.history.mentorship.id, "structure", "notes", without[0].id),
        kind="structure",
        clause=clause,
        severity="low",
        confidence=0.6,
        since=without[0].held_on,
        seen=tuple(
            Computed(computed=f"no notes of {each.held_on.isoformat()} that you may see")
            for each in without
        ),
        message=(
            f"{agreed(clause.text, clause.version)} There are no notes of {dates} that you may see."
        ),
        innocent_explanation=(
            "They may be kept elsewhere or be private, or there was nothing to hold on to."
        ),
        question="How do you both want to keep notes from here?",
        options=DriftOptions(
            return_to="Write three lines on each of these sessions while you remember them.",
            amend_to="Agree on less, such as one line a session, or on no notes at all.",
        ),
        by="data",
    )


def _told(evidence: Evidence) -> Iterator[Drift]:
    found = matter(evidence, "notes_kept")
    if found is None:
        return
    said = Words(
        seen="tell of notes that are missing or kept otherwise",
        innocent="They may have been written and not shared yet.",
        question="How do you both want to keep notes from here?",
        return_to="Write up what is missing in three lines each, and say who writes next time.",
        amend_to="Agree on who writes, how much, and by when, so that it fits a full week.",
    )
    yield warning(evidence, "structure", found, said, severity=severity_of(found))
