"""Bodies about drift warnings."""

from api.schemas.contracts import NewContract
from api.schemas.fields import Body, Day
from coach.ids import NewId
from coach.model.drift import DecisionKind, Settlement


class Decision(Body):
    """How to settle a warning: mute takes its last day, amend the contract that the two go by from now on."""

    decision: DecisionKind
    until: Day | None = None
    contract: NewContract | None = None

    def value(self, new_id: NewId) -> Settlement:
        """The domain's value; Invalid where two goals have the same id."""
        return Settlement(
            id=new_id("decision"),
            decision=self.decision,
            until=self.until,
            contract=self.contract.agreed(at="/contract") if self.contract else None,
        )
