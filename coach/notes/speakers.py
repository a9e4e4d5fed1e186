"""Who says what in a note."""

from collections.abc import Sequence

from coach.language.names import People
from coach.model.people import Author, Side
from coach.notes.sentences import Unit


def speakers(found: Sequence[Unit], author: Author, people: People) -> list[Side | None]:
    """Who says each unit: a turn's named side, else the note's author unless a tool wrote it."""
    sides = sides_of(found, people)
    return [speaker(unit, author, sides) for unit in found]


def sides_of(found: Sequence[Unit], people: People) -> dict[str, Side]:
    """Which side each label means that means one."""
    return {unit.label: side for unit in found if unit.label and (side := people.side(unit.label))}


def speaker(unit: Unit, author: Author, sides: dict[str, Side]) -> Side | None:
    """Who says a sentence: a turn's named side, else the note's author unless a tool wrote it."""
    if unit.kind == "turn" and unit.label:
        return sides.get(unit.label)
    return None if author == "tool" or unit.kind == "quote" else author
