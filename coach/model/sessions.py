"""Sessions, their notes, and what is wanted from the next one."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from coach.model.people import Author, Side, Visibility
from coach.model.values import Value

NoteFormat = Literal["markdown", "text", "vtt", "srt"]


class Note(Value):
    """What one author wrote about a session, exactly as sent."""

    id: str
    author: Author
    visibility: Visibility
    format: NoteFormat
    text: str


class Session(Value):
    """One meeting; its notes are those the asker may see.

    `ahead` tells that it was recorded before its day: without a note, nobody has said that it was
    held.
    """

    id: str
    held_on: date
    duration_minutes: int | None = None
    channel: str | None = None
    notes: tuple[Note, ...] = ()
    ahead: bool = Field(default=False, exclude=True)


class NextSession(Value):
    """When the two meet next, and how."""

    starts_at: datetime
    channel: str | None = None
    duration_minutes: int | None = None


class Preparation(Value):
    """What one side wants from the next session, in its own words."""

    id: str
    author: Side
    visibility: Visibility
    text: str
    made_on: date
