"""Who asks, and for which two: keys, mentorships and what was agreed."""

import zoneinfo
from datetime import date
from typing import NamedTuple

from coach.agreement import access, contract, keys
from coach.agreement.access import Principal
from coach.agreement.terms import filled
from coach.errors import Conflict, Invalid, NotAuthenticated, NotFound
from coach.ids import NewId, random_id
from coach.model.contract import Contract
from coach.model.people import Mentorship, Role
from coach.ports import Clock, Store, StoredKey

MADE_BEFORE = (
    "this key was made before, and its secret is shown once: GET …/keys lists its id;"
    " revoke it and make another"
)


class MintedKey(NamedTuple):
    """A new key; `secret` is shown this once."""

    id: str
    secret: str


class MentorshipChange(NamedTuple):
    """What to change of a mentorship; `fields` names those that were sent, null ones included."""

    fields: frozenset[str]
    paused_until: date | None = None
    ended_on: date | None = None
    external_llm: bool | None = None


class People:
    """The use cases around two people, before anything they wrote is read.

    Each method takes the principal first.
    """

    def __init__(
        self,
        store: Store,
        *,
        pepper: bytes,
        admin_key: str | None,
        clock: Clock,
        new_id: NewId = random_id,
    ) -> None:
        self._store = store
        self._pepper = pepper
        self._admin_key = admin_key
        self._clock = clock
        self._new_id = new_id

    def authenticate(self, bearer: str) -> Principal:
        """Return whom a key acts for; NotAuthenticated when unknown, expired or revoked."""
        if self._admin_key is not None and keys.same(bearer, self._admin_key):
            return Principal("admin", "admin", None)
        parsed = keys.parse(bearer)
        stored = self._store.key(parsed.public_id) if parsed else None
        if parsed is None or stored is None:
            raise NotAuthenticated("no such key")
        if not keys.same(stored.fingerprint, keys.fingerprint(self._pepper, parsed.secret)):
            raise NotAuthenticated("no such key")
        expired = stored.expires_on is not None and stored.expires_on < self._clock().date()
        if expired or stored.revoked_at is not None:
            raise NotAuthenticated("this key has expired or was revoked")
        return Principal(stored.id, stored.acts_as, stored.mentorship_id)

    def mint_key(
        self,
        principal: Principal,
        mentorship_id: str,
        *,
        acts_as: Role,
        expires_on: date | None = None,
        new_id: NewId | None = None,
    ) -> MintedKey:
        """Make a key for one role within a mentorship.

        Conflict where the same ids made one before: its secret was shown then, and is not known any more.
        """
        access.check_admin(principal)
        self._store.mentorship(mentorship_id)
        key, parsed = keys.mint(None if new_id is None else (self._pepper, new_id("key")))
        stored = StoredKey(
            id=parsed.public_id,
            public_id=parsed.public_id,
            fingerprint=keys.fingerprint(self._pepper, parsed.secret),
            acts_as=acts_as,
            mentorship_id=mentorship_id,
            expires_on=expires_on,
            made_at=self._clock(),
            revoked_at=None,
        )
        if not self._store.add_key(stored):
            raise Conflict(MADE_BEFORE)
        return MintedKey(stored.id, key)

    def keys(self, principal: Principal, mentorship_id: str) -> list[StoredKey]:
        """Return the keys of a mentorship, without secrets."""
        access.check_admin(principal)
        return self._store.keys(mentorship_id)

    def revoke_key(self, principal: Principal, mentorship_id: str, key_id: str) -> None:
        """Refuse a key from the next request on."""
        access.check_admin(principal)
        if not self._store.revoke_key(mentorship_id, key_id, at=self._clock()):
            raise NotFound("no such key")

    def create_mentorship(
        self, principal: Principal, mentorship: Mentorship, *, new_id: NewId | None = None
    ) -> Mentorship:
        """Record a mentorship under a fresh id."""
        access.check_admin(principal)
        check_timezone(mentorship.timezone)
        named = mentorship.model_copy(update={"id": (new_id or self._new_id)("mentorship")})
        self._store.add_mentorship(named)
        return self._on_day(self._store.mentorship(named.id), None)

    def mentorships(
        self, principal: Principal, *, after: str | None, limit: int
    ) -> list[Mentorship]:
        """Return at most limit mentorships, oldest first, behind the named one."""
        access.check_admin(principal)
        found = self._store.mentorships(after=after, limit=limit)
        return [self._on_day(each, None) for each in found]

    def mentorship(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> Mentorship:
        """Return a mentorship with its status on a day."""
        access.within(principal, mentorship_id)
        return self._on_day(self._store.mentorship(mentorship_id), as_of)

    def change_mentorship(
        self, principal: Principal, mentorship_id: str, change: MentorshipChange
    ) -> Mentorship:
        """Pause, resume or end it, or agree to an external model for one's own side."""
        side = access.side_of(principal, mentorship_id)
        stored = self._store.mentorship(mentorship_id)
        dates = {
            name: value
            for name, value in change._asdict().items()
            if name in change.fields and name in {"paused_until", "ended_on"}
        }
        if dates:
            self._store.replace_mentorship(stored.model_copy(update=dates))
        if "external_llm" in change.fields:
            self._store.set_llm_consent(mentorship_id, side, agrees=bool(change.external_llm))
        return self.mentorship(principal, mentorship_id)

    def agree_on_contract(
        self, principal: Principal, mentorship_id: str, agreed: Contract
    ) -> Contract:
        """Record the next version of the contract; a side that writes it has agreed to it.

        What is not given and stands in its text for certain is read from there, with its quote.
        """
        audience = access.audience_of(principal, mentorship_id)
        by = () if audience == "tool" else (audience,)
        version = filled(agreed.model_copy(update={"agreed_by": by, "quotes": {}}))
        return self._store.add_contract(mentorship_id, version)

    def agree(self, principal: Principal, mentorship_id: str, version: int) -> Contract:
        """Add the caller's side to those that agreed to a version."""
        side = access.side_of(principal, mentorship_id)
        self._store.mentorship(mentorship_id)
        return self._store.agree(mentorship_id, version, side)

    def contract(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> Contract:
        """Return the version in force on a day; NotFound before the first."""
        access.audience_of(principal, mentorship_id)
        mentorship = self._store.mentorship(mentorship_id)
        versions = tuple(self._store.contracts(mentorship_id))
        found = contract.in_force(versions, as_of or self._today(mentorship))
        if found is None:
            raise NotFound("no contract is in force on that day")
        return found

    def contract_versions(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> list[Contract]:
        """Return every version, lowest first; with a day, those in force by then."""
        access.audience_of(principal, mentorship_id)
        self._store.mentorship(mentorship_id)
        versions = self._store.contracts(mentorship_id)
        return [each for each in versions if as_of is None or each.effective_from <= as_of]

    def _on_day(self, mentorship: Mentorship, as_of: date | None) -> Mentorship:
        on = as_of or self._today(mentorship)
        status = "active"
        if mentorship.paused_until is not None and mentorship.paused_until >= on:
            status = "paused"
        if mentorship.ended_on is not None and mentorship.ended_on <= on:
            status = "ended"
        return mentorship.model_copy(update={"status": status})

    def _today(self, mentorship: Mentorship) -> date:
        return self._clock().astimezone(zoneinfo.ZoneInfo(mentorship.timezone)).date()


def check_timezone(name: str) -> None:
    """Raise Invalid unless the time zone is known."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("no such time zone: use an IANA name", pointer="/timezone") from error
