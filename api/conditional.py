"""If-Match: a change only of the newest copy."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated
from weakref import WeakValueDictionary

from fastapi import Header
from pydantic import BaseModel

from coach.errors import Outdated
from coach.storage.line import holding, one_patience

# A change waits for the changes of the same two people, which may wait for the disk, and for nobody else's.
_turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

_taking = threading.Lock()

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="an ETag as the GET gave it"),
]


def etag(body: bytes) -> str:
    """The strong ETag of an answer: it differs for each audience that sees something else."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


@contextmanager
def only_if(
    mentorship_id: str, expected: str | None, current: Callable[[], BaseModel | None]
) -> Iterator[None]:
    """Do something to a mentorship only while the caller's copy is the newest; raises Outdated.

    `current` gives what the caller would see now, None when there is nothing yet. Also those who expect
    nothing wait for their turn: nothing may change between another's look and its change.
    """
    with _taking:
        taken = _turns.setdefault(mentorship_id, threading.Lock())
    with one_patience() as patience, holding(taken, patience):
        if expected is not None and not _matches(expected, current()):
            raise Outdated("the copy that If-Match names is not the newest")
        yield


def _matches(expected: str, newest: BaseModel | None) -> bool:
    if newest is None:
        return False
    tag = etag(newest.model_dump_json().encode())
    return bool({"*", tag} & {each.strip() for each in expected.split(",")})
