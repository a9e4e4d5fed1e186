"""Remembers the answers that a model gave."""

from collections import OrderedDict
from threading import Lock
from typing import TypeVar

from pydantic import BaseModel

_REMEMBERED = 256
"""Answers that are kept: those for some dozens of people who prepare on one day.

Chosen by hand; not measured.
"""

Shape = TypeVar("Shape", bound=BaseModel)


class Memory:
    """The answers given before and the tokens spent, shared by all views of one engine."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[str, BaseModel]] = OrderedDict()
        self._lock = Lock()
        self.tokens = 0

    def known(self, key: str, shape: type[Shape]) -> Shape | None:
        """Return the answer that was given to this before, or None."""
        with self._lock:
            _, answer = self._answers.get(key, (None, None))
        return answer if isinstance(answer, shape) else None

    def keep(self, key: str, answer: BaseModel, *, about: str) -> None:
        """Remember an answer about a mentorship."""
        with self._lock:
            self._answers[key] = (about, answer)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)

    def forget(self, mentorship_id: str) -> None:
        """Forget every answer about a mentorship."""
        with self._lock:
            for key in [key for key, (about, _) in self._answers.items() if about == mentorship_id]:
                del self._answers[key]

    def spend(self, tokens: int) -> None:
        """Count tokens that were sent or received."""
        with self._lock:
            self.tokens += tokens
