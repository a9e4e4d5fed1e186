"""The engines that read notes, and what they are told beside a note."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from coach.model.commitments import Commitment
from coach.model.contract import ClauseKind, Contract
from coach.model.material import Material, Wording
from coach.model.people import Author, Mentorship
from coach.model.readings import EngineName, Reading
from coach.model.sessions import Note

Barred = Callable[[], str | None]
"""Returns the reason code why a model may not be told something now, or None if it may."""


class ReadingContext(NamedTuple):
    """What a reader may know beside a note: only what everyone who may read the note may see.

    `share` is the part, from 0 to 1, of the limit for one note that it may use. `story` is what
    earlier notes tell, `beside` what the other notes of the session say.
    """

    mentorship: Mentorship
    held_on: date
    contract: Contract | None = None
    open_commitments: tuple[Commitment, ...] = ()
    share: float = 1.0
    story: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Engine(Protocol):
    """Reads notes. The domain checks everything it says before it counts."""

    name: EngineName
    version: str

    def read(self, note: Note, context: ReadingContext) -> Reading:
        """Return everything that the note says, with offsets into its text.

        Raises EngineFailed if it fails at this note, and EngineUnavailable if it would fail at any.
        """
        ...

    def word(self, material: Material) -> Wording:
        """Return the page in sentences, each with the numbers of the lines under it.

        Raises EngineFailed.
        """
        ...


class ClausePair(NamedTuple):
    """A clause, and a sentence of a note with its neighbours and its author."""

    clause_kind: ClauseKind
    clause: str
    before: str
    passage: str
    after: str
    author: Author


class ClauseEngine(Protocol):
    """Tells what a passage says about a clause."""

    name: EngineName
    version: str

    def worth_reading(self, pairs: Sequence[ClausePair]) -> Sequence[bool]:
        """Return for each pair whether the passage may speak of its clause at all.

        It looks at each passage once, whatever the number of clauses. Raises EngineUnavailable if
        there is nothing to read with.
        """
        ...

    def relations(self, pairs: Sequence[ClausePair]) -> Sequence[Mapping[str, float]]:
        """Return for each pair the likelihood of each relation, from 0 to 1.

        `none` means that the passage says nothing about the clause. Raises EngineUnavailable if
        there is nothing to read with.
        """
        ...
