"""Facts: shown, and corrected by the two people."""

from collections.abc import Sequence
from datetime import date

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import NotFound
from coach.model.facts import Fact, FactCorrection, FactWord
from coach.model.history import History
from coach.model.people import Audience
from coach.notes.facts import facts
from coach.notes.put_right import says_the_same
from coach.use_cases.base import UseCases, session_in


class Facts(UseCases):
    """What was read in the notes, with people's corrections."""

    def facts(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        session_id: str | None = None,
        hidden: bool = False,
    ) -> tuple[Fact, ...]:
        """Return the facts of the notes that the caller may see; `hidden` adds the hidden ones."""
        history = self._asked(principal, mentorship_id, as_of)
        if session_id is not None:
            session_in(history.sessions, session_id)
        return facts(history, session_id=session_id, hidden=hidden)

    def fact(
        self, principal: Principal, mentorship_id: str, fact_id: str, as_of: date | None = None
    ) -> Fact:
        """Return one fact, hidden or not; raise NotFound without it."""
        history = self._asked(principal, mentorship_id, as_of)
        return _named(facts(history, hidden=True), fact_id)

    def correct_fact(
        self,
        principal: Principal,
        mentorship_id: str,
        fact_id: str,
        word: FactWord,
        *,
        if_revision: int | None = None,
    ) -> Fact:
        """Keep a person's correction of a fact, and return the fact.

        It holds for all who may see the fact, whatever a later reader finds there, from the day of
        the fact's session.
        """
        side = access.side_of(principal, mentorship_id)
        history, found = self._newest_with_fact(side, mentorship_id, fact_id)
        named = FactCorrection(
            id=self._new_id("correction"),
            fact_id=found.id,
            note_id=found.citation.note_id,
            start=found.citation.start,
            end=found.citation.end,
            read_as=found.read_as or found.kind,
            speaker=found.said_by,
            by=side,
            said=word.said,
            kind=word.kind,
            hidden=word.hidden,
        )
        if says_the_same(named, history.fact_corrections):
            self._check_revision(mentorship_id, if_revision)
            return found
        self._store.add_fact_correction(
            mentorship_id, named, made_at=self._clock(), if_revision=if_revision
        )
        return self.newest_fact(principal, mentorship_id, fact_id)

    def newest_fact(self, principal: Principal, mentorship_id: str, fact_id: str) -> Fact:
        """Return one fact as it is now, also of a session that is still to come."""
        audience = access.audience_of(principal, mentorship_id)
        return self._newest_with_fact(audience, mentorship_id, fact_id)[1]

    def _newest_with_fact(
        self, audience: Audience, mentorship_id: str, fact_id: str
    ) -> tuple[History, Fact]:
        history = self._newest(audience, mentorship_id)
        return history, _named(facts(history, hidden=True), fact_id)


def _named(found: Sequence[Fact], fact_id: str) -> Fact:
    for fact in found:
        if fact.id == fact_id:
            return fact
    raise NotFound("no such fact")
