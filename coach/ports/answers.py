"""The answers to requests that may be sent again."""

from datetime import datetime
from typing import NamedTuple, Protocol

from coach.model.people import Role


class Claim(NamedTuple):
    """A request that may be sent again: its owner, its key, its digest and its mentorship."""

    scope: str
    key: str
    request_digest: str
    acts_as: Role
    mentorship_id: str | None


class Answer(NamedTuple):
    """A stored answer to a request that may be sent again."""

    request_digest: str
    status: int | None
    body: bytes | None


class AnswerStore(Protocol):
    """Keeps the answers to requests that may be sent again."""

    def begin_answer(self, claim: Claim, *, at: datetime) -> Answer | None:
        """Claim an idempotency key of one principal; return the earlier answer if there is one.

        Its body is None if it must not be repeated, because something that its reader could see was
        erased or shared anew since that request began.
        """
        ...

    def keep_answer(self, claim: Claim, *, status: int, body: bytes | None) -> None:
        """Store the answer to a claimed key."""
        ...

    def drop_answer(self, claim: Claim) -> None:
        """Give a claim up, so that the request may be sent again."""
        ...
