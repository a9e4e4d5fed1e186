"""The mentorships with their keys and contracts."""

from datetime import date, datetime
from typing import NamedTuple, Protocol

from coach.model.contract import Contract
from coach.model.people import Meetings, Mentorship, Role, Side


class StoredKey(NamedTuple):
    """A key as the store knows it; `fingerprint` is the HMAC of its secret."""

    id: str
    public_id: str
    fingerprint: str
    acts_as: Role
    mentorship_id: str
    expires_on: date | None
    made_at: datetime
    revoked_at: datetime | None


class MentorshipChange(NamedTuple):
    """What to change in a mentorship; `fields` names the fields that were sent, even null ones."""

    fields: frozenset[str]
    paused_until: date | None = None
    ended_on: date | None = None
    external_llm: bool | None = None
    erasure_asked: bool | None = None


class MentorshipStore(Protocol):
    """Keeps mentorships, and the keys and contracts of each."""

    def add_mentorship(self, mentorship: Mentorship) -> bool:
        """Record a mentorship; False if its id exists already."""
        ...

    def mentorship(self, mentorship_id: str) -> Mentorship:
        """Return a mentorship, or raise NotFound.

        Its status is as stored; `Coach` works out the status of the day.
        """
        ...

    def mentorships(self, *, after: str | None, limit: int) -> list[Mentorship]:
        """Return at most `limit` mentorships in the order they were made, after the named one.

        Samples are not among them.
        """
        ...

    def revision(self, mentorship_id: str) -> int:
        """Return the revision, another one after each change in the mentorship; 0 without one."""
        ...

    def change_mentorship(
        self,
        mentorship_id: str,
        change: MentorshipChange,
        *,
        by: Side,
        if_revision: int | None = None,
    ) -> None:
        """Change the named fields.

        An agreement to an external model is that of `by`, and so is a wish to erase.
        `erasure_asked` only takes a wish back, because `erase_mentorship` asks. Raises NotFound if
        there is no mentorship.
        """
        ...

    def meetings(self, *, until: date) -> list[Meetings]:
        """Return for every mentorship how often the two have met and when last, and no content."""
        ...

    def add_key(self, key: StoredKey) -> bool:
        """Record a key; False if its id exists already."""
        ...

    def key(self, public_id: str) -> StoredKey | None:
        """Return the key with this public id, or None."""
        ...

    def keys(self, mentorship_id: str) -> list[StoredKey]:
        """Return all keys of a mentorship, oldest first."""
        ...

    def revoke_key(self, mentorship_id: str, key_id: str, *, at: datetime) -> bool:
        """Revoke a key at once; False if there is no such key. A second time changes nothing."""
        ...

    def add_contract(
        self, mentorship_id: str, contract: Contract, *, if_revision: int | None = None
    ) -> Contract:
        """Record the next version and return it; the store gives the number."""
        ...

    def contracts(self, mentorship_id: str) -> list[Contract]:
        """Return every version, lowest first."""
        ...

    def agree(self, mentorship_id: str, version: int, side: Side) -> Contract:
        """Add a side to `agreed_by` and return the version; raise NotFound if there is none."""
        ...
