"""Collects what a page may say, and weighs how much each of it matters.

A fact stands under the heading of its kind only where that is certain (`headings`). Else it stands
under the neutral one, which takes facts of the last notes only. Earlier words are told where
nothing later speaks of the same.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach import deadline
from coach.agreement.contract import active_goals
from coach.agreement.goals import goal_words
from coach.ids import derived_id
from coach.language.words import count, stems
from coach.model.answers import SectionKind
from coach.model.citations import Citation
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.facts import FactKind, Statement
from coach.model.history import History
from coach.model.people import Side
from coach.model.readings import FactSignal, MeetingSignal, Span
from coach.model.sessions import Note, Preparation, Session
from coach.notes.cited import CitedPlaces
from coach.notes.kinds import sure_of_kind
from coach.notes.lines import ReadNote, cite, plain, read_notes
from coach.notes.sentences import units
from coach.pages.headings import SECTION_OF, heading
from coach.pages.overtaken import Since

MOST_COMPARED = 2000
"""Most candidates, the weightiest first, that a page is chosen from.

A page takes some dozens, and to try one costs up to 0.1 ms.
"""

MOST_A_SECTION = 8
"""Most lines in a section, and most sentences of one preparation. Chosen by hand; not measured."""

LOOK_BACK = 3
"""Most sessions that a page looks back on, the last one included. Chosen by hand; not measured."""

_SALIENT = 0.5
"""Weight of what a sentence tells besides its kind. Chosen by hand; not measured."""
_LOUD = 0.3
"""Added weight of a win with an exclamation mark, which its writer wants told.

With it the weighted must-cover rises from .763 to .774 on the development cases. It is the same on
the teaching cases.
"""

_ANY_KIND = 0.4
"""Weight of being a fact at all, of whatever kind. Chosen by hand; not measured."""

_FADING = 0.35
"""Factor on the weight for each session that lies between. Chosen by hand; not measured."""

_NO_FACT = 0.2
"""How likely cited words state a fact where none was found. Chosen by hand; not measured."""

_ACHIEVED, _GOAL, _SAID_AGAIN, _STILL_AHEAD, _OLDER = 0.9, 0.3, 0.9, 0.6, 0.25
"""Weights of lines about promises and goals. Chosen by hand; not measured."""

_BY_A_MODEL, _FAINT = 1.2, 0.2
"""Weights of a model's fact, and of what its sentence tells besides its kind.

With them what a model calls weighty (0.95) stands beside the weightiest facts of the embedded
reader, at 1.1 to 1.5.
"""

_WEIGHTY = 0.7
"""Weight from which a model's earlier fact is told to it again: what it called weighty, if short.

