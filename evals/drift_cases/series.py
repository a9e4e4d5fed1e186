"""A base series, and what can be changed in it before it becomes contracts and sessions."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from coach.model.contract import Cadence, Contract, Goal, Phase
from coach.model.people import Author, Visibility
from coach.model.values import Value
from evals.drift_cases.base import Base, Wording, bases, drift_wordings
from evals.drift_cases.told import Told

_ROLES_SPARED = {"a": "spare_ask", "fb": "spare_feedback"}
_ROLES = frozenset(_ROLES_SPARED)
_WORDS_OF_GOALS = {"called", "vague", "brief", "hazy"}
# Days by which each meeting is off its rhythm, as real meetings are. They are too few for a warning
# where a fortnight or more lies between meetings. Chosen by hand; not measured.
_JITTER_DAYS = (0, 1, 0, -1, 2, 0, -2, 1, 0, -1)
_FORTNIGHT = 14


class TaggedSentence(Value):
    """One sentence of a note, tagged with what it is about: a goal, a promise, an ask, feedback."""

    tags: frozenset[str]
    text: str

    @property
    def promises(self) -> frozenset[str]:
        """The promises it makes or settles."""
        return frozenset(tag.rstrip("+=") for tag in self.tags if tag[-1] in "+=")


class Beside(Value):
    """A second note of a meeting, in another hand or for its writer alone."""

    author: Author
    visibility: Visibility
    text: str


class Meeting(Value):
    """A session before it is written down."""

    held_on: date
    planned_next: date
    channel: str | None
    sentences: tuple[TaggedSentence, ...]
    minutes: int
    beside: tuple[Beside, ...] = ()

    def saying(self, text: str) -> "Meeting":
        """The meeting with one sentence more in its middle."""
        middle = max(1, len(self.sentences) // 2)
        sentence = TaggedSentence(tags=frozenset({"new"}), text=text)
        return self.with_sentences((*self.sentences[:middle], sentence, *self.sentences[middle:]))

    def saying_beside(self, beside: Beside) -> "Meeting":
        """The meeting with one note more."""
        return self.model_copy(update={"beside": (*self.beside, beside)})

    def with_sentences(self, sentences: Iterable[TaggedSentence]) -> "Meeting":
        """The meeting with these sentences alone."""
        return self.model_copy(update={"sentences": tuple(sentences)})


class Series(Value):
    """Contracts and meetings of one pair, open to change."""

    base: Base
    contracts: tuple[Contract, ...]
    meetings: tuple[Meeting, ...]

    def changed(self, at: int, change: Callable[[Meeting], Meeting]) -> "Series":
        """The series with one meeting changed; beyond the last one nothing changes."""
        if at >= len(self.meetings):
            return self
        meetings = (*self.meetings[:at], change(self.meetings[at]), *self.meetings[at + 1 :])
        return self.model_copy(update={"meetings": meetings})

    def saying(self, at: int, text: str) -> "Series":
        """The series with one sentence more in one meeting."""
        return self.changed(at, lambda meeting: meeting.saying(text))

    def telling(self, at: int, wording: Wording) -> "Series":
        """The series with a wording told in the voice of its base from meeting `at` on."""
        series = self
        for number in range(len(wording.own)):
            series = series.saying(at + number, self.base.sentence(wording, number))
        return series

    def hearing(self, at: int, told: Told) -> "Series":
        """Return the series with a writer's sentences, in that writer's notes, from `at` on."""
        series = self
        for number, said in enumerate(told.says):
            series = series.changed(at + number, self._heard(told, said))
        return series

    def _heard(self, told: Told, said: str) -> Callable[[Meeting], Meeting]:
        if told.by == self.base.writer and not told.private:
            return lambda meeting: meeting.saying(said)
        beside = Beside(author=told.by, visibility=told.visibility, text=said)
        return lambda meeting: meeting.saying_beside(beside)

    def without(self, tag: str, sessions: range) -> "Series":
        """The series without the sentences of a tag in some sessions; promises go whole."""
        within = [self.meetings[number] for number in sessions if number < len(self.meetings)]
        gone = [
            sentence for meeting in within for sentence in meeting.sentences if tag in sentence.tags
        ]
        broken = frozenset(name for sentence in gone for name in sentence.promises)
        meetings = tuple(
            meeting.with_sentences(
                kept
                for sentence in meeting.sentences
                if (
                    kept := _kept(self, sentence, tag if number in sessions else "", broken, number)
                )
            )
            for number, meeting in enumerate(self.meetings)
        )
        return self.model_copy(update={"meetings": meetings})

    def amended(self, at: int, **changes: object) -> "Series":
        """The series with a new version of the contract, in force from meeting `at` on."""
        update = {
            "version": len(self.contracts) + 1,
            "effective_from": self.meetings[at].held_on,
            **changes,
        }
        amended = self.contracts[-1].model_copy(update=update)
        return self.model_copy(update={"contracts": (*self.contracts, amended)})

    def agreed(self, **changes: object) -> "Series":
        """The series with other first terms."""
        first = self.contracts[0].model_copy(update=changes)
        return self.model_copy(update={"contracts": (first, *self.contracts[1:])})

    def later_by(self, at: int, days: int, *, planned: bool) -> "Series":
        """The series with all meetings from `at` on held later.

        `planned` when that was known before.
        """
        shift = timedelta(days=days)
        meetings = [
            meeting.model_copy(
                update={
                    "held_on": meeting.held_on + (shift if number >= at else timedelta()),
                    "planned_next": meeting.planned_next
                    + (shift if number >= at or (planned and number == at - 1) else timedelta()),
                }
            )
            for number, meeting in enumerate(self.meetings)
        ]
        return self.model_copy(update={"meetings": tuple(meetings)})

    def extended(self, days: int) -> "Series":
        """The series with the newest contract's days later by so many days."""
        shift = timedelta(days=days)
        newest = self.contracts[-1]
        goals = tuple(
            goal.model_copy(update={"target_date": goal.target_date and goal.target_date + shift})
            for goal in newest.goals
        )
        ends_on = newest.ends_on and newest.ends_on + shift
        newest = newest.model_copy(update={"goals": goals, "ends_on": ends_on, "text": None})
        return self.model_copy(update={"contracts": (*self.contracts[:-1], newest)})


