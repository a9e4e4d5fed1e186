"""Asks the model; where it fails there is no answer, and the reason is kept."""

from collections.abc import Callable
from typing import TypeVar

from coach.errors import EngineFailed
from coach.model.material import Material, Suggested, Wording
from coach.model.people import Side
from coach.ports import Model

Said = TypeVar("Said")


class Attempts:
    """What a model is asked for one request; `reason` is why it failed, None where it did not.

    After a failure it is not asked again, so a request waits only once.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self.reason: str | None = None

    def word(self, material: Material) -> Wording | None:
        """Return the page in the model's sentences, None where it fails."""
        return self._tried(lambda: self._model.word(material))

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """Return the model's questions, none where it fails."""
        return self._tried(lambda: self._model.ask(material, of=of)) or ()

    def _tried(self, asked: Callable[[], Said]) -> Said | None:
        if self.reason is not None:
            return None
        try:
            return asked()
        except EngineFailed as error:
            self.reason = str(error)
            return None
