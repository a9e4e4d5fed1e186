"""The values that the prompts show to a model.

Every text by people is on one line and cannot look like a fence.
"""

from collections.abc import Sequence

from coach.engines.llm.passages import Passage, clean
from coach.language.phrasing import first_name
from coach.model.contract import Goal
from coach.model.material import Material, PageLine
from coach.model.people import Mentorship, Side
from coach.model.sessions import Note
from coach.ports import ReadingContext

_MOST_LINES = 60
"""Highest number of a page's lines that a model is shown. Chosen by hand; not measured."""
_SIDES: tuple[Side, Side] = ("mentor", "mentee")
Values = dict[str, object]


def read_values(note: Note, context: ReadingContext, part: Sequence[Passage]) -> Values:
    """Return the values for reading a part of a note."""
    pair = context.mentorship
    return {
        "held_on": context.held_on.isoformat(),
        "weekday": f"{context.held_on:%A}",
        "mentor": clean(pair.mentor.name),
        "mentee": clean(pair.mentee.name),
        "author": "a tool" if note.author == "tool" else f"the {note.author}",
        "goals": [_goal(each) for each in context.contract.goals] if context.contract else [],
        "open": [
            {
                "owner": each.owner,
                "action": clean(each.action),
                "due": each.due.isoformat() if each.due else "",
            }
            for each in context.open_commitments
        ],
        "story": [clean(each) for each in context.story],
        "beside": [clean(each) for each in context.beside],
        "passages": [{"number": each.number, "who": each.who, "text": each.shown} for each in part],
    }


def word_values(material: Material) -> Values:
    """Return the values for wording a page."""
    lines = material.lines[:_MOST_LINES]
    return {
        **_people(material),
        "reader": _reader(material),
        "names": _first_person(material),
        "you": _second_person(material),
        "most_words": material.most_words,
        "lines": [
            _line(number, each, material.mentorship, told=True) for number, each in enumerate(lines)
        ],
    }


def ask_values(material: Material, *, of: Side) -> Values:
    """Return the values for questions to one side.

    If the reader is not that side, what only the reader may see is not shown.
    """
    reflecting = material.audience == of
    return {
        **_people(material),
        "reader": _reader(material),
        "asked": clean(first_name(material.mentorship.person(of).name)),
        "reflecting": reflecting,
        "lines": [
            _line(number, each, material.mentorship, told=reflecting or each.state_shared)
            for number, each in enumerate(material.lines[:_MOST_LINES])
            if each.shared or reflecting
        ],
    }


def _people(material: Material) -> Values:
    pair = material.mentorship
    return {
        "as_of": material.as_of.isoformat(),
        "mentor": clean(pair.mentor.name),
        "mentee": clean(pair.mentee.name),
        "goals": [_goal(each) for each in material.goals],
        "clauses": [clean(each) for each in material.clauses],
        "next_session": material.next_session.isoformat() if material.next_session else "",
    }


def _goal(goal: Goal) -> str:
    met = f" Met when: {clean(goal.success_criteria)}" if goal.success_criteria else ""
    until = f" (by {goal.target_date.isoformat()})" if goal.target_date else ""
    return f"{clean(goal.id)}: {clean(goal.statement)}{until}{met}"


def _line(number: int, line: PageLine, pair: Mentorship, *, told: bool) -> Values:
    """Return a line as it is shown; `told` says whether its commitment's state may be shown."""
    return {
        "number": number,
        "chosen": line.chosen,
        "must": line.must,
        "held_on": line.statement.citations[0].held_on.isoformat(),
        "section": line.section.replace("_", " "),
        "who": clean(first_name(pair.person(line.said_by).name)) if line.said_by else "",
        "text": clean(line.statement.text),
        "before": clean(line.before),
        "after": clean(line.after),
        "state": clean(line.state) if told else "",
    }


def _reader(material: Material) -> str:
    if material.audience == "tool":
        return "the mentor"
    return clean(first_name(material.mentorship.person(material.audience).name))


def _first_person(material: Material) -> str:
    pair = material.mentorship
    names = " or ".join(clean(first_name(pair.person(side).name)) for side in _SIDES)
    return f"the name of who says it ({names})"


def _second_person(material: Material) -> str:
    if material.audience == "tool":
        return "Name both people."
    return f'{_reader(material)} is the reader and may be called "you".'
