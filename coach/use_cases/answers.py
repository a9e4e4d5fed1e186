"""Answers: what the coach makes of it all, for who asks. None of them writes anything, but a correction."""

from collections.abc import Callable, Sequence
from datetime import date
from time import monotonic
from typing import TypeVar

from coach.agreement import access
from coach.agreement.access import Principal
from coach.commitments.corrections import settles_nothing
from coach.errors import NotAllowed, NotFound, Outdated
from coach.model.answers import Brief, Export, Reflection, Report
from coach.model.commitments import Commitment, CommitmentStatus, Correction
from coach.model.facts import Fact
from coach.model.history import History
from coach.model.search import SearchAnswer
from coach.notes.facts import facts
from coach.use_cases import pages
from coach.use_cases.answering import Answering
from coach.use_cases.base import session_in
from coach.use_cases.drift import Warnings

Told = TypeVar("Told", Brief, Reflection, Report)


class Answers(Warnings):
    """What is told of what a principal may see at the end of a day."""

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
        self,
        principal: Principal,
        mentorship_id: str,
        commitment_id: str,
        word: Correction,
        *,
        if_revision: int | None = None,
    ) -> Commitment:
        """Keep a person's word on a commitment; it beats the readers' until a person says otherwise."""
        audience = access.audience_of(principal, mentorship_id)
        history = self._newest(audience, mentorship_id)
        found = _named(self._made.commitments(history), commitment_id)
        place = {"commitment_id": found.id, "note_id": found.made_in.note_id}
        named = word.model_copy(update={"id": self._new_id("correction"), **place})
        if settles_nothing(found.id, named, history.corrections):
            self._check_revision(mentorship_id, if_revision)
            return found
        self._store.add_correction(
            mentorship_id, named, by=audience, made_at=self._clock(), if_revision=if_revision
        )
        return self.newest_commitment(principal, mentorship_id, commitment_id)

    def _check_revision(self, mentorship_id: str, expected: int | None) -> None:
        """Raise Outdated where another change came first, also for a word that changes nothing by now."""
        if expected is not None and self._store.revision(mentorship_id) != expected:
            raise Outdated("this was changed meanwhile")

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
            lambda answering: pages.brief(answering, most=most),
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
            lambda answering: pages.reflection(answering, most=most),
            wait=wait,
        )

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
        return self._report(
            lambda: self._asked(principal, mentorship_id, as_of), session_id, wait=wait
        )

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

    def _report(
        self,
        seen: Callable[[], History],
        session_id: str,
        *,
        wait: float | None,
        by_model: bool = True,
    ) -> Report:
        most = self._limits.compared
        return self._told(
            seen,
            lambda answering: pages.report(answering, session_id, self._index, most=most),
            wait=wait,
            by_model=by_model,
        )

    def _told(
        self,
        seen: Callable[[], History],
        told: Callable[[Answering], Told],
        *,
        wait: float | None,
        by_model: bool = True,
    ) -> Told:
        """What is told of what is seen, with as much time for a model as the asker and the model's deadline give.

        Where something was erased, shared anew or taken back while the model was waited for, it is told anew from
        what is left, in what is left of the time; without a model when that is over.
        """
        second = self._second if by_model else None
        most = second.model.seconds if second else 0.0
        until = monotonic() + (most if wait is None else min(wait, most))
        while True:
            seconds = until - monotonic()
            answering = Answering(
                seen(), self._engine, second, self._made, seconds=seconds, alike=self._alike
            )
            made = told(answering)
            if seconds <= 0 or answering.stands:
                return made


def _named(made: Sequence[Commitment], commitment_id: str) -> Commitment:
    for commitment in made:
        if commitment.id == commitment_id:
            return commitment
    raise NotFound("no such commitment")
