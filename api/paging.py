"""Signed cursors, so that nobody can make one up."""

import hashlib
import hmac

from coach.bootstrap import Parts
from coach.errors import Invalid


def signed_cursor(parts: Parts, position: str) -> str:
    """Return a cursor that only this service can make."""
    return f"{position}.{_signature(parts, position)}"


def position_of(parts: Parts, cursor: str | None) -> str | None:
    """Return the position that a cursor names; raises Invalid when it was not made here."""
    if cursor is None:
        return None
    position, _, signature = cursor.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(parts, position).encode()):
        raise Invalid("this cursor was not made here", pointer="/query/cursor")
    return position


def _signature(parts: Parts, position: str) -> str:
    return hmac.new(parts.pepper, b"cursor" + position.encode(), hashlib.sha256).hexdigest()[:32]
