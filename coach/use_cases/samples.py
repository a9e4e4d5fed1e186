"""Sample mentorships: somebody looks at one of their own before they have one of people they know.

A sample stands on one day for ever. It is in no list of mentorships, and one click takes it away.
"""

from collections.abc import Sequence
from datetime import timedelta

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import NotFound
from coach.ids import NewId
from coach.model.contract import Contract
from coach.model.people import BOTH, Audience, Membership, Mentorship, Side
from coach.model.sessions import Session
from coach.use_cases.casefile import CaseFile
from coach.use_cases.contracts import Contracts, as_written
from coach.use_cases.people import People
from coach.use_cases.withdrawals import Withdrawals


class Samples(People, Contracts, Withdrawals):
    """Samples are made for one person, looked at, and taken away."""

    def samples(self, person_id: str) -> list[Membership]:
        """Return the samples that somebody looks at, oldest first."""
        found = self._store.memberships(person_id)
        return [each for each in found if each.mentorship.sample_on is not None]

    def look_at_sample(
        self, person_id: str, case: CaseFile, *, side: Side, new_id: NewId | None = None
    ) -> Mentorship:
        """Return a sample of somebody's own, seen from that side.

        The one they have already, if any.
        """
        for each in self.samples(person_id):
            if each.side == side:
                return each.mentorship
        shown = case.mentorship.person(side).model_copy(update={"id": person_id})
        last = max(session.held_on for session in case.sessions)
        pair = self._recorded(
            case.mentorship.model_copy(update={side: shown, "sample_on": last + timedelta(days=1)}),
            new_id,
        )
        self._agreed(pair, case.contracts)
        for session in case.sessions:
            self._taken_in(pair, session, side)
        return pair

    def end_sample(self, person_id: str, mentorship_id: str) -> None:
        """Take somebody's sample away, with all that they did in it; NotFound where it is none."""
        self._store.side_of(person_id, mentorship_id)
        if self._store.mentorship(mentorship_id).sample_on is None:
            raise NotFound("no such sample")
        self.erase_mentorship(Principal(person_id, "admin", None), mentorship_id)

    def _agreed(self, pair: Mentorship, contracts: Sequence[Contract]) -> None:
        for contract in contracts:
            made = self._store.add_contract(pair.id, as_written(contract, "mentor"))
            for side in sorted(BOTH - set(made.agreed_by)):
                self._store.agree(pair.id, made.version, side)

    def _taken_in(self, pair: Mentorship, session: Session, side: Side) -> None:
        """A session as if this side had added it.

        Notes that the other keeps private are the other's.
        """
        named = session.model_copy(
            update={
                "id": self._new_id("session"),
                "notes": tuple(
                    note.model_copy(update={"id": self._new_id("note")}) for note in session.notes
                ),
            }
        )
        seen = [each for each in named.notes if each.visibility in access.readable(side)]
        mine = named.model_copy(update={"notes": tuple(seen)})
        self._store.add_session(pair.id, mine, posted_by=side)
        for note in named.notes:
            if note not in seen:
                other: Audience = "mentee" if side == "mentor" else "mentor"
                self._store.add_note(pair.id, named.id, note, posted_by=other)
        self._findable.make(pair, named)
        self._read_on_its_day(side, pair.id, mine)
