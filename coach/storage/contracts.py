"""Keeps the versions of a contract."""

from sqlalchemy import Connection, insert, select, update

from coach.errors import NotFound
from coach.model.contract import Contract
from coach.model.people import Side
from coach.storage import rows, tables
from coach.storage.connected import Connected
from coach.storage.people import mentorship_of


class Contracts(Connected):
    """The contracts of the two people, version by version."""

    def add_contract(
        self, mentorship_id: str, contract: Contract, *, if_revision: int | None = None
    ) -> Contract:
        """See Store."""
        with self._changing(mentorship_id, if_revision) as connection:
            mentorship_of(connection, mentorship_id)
            return next_version(connection, mentorship_id, contract)

    def contracts(self, mentorship_id: str) -> list[Contract]:
        """See Store."""
        with self._reading() as connection:
            return contracts_of(connection, mentorship_id)

    def agree(self, mentorship_id: str, version: int, side: Side) -> Contract:
        """See Store."""
        table = tables.contracts
        with self._changing(mentorship_id) as connection:
            for contract in contracts_of(connection, mentorship_id):
                if contract.version == version:
                    break
            else:
                raise NotFound("no such version of the contract")
            agreed_by = tuple(sorted({*contract.agreed_by, side}, reverse=True))
            connection.execute(
                update(table)
                .where(table.c.mentorship_id == mentorship_id, table.c.version == version)
                .values(agreed_by=list(agreed_by))
            )
            return contract.model_copy(update={"agreed_by": agreed_by})


def contracts_of(connection: Connection, mentorship_id: str) -> list[Contract]:
    """Return every version of a mentorship's contract, lowest first."""
    table = tables.contracts
    found = connection.execute(
        select(table).where(table.c.mentorship_id == mentorship_id).order_by(table.c.version)
    )
    return [rows.contract(row) for row in found]


def next_version(connection: Connection, mentorship_id: str, contract: Contract) -> Contract:
    """Store the next version of a mentorship's contract and return it with its number."""
    version = len(contracts_of(connection, mentorship_id)) + 1
    numbered = contract.model_copy(update={"version": version})
    connection.execute(insert(tables.contracts).values(rows.of_contract(mentorship_id, numbered)))
    return numbered
