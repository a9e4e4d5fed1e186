"""Bodies about sessions and notes."""

from typing import Annotated

from pydantic import AfterValidator, Field

from api.schemas.fields import Body, Day, Label, fields_said
from coach.model.people import Author, Visibility
from coach.model.sessions import Note, NoteFormat, Session
from coach.ports import SessionChange


class NewNote(Body):
    """A note, exactly as it was written."""

    author: Author
    visibility: Visibility
    format: NoteFormat
    text: str

    def value(self) -> Note:
        """The domain's value, still without an id."""
        return Note(id="", **self.model_dump())


class NewSession(Body):
    """A meeting and what was written about it."""

    held_on: Day
    duration_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    channel: Label | None = None
    notes: Annotated[list[NewNote], Field(max_length=100)]

    def value(self) -> Session:
        """The domain's value, still without ids."""
        return Session(
            id="",
            held_on=self.held_on,
            duration_minutes=self.duration_minutes,
            channel=self.channel,
            notes=tuple(note.value() for note in self.notes),
        )


class SessionPatch(Body):
    """What to correct of a session; null takes a length or a channel back."""

    held_on: Annotated[Day | None, AfterValidator(fields_said)] = None
    duration_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    channel: Label | None = None

    def value(self) -> SessionChange:
        """The domain's value."""
        return SessionChange(frozenset(self.model_fields_set), **self.model_dump())


class NotePatch(Body):
    """Who may see a note from now on."""

    visibility: Visibility
