"""A question in words, to one side, about what was said: each place is asked about once."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coach.agreement.access import readable
from coach.agreement.contract import active_goals
from coach.agreement.goals import goal_words
from coach.ids import derived_id
from coach.language.everyday import telling
from coach.language.phrasing import addressed, day, first_name
from coach.language.words import count, stems
from coach.model.citations import Citation
from coach.model.contract import Goal
from coach.model.facts import FactKind
from coach.model.history import History
from coach.model.people import Side
from coach.model.questions import Intent, Question
from coach.model.readings import FactSignal
from coach.model.sessions import Note, Session
from coach.notes.alone import Heard, alone
from coach.notes.kinds import sure_of_kind
from coach.notes.lines import ReadNote, cite, plain, read_notes
from coach.notes.sentences import units
from coach.questions.quotes import quotable, worth
from coach.questions.rules.brevity import LONGEST
from prompts import question

_LOOK_BACK = 3
_GOALS_LOOK_BACK = 6
_SAME = 0.8
MOST_COMPARED = 2000
"""How many of the weightiest facts a question is chosen from: to look for words to quote takes 0.1 ms each."""
_FIRST_OR_SECOND = re.compile(
    r"(?<!\w)(?:i|i['’]\w+|my|me|we|we['’]\w+|our|us|you|you['’]\w+|your)(?!\w)", re.IGNORECASE
)

_OF_SOMEBODY = re.compile(r"(?<!\w)(?:she|her|hers|he|him|his|they|their)(?!\w)", re.IGNORECASE)
"""Words for the mentee in a goal's criteria: they read oddly to the mentee."""


class Slot(NamedTuple):
    """Which facts a question is built on, whose words they are, and how it is worded.

    Of `own` words the asked side said them, of `theirs` the other side did. `noted` ones are in the third person:
    somebody noted them of the asked side.
    """

    prompt: str
    kinds: tuple[FactKind, ...]
    intent: Intent
    whose: tuple[str, ...] = ("own",)


class Told(NamedTuple):
    """Something that was said, where, and what to quote of it."""

    read: ReadNote
    finding: FactSignal
    quote: str


_GOAL_FORMS = (("met_by", ("criteria", "due")), ("met", ("criteria",)), ("by", ("due",)))
"""How a goal is asked about, the fullest first; a goal that has no day and no measure is not: any pair could be asked that."""
Offer = tuple[str, Question]
_Place = tuple[ReadNote, FactSignal]


