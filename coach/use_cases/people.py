"""People who sign in: links that open once, devices, and each person's mentorships."""

from datetime import datetime, timedelta
from typing import NamedTuple

from coach.agreement import access, keys
from coach.agreement.access import Principal
from coach.errors import Conflict, Invalid, NotAllowed, NotAuthenticated, NotFound
from coach.ids import NewId
from coach.model.people import Account, Meetings, Membership, Mentorship, Person, Side, SignIn
from coach.ports import StoredInvite, StoredSignIn
from coach.use_cases.mentorships import Mentorships

LINK_DAYS = 7
"""Days that a link waits to be opened: one week of holiday."""
IDLE_DAYS = 30
"""Days after which a device that was not seen is signed out. Chosen by hand; not measured."""
INVITED_BEFORE = "this link was made before, and is shown once: make another, which takes its place"
_SEEN_AGAIN = timedelta(days=1)
"""Time after which a device's last visit is stored again, so that not every page writes."""
_DEVICE_CHARACTERS = 80
"""Most characters of a device's name, so that it fits on a line."""


class Invite(NamedTuple):
    """A new link; `token` is shown this once."""

    token: str
    person_id: str
    expires_at: datetime


class SignedIn(NamedTuple):
    """Somebody on one of their devices."""

    sign_in_id: str
    account: Account

    @property
    def person_id(self) -> str:
        """The id of the person whose device it is."""
        return self.account.id


