"""Ask the model; where it fails, the embedded engine answers and the answer says so."""

from collections.abc import Callable
from typing import TypeVar

from coach.errors import EngineFailed
from coach.model.material import Material, Suggested, Wording
from coach.model.people import Side
from coach.model.readings import EngineName, Reading
from coach.model.sessions import Note
from coach.ports import Engine, Model, ReadingContext

Said = TypeVar("Said")


class FallbackEngine:
    """Two engines as one, for one request; `reason` tells why the first one failed, if it did.

    After a failure the first one is not asked again: a request waits once.
    """

    def __init__(self, first: Model, second: Engine) -> None:
        self._first = first
        self._second = second
        self.name: EngineName = first.name
        self.version = first.version
        self.reason: str | None = None

    def read(self, note: Note, context: ReadingContext) -> Reading:
        """See Engine."""
        read = self._tried(lambda: self._first.read(note, context))
        return read or self._second.read(note, context)

    def word(self, material: Material) -> Wording:
        """See Engine."""
        worded = self._tried(lambda: self._first.word(material))
        return worded or self._second.word(material)

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """The first one's questions; none where it fails, because the domain has its own."""
        return self._tried(lambda: self._first.ask(material, of=of)) or ()

    def _tried(self, asked: Callable[[], Said]) -> Said | None:
        if self.reason is not None:
            return None
        try:
            return asked()
        except EngineFailed as error:
            self.reason = str(error)
            return None
