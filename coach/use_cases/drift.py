"""Warnings: shown to those who may read their evidence, and settled by the two people."""

from collections.abc import Sequence
from datetime import date

from coach.agreement import access
from coach.agreement.access import Principal
from coach.drift import detection, weighing
from coach.drift.decisions import decided, rule_of
from coach.errors import Invalid, NotFound
from coach.model.drift import Drift, DriftDecision, Settlement
from coach.model.history import History
from coach.use_cases.base import UseCases
from coach.use_cases.contracts import as_written


class Warnings(UseCases):
    """What the rules raise on a day, with the decisions that the reader may know of."""

    def drift(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> tuple[Drift, ...]:
        """Return where the sessions have left the contract, settled or not, the gravest first."""
        return self._warnings(self._asked(principal, mentorship_id, as_of))

    def warning(
        self, principal: Principal, mentorship_id: str, drift_id: str, as_of: date | None = None
    ) -> Drift:
        """Return one warning; raise NotFound without it."""
        return _named(self.drift(principal, mentorship_id, as_of), drift_id)

    def decide(
        self,
        principal: Principal,
        mentorship_id: str,
        drift_id: str,
        settling: Settlement,
        *,
        if_revision: int | None = None,
    ) -> Drift:
        """Settle a warning from today on, and return it as it then is.

        An amendment also writes the next version of the contract. The other side knows of a
        decision where shared notes alone raise the warning. So this does not depend on what either
        side keeps to itself.
        """
        side = access.side_of(principal, mentorship_id)
        history = _before(self._asked(principal, mentorship_id, None), settling.id)
        _check(settling, today=history.as_of)
        own, shared = self._raised(history), self._raised(self._shared(history, settling.id))
        known = [each for each in shared if each.id == drift_id]
        found = _named((*own, *known), drift_id)
        kind, clause = rule_of(known[0] if known else found)
        decision = self._store.add_decision(
            mentorship_id,
            DriftDecision(
                id=settling.id,
                drift_id=drift_id,
                kind=kind,
                clause=clause,
                decision=settling.decision,
                until=settling.until,
                by=side,
                visibility="shared" if known else side,
                taken_on=history.as_of,
            ),
            contract=as_written(settling.contract, side) if settling.contract else None,
            if_revision=if_revision,
        )
        if settling.contract and not self._clauses.read_anew(mentorship_id):
            self.catching_up.wake()
        self._wake_model(mentorship_id)
        after = history.model_copy(update={"decisions": (*history.decisions, decision)})
        return decided([found], after)[0]

    def _warnings(self, history: History) -> tuple[Drift, ...]:
        return decided(self._raised(history), history)

    def _raised(self, history: History) -> tuple[Drift, ...]:
        made = self._made.commitments(history)
        if not history.has_model:
            return detection.detect(history, made)
        return weighing.weighed(history, made, self._made.commitments(history.without_model))

    def _shared(self, history: History, settling_id: str) -> History:
        """Return what everybody in the mentorship may know on the same day."""
        found = self._store.history(history.mentorship.id, "tool", history.as_of)
        return _before(self._seen(found), settling_id)


def _before(history: History, settling_id: str) -> History:
    """Return the history without this decision.

    So a request that is sent again finds the warning that it settled.
    """
    taken = [each for each in history.decisions if each.id == settling_id]
    if not taken:
        return history
    written = {each.contract_version for each in taken}
    return history.model_copy(
        update={
            "decisions": tuple(each for each in history.decisions if each not in taken),
            "contracts": tuple(each for each in history.contracts if each.version not in written),
        }
    )


def _check(settling: Settlement, *, today: date) -> None:
    """Raise Invalid unless a settlement has what its decision needs, and nothing else."""
    if (settling.decision == "amend") != (settling.contract is not None):
        raise Invalid("amend takes a contract, no other decision does", pointer="/contract")
    if (settling.decision == "mute") != (settling.until is not None):
        raise Invalid("mute takes its last day, no other decision does", pointer="/until")
    if settling.until is not None and settling.until <= today:
        raise Invalid("a day after today is needed", pointer="/until")


def _named(warnings: Sequence[Drift], drift_id: str) -> Drift:
    for warning in warnings:
        if warning.id == drift_id:
            return warning
    raise NotFound("no such warning")
