"""If-Match: changes only the newest copy."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, TypeVar

from fastapi import Header
from pydantic import BaseModel

from coach.errors import Outdated, StoreUnavailable
from coach.ports import Store
from coach.storage.line import one_patience

Changed = TypeVar("Changed")

_LOOKS = 20
"""Times to look again when something else of the two people was changed meanwhile.

Chosen by hand; not measured.
"""

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="an ETag as the GET gave it"),
]


def etag(body: bytes) -> str:
    """Return the strong ETag of an answer; audiences that see something else get another one."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def only_if(
    store: Store,
    mentorship_id: str,
    expected: str | None,
    current: Callable[[], BaseModel | None],
    change: Callable[[int | None], Changed],
) -> Changed:
    """Make a change only while the caller's copy is the newest; raises Outdated.

    `current` returns what the caller would see now, None when there is nothing yet. `change` gets
    the revision that was looked at, and raises Outdated when the database has moved on since. Then
    it is looked at again, because the other change may not concern the caller.
    """
    with one_patience():
        if expected is None:
            return change(None)
        for _ in range(_LOOKS):
            revision = store.revision(mentorship_id)
            if not _matches(expected, current()):
                raise Outdated("the copy that If-Match names is not the newest")
            with suppress(Outdated):
                return change(revision)
        raise StoreUnavailable("others change the same all the time")


def _matches(expected: str, newest: BaseModel | None) -> bool:
    if newest is None:
        return False
    tag = etag(newest.model_dump_json().encode())
    return bool({"*", tag} & {each.strip() for each in expected.split(",")})
