"""What the asked side and the other one are called in notes: by name, and by `she` or `he`."""

import re
from functools import cached_property

from coach.language.phrasing import first_name
from coach.model.people import Mentorship, Side

_FIRST_OR_SECOND = re.compile(
    r"(?<!\w)(?:i|i['’]\w+|my|me|we|we['’]\w+|our|us|you|you['’]\w+|your)(?!\w)", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?<!\w)(?:(?P<she>she|her|hers)|(?P<he>he|him|his)|(?P<they>they|them|their))(?!\w)",
    re.IGNORECASE,
)
_ANYBODY = frozenset({"she", "her", "he", "him", "they", "them"})
"""Where nobody says how a person is spoken of, each of these words may mean them."""


class Sides:
    """The two people of a mentorship, of whom one is asked."""

    def __init__(self, mentorship: Mentorship, asked: Side) -> None:
        self._mentorship = mentorship
        self.asked = asked
        self.not_asked: Side = "mentor" if asked == "mentee" else "mentee"

    @property
    def own_name(self) -> str:
        """What the asked side is called."""
        return first_name(self._mentorship.person(self.asked).name)

    @cached_property
    def other(self) -> str:
        """What the asked side calls the other one."""
        return first_name(self._mentorship.person(self.not_asked).name)

    @cached_property
    def called(self) -> frozenset[str]:
        """The words by which others speak of the asked side, such as `she` and `her`."""
        return self._pronouns(self.asked)

    @cached_property
    def other_called(self) -> frozenset[str]:
        """The words by which others speak of the other side."""
        return self._pronouns(self.not_asked)

    def means_the_other(self, quote: str) -> bool:
        """Whether every `she` or `he` in words of the asked side can be the other one."""
        return all(found.lastgroup in self.other_called for found in _PERSON.finditer(quote))

    def whose(self, said_by: Side | None, text: str) -> str | None:
        """Whose words they are.

        `own` words the asked side said, `theirs` the other one. `noted` ones the mentor wrote in
        the third person. None where nobody can tell.
        """
        if said_by is None:
            return None
        if said_by == self.asked:
            return "own"
        noted = said_by == "mentor" and not _FIRST_OR_SECOND.search(text)
        return "noted" if noted else "theirs"

    def of_the_other(self, subject: str, said_by: Side | None) -> bool:
        """Whether the subject of a sentence is somebody else than the asked side."""
        word = subject.lower()
        if word in {"she", "he"}:
            return said_by == self.asked or word not in self.called
        if word == "you":
            return said_by == self.asked
        return subject in {self.other, self.other[:1]}

    def put_as_you(self, text: str) -> str:
        """The words with the other's name, or what they are called, put as `you`."""
        called = "|".join(map(re.escape, [self.other, *self.other_called]))
        return re.sub(rf"(?<!\w)(?:{called})(?!\w)", "you", text, count=1)

    def _pronouns(self, side: Side) -> frozenset[str]:
        said = self._mentorship.person(side).pronouns
        return frozenset(said.lower().split("/")) if said else _ANYBODY
