"""EmbeddedClauses: the small trained reader of clauses as a ClauseEngine."""

from collections.abc import Mapping, Sequence

from coach.engines.embedded import clauses
from coach.model.readings import EngineName
from coach.ports import ClausePair


class EmbeddedClauses:
    """The default engine of clauses: the same pair always gets the same likelihoods.

    Its model is loaded when it first reads.
    """

    name: EngineName = "embedded"
    version = "1"
    """Changes with the model."""

    def __init__(self, reader: clauses.ClauseReader | None = None) -> None:
        self._reader = reader or clauses.ClauseReader()

    def worth_reading(self, pairs: Sequence[ClausePair]) -> Sequence[bool]:
        """See ClauseEngine."""
        return self._reader.worth_reading([clauses.ClausePair(*pair) for pair in pairs])

    def relations(self, pairs: Sequence[ClausePair]) -> Sequence[Mapping[str, float]]:
        """See ClauseEngine."""
        return self._reader.relations([clauses.ClausePair(*pair) for pair in pairs])
