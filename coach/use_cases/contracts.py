"""Contracts: what the two agreed, version by version."""

from datetime import date

from coach.agreement import access, contract
from coach.agreement.access import Principal
from coach.agreement.terms import filled
from coach.errors import NotFound
from coach.model.contract import Contract
from coach.model.people import Audience
from coach.use_cases.base import UseCases


class Contracts(UseCases):
    """Records, agrees to and returns the versions of a contract."""

    def agree_on_contract(
        self,
        principal: Principal,
        mentorship_id: str,
        agreed: Contract,
        *,
        if_revision: int | None = None,
    ) -> Contract:
        """Record the next version of the contract; a side that writes it has agreed to it.

        Clauses that are not given are read from its text where that is certain, with their quotes.
        The notes of its time are compared with it; those of a long time in the background.
        """
        audience = access.audience_of(principal, mentorship_id)
        version = as_written(agreed, audience)
        made = self._store.add_contract(mentorship_id, version, if_revision=if_revision)
        if not self._clauses.read_anew(mentorship_id):
            self.catching_up.wake()
        self._wake_model(mentorship_id)
        return made

    def agree(self, principal: Principal, mentorship_id: str, version: int) -> Contract:
        """Add the caller's side to those that agreed to a version, and return the version."""
        side = access.side_of(principal, mentorship_id)
        self._store.mentorship(mentorship_id)
        return self._store.agree(mentorship_id, version, side)

    def contract(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> Contract:
        """Return the version in force on a day; raise NotFound before the first."""
        access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        versions = tuple(self._store.contracts(mentorship_id))
        found = contract.in_force(versions, as_of or self._today(mentorship))
        if found is None:
            raise NotFound("no contract is in force on that day")
        return found

    def contract_versions(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> list[Contract]:
        """Return every version, lowest first; with a day, those in force by then."""
        access.audience_of(principal, mentorship_id)
        self._store.mentorship(mentorship_id)
        versions = self._store.contracts(mentorship_id)
        return [each for each in versions if as_of is None or each.effective_from <= as_of]


def as_written(agreed: Contract, by: Audience) -> Contract:
    """Return a version as it is recorded.

    It has what its text says for certain, and the agreement of the side that writes it.
    """
    sides = () if by == "tool" else (by,)
    return filled(agreed.model_copy(update={"agreed_by": sides, "quotes": {}}))