Others of its facts weigh 0.36 to 0.95, these 0.72 to 1.35. Chosen by hand; not measured.
"""

_FIGURE = re.compile(r"\d")

_NAME = re.compile(r"(?<!^)(?<![.!?] )(?<!\w)[A-Z][a-z]+")

# Share of each kind's facts in the last session that a page must hold, in the teaching cases.
_WANTED: dict[FactKind, float] = {
    "commitment": 0.95,
    "doubt": 0.8,
    "decision": 0.75,
    "win": 0.7,
    "concern": 0.7,
    "stopper": 0.65,
    "insight": 0.45,
    "feedback": 0.45,
    "change": 0.45,
    "ask": 0.4,
    "topic": 0.35,
    "attempt": 0.3,
}

FROM_FACTS = frozenset(SECTION_OF.values()) - {"commitments"}

_DONE = re.compile(
    r"(?<!\w)(?:done|finished|completed?|sent|delivered|handed in|submitted|did it|ticked|kept"
    r"|sorted)(?!\w)|\[[xX]\]|✓|✔|✅",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?<!\w)(?:not|never|no|nobody|without|\w+n['’]t|will|would|if|half|almost|nearly|partly|yet"
    r"|still)(?!\w)|['’]ll(?!\w)|\?",
    re.IGNORECASE,
)


class Known(NamedTuple):
    """What is known of a mentorship, and the commitments that follow from it."""

    history: History
    commitments: Sequence[Commitment]


class Candidate(NamedTuple):
    """A statement that may stand on a page: its section, who said it, and how much it matters.

    One `to_word` is for a model alone: it is not understood by itself, or later words speak of it.
    """

    section: SectionKind
    statement: Statement
    said_by: Side | None
    weight: float
    by_model: bool = False
    to_word: bool = False


def brief_candidates(known: Known) -> list[Candidate]:
    """Return all that a brief may say, in no order."""
    history, commitments = known
    recent = history.sessions[-LOOK_BACK:]
    places = CitedPlaces(history)
    offered = [
        *_asks(history.preparations),
        *_achieved(places, commitments, recent[-1:]),
        *_due(places, commitments, recent[-1:]),
        *_goals(history),
    ]
    since = Since(history)
    for age, session in enumerate(reversed(recent)):
        told = list(_from_session(history, session, fading=_FADING**age))
        for each in told:
            if not age or _still_news(each, since):
                offered.append(each)
            elif each.by_model and each.weight >= _WEIGHTY * _FADING**age:
                offered.append(each._replace(to_word=True))
        since.add((each.statement.text for each in told), held_on=session.held_on)
    return offered


def session_candidates(known: Known, session: Session) -> list[Candidate]:
    """Return all that the recap of one session may say, in no order."""
    return [
        *_achieved(CitedPlaces(known.history), known.commitments, [session]),
        *_from_session(known.history, session, fading=1.0),
    ]


def _still_news(earlier: Candidate, since: Since) -> bool:
    """Whether an earlier line still tells something, under a heading that is true."""
    return earlier.section != "last_time" and not since.overtakes(earlier.statement.text)


def _likely(finding: FactSignal | None) -> float:
    """Return how likely the cited words state a fact."""
    return finding.likely if finding else _NO_FACT


def statement_of(citation: Citation) -> tuple[str, int]:
    """Return the place that tells one statement from another."""
    return citation.note_id, citation.start


def _from_session(history: History, session: Session, *, fading: float) -> Iterator[Candidate]:
    for read in read_notes(history):
        if read.session.id != session.id:
            continue
        gone_by = [each for each in read.reading.of(MeetingSignal) if each.on < history.as_of]
        for finding in read.reading.of(FactSignal):
            if finding.kind == "commitment" or any(_meets(finding, each) for each in gone_by):
                continue
            deadline.check()
            yield _candidate(read, finding, fading=fading)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _candidate(read: ReadNote, finding: FactSignal, *, fading: float) -> Candidate:
    statement = _statement(read, finding)
    length = count(statement.text)
    # A quote shorter than a clause, or longer than two lines, tells less for its room.
    # Chosen by hand; not measured.
    fit = 1.0 if 5 <= length <= 32 else 0.6
    return Candidate(
        heading(finding, statement.text),
        statement,
        finding.said_by,
        _telling(statement.text, finding) * fading * fit,
        by_model=finding.by == "llm",
    )


def _telling(text: str, finding: FactSignal) -> float:
    """Return the weight of a sentence on a page.

    It is the weight of its kind times how likely it is of that kind, plus what it tells besides.
    For a model's fact it follows the weight that the model gave.
    """
    if finding.by == "llm":
        return _BY_A_MODEL * finding.weight + _FAINT * _salience(text)
    wanted = finding.weight * _WANTED[finding.kind]
    loud = _LOUD * bool(finding.kind == "win" and "!" in text)
    return (
        wanted + (finding.likely - finding.weight) * _ANY_KIND + _SALIENT * _salience(text) + loud
    )


def _salience(text: str) -> float:
    """Return how much a sentence tells besides its kind, from 0 to 1.6.

    Words with meaning count up to 1, a figure and a name 0.3 each.
    """
    told = min(1.0, len(stems(text)) / 10)
    return told + 0.3 * bool(_FIGURE.search(text)) + 0.3 * bool(_NAME.search(text))


def _statement(read: ReadNote, finding: FactSignal, *, about: str | None = None) -> Statement:
    citation = cite(read.session, read.note, finding.start, finding.end)
    return Statement.model_construct(
        id=derived_id(
            "statement", citation.note_id, citation.start, citation.end, finding.known_as
        ),
        text=plain(citation.quote),
        kind=finding.kind,
        about=about,
        certainty=finding.certainty,
        citations=(citation,),
    )


def _asks(preparations: Sequence[Preparation]) -> Iterator[Candidate]:
    """Yield what a side wants from the next session, each sentence with the highest weight."""
    for preparation in preparations:
        note = Note(
            id=preparation.id,
            author=preparation.author,
            visibility=preparation.visibility,
            format="text",
            text=preparation.text,
        )
        for unit in units(note)[:MOST_A_SECTION]:
            citation = Citation(
                session_id=None,
                held_on=preparation.made_on,
                note_id=preparation.id,
                start=unit.start,
                end=unit.end,
                quote=preparation.text[unit.start : unit.end],
            )
            statement = Statement(
                id=derived_id("statement", preparation.id, unit.start, unit.end, "ask"),
                text=plain(citation.quote),
                kind="ask",
                citations=(citation,),
            )
            yield Candidate("asks", statement, preparation.author, 2.0)


def _achieved(
    places: CitedPlaces, commitments: Sequence[Commitment], sessions: Sequence[Session]
) -> Iterator[Candidate]:
    """Yield the promises that these sessions say are done."""
    held = {session.id for session in sessions}
    for commitment in commitments:
        last = commitment.history[-1]
        # No note says what a person marked as done: its citation is where it was promised.
        if last.status != "done" or last.session_id not in held or last.by == "person":
            continue
        if _says_done(last.citation, places.finding(last.citation)):
            told = _cited(last.citation, "win", commitment.id)
            weight = _ACHIEVED * _likely(places.finding(last.citation))
            yield Candidate("achieved", told, places.speaker(last.citation), weight)


def _says_done(citation: Citation, finding: FactSignal | None) -> bool:
    """Whether the words say that something was done, or certainly tell it as a win."""
    said = plain(citation.quote)
    if _DONE.search(citation.quote) and not _NOT_DONE.search(said):
        return True
    return finding is not None and finding.kind == "win" and sure_of_kind(finding, said)


def _due(
    places: CitedPlaces, commitments: Sequence[Commitment], last: Sequence[Session]
) -> Iterator[Candidate]:
    """Yield what is overdue or open, by the newest word on each.

    What is still to come or was said last has the most weight.
    """
    said_last = {session.id for session in last}
    for commitment in commitments:
        if commitment.status not in {"open", "partly", "overdue"}:
            continue
        newest = commitment.history[-1]
        ahead = commitment.due is not None and commitment.status != "overdue"
        said = places.finding(newest.citation)
        if newest.session_id in said_last and said is not None and said.kind == "commitment":
            weight = _telling(plain(newest.citation.quote), said)
        elif newest.session_id in said_last or _added_since(newest, last):
            weight = _SAID_AGAIN * _stated(newest, said)
        else:
            weight = (_STILL_AHEAD if ahead else _OLDER) * _stated(newest, said)
        told = _cited(newest.citation, "commitment", commitment.id)
        yield Candidate(
            "commitments",
            told,
            places.speaker(newest.citation),
            weight,
            by_model=said is not None and said.by == "llm",
        )


def _added_since(newest: CommitmentEvent, last: Sequence[Session]) -> bool:
    """Whether a person added the promise by hand on the day of the last session or later."""
    by_hand = newest.session_id is None
    return by_hand and all(newest.held_on >= session.held_on for session in last)


def _stated(newest: CommitmentEvent, said: FactSignal | None) -> float:
    """Return how likely the newest word states a promise: 1 for a promise that is added by hand."""
    return 1.0 if newest.session_id is None else _likely(said)


def _cited(citation: Citation, kind: FactKind, about: str) -> Statement:
    return Statement(
        id=derived_id("statement", citation.note_id, citation.start, citation.end, kind, about),
        text=plain(citation.quote),
        kind=kind,
        about=about,
        citations=(citation,),
    )


def _goals(history: History) -> Iterator[Candidate]:
    """Yield the newest word on each goal."""
    goals = active_goals(history)
    telling = goal_words(goals, history.mentorship)
    missing = {goal.id for goal in goals}
    for read in reversed(list(read_notes(history))):
        if not missing:
            return
        for finding in reversed(read.reading.of(FactSignal)):
            goal = telling.about(read.note.text[finding.start : finding.end])
            if goal in missing:
                missing.discard(goal)
                yield Candidate(
                    "goals",
                    _statement(read, finding, about=goal),
                    finding.said_by,
                    _GOAL * finding.likely,
                )
