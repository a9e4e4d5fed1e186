"""A page to judge: numbered lines, then the agreement and the notes up to that day."""

import textwrap
from collections.abc import Iterator

from coach.language.phrasing import day, days
from coach.model.contract import Contract, FeedbackClause, Goal
from coach.model.people import Person
from coach.model.sessions import Note, Session
from evals.ratings.items import Item
from evals.ratings.page import Page, Part

_HEARD: dict[str, str] = {
    "shared": "both may read it",
    "mentor": "the mentor alone may read it",
    "mentee": "the mentee alone may read it",
}


def printed(page: Page) -> str:
    """The page as Markdown."""
    blocks = [*_head(page), *(block for part in page.parts for block in _part(part))]
    return "\n\n".join([*blocks, *_agreement(page), *_notes(page)]) + "\n"


def _head(page: Page) -> Iterator[str]:
    pair = page.case.file.mentorship
    yield f"# {page.case.name}, as of {day(page.day)}"
    yield f"Mentor: {_person(pair.mentor)}. Mentee: {_person(pair.mentee)}."
    last = max(each.held_on for each in _held(page))
    yield f"Their last session was on {day(last)}, {days((page.day - last).days)} before."
    yield (
        "Judge each numbered item. The agreement and the notes stand below. "
        "A number that comes twice is one item that stands on two pages."
    )


def _person(person: Person) -> str:
    return f"{person.name} ({person.pronouns})" if person.pronouns else person.name


def _part(part: Part) -> Iterator[str]:
    yield f"# {part.title}"
    if not part.groups:
        yield "Nothing."
    for group in part.groups:
        yield f"## {group.title}"
        yield "\n".join(_numbered(item) for item in group.items)


def _numbered(item: Item) -> str:
    """Return the item with its number and the end of its id, by which the sheet names it."""
    first, *rest = item.text.split("\n")
    mark = item.id.rpartition("/")[2]
    return "\n".join([f"- **{item.number}** `{mark}` {first}", *(f"  - {line}" for line in rest)])


def _agreement(page: Page) -> Iterator[str]:
    yield "# What the two agreed"
    known = [each for each in page.case.file.contracts if each.effective_from <= page.day]
    if not known:
        yield "Nothing yet."
    for contract in known:
        force = ", in force" if contract is known[-1] else ", replaced"
        yield f"## Version {contract.version}, from {day(contract.effective_from)}{force}"
        yield "\n".join(f"- {line}" for line in _clauses(contract))
        if contract.text:
            yield _verbatim(contract.text)


def _clauses(contract: Contract) -> Iterator[str]:
    told: dict[str, object] = {
        "Point A": contract.point_a,
        "Point B": contract.point_b,
        **{f"Goal {goal.id}": _goal(goal) for goal in contract.goals},
        "The mentor": "; ".join(contract.roles.mentor),
        "The mentee": "; ".join(contract.roles.mentee),
        "Rhythm": contract.cadence and f"every {days(contract.cadence.every_days)}",
        "Channels": ", ".join(contract.channels),
        "Feedback": contract.feedback and _feedback(contract.feedback),
        "Confidentiality": contract.confidentiality,
        "Ends on": contract.ends_on and day(contract.ends_on),
        "Signs of a change": "; ".join(contract.change_signs),
    }
    for name, words in told.items():
        if words:
            yield f"{name}: {' '.join(str(words).split())}"


def _goal(goal: Goal) -> str:
    by = f", by {day(goal.target_date)}" if goal.target_date else ""
    until = f" (reached when: {goal.success_criteria})" if goal.success_criteria else ""
    return f"{goal.statement}{until}{by}"


def _feedback(clause: FeedbackClause) -> str:
    return f"every {clause.every_sessions} sessions, {clause.method or 'no way said'}"


def _notes(page: Page) -> Iterator[str]:
    yield "# The notes, up to this day"
    for session in _held(page):
        yield f"## {day(session.held_on)}{_circumstances(session)}"
        for note in session.notes:
            yield from _note(note)


def _held(page: Page) -> list[Session]:
    held = [each for each in page.case.file.sessions if each.held_on <= page.day]
    return sorted(held, key=lambda each: each.held_on)


def _circumstances(session: Session) -> str:
    minutes = f"{session.duration_minutes} minutes" if session.duration_minutes else None
    return "".join(f", {each}" for each in (session.channel, minutes) if each)


def _note(note: Note) -> Iterator[str]:
    yield f"By the {note.author}; {_HEARD[note.visibility]}:"
    yield _verbatim(note.text)


def _verbatim(text: str) -> str:
    """The text as it stands: Markdown shows what is indented so without reading it."""
    return textwrap.indent(text.rstrip(), "    ")
