"""Keys: who asks."""

from datetime import date, timedelta
from typing import NamedTuple

from coach.agreement import access, keys
from coach.agreement.access import Principal
from coach.errors import Conflict, NotAllowed, NotAuthenticated, NotFound
from coach.ids import NewId
from coach.model.people import Role
from coach.ports import StoredKey
from coach.use_cases.base import UseCases

OWN_KEY_DAYS = 90
"""Days until a key for one's own tool ends: it has to be made anew each quarter."""
MADE_BEFORE = (
    "this key was made before, and its secret is shown once: GET …/keys lists its id;"
    " revoke it and make another"
)


class MintedKey(NamedTuple):
    """A new key; `secret` is shown this once."""

    id: str
    secret: str


class Keys(UseCases):
    """Which keys there are, and for whom each acts."""

    def authenticate(self, bearer: str) -> Principal:
        """Return whom a key acts for.

        Raises NotAuthenticated when it is unknown, expired or revoked.
        """
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

        Raises Conflict where the same ids made one before, since its secret was shown then and is
        no longer known.
        """
        access.check_admin(principal)
        self._store.mentorship(mentorship_id)
        return self._minted(mentorship_id, acts_as=acts_as, expires_on=expires_on, new_id=new_id)

    def keys(self, principal: Principal, mentorship_id: str) -> list[StoredKey]:
        """Return the keys of a mentorship, without secrets."""
        access.check_admin(principal)
        return self._store.keys(mentorship_id)

    def revoke_key(self, principal: Principal, mentorship_id: str, key_id: str) -> None:
        """Refuse a key from the next request on; raise NotFound without it."""
        access.check_admin(principal)
        self._revoked(mentorship_id, key_id)

    def mint_own_key(
        self,
        principal: Principal,
        mentorship_id: str,
        *,
        acts_as: Role,
        new_id: NewId | None = None,
    ) -> MintedKey:
        """Make a key for a tool of one of the two.

        It acts as a tool or as that side, never as the other, and ends after `OWN_KEY_DAYS`. Raises
        NotAllowed for another role.
        """
        if acts_as not in _own_roles(principal, mentorship_id):
            raise NotAllowed("a key of one's own acts for oneself or for a tool")
        last = self._clock().date() + timedelta(days=OWN_KEY_DAYS)
        return self._minted(mentorship_id, acts_as=acts_as, expires_on=last, new_id=new_id)

    def own_keys(self, principal: Principal, mentorship_id: str) -> list[StoredKey]:
        """Return the valid keys, without secrets, that act as a tool or as one's own side."""
        roles, today = _own_roles(principal, mentorship_id), self._clock().date()
        return [
            each
            for each in self._store.keys(mentorship_id)
            if each.acts_as in roles
            and each.revoked_at is None
            and (each.expires_on is None or each.expires_on >= today)
        ]

    def revoke_own_key(self, principal: Principal, mentorship_id: str, key_id: str) -> None:
        """Refuse such a key from the next request on; raise NotFound without it."""
        if key_id not in {each.id for each in self.own_keys(principal, mentorship_id)}:
            raise NotFound("no such key")
        self._revoked(mentorship_id, key_id)

    def _minted(
        self,
        mentorship_id: str,
        *,
        acts_as: Role,
        expires_on: date | None,
        new_id: NewId | None,
    ) -> MintedKey:
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

    def _revoked(self, mentorship_id: str, key_id: str) -> None:
        if not self._store.revoke_key(mentorship_id, key_id, at=self._clock()):
            raise NotFound("no such key")


def _own_roles(principal: Principal, mentorship_id: str) -> frozenset[Role]:
    """Return the roles that a key of one of the two may act in."""
    return frozenset({access.side_of(principal, mentorship_id), "tool"})
