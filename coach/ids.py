"""Ids: random for what people record, derived for what the coach calculates from it."""

import hashlib
import secrets
from collections.abc import Callable

NewId = Callable[[str], str]
"""Returns a new id for a kind of thing; tests pass a counter."""


def random_id(kind: str) -> str:
    """Return a new id of 128 random bits, such as `session_3f…`."""
    return f"{kind}_{secrets.token_hex(16)}"


def derived_id(kind: str, *parts: object) -> str:
    """Return an id that is always the same for the same parts."""
    named = "\x1f".join(str(part) for part in (kind, *parts))
    return f"{kind}_{hashlib.blake2b(named.encode(), digest_size=12).hexdigest()}"
