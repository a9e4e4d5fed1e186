"""Which earlier sentence tells of the same thing: found by the words that few people use, not by trying all of them."""

from collections import defaultdict
from typing import Generic, NamedTuple, TypeVar

from coach.language.everyday import telling
from coach.language.words import stems

Kept = TypeVar("Kept")
_SHARED = 2
_MOST_TRIED = 100
"""How many of the newest sentences with one word are looked at: a word of more than these is no telling one."""


class _Sentence(NamedTuple, Generic[Kept]):
    stems: frozenset[str]
    kept: Kept


class Recalled(Generic[Kept]):
    """Sentences in the order they were said, each with what is kept of it."""

    def __init__(self, names: frozenset[str], *, most_tried: int = _MOST_TRIED) -> None:
        self._names = names
        self._most_tried = most_tried
        self._said: list[_Sentence[Kept]] = []
        self._telling: dict[str, list[int]] = defaultdict(list)

    def add(self, text: str, kept: Kept) -> None:
        """Take in one more sentence."""
        for stem in telling(text, names=self._names):
            self._telling[stem].append(len(self._said))
        self._said.append(_Sentence(stems(text) - self._names, kept))

    def last_like(self, text: str) -> Kept | None:
        """The newest sentence that tells of the same: it shares words, and one of these that not everybody uses."""
        said = stems(text) - self._names
        places = {
            at
            for stem in telling(text, names=self._names)
            for at in self._telling.get(stem, ())[-self._most_tried :]
        }
        for at in sorted(places, reverse=True):
            if len(self._said[at].stems & said) >= _SHARED:
                return self._said[at].kept
        return None
