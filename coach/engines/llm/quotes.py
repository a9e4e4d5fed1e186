"""Where a model's quote stands among numbered texts: the named one, one beside it, else the only one that holds it."""

import re
from collections.abc import Sequence

from coach.engines.llm.passages import clean

_NEAR = 2
"""A model miscounts by one or two."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_MARKS = re.compile(r"[*_`~#|]+|\\(?=\W)")


class Quotes:
    """Texts behind the numbers 0, 1, 2; an empty one can not be quoted."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._plain = [_comparable(each) for each in texts]

    def located(self, number: int, quote: str) -> int | None:
        """The number of the text that holds a quote; None where none does, or several far from the named one."""
        sought = _comparable(quote)
        if not any(sign.isalnum() for sign in sought):
            return None
        near = range(max(0, number - _NEAR), min(number + _NEAR + 1, len(self._plain)))
        for at in sorted(near, key=lambda each: abs(each - number)):
            if sought in self._plain[at]:
                return at
        there = [at for at, each in enumerate(self._plain) if sought in each]
        return there[0] if len(there) == 1 else None


def _comparable(text: str) -> str:
    """A text as quotes are compared: marks, blanks, quote marks and case do not count."""
    return " ".join(_MARKS.sub("", clean(text).translate(_QUOTES)).casefold().split()).strip(
        ' .,;:"'
    )