class People(Mentorships):
    """Who can sign in, how, and to what."""

    def add_person(
        self,
        principal: Principal,
        person: Person,
        *,
        administers: bool = False,
        new_id: NewId | None = None,
    ) -> Person:
        """Record somebody who can sign in once a link is made for them; only an admin may."""
        access.check_admin(principal)
        return self._added(person, administers=administers, new_id=new_id).person

    def people(self, principal: Principal) -> list[Account]:
        """Return everybody who can sign in; only an admin may ask."""
        access.check_admin(principal)
        return self._store.accounts()

    def meetings(self, principal: Principal) -> list[Meetings]:
        """Return who works with whom and whether they meet; only an admin may ask.

        It holds nothing of what is said.
        """
        access.check_admin(principal)
        found = self._store.meetings(until=self._clock().date())
        return [
            each.model_copy(update={"mentorship": self._on_day(each.mentorship, None)})
            for each in found
        ]

    def invite(
        self, principal: Principal, person_id: str, *, new_id: NewId | None = None
    ) -> Invite:
        """Make a link that signs somebody in once; only an admin may.

        It replaces the links that they have not opened.
        """
        access.check_admin(principal)
        return self._invited(person_id, new_id=new_id)

    def first_invite(self) -> Invite | None:
        """Make a link for the person who starts the coach first.

        Returns None once that person or anybody else can sign in.
        """
        accounts = self._store.accounts()
        if not accounts:
            accounts = [self._added(Person(name=""), administers=True)]
        first, *others = accounts
        if others or first.name or first.signed_in_at:
            return None
        return self._invited(first.id)

    def invited(self, token: str) -> Account:
        """Return whom a link signs in; raise NotAuthenticated where it does not, or no longer."""
        return self._store.account(self._open_link(token).person_id)

    def open_invite(self, token: str, *, device: str, name: str = "") -> tuple[SignedIn, str]:
        """Sign in on a device; return who that is now, and the secret that the device keeps.

        A link opens once. A person without a name gives one. Raises NotAuthenticated for a link
        that does not open, and Invalid for a missing name.
        """
        account = self._store.account(self._open_link(token).person_id)
        if not account.name and not name.strip():
            raise Invalid("tell us your name", pointer="/name")
        secret, parsed = keys.mint()
        now = self._clock()
        stored = StoredSignIn(
            id=parsed.public_id,
            person_id=account.id,
            fingerprint=keys.fingerprint(self._pepper, parsed.secret),
            device=device[:_DEVICE_CHARACTERS],
            made_at=now,
            seen_at=now,
        )
        link = keys.parse(token)
        if link is None or not self._store.open_invite(link.public_id, stored):
            raise NotAuthenticated("this link was opened before")
        if not account.name:
            self._store.name_account(account.id, name.strip())
        return SignedIn(stored.id, self._store.account(account.id)), secret

    def signed_in(self, secret: str) -> SignedIn:
        """Return whose device it is.

        Raises NotAuthenticated when it is signed out, or was not seen for too long.
        """
        parsed = keys.parse(secret)
        stored = self._store.sign_in(parsed.public_id) if parsed else None
        if parsed is None or stored is None:
            raise NotAuthenticated("this device is not signed in")
        if not keys.same(stored.fingerprint, keys.fingerprint(self._pepper, parsed.secret)):
            raise NotAuthenticated("this device is not signed in")
        now = self._clock()
        if stored.seen_at < now - timedelta(days=IDLE_DAYS):
            raise NotAuthenticated("this device was not used for too long")
        if stored.seen_at < now - _SEEN_AGAIN:
            self._store.see_sign_in(stored.id, at=now)
        return SignedIn(stored.id, self._store.account(stored.person_id))

    def sign_ins(self, person_id: str) -> list[SignIn]:
        """Return the devices on which somebody is signed in, newest first."""
        since = self._clock() - timedelta(days=IDLE_DAYS)
        return self._store.sign_ins(person_id, seen_since=since)

    def end_sign_in(self, person_id: str, sign_in_id: str) -> None:
        """Sign a device out at once; raise NotFound without it."""
        if not self._store.end_sign_in(person_id, sign_in_id):
            raise NotFound("no such device")

    def memberships(self, person_id: str) -> list[Membership]:
        """Return the mentorships that somebody is part of, oldest first; no samples."""
        return [
            each.model_copy(update={"mentorship": self._on_day(each.mentorship, None)})
            for each in self._store.memberships(person_id)
            if each.mentorship.sample_on is None
        ]

    def member(self, person_id: str, mentorship_id: str) -> Principal:
        """Return as whom somebody acts in a mentorship; raise NotFound for anybody else."""
        return Principal(person_id, self._store.side_of(person_id, mentorship_id), mentorship_id)

    def set_up(
        self, person_id: str, mentorship: Mentorship, *, side: Side, new_id: NewId | None = None
    ) -> Mentorship:
        """Record a mentorship with somebody on that side, and add an account for the other."""
        here = self._store.account(person_id).person
        there = mentorship.person(_other(side))
        added = self._added(there, administers=False, new_id=new_id).person
        pair = mentorship.model_copy(update={side: here, _other(side): added})
        return self._recorded(pair, new_id)

    def invite_other(
        self, person_id: str, mentorship_id: str, *, new_id: NewId | None = None
    ) -> Invite:
        """Make a link for the other person of a mentorship, until they have signed in once.

        Later only an admin may: nobody should reach the other side's private words with a link that
        they made. Raises Conflict where the other person has no account.
        """
        side = self._store.side_of(person_id, mentorship_id)
        other = self._store.mentorship(mentorship_id).person(_other(side))
        if other.id is None:
            raise Conflict("the other person has no account: an administrator can make one")
        if self._store.account(other.id).signed_in_at is not None:
            raise NotAllowed("they have signed in already: a new link comes from an administrator")
        return self._invited(other.id, new_id=new_id)

    def has_signed_in(self, person_id: str) -> bool:
        """Whether somebody ever opened a link of theirs."""
        return self._store.account(person_id).signed_in_at is not None

    def _added(self, person: Person, *, administers: bool, new_id: NewId | None = None) -> Account:
        account = Account(
            id=(new_id or self._new_id)("person"),
            **person.model_dump(exclude={"id"}),
            administers=administers,
        )
        self._store.add_account(account)
        return self._store.account(account.id)

    def _invited(self, person_id: str, *, new_id: NewId | None = None) -> Invite:
        token, parsed = keys.mint(None if new_id is None else (self._pepper, new_id("invite")))
        stored = StoredInvite(
            public_id=parsed.public_id,
            person_id=person_id,
            fingerprint=keys.fingerprint(self._pepper, parsed.secret),
            expires_at=self._clock() + timedelta(days=LINK_DAYS),
            opened_at=None,
        )
        if not self._store.add_invite(stored):
            raise Conflict(INVITED_BEFORE)
        return Invite(token, person_id, stored.expires_at)

    def _open_link(self, token: str) -> StoredInvite:
        parsed = keys.parse(token)
        stored = self._store.invite(parsed.public_id) if parsed else None
        if parsed is None or stored is None:
            raise NotAuthenticated("no such link")
        if not keys.same(stored.fingerprint, keys.fingerprint(self._pepper, parsed.secret)):
            raise NotAuthenticated("no such link")
        if stored.opened_at is not None:
            raise NotAuthenticated("this link was opened before")
        if stored.expires_at <= self._clock():
            raise NotAuthenticated("this link has expired")
        return stored


def _other(side: Side) -> Side:
    return "mentee" if side == "mentor" else "mentor"
