"""Finds the notes that an answer cites."""

from collections.abc import Iterable

from pydantic import BaseModel

from coach.model.citations import Citation


def notes_cited(*said: object) -> frozenset[str]:
    """Return the ids of all notes that are cited anywhere in these parts of an answer."""
    return frozenset(id_ for each in said for id_ in _cited(each))


def _cited(said: object) -> Iterable[str]:
    if isinstance(said, Citation):
        return [said.note_id]
    if isinstance(said, BaseModel):
        return notes_cited(*(getattr(said, name) for name in type(said).model_fields))
    return notes_cited(*said) if isinstance(said, (tuple, list)) else ()
