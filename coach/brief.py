"""Which facts a brief holds, in which order, and what was not found.

The order is the opening ritual: last time, happy about, concerns, changed, tried, achieved, doubts; then goals,
stoppers, asks, decisions. The weightiest statements of the last sessions are taken until the page is full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach import deadline
from coach.cited import CitedPlaces
from coach.contract import active_goals
from coach.facts import ReadNote, cite, plain, read_notes
from coach.goals import goal_words
from coach.ids import derived_id
from coach.material import Line, Material
from coach.model import (
    Audience,
    Citation,
    Commitment,
    FactKind,
    Finding,
    History,
    Mentorship,
    Note,
    Preparation,
    Reading,
    Section,
    SectionKind,
    Session,
    Side,
    Statement,
)
from coach.phrasing import addressed, day, first_name
from coach.structure import units
from coach.words import count, stems

MOST_WORDS = 250
MOST_COMPARED = 2000
"""How many of the weightiest candidates a page is chosen from: it takes some dozens, and to try one costs up to 0.1 ms."""
_MOST_A_SECTION = 8
_MOST_SPARE = 40
_REPEATED = 0.7
_LOOK_BACK = 3

_SALIENT = 0.5
_ANY_KIND = 0.4
_FADING = 0.35
_NO_FACT = 0.2
_ACHIEVED, _GOAL, _SAID_AGAIN, _STILL_AHEAD, _OLDER = 0.9, 0.3, 0.9, 0.6, 0.25
_FIGURE = re.compile(r"\d")
_NAME = re.compile(r"(?<!^)(?<![.!?] )(?<!\w)[A-Z][a-z]+")

_SECTION_OF: dict[FactKind, SectionKind] = {
    "topic": "last_time",
    "feedback": "last_time",
    "insight": "last_time",
    "win": "happy_about",
    "concern": "concerns",
    "change": "changed",
    "attempt": "tried",
    "doubt": "doubts",
    "commitment": "commitments",
    "decision": "decisions",
    "ask": "asks",
    "stopper": "stoppers",
}
# How often, in the labelled cases that teach, a fact of the last session is one that the page must hold.
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
_ORDER: tuple[SectionKind, ...] = (
    "last_time",
    "happy_about",
    "concerns",
    "changed",
    "tried",
    "achieved",
    "doubts",
    "asks",
    "commitments",
    "goals",
    "stoppers",
    "decisions",
)
_FROM_FACTS = frozenset(_SECTION_OF.values()) - {"commitments"}
_RITUAL: dict[SectionKind, str] = {
    "happy_about": "anything {they} happy about",
    "concerns": "a concern",
    "changed": "a change in the situation",
    "tried": "anything that was tried",
    "achieved": "a commitment that was met",
    "doubts": "a doubt",
}


class Chosen(NamedTuple):
    """The one statement to open with, and the others in their sections."""

    headline: Statement | None
    sections: tuple[Section, ...]


class Known(NamedTuple):
    """What is known of a mentorship, and the commitments that follow from it."""

    history: History
    commitments: Sequence[Commitment]


class _Candidate(NamedTuple):
    """A statement that may go in, where, who said it, and how much it matters."""

    section: SectionKind
    statement: Statement
    said_by: Side | None
    weight: float


def choose(known: Known, *, alone: Known | None = None, most: int = MOST_COMPARED) -> Material:
    """The lines of a brief before the next session: those chosen fill a page, the others may be added.

    What fills the page is chosen from `alone`, what the embedded reader knows by itself, so that nothing a
    model says can push it off; how it is called, and what may be added, comes from all that is known. At most
    `most` candidates are compared.
    """
    offered = _offered(known)
    base = _offered(alone) if alone else offered
    return _laid_out(known.history, offered, chosen_from=base, most=most)


def recap(
    known: Known, session: Session, *, alone: Known | None = None, most: int = MOST_COMPARED
) -> Material:
    """The lines of one session."""
    offered = _of_session(known, session)
    base = _of_session(alone, session) if alone else offered
    return _laid_out(known.history, offered, chosen_from=base, most=most)


def _offered(known: Known) -> list[_Candidate]:
    history, commitments = known
    recent = history.sessions[-_LOOK_BACK:]
    places = CitedPlaces(history)
    offered = [
        *_asks(history.preparations),
        *_achieved(places, commitments, recent[-1:]),
        *_due(places, commitments, recent[-1:]),
        *_goals(history),
    ]
    for age, session in enumerate(reversed(recent)):
        offered += _from_session(history, session, fading=_FADING**age)
    return offered


def _of_session(known: Known, session: Session) -> list[_Candidate]:
    return [
        *_achieved(CitedPlaces(known.history), known.commitments, [session]),
        *_from_session(known.history, session, fading=1.0),
    ]


def not_found(history: History, chosen: Chosen) -> tuple[str, ...]:
    """What the opening ritual asks for and the notes do not tell, and which notes were not read."""
    if not history.sessions:
        return ("No session is noted yet.",)
    last = history.sessions[-1]
    on = day(last.held_on, near=history.as_of)
    if not last.notes:
        return (f"The session of {on} has no notes that you may see.", *_unread(history))
    there = {section.kind for section in chosen.sections}
    if chosen.headline is not None:
        there.add(_SECTION_OF[chosen.headline.kind])
    they = addressed(history.mentorship, "mentee", history.audience)
    they = "you were" if they == "you" else f"{they} was"
    missing = [
        f"The notes of {on} do not tell {what.format(they=they)}."
        for kind, what in _RITUAL.items()
        if kind not in there
    ]
    return (*missing, *_unread(history))


def _unread(history: History) -> Iterator[str]:
    for session in history.sessions[-_LOOK_BACK:]:
        for note in session.notes:
            reading = history.readings.get(note.id)
            on = day(session.held_on, near=history.as_of)
            if reading is None:
                yield f"A note of {on} has not been read yet."
            elif reading.failed:
                yield f"A note of {on} was not read: the reader failed at it and will not try again by itself."
            elif reading.unread_language:
                yield f"A note of {on} was not read: its language ({reading.unread_language}) is not known here."
            else:
                yield from _left_out(reading, history.alone.get(note.id, reading), on)


def _left_out(reading: Reading, own: Reading, on: str) -> Iterator[str]:
    """What of a note that is too long was not read, by one reader or by both."""
    if own.unread_from is not None:
        yield f"The middle of a long note of {on} was not read, only its beginning and its end."
    if reading.engine == "llm" and reading.unread_from is not None:
        yield f"The end of a long note of {on} was read without the model."


def titles(mentorship: Mentorship, audience: Audience) -> dict[SectionKind, str]:
    """What the sections are called for a reader."""
    you = audience == "mentee"
    name = first_name(mentorship.mentee.name)
    return {
        "last_time": "What you talked about last time",
        "happy_about": f"What {'you were' if you else f'{name} was'} happy about",
        "concerns": "Concerns",
        "changed": "What has changed",
        "tried": "What was tried",
        "achieved": "What was achieved",
        "doubts": "Doubts",
        "commitments": "What is promised",
        "goals": "Where the goals stand",
        "stoppers": "What keeps getting in the way",
        "asks": "Asks for this session",
        "decisions": "Decisions",
    }


def _likely(finding: Finding | None) -> float:
    """How likely what is cited states a fact."""
    return finding.likely if finding else _NO_FACT


def _of(citation: Citation) -> tuple[str, int]:
    return citation.note_id, citation.start


def _from_session(history: History, session: Session, *, fading: float) -> Iterator[_Candidate]:
    for read in read_notes(history):
        if read.session.id != session.id:
            continue
        for finding in read.reading.findings:
            if finding.kind == "commitment":
                continue
            deadline.check()
            yield _candidate(read, finding, fading=fading)


def _candidate(read: ReadNote, finding: Finding, *, fading: float) -> _Candidate:
    statement = _statement(read, finding)
    length = count(statement.text)
    # Short of a clause, or longer than two lines, a quote tells less for its room.
    fit = 1.0 if 5 <= length <= 32 else 0.6
    return _Candidate(
        _SECTION_OF[finding.kind],
        statement,
        finding.said_by,
        _telling(statement.text, finding) * fading * fit,
    )


def _telling(text: str, finding: Finding) -> float:
    """How much a page needs a sentence: what its kind is wanted for, as surely as it is that, and what it tells."""
    wanted = finding.weight * _WANTED[finding.kind]
    return wanted + (finding.likely - finding.weight) * _ANY_KIND + _SALIENT * _salience(text)


def _salience(text: str) -> float:
    """How much a sentence tells beside its kind: words that carry meaning, figures, names; at most 1.6."""
    told = min(1.0, len(stems(text)) / 10)
    return told + 0.3 * bool(_FIGURE.search(text)) + 0.3 * bool(_NAME.search(text))


def _statement(read: ReadNote, finding: Finding, *, about: str | None = None) -> Statement:
    citation = cite(read.session, read.note, finding.start, finding.end)
    return Statement.model_construct(
        id=derived_id("statement", citation.note_id, citation.start, citation.end, finding.kind),
        text=plain(citation.quote),
        kind=finding.kind,
        about=about,
        certainty=finding.certainty,
        citations=(citation,),
    )


def _asks(preparations: Sequence[Preparation]) -> Iterator[_Candidate]:
    """What a side wants from the next session, sentence by sentence, before everything else."""
    for preparation in preparations:
        note = Note(
            id=preparation.id,
            author=preparation.author,
            visibility=preparation.visibility,
            format="text",
            text=preparation.text,
        )
        for unit in units(note)[:_MOST_A_SECTION]:
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
            yield _Candidate("asks", statement, preparation.author, 2.0)


def _achieved(
    places: CitedPlaces, commitments: Sequence[Commitment], sessions: Sequence[Session]
) -> Iterator[_Candidate]:
    """What these sessions say was done of what had been promised."""
    held = {session.id for session in sessions}
    for commitment in commitments:
        last = commitment.history[-1]
        # What a person said was done, no note says: its citation is where it was promised.
        if last.status == "done" and last.session_id in held and last.by != "person":
            told = _cited(last.citation, "win", commitment.id)
            weight = _ACHIEVED * _likely(places.finding(last.citation))
            yield _Candidate("achieved", told, places.speaker(last.citation), weight)


def _due(
    places: CitedPlaces, commitments: Sequence[Commitment], last: Sequence[Session]
) -> Iterator[_Candidate]:
    """What is overdue or open, the newest word on each; what is still to come or was just said matters most."""
    said_last = {session.id for session in last}
    for commitment in commitments:
        if commitment.status not in {"open", "partly", "overdue"}:
            continue
        newest = commitment.history[-1]
        ahead = commitment.due is not None and commitment.status != "overdue"
        said = places.finding(newest.citation)
        if newest.session_id in said_last and said is not None and said.kind == "commitment":
            weight = _telling(plain(newest.citation.quote), said)
        elif newest.session_id in said_last:
            weight = _SAID_AGAIN * _likely(said)
        else:
            weight = (_STILL_AHEAD if ahead else _OLDER) * _likely(said)
        told = _cited(newest.citation, "commitment", commitment.id)
        yield _Candidate("commitments", told, places.speaker(newest.citation), weight)


def _cited(citation: Citation, kind: FactKind, about: str) -> Statement:
    return Statement(
        id=derived_id("statement", citation.note_id, citation.start, citation.end, kind, about),
        text=plain(citation.quote),
        kind=kind,
        about=about,
        citations=(citation,),
    )


def _goals(history: History) -> Iterator[_Candidate]:
    """The newest word on each goal."""
    goals = active_goals(history)
    telling = goal_words(goals, history.mentorship)
    missing = {goal.id for goal in goals}
    for read in reversed(list(read_notes(history))):
        if not missing:
            return
        for finding in reversed(read.reading.findings):
            goal = telling.about(read.note.text[finding.start : finding.end])
            if goal in missing:
                missing.discard(goal)
                yield _Candidate(
                    "goals",
                    _statement(read, finding, about=goal),
                    finding.said_by,
                    _GOAL * finding.likely,
                )


def _laid_out(
    history: History,
    offered: Iterable[_Candidate],
    *,
    chosen_from: Iterable[_Candidate],
    most: int,
) -> Material:
    """The weightiest candidates that fill a page, then as many that may be added.

    The weightiest of all opens the page; an ask stays where the reader looks for it.
    """
    called = {_place(each): each for each in sorted(offered, key=lambda each: each.weight)}
    taken: list[_Candidate] = []
    room = MOST_WORDS
    for candidate in _weightiest(chosen_from, most):
        length = count(candidate.statement.text) + bool(candidate.said_by)  # who says it
        if length <= room and not _told_already(candidate, taken) and not _full(candidate, taken):
            known = called.get(_place(candidate))
            taken.append(known if known and candidate.section in _FROM_FACTS else candidate)
            room -= length
    spare: list[_Candidate] = []
    for candidate in _weightiest(called.values(), most):
        if len(spare) < _MOST_SPARE and not _told_already(candidate, [*taken, *spare]):
            spare.append(candidate)
    private = _private(history)
    lines = [
        Line(each.section, each.statement, each.said_by, chosen, _place(each)[0] not in private)
        for group, chosen in ((taken, True), (spare, False))
        for each in group
    ]
    opening = (
        n for n, each in enumerate(lines) if each.chosen and each.section not in {"asks", "goals"}
    )
    return Material(
        mentorship=history.mentorship,
        audience=history.audience,
        as_of=history.as_of,
        lines=tuple(lines),
        opening=next(opening, None),
        goals=active_goals(history),
        most_words=MOST_WORDS,
    )


def _weightiest(candidates: Iterable[_Candidate], most: int) -> list[_Candidate]:
    return sorted(candidates, key=lambda each: -each.weight)[:most]


def _private(history: History) -> frozenset[str]:
    """The notes and preparations that only one side may read."""
    own: list[Note | Preparation] = [*history.preparations]
    own += [note for session in history.sessions for note in session.notes]
    return frozenset(each.id for each in own if each.visibility != "shared")


def _place(candidate: _Candidate) -> tuple[str, int]:
    return _of(candidate.statement.citations[0])


def _told_already(candidate: _Candidate, taken: Sequence[_Candidate]) -> bool:
    new = candidate.statement.citations[0]
    said = stems(candidate.statement.text)
    return any(
        (new.note_id == old.note_id and new.start < old.end and old.start < new.end)
        or candidate.statement.text == each.statement.text
        or _the_same(said, stems(each.statement.text))
        for each in taken
        for old in each.statement.citations
    )


def _the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lines tell nearly the same: the one that was chosen first stays."""
    return len(one & other) > _REPEATED * len(one | other)


def _full(candidate: _Candidate, taken: Sequence[_Candidate]) -> bool:
    return sum(each.section == candidate.section for each in taken) >= _MOST_A_SECTION


def arranged(
    material: Material, headline: Statement | None, told: Iterable[tuple[SectionKind, Statement]]
) -> Chosen:
    """Statements in the sections of the ritual, each section in the order of its days."""
    called = titles(material.mentorship, material.audience)
    by_section: dict[SectionKind, list[Statement]] = {}
    for section, statement in told:
        by_section.setdefault(section, []).append(statement)
    return Chosen(
        headline,
        tuple(
            Section(
                kind=kind,
                title=called[kind],
                statements=tuple(sorted(by_section[kind], key=_when)),
            )
            for kind in _ORDER
            if kind in by_section
        ),
    )


def _when(statement: Statement) -> tuple[date, str, int]:
    first = statement.citations[0]
    return first.held_on, first.note_id, first.start
