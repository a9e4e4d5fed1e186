"""Questions on a goal whose day is near: before the two talk, or before they talk once more.

Further away any pair could be asked the same. A goal that may have been reached is not asked about,
nor one of which the last notes say nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.agreement.contract import active_goals
from coach.agreement.goals import GoalWords, goal_words
from coach.ids import derived_id
from coach.language.phrasing import day
from coach.language.words import count
from coach.model.contract import Goal
from coach.model.questions import Question
from coach.model.readings import FactSignal
from coach.notes.lines import ReadNote, cite, plain
from coach.questions.coming import next_talk, rhythm
from coach.questions.rules.brevity import LONGEST
from coach.questions.templates import Offer, Writer
from prompts import question

_SESSIONS = 2
"""The last two sessions tell whether a goal is still spoken of."""
_WON = 0.3
"""From here on a sentence may well tell of something reached, whatever its kind is in the end."""

_OF_SOMEBODY = re.compile(r"(?<!\w)(?:she|her|hers|he|him|his|they|their)(?!\w)", re.IGNORECASE)
"""Words for the mentee in a goal's criteria: they read oddly to the mentee."""


class _Said(NamedTuple):
    """A sentence of which goal, and where."""

    read: ReadNote
    finding: FactSignal
    goal: str


def on_goals(writer: Writer, prompt: str, *, talks: int = 1) -> Iterator[Offer]:
    """One question on the mentee's goal whose day is nearest, if it comes within so many talks."""
    history = writer.history
    if writer.ask_of != "mentee" or not history.sessions:
        return
    goals = active_goals(history)
    telling_of = goal_words(goals, history.mentorship)
    last = history.sessions[-1].held_on
    until = next_talk(history) + (talks - 1) * rhythm(history)
    near = [
        (each.target_date, each)
        for each in goals
        if each.target_date and last <= each.target_date <= until
    ]
    said = _said(writer, telling_of)
    for due, goal in sorted(near, key=lambda each: each[0]):
        told = [each for each in said if each.goal == goal.id]
        if told and not _may_be_reached(told):
            if asked := _asked(writer, prompt, goal, due, told[-1]):
                yield asked
            return


def _said(writer: Writer, telling_of: GoalWords) -> list[_Said]:
    """Every sentence of the last sessions on a goal, oldest first."""
    recent = {session.id for session in writer.history.sessions[-_SESSIONS:]}
    found = (
        (read, finding, telling_of.about(plain(read.note.text[finding.start : finding.end])))
        for read in writer.read
        if read.session.id in recent
        for finding in read.reading.of(FactSignal)
    )
    return [_Said(read, finding, goal) for read, finding, goal in found if goal]


def _may_be_reached(told: Iterable[_Said]) -> bool:
    return any(each.finding.kind == "win" and each.finding.weight >= _WON for each in told)


def _asked(writer: Writer, prompt: str, goal: Goal, due: date, said: _Said) -> Offer | None:
    """A goal in its own words, with its day and what it is met by, as much as is short enough."""
    passed = due < writer.history.as_of
    named = f"{prompt}_passed" if passed else f"{prompt}_near"
    criteria = (goal.success_criteria or "").strip().rstrip(".")
    blanks = {
        "goal": goal.statement.strip().rstrip("."),
        "due": day(due, near=writer.history.as_of),
        "criteria": "" if _OF_SOMEBODY.search(criteria) else criteria,
        "other": writer.other,
    }
    names: Sequence[str] = (f"{named}_met", named) if blanks["criteria"] else (named,)
    for name in names:
        text = question(name, version=None, **blanks)
        if count(text) <= LONGEST:
            return name, _question(writer, name, goal, said, text)
    return None


def _question(writer: Writer, name: str, goal: Goal, said: _Said, text: str) -> Question:
    citation = cite(said.read.session, said.read.note, said.finding.start, said.finding.end)
    return Question(
        id=derived_id("question", name, goal.id, citation.note_id, citation.start),
        ask_of=writer.ask_of,
        text=text,
        intent="goal",
        about=goal.id,
        carried=said.read.session != writer.session,
        citations=(citation,),
    )
