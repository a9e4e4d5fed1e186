"""A question in words, to one side, about what was said: each place is asked about once."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from coach.agreement.access import readable
from coach.ids import derived_id
from coach.language.dates import days_said
from coach.language.everyday import telling
from coach.language.phrasing import addressed, day
from coach.language.words import count, stems
from coach.model.citations import Citation
from coach.model.facts import FactKind
from coach.model.history import History
from coach.model.people import Side
from coach.model.questions import Intent, Question
from coach.model.readings import CommitmentSignal, FactSignal
from coach.model.sessions import Session
from coach.notes.alone import Heard, alone
from coach.notes.kinds import sure_of_kind
from coach.notes.lines import ReadNote, cite, plain, read_notes
from coach.questions.coming import rhythm
from coach.questions.quotes import asks, lines_of, quotable, worth
from coach.questions.rules.brevity import LONGEST
from coach.questions.sides import Sides
from prompts import question

_LOOK_BACK = 2
"""The last session and the one before it: what is older was mostly answered in other words."""
_SAME = 0.8
MOST_COMPARED = 2000
"""How many of the weightiest facts a question is chosen from: words to quote take 0.1 ms each."""
_POINTS = re.compile(r"(?<!\w)(?:it|its|it['’]\w+|this|that|these|those)(?!\w)", re.IGNORECASE)
_DAY_IN_FIGURES = re.compile(r"\d[./]\d")
_SETTLES: frozenset[FactKind] = frozenset({"decision", "win", "insight"})
"""What settles a doubt, a worry or an ask that was told before it in the same session."""


class Slot(NamedTuple):
    """Which facts a question is built on, whose words they are, and how it is worded.

    Of `own` words the asked side said them, of `theirs` the other side did. `noted` ones are in
    the third person: somebody noted them of the asked side. Words that are `open_only` are not
    quoted once somebody answered them.
    """

    prompt: str
    kinds: tuple[FactKind, ...]
    intent: Intent
    whose: tuple[str, ...] = ("own",)
    open_only: bool = True
    only: re.Pattern[str] | None = None


class Told(NamedTuple):
    """Something that was said, where, and what to quote of it."""

    read: ReadNote
    finding: FactSignal
    quote: str


Offer = tuple[str, Question]
_Place = tuple[ReadNote, FactSignal]


class Writer:
    """Words questions to one side from what one audience may see.

    Each place is asked about once.
    """

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
        self.sides = Sides(history.mentorship, ask_of)
        self.session = session
        self._most = most
        # Who is asked must be able to see what a question quotes: it is meant to be read out.
        seen = readable(ask_of)
        self.read = [each for each in read_notes(history) if each.note.visibility in seen]
        by_hand = [each.id for each in history.added if each.visibility in seen]
        self.seen = {*(each.note.id for each in self.read), *by_hand}
        self._last = [read for read in self.read if read.session == session]
        self._used: set[tuple[str, int]] = set()
        mentorship = history.mentorship
        self._names = stems(f"{mentorship.mentor.name} {mentorship.mentee.name}")

    def said_by(self, cited: Citation) -> Side | None:
        """Who made a promise that is cited, None where nobody can tell."""
        return self._promised.get((cited.note_id, cited.start))

    @cached_property
    def _promised(self) -> dict[tuple[str, int], Side | None]:
        return {
            (each.note.id, told.start): told.said_by
            for each in self.read
            for told in each.reading.of(CommitmentSignal)
        }

    def on_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question a slot on the session, where it has words worth quoting."""
        for slot in slots:
            if told := self._told(slot, self._of_the_session(slot)):
                yield slot.prompt, self._question(slot, told[0])

    def on_earlier_facts(self, slots: Iterable[Slot]) -> Iterator[Offer]:
        """One question on the session before, carried: no later note speaks of it."""
        for slot in slots:
            if told := self._told(slot, self._still_open(slot.kinds)):
                asked = self._question(slot, told[0])
                yield slot.prompt, asked.model_copy(update={"carried": True})
                return

    def understood(self, quote: str, said_by: Side | None) -> bool:
        """Whether words can be quoted without those around them."""
        return alone(quote, Heard(self.history.mentorship, said_by))

    def quotable(self, text: str, around: str) -> str | None:
        """The best words to quote that leave the question short enough."""
        return quotable(text, names=self._names, longest=LONGEST - count(around) + 1)

    def _of_the_session(self, slot: Slot) -> list[_Place]:
        """Return what the session told of a slot's kinds, without what it answered."""
        told = [(read, each) for read in self._last for each in read.reading.of(FactSignal)]
        if not slot.open_only:
            return [place for place in told if place[1].kind in slot.kinds]
        found: list[_Place] = []
        settled: set[str] = set()
        speakers: set[Side | None] = set()
        for place in reversed(told):
            said_by, kind = place[1].said_by, place[1].kind
            if kind in slot.kinds:
                answered = kind == "ask" and speakers - {None, said_by}
                if not answered and not settled & self._telling(place):
                    found.append(place)
            elif kind in _SETTLES:
                settled |= self._telling(place)
            speakers.add(said_by)
        return found[::-1]

    def _telling(self, place: _Place) -> frozenset[str]:
        return telling(_text(*place), names=self._names)

    def _still_open(self, kinds: tuple[FactKind, ...]) -> Iterator[_Place]:
        """What the session before told, of which no later note speaks in its own words."""
        held = self.history.sessions[-_LOOK_BACK:]
        since = held[-1].held_on - 2 * rhythm(self.history) if held else self.history.as_of
        recent = [session.id for session in held if session.held_on >= since]
        spoken_of: set[str] = set()
        for session_id in reversed(recent):
            told = [
                (read, each)
                for read in self.read
                if read.session.id == session_id
                for each in read.reading.of(FactSignal)
            ]
            said = [self._telling(place) for place in told]
            if self.session is None or session_id != self.session.id:
                yield from (
                    place
                    for place, own in zip(told, said, strict=True)
                    if place[1].kind in kinds
                    and own
                    and not own & spoken_of
                    and not self._is_over(*place)
                )
            spoken_of |= frozenset().union(*said)

    def _is_over(self, read: ReadNote, finding: FactSignal) -> bool:
        """Whether a sentence names a day that has passed: what was open before it is over."""
        text = _text(read, finding)
        if said := days_said(text, read.session.held_on):
            return any(each.day is None or each.day < self.history.as_of for each in said)
        return _DAY_IN_FIGURES.search(text) is not None

    def _told(self, slot: Slot, found: Iterable[_Place]) -> list[Told]:
        """What can be quoted of it, the weightiest and most telling first.

        It is surely of its kind, and said by whom the slot names.
        """
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
            and (slot.only is None or slot.only.search(quote))
        ]
        return sorted(told, key=self._rank)

    def _whose(self, read: ReadNote, finding: FactSignal) -> str | None:
        return self.sides.whose(finding.said_by, _text(read, finding))

    def _rank(self, told: Told) -> tuple[bool, float, int]:
        _, finding, quote = told
        value = finding.weight + worth(quote, names=self._names) / 10
        return (finding.said_by != self.ask_of, -value, finding.start)

    def _quote(self, prompt: str, read: ReadNote, finding: FactSignal) -> str | None:
        on = day(read.session.held_on, near=self.history.as_of)
        around = question(prompt, day=on, said="the notes say", quote="", other=self.sides.other)
        lines = [plain(each) for each in lines_of(read.note.text[finding.start : finding.end])]
        found = [(quote, each) for each in lines if (quote := self.quotable(each, around))]
        if not found:
            return None
        quote, text = max(found, key=lambda each: worth(each[0], names=self._names))
        if asks(quote, text) and not _POINTS.search(quote) and self.sides.means_the_other(quote):
            return quote
        return quote if self.understood(quote, finding.said_by) else None

    def _question(self, slot: Slot, told: Told) -> Question:
        read, finding, quote = told
        citation = cite(read.session, read.note, finding.start, finding.end)
        self._used.add((read.note.id, finding.start))
        on = day(citation.held_on, near=self.history.as_of)
        said = self._said(told)
        return Question(
            id=derived_id("question", slot.prompt, citation.note_id, citation.start),
            ask_of=self.ask_of,
            text=question(slot.prompt, day=on, said=said, quote=quote, other=self.sides.other),
            intent=slot.intent,
            carried=self._said_before(told),
            citations=(citation,),
        )

    def _said_before(self, told: Told) -> bool:
        """Whether the session before said just that, so that it was asked and is still open."""
        said = stems(_text(told.read, told.finding))
        sessions = [session.id for session in self.history.sessions]
        at = sessions.index(told.read.session.id)
        earlier = sessions[max(0, at - _LOOK_BACK) : at]
        return any(
            len(said & (other := stems(_text(read, each)))) >= _SAME * len(said | other)
            for read in self.read
            if read.session.id in earlier
            for each in read.reading.of(FactSignal)
            if each.kind == told.finding.kind
        )

    def _said(self, told: Told) -> str:
        """Who said or asked it, as the asked side would be told."""
        read, finding, quote = told
        asked = asks(quote, _text(read, finding))
        whose = self._whose(read, finding)
        if whose == "own":
            return "you asked" if asked else "you said"
        if whose == "theirs" and finding.said_by is not None:
            by = addressed(self.history.mentorship, finding.said_by, self.ask_of)
            return f"{by} asked" if asked else f"{by} said"
        return "the notes said"


def _text(read: ReadNote, finding: FactSignal) -> str:
    return plain(read.note.text[finding.start : finding.end])
