"""Whom a sentence makes the one who will do something, in so many words."""

import re

from coach.language.names import People, other
from coach.model.commitments import Owner
from coach.model.people import Side

_I = re.compile(
    r"(?<!\w)(?:i['’]ll|i (?:will|shall|am going to|'m going to)|i['’]m going to|let me)(?!\w)",
    re.IGNORECASE,
)
_WE = re.compile(r"(?<!\w)(?:we['’]ll|we (?:will|shall|both)|both of us)(?!\w)", re.IGNORECASE)
_YOU = re.compile(
    r"(?<!\w)(?:you['’]ll|you (?:will|to|promised|said you)|you['’]re going to)(?!\w)",
    re.IGNORECASE,
)
_DOER = (
    r"(?<!\w)({names})(?:['’]ll|[ \t]+(?:will|to|is going to|promised|promises"
    r"|said (?:she|he|they)['’]?(?:ll|d| will| would))|[ \t]*(?::|[-–—]>?|→))(?!\w)"
)
_PRONOUN = re.compile(
    r"(?<!\w)(she|he)(?:['’]ll| will| is going to| promised)(?!\w)", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"«][^”\"»]*+(?:([”\"»])|\Z)")
"""A quotation, or, where none ends any more, all the rest."""


def doing(people: People) -> re.Pattern[str] | None:
    """What matches one of the two by name who will do something.

    None where neither has a name of their own.
    """
    names = [each for each in (*people.mentor, *people.mentee) if len(each) > 1]
    either = "|".join(re.escape(each) for each in names)
    return re.compile(_DOER.format(names=either), re.IGNORECASE) if names else None


class Doers:
    """Whom the words make the owner of a task."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._named = doing(people)

    def said(self, text: str, said_by: Side | None) -> Owner | None:
        """The one whom the words name outright, None where they name nobody, several.

        Or quote somebody.
        """
        found = self._all(
            _QUOTED.sub(lambda quoted: " " if quoted[1] else quoted[0], text), said_by
        )
        return found.pop() if len(found) == 1 else None

    def meant(self, text: str) -> Owner | None:
        """Whom a pronoun means that only one of the two goes by."""
        pronoun = _PRONOUN.search(text)
        return self._people.pronouns.get(pronoun[1].lower()) if pronoun else None

    def opens(self, text: str) -> bool:
        """Whether a passage opens with one of the two by name who will do something."""
        return self._named is not None and self._named.match(text) is not None

    def _all(self, text: str, said_by: Side | None) -> set[Owner]:
        found: set[Owner] = {"both"} if _WE.search(text) else set()
        if said_by and _I.search(text):
            found.add(said_by)
        if said_by and _YOU.search(text):
            found.add(other(said_by))
        sides = self._named.findall(text) if self._named else []
        return found | {side for each in sides if (side := self._people.side(each))}
