"""Reads clauses with a model in the background, and keeps what it says about them and the warnings.

A mentorship needs a round when a note is stored or changed, when a contract version is added, and
when both people agree to a model elsewhere. A round reads the newest notes with the contract of
their day, and asks about the case of each warning that results. Answers to requests only use what
is kept.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from coach.agreement.contract import in_force
from coach.drift.signals import AGAINST, RECENT_SESSIONS
from coach.drift.weighing import challenged
from coach.errors import AnswerMissing, EngineFailed, NotFound
from coach.model import grounds
from coach.model.challenges import Case
from coach.model.grounds import Grounds, Shown
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Side
from coach.model.sessions import Session
from coach.ports import ClauseModel, Clock, ReadingContext, Store, UnreadClauses
from coach.reading.queue import OF_THE_NOTE
from coach.reading.rounds import Rounds
from coach.reading.standing import barred

_AT_ONCE = 2
"""Mentorships in work at once, with one question each.

The reader of notes has eight questions under way beside these. Chosen by hand; not measured.
"""
SIDES: tuple[Side, Side] = ("mentor", "mentee")
"""The two people of a mentorship."""
AUDIENCES: tuple[Audience, ...] = (*SIDES, "tool")
"""Everybody who may see a warning."""
_TAKEN_BACK = frozenset({"withdrawn", "not_agreed"})
"""Reasons after which there is nothing left to ask.

