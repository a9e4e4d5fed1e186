"""Keeps how people settled warnings."""

from datetime import date

from sqlalchemy import Connection, insert, select

from coach.agreement.access import readable
from coach.model.contract import Contract
from coach.model.drift import DriftDecision
from coach.model.people import Audience
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.contracts import next_version
from coach.storage.people import mentorship_of


class Decisions(Connected):
    """Decisions on warnings, for those who may see them; erased with the mentorship."""

    def add_decision(
        self,
        mentorship_id: str,
        decision: DriftDecision,
        *,
        contract: Contract | None = None,
        if_revision: int | None = None,
    ) -> DriftDecision:
        """See Store."""
        table = tables.drift_decisions
        with self._changing(mentorship_id, if_revision) as connection:
            mentorship_of(connection, mentorship_id)
            earlier = connection.execute(select(table).where(table.c.id == decision.id)).first()
            if earlier is not None:
                return rows.decision(earlier)
            if contract is not None:
                version = next_version(connection, mentorship_id, contract).version
                decision = decision.model_copy(update={"contract_version": version})
            row = rows.of_decision(mentorship_id, decision, made_at=self._clock())
            connection.execute(insert(table).values(row))
            return decision


def decisions_of(
    connection: Connection, mentorship_id: str, audience: Audience, *, as_of: date
) -> tuple[DriftDecision, ...]:
    """Return the decisions by a day, oldest first, for those who may see them."""
    table = tables.drift_decisions
    query = (
        select(table)
        .where(
            table.c.mentorship_id == mentorship_id,
            table.c.taken_on <= as_of,
            table.c.visibility.in_(readable(audience)),
        )
        .order_by(table.c.seq)
    )
    return tuple(rows.decision(row) for row in connection.execute(query))
