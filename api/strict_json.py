"""The JSON parser for all requests; every part of the service can store what it takes."""

import json
import math
import re
from collections.abc import Iterator
from typing import NoReturn

from api.problems import Refusal

# Levels of nesting, far more than any request needs. Chosen by hand; not measured.
DEEPEST = 64
# Any 18 digits fit in the 64 bits of a database integer.
_LONGEST_NUMBER = 18
# A string that is not closed runs to the end of the text, so each character is looked at once.
_STRUCTURE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
# Only an escape can give a NUL or half a pair, because raw ones are neither JSON nor UTF-8.
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def strict_json(body: bytes) -> object:
    """Return one strict JSON value that every part of the service can store; raises Refusal.

    It takes UTF-8 without a byte order mark, at most 64 levels, integers of at most 18 digits. It
    takes no NaN or infinity, no key twice, no NUL and no lone surrogate.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the body is not UTF-8") from error
    _check_depth(text)
    value = _parsed(text)
    if _SUSPECT.search(text):
        _check_strings(value)
    return value


def _check_depth(text: str) -> None:
    depth = 0
    for sign in _STRUCTURE.finditer(text):
        if sign[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Refusal(422, f"nested deeper than {DEEPEST}")
        elif sign[0] in "]}":
            depth -= 1


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_finite,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "the body is not JSON") from error


def _no_constant(name: str) -> NoReturn:
    raise Refusal(422, "NaN and Infinity are not JSON numbers")


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise Refusal(422, f"a number has more than {_LONGEST_NUMBER} digits")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Refusal(422, "a number is too large")
    return number


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Refusal(422, "a key occurs twice")
    return value


def _check_strings(value: object) -> None:
    for said in _strings(value):
        if "\x00" in said:
            raise Refusal(422, "a NUL character cannot be kept")
        try:
            said.encode()
        except UnicodeEncodeError as error:
            raise Refusal(422, "a lone surrogate cannot be kept") from error


def _strings(value: object) -> Iterator[str]:
    """Yield every string of a value, keys too."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting += each.keys()
            waiting += each.values()