Whoever took it back starts another round if one is needed.
"""

Asked = TypeVar("Asked")


class _Case(NamedTuple):
    """A case, and what it rests on."""

    case: Case
    rests_on: Grounds


class ModelClauses:
    """Reads clauses and challenges warnings with a model, and adds the results to a history."""

    def __init__(self, model: ClauseModel, store: Store, *, clock: Clock) -> None:
        self.model = model
        self._store = store
        self._clock = clock
        self._rounds = Rounds(self._round, at_once=_AT_ONCE)
        self._given_up: set[str] = set()

    def open(self) -> None:
        """Start with what an earlier process left unread."""
        waiting = self._store.clauses_unread(self.model.name, self.model.version)
        for mentorship_id in dict.fromkeys(each.mentorship_id for each in waiting):
            self._rounds.wake(mentorship_id)
        self._rounds.open()

    def close(self) -> None:
        """Stop after the question under way; the rest is asked after the next start."""
        self._rounds.close()

    def wake(self, mentorship_id: str) -> None:
        """Have a mentorship read in the background, because something of it has changed."""
        self._rounds.wake(mentorship_id)

    def settle(self, mentorship_id: str | None = None, *, timeout_seconds: float) -> bool:
        """Wait until all is read that can be read now; False if it takes longer or nobody reads."""
        return self._rounds.settle(mentorship_id, timeout_seconds=timeout_seconds)

    def beside(self, history: History) -> History:
        """Return the history with what the model has said about its clauses and warnings."""
        pair = history.mentorship
        if not self._may_read(pair):
            return history
        told = self._store.second_clause_readings(
            pair.id, history.audience, history.as_of, self.model.version
        )
        asked = self._store.challenges(pair.id, history.audience, self.model.challenge_version)
        return history.with_clauses(told, asked)

    def read_all(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Read every unread note and ask about every warning; return the number of answers."""
        pairs = {pair.id: pair for pair, _ in self._store.every_session()}
        kept = 0
        for done, pair in enumerate(pairs.values(), start=1):
            if self._may_read(pair):
                kept += self._gone_over(pair, self._unread(pair), _never).kept
            if progress is not None:
                progress(done, len(pairs))
        return kept

    def _round(self, mentorship_id: str, stopped: Callable[[], bool]) -> bool:
        """Read the newest notes and ask about the warnings; return whether nothing is left."""
        try:
            pair = self._store.mentorship(mentorship_id)
        except NotFound:
            return True
        return not self._may_read(pair) or self._gone_over(pair, self._newest(pair), stopped).whole

    def _gone_over(
        self, pair: Mentorship, waiting: Iterable[UnreadClauses], stopped: Callable[[], bool]
    ) -> "_Went":
        """Read these notes, ask about the warnings that result, and return how the round went."""
        read = self._each(waiting, lambda each: self._read(pair, each), stopped)
        seen = [self.beside(each) for each in self._histories(pair)]
        asked = self._each(self._cases(seen), self._ask, stopped)
        whole = not any(_waits_for_its_reader(each) for each in seen)
        return _Went(read.whole and asked.whole and whole, read.kept + asked.kept)

    def _each(
        self,
        waiting: Iterable[Asked],
        ask: Callable[[Asked], str | None],
        stopped: Callable[[], bool],
    ) -> "_Went":
        """Ask for each of these, and return how it went. Stop asking if the model is down."""
        whole, kept = True, 0
        for each in waiting:
            if stopped():
                return _Went(whole=False, kept=kept)
            try:
                taken_back = ask(each)
            except AnswerMissing:
                whole = False
            except EngineFailed as error:
                if str(error) not in {*OF_THE_NOTE, *_TAKEN_BACK}:
                    return _Went(whole=False, kept=kept)
            else:
                kept += taken_back is None
        return _Went(whole, kept)

    def _newest(self, pair: Mentorship) -> list[UnreadClauses]:
        """Return the unread notes of the last sessions with notes, as each side sees them."""
        unread = list(self._unread(pair))
        newest = {
            note.id
            for side in SIDES
            for session in _noted(self._store.sessions(pair.id, side, date.max))[-RECENT_SESSIONS:]
            for note in session.notes
        }
        return [each for each in unread if each.note.id in newest]

    def _unread(self, pair: Mentorship) -> Iterator[UnreadClauses]:
        found = self._store.clauses_unread(
            self.model.name, self.model.version, mentorship_id=pair.id
        )
        return (each for each in found if each.note.id not in self._given_up)

    def _read(self, pair: Mentorship, unread: UnreadClauses) -> str | None:
        """Read a note and keep its reading while it stands; return the reason if it is not kept."""
        note = unread.note
        contract = in_force(tuple(self._store.contracts(pair.id)), unread.held_on)
        context = ReadingContext(pair, unread.held_on, contract=contract)
        itself = Shown(note.visibility, unread.held_on, words=None)
        rests_on = Grounds(pair.id, {note.id: itself}, not self.model.stays_here)
        with self._given_up_for_good(note.id):
            reading = self._asking(rests_on).read(note, context)
        return self._store.save_second_clause_reading(
            note.id, reading, rests_on, made_at=self._clock()
        )

    def _histories(self, pair: Mentorship) -> Iterator[History]:
        """Yield what each audience that may be warned knows today and on the last session's day."""
        today = self._clock().astimezone(ZoneInfo(pair.timezone)).date()
        for audience in AUDIENCES:
            if not self._may_warn(pair, audience):
                continue
            last = self._store.sessions(pair.id, audience, date.max)[-1:]
            for as_of in sorted({today, *(each.held_on for each in last)}):
                yield self._store.history(pair.id, audience, as_of)

    def _may_warn(self, pair: Mentorship, audience: Audience) -> bool:
        """Whether the model found anything against a clause in what this audience may see."""
        told = self._store.second_clause_readings(pair.id, audience, date.max, self.model.version)
        return any(signal.says in AGAINST for each in told.values() for signal in each)

    def _cases(self, seen: Iterable[History]) -> Iterator[_Case]:
        """Yield each case that rests on the model's reading and was not asked about, once."""
        told: set[str] = set()
        for history in seen:
            for case in challenged(history):
                if case.digest not in {*told, *history.challenges, *self._given_up}:
                    told.add(case.digest)
                    shown = grounds.of_history(history, agreed=not self.model.stays_here)
                    yield _Case(case, shown.only(case.note_ids))

    def _ask(self, asked: _Case) -> str | None:
        """Ask about a case and keep the answer while it stands; return the reason if not kept."""
        digest = asked.case.digest
        with self._given_up_for_good(digest):
            answer = self._asking(asked.rests_on).challenge(asked.case)
        version = self.model.challenge_version
        return self._store.save_challenge(
            digest, version, answer, asked.rests_on, made_at=self._clock()
        )

    def _asking(self, rests_on: Grounds) -> ClauseModel:
        return self.model.unless(barred(self._store, rests_on))

    @contextmanager
    def _given_up_for_good(self, name: str) -> Iterator[None]:
        """Ask no more for this name until the next start, if it fails for a reason of its own.

        It would fail again.
        """
        try:
            yield
        except EngineFailed as error:
            if str(error) in OF_THE_NOTE:
                self._given_up.add(name)
            raise

    def _may_read(self, pair: Mentorship) -> bool:
        return self.model.stays_here or pair.external_llm


class _Went(NamedTuple):
    """How a round went: whether nothing is left to ask, and how many answers were kept."""

    whole: bool
    kept: int


def _noted(sessions: Iterable[Session]) -> list[Session]:
    return [each for each in sessions if each.notes]


def _waits_for_its_reader(history: History) -> bool:
    """Whether a note has no reading of the embedded engine yet, so no rule has judged it."""
    notes = (note for session in history.sessions for note in session.notes)
    return any(each.id not in history.readings for each in notes)


def _never() -> bool:
    return False
