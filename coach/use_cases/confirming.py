"""Asks one of the two where a model read otherwise than the note says outright.

The words of the note count.
"""

from collections.abc import Iterator

from coach.ids import derived_id
from coach.language.words import count
from coach.model.history import History
from coach.model.people import Side
from coach.model.questions import Question
from coach.model.readings import CommitmentSignal, OutcomeSignal, Unsure
from coach.notes.lines import ReadNote, cite, plain, read_notes
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import faults

_MOST_SESSIONS = 2
"""Last sessions that are worth asking about: what is older was asked, or matters less.

Chosen by hand; not measured.
"""
_LONGEST_QUOTE = 14
"""Most words of a quote in such a question. Chosen by hand; not measured."""
_ASKED: dict[Unsure, str] = {
    "owner": "The notes say “{quote}”. Who is to do that?",
    "due": "The notes say “{quote}”. For when was that meant?",
    "state": "The notes say “{quote}”. What became of it?",
}


def to_confirm(history: History, of: Side) -> tuple[Question, ...]:
    """Return at most one question, about the newest such words that the person asked may see."""
    asked = (question for each in _unsure(history) if (question := _question(history, each, of)))
    return tuple(list(asked)[-1:])


Found = tuple[ReadNote, CommitmentSignal | OutcomeSignal]


def _unsure(history: History) -> Iterator[Found]:
    recent = {session.id for session in history.sessions[-_MOST_SESSIONS:]}
    for read in read_notes(history):
        if read.session.id not in recent:
            continue
        for promise in read.reading.of(CommitmentSignal):
            if promise.to_confirm:
                yield read, promise
        for outcome in read.reading.of(OutcomeSignal):
            if outcome.to_confirm:
                yield read, outcome


def _question(history: History, found: Found, of: Side) -> Question | None:
    read, signal = found
    citation = cite(read.session, read.note, signal.start, signal.end)
    quote = plain(citation.quote).rstrip(".")
    hidden = read.note.visibility != "shared" and history.audience != of
    if hidden or not signal.to_confirm or count(quote) > _LONGEST_QUOTE:
        return None
    question = Question(
        id=derived_id("question", "confirm", of, read.note.id, signal.start),
        ask_of=of,
        text=_ASKED[signal.to_confirm].format(quote=quote),
        intent="confirm",
        citations=(citation,),
    )
    return question if grounded(question) and not faults(question.text) else None
