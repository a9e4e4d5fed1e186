"""Which facts a brief holds, in which order, and what was not found.

The order is the opening ritual: last time, happy about, concerns, changed, tried, achieved, doubts; then goals,
stoppers, asks, decisions. The weightiest statements of the last sessions are taken until the page is full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coach.contract import active_goals
from coach.facts import ReadNote, cite, plain, read_notes
from coach.goals import goal_words
from coach.ids import derived_id
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
    Section,
    SectionKind,
    Session,
    Statement,
)
from coach.phrasing import addressed, day, first_name
from coach.structure import units
from coach.words import count, stems

MOST_WORDS = 250
_MOST_A_SECTION = 8
_LOOK_BACK = 3

_SALIENT = 0.6
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
_WEIGHT: dict[FactKind, float] = {
    "concern": 1.0,
    "ask": 1.0,
    "change": 0.95,
    "win": 0.95,
    "commitment": 0.9,
    "doubt": 0.9,
    "stopper": 0.9,
    "decision": 0.9,
    "insight": 0.85,
    "feedback": 0.85,
    "attempt": 0.75,
    "topic": 0.9,
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


class _Candidate(NamedTuple):
    """A statement that may go in, where, and how much it matters."""

    section: SectionKind
    statement: Statement
    weight: float


def choose(history: History, commitments: Sequence[Commitment]) -> Chosen:
    """The statements of a brief before the next session, at most 250 words with the headline."""
    recent = history.sessions[-_LOOK_BACK:]
    offered = [
        *_asks(history.preparations),
        *_achieved(commitments, recent[-1:]),
        *_due(commitments, recent[-1:]),
        *_goals(history),
    ]
    for age, session in enumerate(reversed(recent)):
        offered += _from_session(history, session, fading=0.55**age)
    return _arranged(history, offered)


def recap(history: History, session: Session, commitments: Sequence[Commitment]) -> Chosen:
    """The statements of one session."""
    offered = [*_achieved(commitments, [session]), *_from_session(history, session, fading=1.0)]
    return _arranged(history, offered)


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
            elif reading.unread_language:
                yield f"A note of {on} was not read: its language ({reading.unread_language}) is not known here."


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


def _from_session(history: History, session: Session, *, fading: float) -> Iterator[_Candidate]:
    for read in read_notes(history):
        if read.session.id != session.id:
            continue
        for finding in read.reading.findings:
            if finding.kind == "commitment":
                continue
            yield _candidate(read, finding, fading=fading)


def _candidate(read: ReadNote, finding: Finding, *, fading: float) -> _Candidate:
    statement = _statement(read, finding)
    length = count(statement.text)
    # Short of a clause, or longer than two lines, a quote tells less for its room.
    fit = 1.0 if 5 <= length <= 32 else 0.6
    return _Candidate(
        _SECTION_OF[finding.kind],
        statement,
        _WEIGHT[finding.kind]
        * (finding.weight + _SALIENT * _salience(statement.text))
        * fading
        * fit,
    )


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
            yield _Candidate("asks", statement, 2.0)


def _achieved(
    commitments: Sequence[Commitment], sessions: Sequence[Session]
) -> Iterator[_Candidate]:
    """What these sessions say was done of what had been promised."""
    held = {session.id for session in sessions}
    for commitment in commitments:
        last = commitment.history[-1]
        # What a person said was done, no note says: its citation is where it was promised.
        if last.status == "done" and last.session_id in held and last.by != "person":
            yield _Candidate("achieved", _cited(last.citation, "win", commitment.id), 0.8)


def _due(commitments: Sequence[Commitment], last: Sequence[Session]) -> Iterator[_Candidate]:
    """What is overdue or open, the newest word on each; what is still to come or was just said matters most."""
    said_last = {session.id for session in last}
    for commitment in commitments:
        if commitment.status not in {"open", "partly", "overdue"}:
            continue
        newest = commitment.history[-1]
        ahead = commitment.due is not None and commitment.status != "overdue"
        weight = 0.7 if ahead or newest.session_id in said_last else 0.35
        yield _Candidate(
            "commitments", _cited(newest.citation, "commitment", commitment.id), weight
        )


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
                yield _Candidate("goals", _statement(read, finding, about=goal), 0.5)


def _arranged(history: History, offered: Iterable[_Candidate]) -> Chosen:
    """The weightiest candidates that fit on the page, in the order of the ritual.

    The weightiest of all opens the page; an ask stays where the reader looks for it.
    """
    taken: list[_Candidate] = []
    room = MOST_WORDS
    for candidate in sorted(offered, key=lambda each: -each.weight):
        length = count(candidate.statement.text)
        if length <= room and not _told_already(candidate, taken) and not _full(candidate, taken):
            taken.append(candidate)
            room -= length
    opening = next((each for each in taken if each.section not in {"asks", "goals"}), None)
    called = titles(history.mentorship, history.audience)
    return Chosen(
        opening.statement if opening else None,
        tuple(_sections([each for each in taken if each is not opening], called)),
    )


def _told_already(candidate: _Candidate, taken: Sequence[_Candidate]) -> bool:
    new = candidate.statement.citations[0]
    return any(
        (new.note_id == old.note_id and new.start < old.end and old.start < new.end)
        or candidate.statement.text == each.statement.text
        for each in taken
        for old in each.statement.citations
    )


def _full(candidate: _Candidate, taken: Sequence[_Candidate]) -> bool:
    return sum(each.section == candidate.section for each in taken) >= _MOST_A_SECTION


def _sections(taken: Sequence[_Candidate], called: dict[SectionKind, str]) -> Iterator[Section]:
    for kind in _ORDER:
        statements = [each.statement for each in taken if each.section == kind]
        if statements:
            ordered = sorted(
                statements,
                key=lambda each: (
                    each.citations[0].held_on,
                    each.citations[0].note_id,
                    each.citations[0].start,
                ),
            )
            yield Section(kind=kind, title=called[kind], statements=tuple(ordered))
