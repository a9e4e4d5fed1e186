"""Answers: briefs, reflections, reports, search and export. None of them writes anything."""

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import TypeVar

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import NotAllowed
from coach.model.answers import Brief, Export, Reflection, Report
from coach.model.history import History
from coach.model.search import EVERYWHERE, SearchAnswer, Within
from coach.notes.facts import facts
from coach.use_cases import pages
from coach.use_cases.answering import Answering
from coach.use_cases.commitments import Commitments
from coach.use_cases.drift import Warnings
from coach.use_cases.facts import Facts

Told = TypeVar("Told", Brief, Reflection, Report)


class Answers(Commitments, Facts, Warnings):
    """Answers from what a principal may see at the end of a day."""

    def brief(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        wait: float | None = None,
    ) -> Brief:
        """Return the page to read before the next session.

        A configured model has `wait` seconds, at most its own deadline.
        """
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
        """Return prompts for the mentee to prepare with; raise NotAllowed for anybody else.

        A configured model has `wait` seconds, at most its own deadline.
        """
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
        """Return what the coach makes of one session; raise NotFound without such a session.

        A configured model has `wait` seconds, at most its own deadline.
        """
        return self._report(
            lambda: self._asked(principal, mentorship_id, as_of), session_id, wait=wait
        )

    def search(  # noqa: PLR0913 - what is sought, and where
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        query: str,
        limit: int,
        within: Within = EVERYWHERE,
    ) -> SearchAnswer:
        """Return the sessions that speak of something, best first."""
        history = self._asked(principal, mentorship_id, as_of)
        sessions = within.of(history.sessions)
        hits = self._index.search(
            history.mentorship, history.audience, sessions, query=query, limit=limit
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
            added_commitments=history.added,
            facts=facts(history, hidden=True),
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
        """Return the answer, made within the time that the asker and the model's deadline give.

        Where something was erased, shared with others or taken back while the model was waited for,
        the answer is made again from what is left, in the time that is left. Without time, it is
        made without a model.
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