def _kept(
    series: Series, sentence: TaggedSentence, tag: str, broken: frozenset[str], number: int
) -> TaggedSentence | None:
    if tag in sentence.tags and tag not in _ROLES:
        for role in _ROLES & sentence.tags:
            spare = drift_wordings()[_ROLES_SPARED[role]][0]
            text = series.base.sentence(spare, number % len(spare.own))
            return TaggedSentence(tags=frozenset({role}), text=text)
    if tag in sentence.tags or sentence.promises & broken:
        return None
    return sentence


@cache
def clean_series() -> tuple[Series, ...]:
    """Every base as a series without a drift, in the order of their ids."""
    return tuple(base_series(base) for base in bases())


def base_series(base: Base, every_days: int | None = None) -> Series:
    """A base as it stands in its file, or at another rhythm."""
    every = every_days or base.every_days
    held = [
        base.starts
        + timedelta(days=number * every + (_JITTER_DAYS[number] if every >= _FORTNIGHT else 0))
        for number in range(len(base.sessions))
    ]
    planned = [*held[1:], held[-1] + timedelta(days=every)]
    meetings = tuple(
        Meeting(
            held_on=on,
            planned_next=after,
            channel=base.channel,
            sentences=tuple(map(_line, said)),
            minutes=base.duration_minutes,
        )
        for on, after, said in zip(held, planned, base.sessions, strict=True)
    )
    return Series(base=base, contracts=(_contract(base, held, every),), meetings=meetings)


def _line(written: str) -> TaggedSentence:
    tags, _, text = written.partition(" | ")
    return TaggedSentence(tags=frozenset(tags.split()), text=text)


def _contract(base: Base, held: Sequence[date], every: int) -> Contract:
    return Contract(
        version=1,
        effective_from=base.starts,
        agreed_by=("mentor", "mentee"),
        goals=tuple(
            Goal.model_validate(goal.model_dump(exclude=_WORDS_OF_GOALS)) for goal in base.goals
        ),
        roles=base.roles,
        cadence=Cadence(every_days=every, duration_minutes=base.duration_minutes),
        channels=(base.channel,),
        feedback=base.feedback,
        confidentiality=base.confidentiality,
        phase=Phase(diagnosis_until=held[1] + timedelta(days=7)),
        ends_on=held[-1] + timedelta(days=3 * every),
        change_signs=base.change_signs,
        text=base.text,
    )
