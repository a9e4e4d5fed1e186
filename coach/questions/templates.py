"""A question in words, to one side, about what was said: each place is asked about once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from coach.agreement.access import readable
from coach.agreement.contract import active_goals
from coach.agreement.goals import goal_words
from coach.ids import derived_id
from coach.language.phrasing import addressed, day
from coach.language.words import count, stems
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import Goal
from coach.model.facts import FactKind
from coach.model.history import History
from coach.model.people import Audience, Side
from coach.model.questions import Intent, Question
from coach.model.readings import FactSignal
from coach.model.sessions import Note, Session
from coach.notes.lines import ReadNote, cite, plain, read_notes
from coach.notes.sentences import units
from coach.questions.quotes import opening, quotable, worth
from coach.questions.recalled import Recalled
from coach.questions.rules.brevity import LONGEST
from prompts import render

_LOOK_BACK = 3
_GOALS_LOOK_BACK = 6
_SAME = 0.8
_NEARLY = 2
_MOST_OVERDUE = 50
"""How many overdue commitments are worded for a set of questions, of which one is asked; to hold a question against
the rules takes 0.3 ms."""
MOST_COMPARED = 2000
"""How many of the weightiest facts a question is chosen from: to look for words to quote takes 0.1 ms each."""
_FIRST_PERSON = re.compile(r"(?<!\w)(?:i|i'm|i’m|my|me|we|our)(?!\w)", re.IGNORECASE)


class Slot(NamedTuple):
    """Which facts a question is built on and how it is worded."""

    prompt: str
    kinds: tuple[FactKind, ...]
    intent: Intent


class Told(NamedTuple):
    """Something that was said, where, and what to quote of it."""

    read: ReadNote
    finding: FactSignal
    quote: str


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
        self._history = history
        self._most = most
        self._ask_of = ask_of
        self._session = session
        # Who is asked must be able to see what a question quotes: it is meant to be read out.
        seen = readable(ask_of)
        self._read = [each for each in read_notes(history) if each.note.visibility in seen]
        self._seen = {each.note.id for each in self._read}
        self._last = [read for read in self._read if read.session == session]
        self._used: set[tuple[str, int]] = set()
        self._quotes: dict[tuple[str, str, int], str | None] = {}
        mentorship = history.mentorship
        self._goals = goal_words(active_goals(history), mentorship)
        self._names = stems(f"{mentorship.mentor.name} {mentorship.mentee.name}")

    def on_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question a slot on the session, where it has words worth quoting."""
        for slot in slots:
            told = self._told(slot.prompt, _of_kinds(self._last, slot.kinds))
            if told:
                about = self._goals.about(_text(told[0].read, told[0].finding))
                yield slot.prompt, self._question(slot, told[0], about=about)

    def on_earlier_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question on the sessions before, carried: no later note answers it."""
        earlier = [read for read in self._recent() if read.session != self._session]
        for slot in slots:
            told = self._told(slot.prompt, _of_kinds(earlier, slot.kinds))
            if told:
                asked = self._question(slot, told[0])
                yield slot.prompt, asked.model_copy(update={"carried": True})
                return

    def on_goals(self) -> Iterator[Offer]:
        """One question on the goal that was spoken of last; carried when that was before the last session."""
        slot = Slot("ask_goal", (), "goal")
        for read in reversed(self._read[-_GOALS_LOOK_BACK:]):
            about = {
                finding.start: goal
                for finding in read.reading.of(FactSignal)
                if (goal := self._goals.about(read.note.text[finding.start : finding.end]))
            }
            spoken = [(read, each) for each in read.reading.of(FactSignal) if each.start in about]
            told = self._told(slot.prompt, spoken)
            if told:
                asked = self._question(slot, told[0], about=about[told[0].finding.start])
                before = read.session != self._session
                yield slot.prompt, asked.model_copy(update={"carried": asked.carried or before})
                return

    def on_mastery(self, prompt: str) -> Iterator[Offer]:
        """One question on teaching what was reached, where a last session tells of a goal's own criteria."""
        slot = Slot(prompt, ("win", "insight"), "teach_back")
        for goal in active_goals(self._history):
            near = [
                (read, each)
                for read, each in _of_kinds(self._recent(), slot.kinds)
                if _nearly_reached(goal, _text(read, each))
            ]
            told = self._told(prompt, near)
            if told:
                yield prompt, self._question(slot, told[0], about=goal.id)
                return

    def on_stoppers(self, prompt: str) -> Iterator[Offer]:
        """What gets in the way again and again, offered with its days to whom it concerns; never a single one."""
        if self._ask_of != "mentee":
            return
        found = list(_of_kinds(self._read, ("stopper",)))
        now = [pair for pair in found if pair[0].session == self._session]
        earlier = Recalled[_Place](self._names)
        for pair in found:
            if now and pair[0].session.held_on < now[0][0].session.held_on:
                earlier.add(_text(*pair), pair)
        for pair in now:
            before = earlier.last_like(_text(*pair))
            if before and (asked := self._observation(prompt, before, pair)):
                yield prompt, asked
                return

    def on_preparations(self, prompt: str) -> Iterator[Offer]:
        """One question on what the mentee asked of the next session already."""
        for preparation in reversed(self._history.preparations):
            if preparation.author != self._ask_of:
                continue
            note = Note(
                id=preparation.id,
                author=preparation.author,
                visibility=preparation.visibility,
                format="text",
                text=preparation.text,
            )
            for unit in units(note):
                on = day(preparation.made_on, near=self._history.as_of)
                quote = self._quotable(plain(unit.text), render(prompt, day=on, quote=""))
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
                        ask_of=self._ask_of,
                        text=render(prompt, day=on, quote=quote),
                        intent="exploration",
                        citations=(citation,),
                    ),
                )
                return

    def on_overdue(self, prompt: str, commitments: Sequence[Commitment]) -> Iterator[Offer]:
        """One question on each commitment of this side that is overdue, the longest first."""
        mine = (each for each in commitments if self._is_overdue(each))
        for commitment in islice(mine, _MOST_OVERDUE):
            if commitment.due is None:
                continue
            due = day(commitment.due, near=self._history.as_of)
            quote = self._of_commitment(commitment, render(prompt, quote="", due=due))
            if quote is None:
                continue
            yield (
                prompt,
                Question(
                    id=derived_id("question", prompt, commitment.id),
                    ask_of=self._ask_of,
                    text=render(prompt, quote=quote, due=due),
                    intent="commitment",
                    about=commitment.id,
                    carried=self._was_overdue(commitment.due),
                    citations=(commitment.made_in,),
                ),
            )

    def _is_overdue(self, commitment: Commitment) -> bool:
        """Whether the asked side is late with it and can see where it was said."""
        return (
            commitment.status == "overdue"
            and commitment.due is not None
            and commitment.owner in {self._ask_of, "both"}
            and commitment.made_in.note_id in self._seen
        )

    def _of_commitment(self, commitment: Commitment, around: str) -> str | None:
        """What to quote of a commitment: its action, or where that is not what the note says, the note."""
        said, action = plain(commitment.made_in.quote), plain(commitment.action)
        quoted = action if stems(action) <= stems(said) else said
        return opening(quoted, longest=LONGEST - count(around) + 1)

    def _was_overdue(self, due: date) -> bool:
        return bool(self._history.sessions) and due < self._history.sessions[-1].held_on

    def _recent(self) -> list[ReadNote]:
        recent = {session.id for session in self._history.sessions[-_LOOK_BACK:]}
        return [read for read in self._read if read.session.id in recent]

    def _told(self, prompt: str, found: Iterable[_Place]) -> list[Told]:
        """What can be quoted of it: the asked side's own before others', the weightiest and most telling first."""
        fresh = [
            (read, finding)
            for read, finding in found
            if (read.note.id, finding.start) not in self._used
        ]
        if len(fresh) > self._most:
            fresh = sorted(fresh, key=self._rough_rank)[: self._most]
        told = [
            Told(read, finding, quote)
            for read, finding in fresh
            if (quote := self._quote(prompt, read, finding))
        ]
        return sorted(told, key=self._rank)

    def _rough_rank(self, place: _Place) -> tuple[bool, float]:
        _, finding = place
        return (finding.said_by != self._ask_of, -finding.weight)

    def _rank(self, told: Told) -> tuple[bool, float, int]:
        _, finding, quote = told
        value = finding.weight + worth(quote, names=self._names) / 10
        return (finding.said_by != self._ask_of, -value, finding.start)

    def _quote(self, prompt: str, read: ReadNote, finding: FactSignal) -> str | None:
        place = (prompt, read.note.id, finding.start)
        if place not in self._quotes:
            on = day(read.session.held_on, near=self._history.as_of)
            around = render(prompt, day=on, said="the notes said", quote="")
            self._quotes[place] = self._quotable(_text(read, finding), around)
        return self._quotes[place]

    def _quotable(self, text: str, around: str) -> str | None:
        """The best words to quote that leave the question short enough."""
        return quotable(text, names=self._names, longest=LONGEST - count(around) + 1)

    def _question(self, slot: Slot, told: Told, *, about: str | None = None) -> Question:
        read, finding, quote = told
        citation = cite(read.session, read.note, finding.start, finding.end)
        self._used.add((read.note.id, finding.start))
        on = day(citation.held_on, near=self._history.as_of)
        return Question(
            id=derived_id("question", slot.prompt, citation.note_id, citation.start),
            ask_of=self._ask_of,
            text=render(slot.prompt, day=on, said=self._said(finding, quote), quote=quote),
            intent=slot.intent,
            about=about,
            carried=self._said_before(told),
            citations=(citation,),
        )

    def _observation(self, prompt: str, before: _Place, now: _Place) -> Question | None:
        citations = tuple(
            cite(read.session, read.note, at.start, at.end) for read, at in (before, now)
        )
        days = " and ".join(day(each.held_on, near=self._history.as_of) for each in citations)
        quote = self._quotable(_text(*now), render(prompt, days=days, quote=""))
        if quote is None:
            return None
        return Question(
            id=derived_id("question", prompt, *(f"{at.note_id}:{at.start}" for at in citations)),
            ask_of=self._ask_of,
            text=render(prompt, days=days, quote=quote),
            intent="exploration",
            citations=citations,
        )

    def _said_before(self, told: Told) -> bool:
        """Whether one of the sessions before said just that, so that it was asked and is still open."""
        said = stems(_text(told.read, told.finding))
        sessions = [session.id for session in self._history.sessions]
        at = sessions.index(told.read.session.id)
        earlier = sessions[max(0, at - _LOOK_BACK) : at]
        return any(
            len(said & (other := stems(_text(read, each)))) >= _SAME * len(said | other)
            for read in self._read
            if read.session.id in earlier
            for each in read.reading.of(FactSignal)
            if each.kind == told.finding.kind
        )

    def _said(self, finding: FactSignal, quote: str) -> str:
        """`you said`, where the asked side said it; a first person needs its person."""
        if finding.said_by == self._ask_of:
            return "you said"
        if finding.said_by is not None and _FIRST_PERSON.search(quote):
            audience: Audience = self._ask_of
            return f"{addressed(self._history.mentorship, finding.said_by, audience)} said"
        return "the notes said"


def _of_kinds(notes: Iterable[ReadNote], kinds: tuple[FactKind, ...]) -> Iterator[_Place]:
    for read in notes:
        yield from ((read, each) for each in read.reading.of(FactSignal) if each.kind in kinds)


def _text(read: ReadNote, finding: FactSignal) -> str:
    return plain(read.note.text[finding.start : finding.end])


def _nearly_reached(goal: Goal, text: str) -> bool:
    """Whether a sentence speaks of what a goal is reached by: half of its success criteria's words, and two."""
    criteria = stems(goal.success_criteria or "")
    said = len(criteria & stems(text))
    return said >= _NEARLY and said >= len(criteria) / 2
