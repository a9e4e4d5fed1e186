"""Exact quotes of places in notes."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from coach.model.values import Value

LONGEST_QUOTE = 330
"""Most code points of a quote, which is one sentence, bullet or turn; fixed by the API."""


class Citation(Value):
    """A place in a note; `Note.text[start:end] == quote`, in Unicode code points.

    `session_id` is null only where the cited words stand in a preparation or in a promise that was
    added by hand,
    whose id is then `note_id`.
    """

    session_id: str | None
    held_on: date
    note_id: str
    start: int
    end: int
    quote: str


def _never_empty(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    if not citations:
        raise ValueError("a statement cites at least one place")
    return citations


Citations = Annotated[tuple[Citation, ...], AfterValidator(_never_empty), Field(min_length=1)]
