"""The use cases: who asks, what they may see, what the domain makes of it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from time import monotonic
from typing import TypeVar

from coach import deadline
from coach.agreement import access
from coach.agreement.access import Principal
from coach.commitments.corrections import settles_nothing
from coach.commitments.remembered import Remembered
from coach.commitments.status import closed_in, open_ones, overdue_ones, owned_by
from coach.drift import detection
from coach.errors import EngineFailed, EngineUnavailable, NotAllowed, NotFound, StoreUnavailable
from coach.ids import NewId, random_id
from coach.model.answers import (
    Brief,
    BriefCommitments,
    Export,
    LastSession,
    OwnCommitments,
    Recap,
    Reflection,
    Report,
)
from coach.model.commitments import Commitment, CommitmentStatus, Correction
from coach.model.contract import Contract
from coach.model.drift import Drift
from coach.model.facts import Fact
from coach.model.history import History
from coach.model.people import Audience, Mentorship, Visibility
from coach.model.readings import Reading
from coach.model.search import Passage, SearchAnswer
from coach.model.sessions import Note, Preparation, Session
from coach.notes.facts import facts
from coach.notes.portions import Limits, shares
from coach.pages import grounding
from coach.pages.not_found import not_found
from coach.pages.order import Page
from coach.pages.selection import brief_lines, recap_lines
from coach.ports import (
    ClauseEngine,
    Clock,
    Engine,
    Index,
    IndexState,
    ReadingContext,
    SessionChange,
    Store,
)
from coach.questions import selection
from coach.reading.catching_up import CatchingUp
from coach.reading.clause_readings import ClauseReadings
from coach.reading.model_reader import ModelReader
from coach.use_cases.answering import Answering
from coach.use_cases.people import MentorshipChange
from coach.use_cases.taking_back import TakingBack, session_in

Told = TypeVar("Told", Brief, Reflection, Report)

_PRIOR_PASSAGES = 5
_QUERY_WORDS = 60


class Coach(TakingBack):
    """Everything a mentor, a mentee, a tool or an admin may ask for.

    Each method takes the principal first: what it may see is decided before anything is read.
    """

    def __init__(  # noqa: PLR0913 - the one place that takes every part
        self,
        store: Store,
        engine: Engine,
        *,
        index: Index,
        pepper: bytes,
        admin_key: str | None,
        clock: Clock,
        new_id: NewId = random_id,
        second: ModelReader | None = None,
        limits: Limits | None = None,
        clauses: ClauseEngine | None = None,
    ) -> None:
        super().__init__(
            store, index=index, pepper=pepper, admin_key=admin_key, clock=clock, new_id=new_id
        )
        self._engine = engine
        self._limits = limits or Limits()
        self._made = Remembered(most=self._limits.matched)
        self._second = second
        self._clauses = ClauseReadings(store, clauses, clock=clock, limits=self._limits)
        self.reading_clauses = CatchingUp(self._clauses.read_left)

    # people

    def change_mentorship(
        self, principal: Principal, mentorship_id: str, change: MentorshipChange
    ) -> Mentorship:
        """See People; who takes back the agreement to an external model stops what waits to be told to it."""
        changed = super().change_mentorship(principal, mentorship_id, change)
        if self._second and not self._second.may_read(changed):
            self._second.withdraw(mentorship_id, "not_agreed")
        return changed

    def agree_on_contract(
        self, principal: Principal, mentorship_id: str, agreed: Contract
    ) -> Contract:
        """See People; the notes of its time are held against it, those of a long time in the background."""
        made = super().agree_on_contract(principal, mentorship_id, agreed)
        if not self._clauses.read_anew(mentorship_id):
            self.reading_clauses.wake()
        return made

    # sessions and notes

    def record_session(
        self,
        principal: Principal,
        mentorship_id: str,
        session: Session,
        *,
        new_id: NewId | None = None,
        wait: float | None = None,
    ) -> Report:
        """Keep a session, then read it; the report is the caller's view of it.

        A configured model has `wait` seconds, at most its own deadline.
        """
        audience = access.audience_of(principal, mentorship_id)
        for note in session.notes:
            access.check_writable(audience, note.visibility)
        name = new_id or self._new_id
        named = session.model_copy(
            update={
                "id": name("session"),
                "notes": tuple(
                    note.model_copy(update={"id": name("note")}) for note in session.notes
                ),
            }
        )
        self._store.add_session(mentorship_id, named, posted_by=principal.acts_as)
        mentorship = self._store.mentorship(mentorship_id)
        self._make_findable(mentorship, named)
        self._clauses_of_session(mentorship_id, named.id)
        as_of = self._at_least(mentorship, session)
        return self._report(audience, mentorship_id, named.id, as_of, wait=wait)

    def add_note(  # noqa: PLR0913 - what a note is posted with
        self,
        principal: Principal,
        mentorship_id: str,
        session_id: str,
        note: Note,
        *,
        new_id: NewId | None = None,
        wait: float | None = None,
    ) -> Report:
        """Keep one more note of a session, then read it."""
        audience = access.audience_of(principal, mentorship_id)
        access.check_writable(audience, note.visibility)
        named = note.model_copy(update={"id": (new_id or self._new_id)("note")})
        mentorship = self._store.mentorship(mentorship_id)
        self._store.add_note(mentorship_id, session_id, named, posted_by=principal.acts_as)
        session = self._stored(audience, mentorship_id, session_id)
        self._make_findable(mentorship, session, note_id=named.id)
        self._clauses_of_session(mentorship_id, session_id)
        as_of = self._at_least(mentorship, session)
        return self._report(audience, mentorship_id, session_id, as_of, wait=wait)

    def change_session(
        self, principal: Principal, mentorship_id: str, session_id: str, change: SessionChange
    ) -> Session:
        """See TakingBack; on another day another contract may be in force."""
        session = super().change_session(principal, mentorship_id, session_id, change)
        self._clauses_of_session(mentorship_id, session_id)
        return session

    def share_note(
        self, principal: Principal, mentorship_id: str, note_id: str, visibility: Visibility
    ) -> Note:
        """See TakingBack; a note at which the reader failed is tried once more."""
        before = self.note(principal, mentorship_id, note_id)
        changed = super().share_note(principal, mentorship_id, note_id, visibility)
        audience = access.audience_of(principal, mentorship_id)
        history = self._store.history(mentorship_id, audience, date.max)
        kept = history.readings.get(note_id)
        if changed != before and kept is not None and kept.failed:
            self._read_again(history, note_id)
        return changed

    def _read_again(self, history: History, note_id: str) -> None:
        for session in history.sessions:
            for note in session.notes:
                if note.id == note_id:
                    share = shares(session.notes, self._limits)[note_id]
                    context = ReadingContext(history.mentorship, session.held_on, share=share)
                    if reading := self._read(note, context):
                        self._kept(note, reading)

    def note(self, principal: Principal, mentorship_id: str, note_id: str) -> Note:
        """Return a note the caller may see."""
        audience = access.audience_of(principal, mentorship_id)
        return self._store.posted_note(mentorship_id, audience, note_id).note

    def prepare(
        self,
        principal: Principal,
        mentorship_id: str,
        *,
        text: str,
        visibility: Visibility,
        new_id: NewId | None = None,
    ) -> Preparation:
        """Keep what one side wants from the next session."""
        side = access.side_of(principal, mentorship_id)
        access.check_writable(side, visibility)
        mentorship = self._store.mentorship(mentorship_id)
        preparation = Preparation(
            id=(new_id or self._new_id)("preparation"),
            author=side,
            visibility=visibility,
            text=text,
            made_on=self._today(mentorship),
        )
        self._store.add_preparation(mentorship_id, preparation, made_at=self._clock())
        return preparation

    # answers

    def sessions(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> tuple[Session, ...]:
        """Return the sessions with the notes the caller may see, oldest first.

        Nothing is read for it: also what no reader can read is there to be erased.
        """
        audience = access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        return self._store.sessions(mentorship_id, audience, as_of or self._today(mentorship))

    def session(
        self, principal: Principal, mentorship_id: str, session_id: str, as_of: date | None = None
    ) -> Session:
        """Return one session with the notes the caller may see."""
        return session_in(self.sessions(principal, mentorship_id, as_of), session_id)

    def report(
        self,
        principal: Principal,
        mentorship_id: str,
        session_id: str,
        as_of: date | None = None,
        *,
        wait: float | None = None,
    ) -> Report:
        """Return what the coach makes of one session."""
        audience = access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        day = as_of or self._today(mentorship)
        return self._report(audience, mentorship_id, session_id, day, wait=wait)

    def facts(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        session_id: str | None = None,
    ) -> tuple[Fact, ...]:
        """Return the facts read from the notes the caller may see."""
        history = self._asked(principal, mentorship_id, as_of)
        if session_id is not None:
            session_in(history.sessions, session_id)
        return facts(history, session_id=session_id)

    def commitments(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        status: CommitmentStatus | None = None,
    ) -> tuple[Commitment, ...]:
        """Return the commitments of both sides, oldest first."""
        made = self._made.commitments(self._asked(principal, mentorship_id, as_of))
        return tuple(each for each in made if status in {None, each.status})

    def commitment(
        self,
        principal: Principal,
        mentorship_id: str,
        commitment_id: str,
        as_of: date | None = None,
    ) -> Commitment:
        """Return one commitment."""
        history = self._asked(principal, mentorship_id, as_of)
        return _named(self._made.commitments(history), commitment_id)

    def correct_commitment(
        self, principal: Principal, mentorship_id: str, commitment_id: str, word: Correction
    ) -> Commitment:
        """Keep a person's word on a commitment; it beats the readers' until a person says otherwise."""
        audience = access.audience_of(principal, mentorship_id)
        history = self._newest(audience, mentorship_id)
        found = _named(self._made.commitments(history), commitment_id)
        place = {"commitment_id": found.id, "note_id": found.made_in.note_id}
        named = word.model_copy(update={"id": self._new_id("correction"), **place})
        if settles_nothing(found.id, named, history.corrections):
            return found
        self._store.add_correction(mentorship_id, named, by=audience, made_at=self._clock())
        return self.newest_commitment(principal, mentorship_id, commitment_id)

    def newest_commitment(
        self, principal: Principal, mentorship_id: str, commitment_id: str
    ) -> Commitment:
        """Return one commitment as it stands today, or after the last session where that is still to come."""
        audience = access.audience_of(principal, mentorship_id)
        made = self._made.commitments(self._newest(audience, mentorship_id))
        return _named(made, commitment_id)

    def brief(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        wait: float | None = None,
    ) -> Brief:
        """Return the page to read before the next session."""
        most = self._limits.compared
        return self._told(
            lambda: self._asked(principal, mentorship_id, as_of),
            lambda answering: _brief(answering, most=most),
            wait=wait,
        )

    def reflection(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        wait: float | None = None,
    ) -> Reflection:
        """Return prompts for the mentee to prepare with."""
        if access.audience_of(principal, mentorship_id) != "mentee":
            raise NotAllowed("reflection is the mentee's")
        most = self._limits.compared
        return self._told(
            lambda: self._asked(principal, mentorship_id, as_of),
            lambda answering: _reflection(answering, most=most),
            wait=wait,
        )

    def drift(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> tuple[Drift, ...]:
        """Return where the sessions have left the contract, the gravest first."""
        return self._warnings(self._asked(principal, mentorship_id, as_of))

    def search(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        query: str,
        limit: int,
    ) -> SearchAnswer:
        """Return the sessions that speak of something, best first."""
        history = self._asked(principal, mentorship_id, as_of)
        hits = self._index.search(
            history.mentorship, history.audience, history.sessions, query=query, limit=limit
        )
        return SearchAnswer(sessions=tuple(hits))

    def export(self, principal: Principal, mentorship_id: str, as_of: date | None = None) -> Export:
        """Return everything the caller may see."""
        history = self._asked(principal, mentorship_id, as_of)
        made = self._made.commitments(history)
        return Export(
            mentorship=history.mentorship,
            contracts=history.contracts,
            sessions=history.sessions,
            preparations=tuple(
                self._store.preparations(mentorship_id, history.audience, history.as_of)
            ),
            facts=facts(history),
            commitments=made,
            drift=self._warnings(history),
        )

    # upkeep

    def reread(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Read every note that the present engines have not read yet; how many readings were made."""
        waiting = list(self._store.unread(self._engine.name, self._engine.version))
        read = 0
        for done, unread in enumerate(waiting, start=1):
            mentorship = self._store.mentorship(unread.mentorship_id)
            made = self._read(unread.note, ReadingContext(mentorship, unread.held_on))
            if made is not None:
                self._store.save_reading(unread.note.id, made, made_at=self._clock())
                read += not made.failed
            if progress is not None:
                progress(done, len(waiting))
        read += self._clauses.reread(progress)
        return read + (self._second.read_all(progress) if self._second else 0)

    def check(self) -> IndexState:
        """Return the index's state; StoreUnavailable when the store is not open."""
        self._store.check()
        return self._index.state

    # how

    def _clauses_of_session(self, mentorship_id: str, session_id: str) -> None:
        """Hold the notes of a session against the contract of its day; what is left of it is done later."""
        if not self._clauses.read_session(mentorship_id, session_id):
            self.reading_clauses.wake()

    def _asked(self, principal: Principal, mentorship_id: str, as_of: date | None) -> History:
        """What a principal may know of a mentorship at the end of a day."""
        audience = access.audience_of(principal, mentorship_id)
        if as_of is None:
            as_of = self._today(self._store.mentorship(mentorship_id))
        return self._seen(audience, mentorship_id, as_of)

    def _seen(self, audience: Audience, mentorship_id: str, as_of: date) -> History:
        history = self._store.history(mentorship_id, audience, as_of)
        mentorship = self._on_day(history.mentorship, as_of)
        fresh = {note.id: reading for note, reading in self._catch_up(history)}
        seen = history.model_copy(
            update={"mentorship": mentorship, "readings": {**history.readings, **fresh}}
        )
        return self._second.beside(seen) if self._second else seen

    def _newest(self, audience: Audience, mentorship_id: str) -> History:
        """All that an audience may know, today or after the last session where that is still to come."""
        mentorship = self._store.mentorship(mentorship_id)
        history = self._seen(audience, mentorship_id, date.max)
        last = history.sessions[-1:]
        today = self._today(mentorship)
        as_of = max(today, last[0].held_on) if last else today
        return history.model_copy(
            update={"as_of": as_of, "mentorship": self._on_day(mentorship, as_of)}
        )

    def _catch_up(self, history: History) -> Iterator[tuple[Note, Reading]]:
        """Read what was stored and not read, because the process ended or there was no engine to read with."""
        keeping = True
        for session in history.sessions:
            unread = [
                note for note in session.notes if self._is_to_read(history.readings.get(note.id))
            ]
            share = shares(unread, self._limits)
            for note in unread:
                deadline.check()
                context = ReadingContext(history.mentorship, session.held_on, share=share[note.id])
                if reading := self._read(note, context):
                    keeping = keeping and self._kept(note, reading)
                    yield note, reading

    def _is_to_read(self, kept: Reading | None) -> bool:
        """Whether to read a note unasked: nobody tried, or an engine of another version failed at it."""
        return kept is None or (kept.failed and kept.version != self._engine.version)

    def _read(self, note: Note, context: ReadingContext) -> Reading | None:
        """Read a note, also where that fails; None when there is nothing to read with."""
        engine = self._engine
        try:
            reading = engine.read(note, context)
        except EngineUnavailable:
            return None
        except EngineFailed:
            reading = Reading(engine=engine.name, version=engine.version, failed=True)
        return grounding.within(reading, note.text)

    def _kept(self, note: Note, reading: Reading) -> bool:
        """Keep a reading; where nothing can be written just now, it is made again by who asks next."""
        try:
            self._store.save_reading(note.id, reading, made_at=self._clock())
        except StoreUnavailable:
            return False
        return True

    def _report(
        self,
        audience: Audience,
        mentorship_id: str,
        session_id: str,
        as_of: date,
        *,
        wait: float | None,
    ) -> Report:
        return self._told(
            lambda: self._seen(audience, mentorship_id, as_of),
            lambda answering: self._report_of(answering, session_id),
            wait=wait,
        )

    def _report_of(self, answering: Answering, session_id: str) -> Report:
        history, made = answering.known
        session = session_in(history.sessions, session_id)
        page, asked = answering.told(
            recap_lines(
                answering.known, session, alone=answering.alone, most=self._limits.compared
            ),
            ask=selection.asked_side(history.audience),
            own=lambda: selection.session_questions(
                history, session, made, most=self._limits.compared
            ),
        )
        return Report(
            session=session,
            recap=Recap(
                session_id=session.id,
                held_on=session.held_on,
                headline=page.chosen.headline,
                sections=page.chosen.sections,
            ),
            questions=asked.questions,
            drift=answering.drift(),
            prior=self._prior(history, session, page.chosen),
            provenance=answering.provenance(asked, dropped=page.dropped),
        )

    def _told(
        self, seen: Callable[[], History], told: Callable[[Answering], Told], *, wait: float | None
    ) -> Told:
        """What is told of what is seen, with as much time for a model as the asker and the model's deadline give.

        Where something was erased, shared anew or taken back while the model was waited for, it is told anew from
        what is left, in what is left of the time; without a model when that is over.
        """
        most = self._second.model.seconds if self._second else 0.0
        until = monotonic() + (most if wait is None else min(wait, most))
        while True:
            seconds = until - monotonic()
            answering = Answering(seen(), self._engine, self._second, self._made, seconds=seconds)
            made = told(answering)
            if seconds <= 0 or answering.stands:
                return made

    def _withdraw(self, mentorship_id: str, note_id: str) -> None:
        """Have a model told nothing more of a note as it was."""
        if self._second:
            self._second.withdraw(mentorship_id, "withdrawn", note_id=note_id)

    def _warnings(self, history: History) -> tuple[Drift, ...]:
        made = self._made.commitments(history)
        if not history.alone:
            return detection.detect(history, made)
        return detection.weighed(history, made, self._made.commitments(history.without_model))

    def _prior(self, history: History, session: Session, page: Page) -> tuple[Passage, ...]:
        """What earlier sessions said of what this one is about."""
        position = history.sessions.index(session)
        said = [page.headline] if page.headline else []
        said += [statement for section in page.sections for statement in section.statements]
        query = " ".join(" ".join(each.text for each in said).split()[:_QUERY_WORDS])
        if not query or position == 0:
            return ()
        hits = self._index.search(
            history.mentorship,
            history.audience,
            history.sessions[:position],
            query=query,
            limit=_PRIOR_PASSAGES,
        )
        best = [passage for hit in hits for passage in hit.passages[:2]]
        return tuple(sorted(best, key=lambda each: -each.score)[:_PRIOR_PASSAGES])

    def _at_least(self, mentorship: Mentorship, session: Session) -> date:
        """Today, or a session's own day where that is still to come."""
        return max(self._today(mentorship), session.held_on)


