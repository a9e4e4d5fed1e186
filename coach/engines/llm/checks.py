"""What a model says of a note, held against the note: quotes are looked up, owners, days and outcomes must fit the words."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from coach.engines.llm.passages import Passage, clean
from coach.language.dates import DaySaid, days_said
from coach.language.deadlines import at_next_meeting, deadline
from coach.language.names import People, other, people_of
from coach.language.words import stems
from coach.model.commitments import Commitment, OutcomeStatus, Owner
from coach.model.facts import Certainty, FactKind
from coach.model.people import Side
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal
from coach.notes.lines import plain
from coach.ports import ReadingContext

_NEAR = 2
_KIND_WEIGHT = 0.65
_MOST_OF_ONE_QUOTE = 2
_MANY_OPEN = 4
_NEARLY_ALL = 0.6
_AKIN_AMONG_MANY = 2
_LONG_NOTE = 15
_ALL_OF_IT = 0.93
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_MARKS = re.compile(r"[*_`~#|]+|\\(?=\W)")
_I = re.compile(
    r"(?<!\w)(?:i['’]ll|i (?:will|shall|am going to|'m going to)|i['’]m going to|let me)(?!\w)",
    re.IGNORECASE,
)
_WE = re.compile(r"(?<!\w)(?:we['’]ll|we (?:will|shall|both)|both of us)(?!\w)", re.IGNORECASE)
_YOU = re.compile(
    r"(?<!\w)(?:you['’]ll|you (?:will|to|promised|said you)|you['’]re going to)(?!\w)",
    re.IGNORECASE,
)
_DOER = r"(?<!\w)({names})(?:['’]ll|[ \t]+(?:will|to|is going to|promised|promises|said (?:she|he|they)['’]?(?:ll|d| will| would))|[ \t]*(?::|[-–—]>?|→))(?!\w)"
_PRONOUN = re.compile(
    r"(?<!\w)(she|he)(?:['’]ll| will| is going to| promised)(?!\w)", re.IGNORECASE
)
_SAYS_WHEN = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|to(?:day|morrow|night)|tmrw|week|fortnight|month|quarter|"
    r"\w+['’]s day|eve|term|year|eo[mwyq]|end of|easter|christmas|spring|summer|autumn|winter|day after)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:not (?:yet|done|finished|started|sent|happened)|(?:did|have|has|had|could|was|were|is|are) not|(?:did|have|has|had|could|was|were|is|are)n['’]?t|"
    r"nobody|no one|neither|never|forgot|skipped|still (?:not|to|no|open|waiting|haven['’]?t|hasn['’]?t)|nothing (?:yet|came|done))(?!\w)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\W{0,3}(?:(?:and|so|but|then) )?(?:(?:i|we|you|she|he|they)(?:['’]ll| will| shall)|going to|to do|next week|tomorrow)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«][^”\"»]*+(?:([”\"»])|\Z)")
"""A quotation, or, where none ends any more, all the rest."""
_NUMBER = re.compile(r"\d+")


class Checks:
    """Lookups in one note for what a model said of it."""

    def __init__(self, context: ReadingContext, passages: Sequence[Passage]) -> None:
        self._context = context
        self._passages = passages
        self._plain = [_comparable(each.unit.text) for each in passages]
        self._people = people_of(context.mentorship)
        self._named = doing(self._people)
        self._open: Sequence[Commitment] = context.open_commitments

    def located(self, number: int, quote: str) -> int | None:
        """The number of the passage that holds a quote: the named one, one beside it, else the only one; None when none does."""
        sought = _comparable(quote)
        if not any(sign.isalnum() for sign in sought):
            return None
        near = sorted(
            (n for n in range(number - _NEAR, number + _NEAR + 1) if 0 <= n < len(self._plain)),
            key=lambda n: abs(n - number),
        )
        for n in near:
            if sought in self._plain[n] and self._passages[n].unit.kind != "heading":
                return n
        there = [n for n, each in enumerate(self._plain) if sought in each]
        return (
            there[0]
            if len(there) == 1 and self._passages[there[0]].unit.kind != "heading"
            else None
        )

    def finding(self, at: int, *, kind: FactKind, certainty: Certainty) -> FactSignal:
        """A fact at a passage."""
        passage = self._passages[at]
        return FactSignal(
            by="llm",
            start=passage.unit.start,
            end=passage.unit.end,
            kind=kind,
            said_by=passage.said_by,
            certainty=certainty,
            weight=_KIND_WEIGHT,
        )

    def chosen(self, findings: Sequence[FactSignal]) -> tuple[FactSignal, ...]:
        """The facts, none where a long note was told whole: who leaves nothing out has chosen nothing."""
        passages = sum(each.unit.kind != "heading" for each in self._passages)
        whole = passages >= _LONG_NOTE and len(findings) > _ALL_OF_IT * passages
        return () if whole else tuple(findings)

    def promise(
        self, at: int, owner: Owner, action: str, *, due: str | None, at_next: bool
    ) -> CommitmentSignal:
        """A promise at a passage, its owner and its day as the words have them."""
        passage = self._passages[at]
        text = passage.unit.text
        said = self._said(due, text)
        next_time = at_next_meeting(text) or (at_next and said is None and not due)
        return CommitmentSignal(
            by="llm",
            start=passage.unit.start,
            end=passage.unit.end,
            owner=self._doer(text, passage.said_by) or owner,
            action=clean(action) if self._says(at, action) else plain(text),
            due=None if next_time else self._day(due, text) if said is None else said.day,
            due_options=said.options if said else None,
            due_at_next=next_time,
            said_by=passage.said_by,
        )

    def _says(self, at: int, action: str) -> bool:
        """Whether an action is made of the words of its passage and the two before it."""
        told = " ".join(each.unit.text for each in self._passages[max(0, at - 2) : at + 1])
        own = stems(self._passages[at].unit.text)
        said = stems(action)
        return bool(said & own) and said <= stems(told)

    def _said(self, due: str | None, text: str) -> DaySaid | None:
        """The day that the words name: the model's, where they name several and it is one of them."""
        day = _date(due)
        for each in days_said(text, self._context.held_on):
            either = each.options and day in {each.options.day_first, each.options.month_first}
            if day is not None and (each.day == day or either):
                return DaySaid(each.start, each.end, day)
        return deadline(text, self._context.held_on)

    def _day(self, due: str | None, text: str) -> date | None:
        """The model's day, where the words name some time that code cannot read."""
        day = _date(due)
        held_on = self._context.held_on
        if day is None or day < held_on or not _SAYS_WHEN.search(text):
            return None
        numbers = {int(each) for each in _NUMBER.findall(text) if len(each) <= 2}
        return None if numbers and day.day not in numbers and day.month not in numbers else day

    def _doer(self, text: str, said_by: Side | None) -> Owner | None:
        """Whom the words themselves make the owner, None where they leave it open or quote somebody."""
        text = _QUOTED.sub(lambda quoted: " " if quoted[1] else quoted[0], text)
        if _WE.search(text):
            return "both"
        if said_by and _I.search(text):
            return said_by
        if said_by and _YOU.search(text):
            return other(said_by)
        if self._named and (named := self._named.search(text)):
            return self._people.side(named[1])
        if pronoun := _PRONOUN.search(text):
            return self._people.pronouns.get(pronoun[1].lower())
        return None

    def outcome(
        self, at: int, commitment: int, status: OutcomeStatus, *, new_due: str | None
    ) -> OutcomeSignal | None:
        """What a passage says became of a listed commitment; None when the words speak against it."""
        if not 1 <= commitment <= len(self._open):
            return None
        passage = self._passages[at]
        text = passage.unit.text
        if status == "done" and (_NOT_YET.search(text) or _AHEAD.match(text)):
            return None
        if status == "done" and passage.unit.checked is False:
            return None
        said = deadline(text, self._context.held_on)
        moved = said.day if said else self._day(new_due, text)
        if status == "rescheduled" and moved is None:
            status = "not_done"
        return OutcomeSignal(
            by="llm",
            start=passage.unit.start,
            end=passage.unit.end,
            status=status,
            new_due=moved if status == "rescheduled" else None,
            said_by=passage.said_by,
            about=self._open[commitment - 1].id,
        )

    def believable(self, told: Sequence[OutcomeSignal]) -> tuple[OutcomeSignal, ...]:
        """The outcomes that may stand together: one quote does not settle many things, one note not nearly all.

        Those that share a word with what was promised may, and two words where nearly all is said to be done.
        """
        actions = {each.id: stems(each.action) for each in self._open}
        text = {each.unit.start: stems(each.unit.text) for each in self._passages}
        closing = sum(each.status in {"done", "dropped"} for each in told)
        nearly_all = len(self._open) >= _MANY_OPEN and closing > _NEARLY_ALL * len(self._open)
        enough = _AKIN_AMONG_MANY if nearly_all else 1
        akin = [
            each
            for each in told
            if each.about and len(actions[each.about] & text[each.start]) >= enough
        ]
        of_quote = Counter(each.start for each in told)
        others = [
            each
            for each in told
            if not nearly_all and each not in akin and of_quote[each.start] <= _MOST_OF_ONE_QUOTE
        ]
        return tuple(each for each in told if each in akin or each in others)


def doing(people: People) -> re.Pattern[str] | None:
    """What matches one of the two by name who will do something; None where neither has a name of their own."""
    names = [each for each in (*people.mentor, *people.mentee) if len(each) > 1]
    either = "|".join(re.escape(each) for each in names)
    return re.compile(_DOER.format(names=either), re.IGNORECASE) if names else None


def _date(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _comparable(text: str) -> str:
    """A text as quotes are compared: marks, blanks, quote marks and case do not count."""
    return " ".join(_MARKS.sub("", clean(text).translate(_QUOTES)).casefold().split()).strip(
        ' .,;:"'
    )
