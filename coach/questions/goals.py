"""Questions on a goal whose day is near: before the two talk, or before they talk once more.

Further away any pair could be asked the same. The last notes must say that it is under way: a goal
of which they are silent, or which may have been reached or given up, is not asked about. Of 39
questions that two readers judged, each that was asked about such a goal was weak or absurd.
"""

import re
from collections.abc import Iterator, Sequence
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

_UNDER_WAY = re.compile(
    r"(?<!\w)(?:\w+ (?:left )?(?:out )?of (?:the )?(?:\d+|two|three|four|five|six|seven|eight|nine"
    r"|ten|twelve|twenty)|so far|not yet|isn['’]t yet|half (?:done|way)|draft(?:ed)?|except"
    r"|still (?:to|not|miss\w+|need\w*|open|have|has)|the last (?:one|two|three)|to go|left to"
    r"|moved to|put off|new (?:date|day)|remaining|started|begun|work(?:ing)? on)(?!\w)"
    r"|(?<![\d/])\d{1,3}/\d{1,3}(?![\d/])",
    re.IGNORECASE,
)
"""Words that say that something is begun and not reached."""
_REACHED = re.compile(
    r"(?<!\w)(?:came|arrived|accepted|passed|granted|done|closed|finished|completed?|achieved"
    r"|reached|met|tick(?:ed)?|struck off|in hand|won|published|appointed|promoted)(?!\w)|[✓✔✅☑]",
    re.IGNORECASE,
)
"""Words that may say that it is: one too many costs a question, one too few asks what is known."""

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
    last = history.sessions[-1].held_on
    until = next_talk(history) + (talks - 1) * rhythm(history)
    goals = active_goals(history)
    near = [
        (each.target_date, each)
        for each in goals
        if each.target_date and last <= each.target_date <= until
    ]
    said = _said(writer, goal_words(goals, history.mentorship)) if near else []
    for due, goal in sorted(near, key=lambda each: each[0]):
        told = [each for each in said if each.goal == goal.id]
        if (under_way := _under_way(told)) and (
            asked := _asked(writer, prompt, goal, due, under_way)
        ):
            yield asked
            return


def _said(writer: Writer, telling_of: GoalWords) -> list[_Said]:
    """Every sentence of the last session on a goal, in its order."""
    found = (
        (read, finding, telling_of.about(_text(read, finding)))
        for read in writer.read
        if read.session == writer.session
        for finding in read.reading.of(FactSignal)
    )
    return [_Said(read, finding, goal) for read, finding, goal in found if goal]


def _under_way(told: Sequence[_Said]) -> _Said | None:
    """The last sentence that says a goal is begun; None where one may say it is reached."""
    texts = [_text(each.read, each.finding) for each in told]
    if any(_REACHED.search(text) for text in texts):
        return None
    begun = [each for each, text in zip(told, texts, strict=True) if _UNDER_WAY.search(text)]
    return begun[-1] if begun else None


def _text(read: ReadNote, finding: FactSignal) -> str:
    return plain(read.note.text[finding.start : finding.end])


def _asked(writer: Writer, prompt: str, goal: Goal, due: date, said: _Said) -> Offer | None:
    """A goal in its own words, with its day and what it is met by, as much as is short enough."""
    passed = due < writer.history.as_of
    named = f"{prompt}_passed" if passed else f"{prompt}_near"
    criteria = (goal.success_criteria or "").strip().rstrip(".")
    blanks = {
        "goal": goal.statement.strip().rstrip("."),
        "due": day(due, near=writer.history.as_of),
        "criteria": "" if _OF_SOMEBODY.search(criteria) else criteria,
        "other": writer.sides.other,
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
        citations=(citation,),
    )