def _brief(answering: Answering, *, most: int) -> Brief:
    history, made = answering.known
    last = history.sessions[-1] if history.sessions else None
    material = brief_lines(answering.known, alone=answering.alone, most=most)
    page, asked = answering.told(
        material,
        ask=selection.asked_side(history.audience),
        own=lambda: selection.brief_questions(history, made, most=most),
    )
    return Brief(
        mentorship_id=history.mentorship.id,
        audience=history.audience,
        as_of=history.as_of,
        last_session=LastSession(id=last.id, held_on=last.held_on) if last else None,
        headline=page.chosen.headline,
        sections=page.chosen.sections,
        commitments=BriefCommitments(
            open=open_ones(made),
            overdue=overdue_ones(made),
            closed_since_last=closed_in(made, last),
        ),
        questions=asked.questions,
        drift=answering.drift(),
        not_found=not_found(history, page.chosen),
        provenance=answering.provenance(asked, dropped=page.dropped),
    )


def _reflection(answering: Answering, *, most: int) -> Reflection:
    history = answering.history
    mine = owned_by(answering.commitments, "mentee", "both")
    asked = answering.asked(
        brief_lines(answering.known, alone=answering.alone, most=most),
        of="mentee",
        own=lambda: selection.reflection_prompts(history, mine, most=most),
    )
    return Reflection(
        mentorship_id=history.mentorship.id,
        as_of=history.as_of,
        prompts=asked.questions,
        commitments=OwnCommitments(open=open_ones(mine), overdue=overdue_ones(mine)),
        provenance=answering.provenance(asked, dropped=0),
    )


def _named(made: Sequence[Commitment], commitment_id: str) -> Commitment:
    for commitment in made:
        if commitment.id == commitment_id:
            return commitment
    raise NotFound("no such commitment")
