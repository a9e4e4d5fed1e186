"""SqlStore: the whole store; every method is one transaction over the tables."""

from datetime import date

from coach.model.history import History
from coach.model.people import Audience
from coach.storage.accesses import Accesses
from coach.storage.accounts import Accounts
from coach.storage.added import AddedCommitments, added_of
from coach.storage.answers import Answers
from coach.storage.challenges import Challenges
from coach.storage.clause_readings import ClauseReadings, beside
from coach.storage.contracts import Contracts, contracts_of
from coach.storage.corrections import Corrections, corrections_of, fact_corrections_of
from coach.storage.decisions import Decisions, decisions_of
from coach.storage.erasing import Erasing
from coach.storage.keys import Keys
from coach.storage.people import People, mentorship_of
from coach.storage.planned import Planned
from coach.storage.preparations import Preparations, preparations_of
from coach.storage.readings import Readings, readings_of
from coach.storage.sessions import Sessions, sessions_of
from coach.storage.sign_ins import SignIns


class SqlStore(
    People,
    Accounts,
    SignIns,
    Keys,
    Contracts,
    Sessions,
    Readings,
    ClauseReadings,
    AddedCommitments,
    Challenges,
    Corrections,
    Decisions,
    Preparations,
    Planned,
    Accesses,
    Answers,
    Erasing,
):
    """Implements coach.ports.Store on an SQLAlchemy engine whose database is migrated."""

    def history(self, mentorship_id: str, audience: Audience, as_of: date) -> History:
        """See Store."""
        with self._reading() as connection:
            mentorship = mentorship_of(connection, mentorship_id)
            contracts = contracts_of(connection, mentorship_id)
            readings = readings_of(connection, mentorship_id, audience, as_of=as_of)
            return History(
                mentorship=mentorship,
                audience=audience,
                as_of=as_of,
                contracts=tuple(each for each in contracts if each.effective_from <= as_of),
                sessions=sessions_of(connection, mentorship_id, audience, as_of=as_of),
                readings=beside(
                    connection, mentorship_id, audience, as_of=as_of, readings=readings
                ),
                preparations=tuple(
                    preparations_of(
                        connection, mentorship_id, audience, as_of=as_of, pending_only=True
                    )
                ),
                added=added_of(connection, mentorship_id, audience, as_of=as_of),
                corrections=corrections_of(connection, mentorship_id, audience, as_of=as_of),
                fact_corrections=fact_corrections_of(
                    connection, mentorship_id, audience, as_of=as_of
                ),
                decisions=decisions_of(connection, mentorship_id, audience, as_of=as_of),
            )
