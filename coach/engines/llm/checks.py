"""Checks what a model says about a note: quotes must be there, owners, days and outcomes must fit.

If the note is explicit and the model contradicts it, the words count, the item is to confirm, and
the contradiction is counted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coach.engines.llm.answers import Matters, ToldFact, ToldOutcome, ToldPromise
from coach.engines.llm.explicit import (
    clause_of,
    closed,
    fits,
    mark_of,
    marked,
    not_done,
    speaks_against_done,
)
from coach.engines.llm.passages import Passage, clean
from coach.engines.llm.quotes import comparable, run_on, stretch
from coach.language.dates import DaySaid, days_said
from coach.language.deadlines import at_next_meeting, deadline
from coach.language.doers import Doers
from coach.language.names import people_of
from coach.language.words import stems
from coach.model.commitments import Commitment, OutcomeStatus, Owner
from coach.model.readings import Checked, CommitmentSignal, FactSignal, OutcomeSignal, Unsure
from coach.notes.lines import plain
from coach.ports import ReadingContext

# Chosen by hand, not measured, except where a line says otherwise.
_NEAR = 2
"""Distance in passages up to which a number may be wrong: a model miscounts by one or two."""
_WEIGHTS: dict[Matters, float] = {1: 0.3, 2: 0.6, 3: 0.95}
"""Weight of each answer to `matters`: one that must be known outweighs two that may be left out."""
_MOST_OF_ONE_QUOTE = 2
"""Outcomes that one quote may settle without a shared word."""
_MANY_OPEN = 4
"""Open commitments from which a note that settles nearly all is doubted."""
_NEARLY_ALL = 0.6
"""Share of open commitments above which one note settles nearly all."""
_AKIN_AMONG_MANY = 2
"""Stems that an outcome shares with its commitment if nearly all are settled."""
_MOST_AKIN = 0.75
"""Share of outcomes with a word of their commitment from which a note may settle nearly all.

