"""Ask the model; where it fails there is no answer of its own, and the reason is told."""

from collections.abc import Callable
from typing import TypeVar

from coach.errors import EngineFailed
from coach.model.material import Material, Suggested, Wording
from coach.model.people import Side
from coach.ports import Model

Said = TypeVar("Said")


class Attempts:
    """What a model is asked for one request; `reason` tells why it failed, if it did.

    After a failure it is not asked again: a request waits once.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self.reason: str | None = None

    def word(self, material: Material) -> Wording | None:
        """The page in the model's sentences; None where it fails, because the embedded engine has its own."""
        return self._tried(lambda: self._model.word(material))

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """The model's questions; none where it fails, because the domain has its own."""
        return self._tried(lambda: self._model.ask(material, of=of)) or ()

    def _tried(self, asked: Callable[[], Said]) -> Said | None:
        if self.reason is not None:
            return None
        try:
            return asked()
        except EngineFailed as error:
            self.reason = str(error)
            return None
