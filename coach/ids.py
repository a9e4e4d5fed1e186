"""Ids: random for what people record, derived for what the coach computes from it."""

import hashlib
import secrets
from collections.abc import Callable

NewId = Callable[[str], str]
"""Gives a fresh id for a kind of thing; tests inject a counter."""


def random_id(kind: str) -> str:
    """A fresh id of 128 random bits, such as `session_3f…`."""
    return f"{kind}_{secrets.token_hex(16)}"


def derived_id(kind: str, *parts: object) -> str:
    """The same id for the same parts, for ever."""
    named = "\x1f".join(str(part) for part in (kind, *parts))
    return f"{kind}_{hashlib.blake2b(named.encode(), digest_size=12).hexdigest()}"