class Writer:
    """Words questions to one side from what one audience may see; each place is asked about once."""

    def __init__(
        self,
        history: History,
        ask_of: Side,
        session: Session | None,
        *,
        most: int = MOST_COMPARED,
    ) -> None:
        self.history = history
        self.ask_of = ask_of
        self._most = most
        self._session = session
        # Who is asked must be able to see what a question quotes: it is meant to be read out.
        seen = readable(ask_of)
        self._read = [each for each in read_notes(history) if each.note.visibility in seen]
        by_hand = [each.id for each in history.added if each.visibility in seen]
        self.seen = {*(each.note.id for each in self._read), *by_hand}
        self._last = [read for read in self._read if read.session == session]
        self._used: set[tuple[str, int]] = set()
        mentorship = history.mentorship
        self._names = stems(f"{mentorship.mentor.name} {mentorship.mentee.name}")

    @property
    def other(self) -> str:
        """What the asked side calls the other one."""
        side: Side = "mentor" if self.ask_of == "mentee" else "mentee"
        return first_name(self.history.mentorship.person(side).name)

    def on_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question a slot on the session, where it has words worth quoting."""
        for slot in slots:
            if told := self._told(slot, _of_kinds(self._last, slot.kinds)):
                yield slot.prompt, self._question(slot, told[0])

    def on_earlier_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question on the sessions before, carried: no later note speaks of it."""
        for slot in slots:
            if told := self._told(slot, self._still_open(slot.kinds)):
                asked = self._question(slot, told[0])
                yield slot.prompt, asked.model_copy(update={"carried": True})
                return

    def on_goals(self, prompt: str) -> Iterator[Offer]:
        """One question on the mentee's goal that was spoken of last; carried when that was before the last session."""
        if self.ask_of != "mentee":
            return
        goals = active_goals(self.history)
        telling_of = goal_words(goals, self.history.mentorship)
        for read in reversed(self._read[-_GOALS_LOOK_BACK:]):
            told = [each for each in read.reading.of(FactSignal) if each.kind != "commitment"]
            for finding in reversed(told):
                about = telling_of.about(read.note.text[finding.start : finding.end])
                goal = next((each for each in goals if each.id == about), None)
                if goal and (asked := self._on_goal(prompt, goal, (read, finding))):
                    yield asked
                    return

    def on_preparations(self, prompt: str) -> Iterator[Offer]:
        """One question on what the mentee asked of the next session already."""
        for preparation in reversed(self.history.preparations):
            if preparation.author != self.ask_of:
                continue
            note = Note(
                id=preparation.id,
                author=preparation.author,
                visibility=preparation.visibility,
                format="text",
                text=preparation.text,
            )
            for unit in units(note):
                on = day(preparation.made_on, near=self.history.as_of)
                quote = self.quotable(plain(unit.text), question(prompt, day=on, quote=""))
                if quote is None:
                    continue
                citation = Citation(
                    session_id=None,
                    held_on=preparation.made_on,
                    note_id=preparation.id,
                    start=unit.start,
                    end=unit.end,
                    quote=preparation.text[unit.start : unit.end],
                )
                yield (
                    prompt,
                    Question(
                        id=derived_id("question", prompt, preparation.id, unit.start),
                        ask_of=self.ask_of,
                        text=question(prompt, day=on, quote=quote),
                        intent="exploration",
                        citations=(citation,),
                    ),
                )
                return

    def understood(self, quote: str, said_by: Side | None) -> bool:
        """Whether words can be quoted without those around them."""
        return alone(quote, Heard(self.history.mentorship, said_by))

    def quotable(self, text: str, around: str) -> str | None:
        """The best words to quote that leave the question short enough."""
        return quotable(text, names=self._names, longest=LONGEST - count(around) + 1)

    def _on_goal(self, prompt: str, goal: Goal, place: _Place) -> Offer | None:
        """A goal in its own words, with its day and what it is met by."""
        read, finding = place
        worded = self._goal_worded(prompt, goal)
        if worded is None:
            return None
        prompt, text = worded
        citation = cite(read.session, read.note, finding.start, finding.end)
        return prompt, Question(
            id=derived_id("question", prompt, goal.id, citation.note_id, citation.start),
            ask_of=self.ask_of,
            text=text,
            intent="goal",
            about=goal.id,
            carried=read.session != self._session,
            citations=(citation,),
        )

    def _goal_worded(self, prompt: str, goal: Goal) -> tuple[str, str] | None:
        """A goal with its day and what it is met by, as much as is short enough; None where it has neither."""
        criteria = (goal.success_criteria or "").strip().rstrip(".")
        ahead = goal.target_date is not None and goal.target_date >= self.history.as_of
        told = {
            "goal": goal.statement.strip().rstrip("."),
            "criteria": "" if _OF_SOMEBODY.search(criteria) else criteria,
            "due": day(goal.target_date, near=self.history.as_of)
            if goal.target_date and ahead
            else "",
        }
        for name, needs in _GOAL_FORMS:
            text = question(f"{prompt}_{name}", version=None, **told)
            if all(told[each] for each in needs) and count(text) <= LONGEST:
                return f"{prompt}_{name}", text
        return None

    def _still_open(self, kinds: tuple[FactKind, ...]) -> Iterator[_Place]:
        """What the sessions before told, newest first, of which no later note speaks in its own words."""
        recent = [session.id for session in self.history.sessions[-_LOOK_BACK:]]
        spoken_of: set[str] = set()
        for session_id in reversed(recent):
            told = [
                (read, each)
                for read in self._read
                if read.session.id == session_id
                for each in read.reading.of(FactSignal)
            ]
            said = [telling(_text(*place), names=self._names) for place in told]
            if self._session is None or session_id != self._session.id:
                yield from (
                    place
                    for place, own in zip(told, said, strict=True)
                    if place[1].kind in kinds and own and not own & spoken_of
                )
            spoken_of |= frozenset().union(*said)

    def _told(self, slot: Slot, found: Iterable[_Place]) -> list[Told]:
        """What can be quoted of it, the weightiest and most telling first: surely of its kind, and said by whom the slot names."""
        fresh = [
            (read, finding)
            for read, finding in found
            if (read.note.id, finding.start) not in self._used
            and self._whose(read, finding) in slot.whose
            and sure_of_kind(finding, _text(read, finding))
        ]
        if len(fresh) > self._most:
            fresh = sorted(fresh, key=lambda place: -place[1].weight)[: self._most]
        told = [
            Told(read, finding, quote)
            for read, finding in fresh
            if (quote := self._quote(slot.prompt, read, finding))
        ]
        return sorted(told, key=self._rank)

    def _whose(self, read: ReadNote, finding: FactSignal) -> str | None:
        """Whose words they are, as a slot names it; None where nobody can tell."""
        if finding.said_by == self.ask_of:
            return "own"
        if finding.said_by is None:
            return None
        if finding.said_by == "mentor" and not _FIRST_OR_SECOND.search(_text(read, finding)):
            return "noted"
        return "theirs"

    def _rank(self, told: Told) -> tuple[bool, float, int]:
        _, finding, quote = told
        value = finding.weight + worth(quote, names=self._names) / 10
        return (finding.said_by != self.ask_of, -value, finding.start)

    def _quote(self, prompt: str, read: ReadNote, finding: FactSignal) -> str | None:
        on = day(read.session.held_on, near=self.history.as_of)
        around = question(prompt, day=on, said="the notes say", quote="", other=self.other)
        quote = self.quotable(_text(read, finding), around)
        return quote if quote and self.understood(quote, finding.said_by) else None

    def _question(self, slot: Slot, told: Told) -> Question:
        read, finding, quote = told
        citation = cite(read.session, read.note, finding.start, finding.end)
        self._used.add((read.note.id, finding.start))
        on = day(citation.held_on, near=self.history.as_of)
        said = self._said(read, finding)
        return Question(
            id=derived_id("question", slot.prompt, citation.note_id, citation.start),
            ask_of=self.ask_of,
            text=question(slot.prompt, day=on, said=said, quote=quote, other=self.other),
            intent=slot.intent,
            carried=self._said_before(told),
            citations=(citation,),
        )

    def _said_before(self, told: Told) -> bool:
        """Whether one of the sessions before said just that, so that it was asked and is still open."""
        said = stems(_text(told.read, told.finding))
        sessions = [session.id for session in self.history.sessions]
        at = sessions.index(told.read.session.id)
        earlier = sessions[max(0, at - _LOOK_BACK) : at]
        return any(
            len(said & (other := stems(_text(read, each)))) >= _SAME * len(said | other)
            for read in self._read
            if read.session.id in earlier
            for each in read.reading.of(FactSignal)
            if each.kind == told.finding.kind
        )

    def _said(self, read: ReadNote, finding: FactSignal) -> str:
        """Who said it, as the asked side would be told."""
        whose = self._whose(read, finding)
        if whose == "own":
            return "you said"
        if whose == "theirs" and finding.said_by is not None:
            return f"{addressed(self.history.mentorship, finding.said_by, self.ask_of)} said"
        return "the notes said"


def _of_kinds(notes: Iterable[ReadNote], kinds: tuple[FactKind, ...]) -> Iterator[_Place]:
    for read in notes:
        yield from ((read, each) for each in read.reading.of(FactSignal) if each.kind in kinds)


def _text(read: ReadNote, finding: FactSignal) -> str:
    return plain(read.note.text[finding.start : finding.end])
