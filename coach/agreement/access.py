"""Decides who may see and write what; no other module decides visibility."""

from typing import NamedTuple

from coach.errors import NotAllowed, NotFound
from coach.model.people import Audience, Role, Side, Visibility

READABLE: dict[Audience, frozenset[Visibility]] = {
    "mentor": frozenset({"shared", "mentor"}),
    "mentee": frozenset({"shared", "mentee"}),
    "tool": frozenset({"shared"}),
}
"""The visibilities that each audience may read; it may write the same ones."""


class Principal(NamedTuple):
    """Whom a key acts for: the admin (no mentorship), or one role within one mentorship."""

    key_id: str
    acts_as: Role
    mentorship_id: str | None


def readable(audience: Audience) -> frozenset[Visibility]:
    """Return the visibilities that an audience may read and write."""
    return READABLE[audience]


def audience_of(principal: Principal, mentorship_id: str) -> Audience:
    """Return the audience of an answer to this principal.

    Raises NotAllowed for an admin, and NotFound when the key belongs to another mentorship.
    """
    if principal.acts_as == "admin":
        raise NotAllowed("an admin key does not read or write what the two say")
    within(principal, mentorship_id)
    return principal.acts_as


def within(principal: Principal, mentorship_id: str) -> None:
    """Raise NotFound when the key belongs to another mentorship."""
    if principal.acts_as != "admin" and principal.mentorship_id != mentorship_id:
        raise NotFound("no such mentorship")


def side_of(principal: Principal, mentorship_id: str) -> Side:
    """Return the side of a mentor's or mentee's key; raise NotAllowed for others."""
    audience = audience_of(principal, mentorship_id)
    if audience == "tool":
        raise NotAllowed("only the mentor or the mentee may do this")
    return audience


def check_writable(audience: Audience, visibility: Visibility) -> None:
    """Raise NotAllowed when the audience could not read what it wants to write."""
    if visibility not in readable(audience):
        raise NotAllowed(f"a {audience} key may not write {visibility} notes")


def check_admin(principal: Principal) -> None:
    """Raise NotAllowed for every key but an admin's."""
    if principal.acts_as != "admin":
        raise NotAllowed("only an admin key may do this")
