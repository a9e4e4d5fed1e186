"""Bodies about drift warnings."""

from api.schemas.contracts import NewContract
from api.schemas.fields import Body, Day
from coach.ids import NewId
from coach.model.drift import DecisionKind, Settlement


class Decision(Body):
    """How to settle a warning.

    To mute takes its last day; to amend takes the contract that holds from now on.
    """

    decision: DecisionKind
    until: Day | None = None
    contract: NewContract | None = None

    def value(self, new_id: NewId) -> Settlement:
        """Return the domain's value; raise Invalid where two goals have the same id."""
        return Settlement(
            id=new_id("decision"),
            decision=self.decision,
            until=self.until,
            contract=self.contract.agreed(at="/contract") if self.contract else None,
        )
