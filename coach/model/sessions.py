"""Sessions, their notes, and what is wanted from the next one."""

from datetime import date
from typing import Literal

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
    """One meeting with the notes that the asker may see."""

    id: str
    held_on: date
    duration_minutes: int | None = None
    channel: str | None = None
    notes: tuple[Note, ...] = ()


class Preparation(Value):
    """What one side wants from the next session, in its own words."""

    id: str
    author: Side
    visibility: Visibility
    text: str
    made_on: date
