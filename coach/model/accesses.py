"""Who opened or changed what, and when: never what stands there."""

from datetime import datetime
from typing import Literal

from coach.model.people import Role, Visibility
from coach.model.values import Value

Looked = Literal[
    "before",
    "prepare",
    "sessions",
    "note",
    "promises",
    "agreement",
    "warnings",
    "search",
    "data",
    "export",
]

Did = Literal[
    "session_added",
    "session_changed",
    "session_erased",
    "note_added",
    "note_changed",
    "put_right",
    "asked",
    "settled",
    "agreement_written",
    "agreed",
    "next_session",
    "rest",
    "model",
    "invited",
    "key_made",
    "key_ended",
    "erasure_asked",
]

Way = Literal["page", "key"]


class Access(Value):
    """That somebody opened or changed something on a day, and when they last did.

    `visibility` says who may know it: what touches a private note is known to its side alone.
    """

    by: Role
    way: Way
    what: Looked | Did
    visibility: Visibility
    last_at: datetime
