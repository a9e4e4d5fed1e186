"""API keys: `msc_live_<public id>_<secret>_<checksum>`. Only an HMAC of the secret is stored."""

import hashlib
import hmac
import re
import secrets
import zlib
from typing import NamedTuple

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_KEY = re.compile(r"msc_(?:live|test)_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})")


class ParsedKey(NamedTuple):
    """The parts of a key whose checksum is right."""

    public_id: str
    secret: str


def mint(named: tuple[bytes, str] | None = None) -> tuple[str, ParsedKey]:
    """Return a new key and its parts: 8 public characters, 256 random bits in base 62, a CRC-32.

    The public part is random. With `named` it comes from that pepper and name, always the same.
    """
    public = secrets.randbits(47) if named is None else _public(*named)
    public_id = _base62(public, width=8)
    secret = _base62(secrets.randbits(256), width=43)
    body = f"msc_live_{public_id}_{secret}"
    return f"{body}_{_checksum(body)}", ParsedKey(public_id, secret)


def parse(key: str) -> ParsedKey | None:
    """Return the parts of a well-formed key, None when its form or checksum is wrong."""
    found = _KEY.fullmatch(key)
    if found is None or _checksum(key.rpartition("_")[0]) != found[3]:
        return None
    return ParsedKey(found[1], found[2])


def fingerprint(pepper: bytes, secret: str) -> str:
    """Return the HMAC-SHA256 of a secret under the pepper, which is what the store keeps."""
    return hmac.new(pepper, secret.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _public(pepper: bytes, name: str) -> int:
    return int.from_bytes(hmac.digest(pepper, f"key\n{name}".encode(), "sha256")[:6]) >> 1


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), width=6)


def _base62(number: int, *, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, 62)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