On some days everything is done; quotes that are taken at random share a word far more rarely.
"""
_LONG_NOTE = 15
"""Passages from which a note is long, so that not all of it is a fact."""
_ALL_OF_IT = 0.93
"""Share of passages above which a long note is repeated as a whole."""
_AROUND = 3
"""Passages before and after one that may hold words of the same commitment."""
_SAYS_WHEN = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|to(?:day|morrow|night)|tmrw|the morn|night|week|fortnight|month|quarter|"
    r"\w+['’]s day|eve|term|year|eo[mwyq]|end of|easter|christmas|spring|summer|autumn|winter"
    r"|day after)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_EXACT = re.compile(r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?<!s)(?!\w)", re.IGNORECASE)
"""Finds a day that leaves no doubt: a figure, or one weekday."""
_WEEK = 7  # days
_TO_DO_WITH = stems(
    "do make give hand bring get have finish take keep draw set put write tell let go come turn"
)
"""Verbs that an action may begin with where its note says only what is to be there by a day."""


class Place(NamedTuple):
    """A passage and the quoted stretch of its text, or all of it if the quote differs.

    A quote that runs over more passages ends in the passage `last`, at `end_there`.
    """

    at: int
    start: int
    end: int
    last: int = -1
    end_there: int = 0


class Checks:
    """Checks of a model's answers about one note; `checked` counts how the two compare."""

    def __init__(self, context: ReadingContext, passages: Sequence[Passage]) -> None:
        self._context = context
        self.passages = passages
        self._plain = [comparable(each.unit.text) for each in passages]
        self.doers = Doers(people_of(context.mentorship))
        self._open: Sequence[Commitment] = context.open_commitments
        self._quotes: Counter[bool] = Counter()
        self._explicit: dict[tuple[int, Unsure], bool] = {}

    @property
    def checked(self) -> Checked:
        """Return how often a quote was in the note, and how often explicit words were kept."""
        kept = sum(self._explicit.values())
        return Checked(
            quotes=self._quotes.total(),
            found=self._quotes[True],
            kept=kept,
            against=len(self._explicit) - kept,
        )

    def located(self, number: int, quote: str) -> Place | None:
        """Return where a quote stands: in or near the named passage, else in the only one."""
        at = self._passage(number, comparable(quote))
        place = self._run(number, quote) if at is None else None
        self._quotes[at is not None or place is not None] += 1
        if at is None:
            return place
        return Place(at, *stretch(self.passages[at].unit.text, quote))

    def _run(self, number: int, quote: str) -> Place | None:
        """Return where a quote runs over passages that one person says, without a heading."""
        begin = max(0, number - _NEAR)
        near = self.passages[begin : max(0, number + 2 * _NEAR + 1)]
        found = run_on([each.unit.text for each in near], quote)
        if found is None:
            return None
        over = near[found.first : found.last + 1]
        alike = {(each.unit.kind, each.who, each.said_by, each.unit.by) for each in over}
        marked = any(each.unit.mark for each in over)
        if len(alike) > 1 or marked or over[0].unit.kind == "heading":
            return None
        end = len(over[0].unit.text)
        return Place(begin + found.first, found.start, end, begin + found.last, found.end)

    def _passage(self, number: int, sought: str) -> int | None:
        if not any(sign.isalnum() for sign in sought):
            return None
        there = [n for n, each in enumerate(self._plain) if sought in each]
        near = sorted(there, key=lambda n: abs(n - number))
        quotable = [n for n in near if self.passages[n].unit.kind != "heading"]
        if quotable and abs(quotable[0] - number) <= _NEAR:
            return quotable[0]
        return quotable[0] if len(there) == 1 and quotable else None

    def finding(self, place: Place, told: ToldFact, *, whole: bool) -> FactSignal:
        """Return the fact at a passage, or at its quoted part."""
        passage = self.passages[place.at]
        start, end = self.span(place, whole=whole)
        return FactSignal(
            by="llm",
            start=start,
            end=end,
            kind=told.kind,
            said_by=passage.said_by,
            certainty=told.certainty,
            weight=_WEIGHTS[told.matters],
        )

    def span(self, place: Place, *, whole: bool) -> tuple[int, int]:
        """Return the start and end of a place in the note: its whole passage, or the quote."""
        unit = self.passages[place.at].unit
        if place.last > place.at:
            last = self.passages[place.last].unit
            return (
                unit.start + (0 if whole else place.start),
                last.end if whole else last.start + place.end_there,
            )
        if whole:
            return unit.start, unit.end
        return unit.start + place.start, unit.start + place.end

    def chosen(self, findings: Sequence[FactSignal]) -> tuple[FactSignal, ...]:
        """Return the facts, or none if a long note was repeated as a whole."""
        passages = sum(each.unit.kind != "heading" for each in self.passages)
        whole = passages >= _LONG_NOTE and len(findings) > _ALL_OF_IT * passages
        return () if whole else tuple(findings)

    def promise(self, place: Place, told: ToldPromise, *, whole: bool) -> CommitmentSignal | None:
        """Return a commitment with the words' owner and day; None at a task marked as settled."""
        passage = self.passages[place.at]
        if closed(passage.unit):
            self._count(place.at, "state", kept=False)
            return None
        said = clause_of(passage.unit.text, place[1:3])
        owner, unsure_of_owner = self._owner(place.at, said, told.owner)
        days = passage.unit.text if whole else said
        more = [*told.more, *range(place.at + 1, place.last + 1)]
        text = " ".join((days, *self._more(place.at, more)))
        due, unsure_of_due = self._due(place.at, text, told)
        named = due is not None and due.day == _date(told.due)
        next_time = not named and (
            at_next_meeting(text) or (told.due_at_next and due is None and not told.due)
        )
        start, end = self.span(place, whole=whole)
        return CommitmentSignal(
            by="llm",
            start=start,
            end=end,
            owner=owner,
            action=self._action(place.at, told.action, more),
            due=None if next_time or due is None else due.day,
            due_options=due.options if due and not next_time else None,
            due_at_next=next_time,
            said_by=passage.said_by,
            to_confirm=unsure_of_owner or unsure_of_due,
        )

    def _owner(self, at: int, text: str, told: Owner) -> tuple[Owner, Unsure | None]:
        """Return the owner whom the words name, else the model's, and whether they contradict."""
        said = self.doers.said(text, self.passages[at].said_by)
        if said is None:
            return self.doers.meant(text) or told, None
        if told != "unassigned":
            self._count(at, "owner", kept=said == told)
        return said, None if told in {said, "unassigned"} else "owner"

    def _more(self, at: int, numbers: Sequence[int]) -> list[str]:
        """Return the texts of the other passages of a commitment that stand near it."""
        near = [n for n in dict.fromkeys(numbers) if n != at and abs(n - at) <= _AROUND]
        return [self.passages[n].unit.text for n in near if 0 <= n < len(self.passages)]

    def _action(self, at: int, told: str, more: Sequence[int]) -> str:
        """Return the model's action if its words stand nearby, else the passage's own words.

        Words that everybody does things with are free: the thing that is done must be there.
        """
        action = clean(told)
        around = self.passages[max(0, at - _AROUND) : at + _AROUND + 1]
        nearby = stems(" ".join(each.unit.text for each in around))
        names = stems(" ".join(self._names()))
        own = stems(" ".join((self.passages[at].unit.text, *self._more(at, more))))
        said = stems(action)
        fits_words = bool(said & own) and said <= nearby | names | _TO_DO_WITH
        return action if fits_words else plain(self.passages[at].unit.text)

    def _names(self) -> tuple[str, str]:
        pair = self._context.mentorship
        return pair.mentor.name, pair.mentee.name

    def _due(self, at: int, text: str, told: ToldPromise) -> tuple[DaySaid | None, Unsure | None]:
        """Return the words' day, else the model's if code cannot read theirs, and any doubt."""
        day = _date(told.due)
        named = days_said(text, self._context.held_on)
        for each in named:
            either = each.options and day in {each.options.day_first, each.options.month_first}
            if day is not None and (each.day == day or either):
                self._count(at, "due", kept=True)
                return DaySaid(each.start, each.end, day), None
        said = deadline(text, self._context.held_on)
        if said is None:
            read = self._day(told.due, text)
            return (DaySaid(0, 0, read), None) if read else (None, None)
        exact = _EXACT.search(text[said.start : said.end])
        unlike = bool(day and said.day and exact and _is_another(day, said.day))
        if unlike:
            self._count(at, "due", kept=False)
        return said, "due" if unlike else None

    def _day(self, due: str | None, text: str) -> date | None:
        """Return the model's day, if the words name a time that code cannot read."""
        day = _date(due)
        held_on = self._context.held_on
        if day is None or day < held_on or not _SAYS_WHEN.search(text):
            return None
        numbers = {int(each) for each in _NUMBER.findall(text) if len(each) <= 2}
        return None if numbers and day.day not in numbers and day.month not in numbers else day

    def outcome(self, place: Place, told: ToldOutcome) -> OutcomeSignal | None:
        """Return the outcome of a listed commitment; None if the words contradict it."""
        if not 1 <= told.commitment <= len(self._open):
            return None
        passage = self.passages[place.at]
        text = passage.unit.text
        status, unsure = self._status(place, told.status)
        if status is None:
            return None
        said = deadline(text, self._context.held_on)
        moved = said.day if said else self._day(told.new_due, text)
        if status == "rescheduled" and moved is None:
            status = "not_done"
        return OutcomeSignal(
            by="llm",
            start=passage.unit.start,
            end=passage.unit.end,
            status=status,
            new_due=moved if status == "rescheduled" else None,
            said_by=passage.said_by,
            about=self._open[told.commitment - 1].id,
            to_confirm=unsure,
        )

    def _status(
        self, place: Place, told: OutcomeStatus
    ) -> tuple[OutcomeStatus | None, Unsure | None]:
        """Return the state by mark or words, else the model's, and any doubt; None if denied."""
        unit = self.passages[place.at].unit
        if mark_of(unit) is not None:
            kept = fits(unit, told)
            self._count(place.at, "state", kept=kept)
            return (told, None) if kept else (marked(unit), "state")
        clause = clause_of(unit.text, place[1:3])
        if told == "done" and not_done(clause):
            self._count(place.at, "state", kept=False)
            return "not_done", "state"
        return (None if told == "done" and speaks_against_done(clause) else told), None

    def _count(self, at: int, what: Unsure, *, kept: bool) -> None:
        """Record that an explicit word was kept or contradicted; the worse record counts."""
        self._explicit[at, what] = kept and self._explicit.get((at, what), True)

    def believable(self, told: Sequence[OutcomeSignal]) -> tuple[OutcomeSignal, ...]:
        """Return the outcomes that hold together: one quote settles few, one note not nearly all.

        Outcomes that share a word with their commitment hold, or two words if nearly all are done.
        """
        actions = {each.id: stems(each.action) for each in self._open}
        text = {each.unit.start: stems(each.unit.text) for each in self.passages}
        closing = sum(each.status in {"done", "dropped"} for each in told)
        nearly_all = len(self._open) >= _MANY_OPEN and closing > _NEARLY_ALL * len(self._open)
        shared = {each: len(actions[each.about] & text[each.start]) for each in told if each.about}
        akin_at_all = sum(each > 0 for each in shared.values())
        doubted = nearly_all and akin_at_all < _MOST_AKIN * len(told)
        enough = _AKIN_AMONG_MANY if doubted else 1
        akin = [each for each in told if shared.get(each, 0) >= enough]
        of_quote = Counter(each.start for each in told)
        others = [
            each
            for each in told
            if not nearly_all and each not in akin and of_quote[each.start] <= _MOST_OF_ONE_QUOTE
        ]
        return tuple(each for each in told if each in akin or each in others)


def _is_another(told: date, said: date) -> bool:
    """Whether two days are neither two readings of one weekday nor a day and its eve."""
    return abs((told - said).days) not in {0, 1, _WEEK, 2 * _WEEK}


def _date(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
