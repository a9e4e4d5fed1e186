"""The store of everything that is kept."""

from datetime import date
from typing import Protocol

from coach.model.history import History
from coach.model.people import Audience
from coach.ports.accesses import AccessStore
from coach.ports.accounts import AccountStore
from coach.ports.answers import AnswerStore
from coach.ports.corrections import CorrectionStore
from coach.ports.erasures import ErasureStore
from coach.ports.mentorships import MentorshipStore
from coach.ports.planning import PlanningStore
from coach.ports.readings import ReadingStore
from coach.ports.sessions import SessionStore


class Store(
    MentorshipStore,
    AccountStore,
    SessionStore,
    PlanningStore,
    AccessStore,
    CorrectionStore,
    ReadingStore,
    ErasureStore,
    AnswerStore,
    Protocol,
):
    """The only source of truth. Each method is one transaction, durable when it returns.

    A change with `if_revision` raises Outdated unless the mentorship is still at this revision.
    """

    def history(self, mentorship_id: str, audience: Audience, as_of: date) -> History:
        """Return everything that the audience may know at the end of that day.

        A note's reading is the embedded engine's newest that did not fail; a note that it has not
        tried has none. Its clause signals are about the contract version in force on the day of its
        session.
        """
        ...

    def check(self) -> None:
        """Raise StoreUnavailable unless the database answers."""
        ...
