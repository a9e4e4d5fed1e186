"""The pages of one day as numbered items: the brief, the reflection, the warnings."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.language.phrasing import day, first_name
from coach.model.answers import Brief, BriefCommitments, OwnCommitments, Reflection
from coach.model.commitments import Commitment
from coach.model.drift import Computed, Drift
from coach.model.facts import Statement
from coach.model.people import Mentorship
from coach.model.questions import Question
from coach.pages.printed import promises, sections
from evals.cases import Case
from evals.ratings.items import Item, ItemId, ItemKind, digest
from evals.subject import Subject


class Group(NamedTuple):
    """What stands under one heading."""

    title: str
    items: tuple[Item, ...]


class Part(NamedTuple):
    """One of the pages of a day: who reads it, and what stands on it."""

    title: str
    groups: tuple[Group, ...]


class Page(NamedTuple):
    """Everything that is told of one mentorship on one day."""

    case: Case
    day: date
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The name of its file, without its ending."""
        return f"{self.case.name}-{self.day}"

    @property
    def items(self) -> list[Item]:
        """Each item once, in the order of their numbers."""
        every = (item for part in self.parts for group in part.groups for item in group.items)
        return sorted({item.number: item for item in every}.values(), key=lambda each: each.number)


def days_of(case: Case, most: int) -> list[date]:
    """The last so many labelled days of a case: the later a page, the more there is to go wrong."""
    return sorted(each.as_of for each in case.labels.checkpoints)[-most:]


def page_of(case: Case, subject: Subject, on: date) -> Page:
    """What a coach that has taken in a case tells on a day."""
    made = _Numbered(case.name, on)
    pair = case.file.mentorship
    brief = subject.brief("mentor", on)
    parts = (
        Part(f"What {pair.mentor.name}, the mentor, reads", tuple(_of_brief(brief, pair, made))),
        Part(
            f"What {pair.mentee.name}, the mentee, reads",
            tuple(_of_reflection(subject.reflection(on), pair, made)),
        ),
        Part(
            "Warnings",
            (
                _warnings("To the mentor", brief.drift, made),
                _warnings("To the mentee", subject.drift("mentee", on), made),
            ),
        ),
    )
    return Page(case, on, tuple(_kept(part) for part in parts))


def _kept(part: Part) -> Part:
    return part._replace(groups=tuple(group for group in part.groups if group.items))


class _Numbered:
    """Numbers the items of one day. The same words on both sides' pages are one item."""

    def __init__(self, case: str, on: date) -> None:
        self._case = case
        self._day = on
        self._items: dict[str, Item] = {}

    def item(self, kind: ItemKind, heading: str, *lines: str) -> Item:
        """An item of these lines; each is one line of the printed page."""
        text = "\n".join(" ".join(line.split()) for line in lines)
        name = str(ItemId(self._case, self._day, kind, heading, digest(text)))
        new = Item(
            id=name,
            page=f"{self._case}-{self._day}",
            number=len(self._items) + 1,
            kind=kind,
            heading=heading,
            text=text,
        )
        return self._items.setdefault(name, new)


def _of_brief(brief: Brief, pair: Mentorship, made: _Numbered) -> Iterator[Group]:
    if brief.headline:
        yield Group("At the top", (made.item("line", "headline", _line(brief.headline)),))
    for section in sections(brief):
        lines = (made.item("line", section.kind, _line(each)) for each in section.statements)
        yield Group(section.title, tuple(lines))
    yield from _promises(brief.commitments, pair, made)
    yield Group("Questions worth asking", _asked("question", brief.questions, made))
    missing = (made.item("not_found", "not_found", line) for line in brief.not_found)
    yield Group("Not found", tuple(missing))


def _of_reflection(reflection: Reflection, pair: Mentorship, made: _Numbered) -> Iterator[Group]:
    yield Group("Prompts", _asked("prompt", reflection.prompts, made))
    yield from _promises(reflection.commitments, pair, made)


def _line(statement: Statement) -> str:
    return f"{statement.text} ({day(statement.citations[0].held_on)})"


def _promises(
    lists: BriefCommitments | OwnCommitments, pair: Mentorship, made: _Numbered
) -> Iterator[Group]:
    for title, group in promises(lists):
        told = (
            made.item("promise", _state(each), f"{each.action} ({_whose(each, pair)})")
            for each in group
        )
        yield Group(title, tuple(told))


def _state(made: Commitment) -> str:
    """Its status; an overdue one says why it counts as overdue, as its heading does."""
    if made.status == "overdue":
        return f"overdue_{made.overdue_because or 'silent'}"
    return made.status


def _whose(made: Commitment, pair: Mentorship) -> str:
    names = {"both": "both", "unassigned": "nobody named"}
    for side in ("mentor", "mentee"):
        names[side] = first_name(pair.person(side).name)
    due = f", due {day(made.due)}" if made.due else ""
    return f"{names[made.owner]}{due}"


def _asked(kind: ItemKind, questions: Sequence[Question], made: _Numbered) -> tuple[Item, ...]:
    return tuple(made.item(kind, each.intent, each.text) for each in questions)


def _warnings(title: str, drifts: Sequence[Drift], made: _Numbered) -> Group:
    return Group(title, tuple(made.item("warning", each.kind, *_told(each)) for each in drifts))


def _told(drift: Drift) -> Iterator[str]:
    """A warning as pages print it: what is said, by which clause, what was seen, both ways out."""
    sure = f"{drift.severity}, {drift.confidence:.0%} sure"
    unsure = ", to be confirmed" if drift.status == "to_confirm" else ""
    yield f"{drift.message} ({sure}{unsure})"
    if drift.clause:
        yield f"Clause, version {drift.clause.version}: {drift.clause.text}"
    for each in drift.seen:
        if isinstance(each, Computed):
            yield f"Seen: {each.computed}"
        else:
            yield f"Seen: “{each.quote}” ({day(each.held_on)})"
    yield drift.innocent_explanation
    yield drift.question
    yield f"Return: {drift.options.return_to}"
    yield f"Amend: {drift.options.amend_to}"
