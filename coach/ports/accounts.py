"""The people who can sign in, their links and their devices."""

from datetime import datetime
from typing import NamedTuple, Protocol

from coach.model.people import Account, Membership, Side, SignIn


class StoredInvite(NamedTuple):
    """A link that signs somebody in once; `fingerprint` is the HMAC of its secret."""

    public_id: str
    person_id: str
    fingerprint: str
    expires_at: datetime
    opened_at: datetime | None


class StoredSignIn(NamedTuple):
    """A device on which somebody is signed in; `fingerprint` is the HMAC of its cookie's value."""

    id: str
    person_id: str
    fingerprint: str
    device: str
    made_at: datetime
    seen_at: datetime


class AccountStore(Protocol):
    """Keeps who can sign in, and as whom."""

    def add_account(self, account: Account) -> bool:
        """Record a person who can sign in; False if their id exists already."""
        ...

    def account(self, person_id: str) -> Account:
        """Return the account of a person, or raise NotFound."""
        ...

    def accounts(self) -> list[Account]:
        """Return everybody who can sign in, in the order they were added."""
        ...

    def name_account(self, person_id: str, name: str) -> None:
        """Change the name of an account; mentorships keep the names they were made with."""
        ...

    def memberships(self, person_id: str) -> list[Membership]:
        """Return the mentorships that a person is part of, oldest first, each with their side."""
        ...

    def side_of(self, person_id: str, mentorship_id: str) -> Side:
        """Return the side of a person in a mentorship; raise NotFound if they are on none."""
        ...

    def add_invite(self, invite: StoredInvite) -> bool:
        """Record a link in place of the person's unopened ones; False if it exists already.

        Raises NotFound if there is no such person.
        """
        ...

    def invite(self, public_id: str) -> StoredInvite | None:
        """Return the link with this public id, or None."""
        ...

    def open_invite(self, public_id: str, sign_in: StoredSignIn) -> bool:
        """Open a person's link and record the device; False, without a record, if it was opened."""
        ...

    def sign_in(self, sign_in_id: str) -> StoredSignIn | None:
        """Return the sign-in of a device, or None."""
        ...

    def sign_ins(self, person_id: str, *, seen_since: datetime) -> list[SignIn]:
        """Return a person's devices that were seen since then, newest first."""
        ...

    def see_sign_in(self, sign_in_id: str, *, at: datetime) -> None:
        """Record that a device was seen."""
        ...

    def end_sign_in(self, person_id: str, sign_in_id: str) -> bool:
        """Sign a person's device out at once; False if there is no such device."""
        ...
