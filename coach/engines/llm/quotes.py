"""Where a quote stands, however a model writes it: marks, blanks and case do not count."""

import re
from collections.abc import Sequence

from coach.engines.llm.passages import clean

_NEAR = 2
"""A model miscounts by one or two."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_MARKS = re.compile(r"[*_`~#|]+|\\(?=\W)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3


class Quotes:
    """Texts behind the numbers 0, 1, 2; an empty one can not be quoted."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._plain = [comparable(each) for each in texts]

    def located(self, number: int, quote: str) -> int | None:
        """Return the number of the text that holds a quote.

        None where none does, or several that are far from the named one.
        """
        sought = comparable(quote)
        if not any(sign.isalnum() for sign in sought):
            return None
        near = range(max(0, number - _NEAR), min(number + _NEAR + 1, len(self._plain)))
        for at in sorted(near, key=lambda each: abs(each - number)):
            if sought in self._plain[at]:
                return at
        there = [at for at, each in enumerate(self._plain) if sought in each]
        return there[0] if len(there) == 1 else None


def stretch(text: str, quote: str) -> tuple[int, int]:
    """Return where a quote stands in a passage's text, marks and blanks apart.

    All of the text where the quote is too short or not found.
    """
    sought = [each.lower() for each in _WORD.findall(quote)]
    if len(sought) < _FEWEST_WORDS:
        return 0, len(text)
    spans = [each.span() for each in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    # Blanks around each word: a word is never found within a longer one.
    at = f" {' '.join(words)} ".find(f" {' '.join(sought)} ")
    if at < 0:
        return 0, len(text)
    first = f" {' '.join(words)}"[: at + 1].count(" ") - 1
    return spans[first][0], spans[first + len(sought) - 1][1]


def comparable(text: str) -> str:
    """A text as quotes are compared: marks, blanks, quote marks and case do not count."""
    return " ".join(_MARKS.sub("", clean(text).translate(_QUOTES)).casefold().split()).strip(
        ' .,;:"'
    )
