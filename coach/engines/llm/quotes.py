"""Finds where a quote stands, whatever marks, blanks and case the model writes."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coach.engines.llm.passages import clean

_NEAR = 2
"""Distance in passages up to which a number may be wrong: a model miscounts by one or two."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_MARKS = re.compile(r"[*_`~#|]+|\\(?=\W)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3
"""Words of a quote from which its place in a passage is looked up.

Fewer may stand there more than once. Chosen by hand; not measured.
"""


_MOST_TOGETHER = 3
"""Passages that one quote may run over: of terse notes a thought takes two or three."""


class Run(NamedTuple):
    """Where a quote begins and ends that runs over several texts."""

    first: int
    start: int
    last: int
    end: int


class Quotes:
    """Texts with the numbers 0, 1, 2 and so on. An empty text cannot be quoted."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._plain = [comparable(each) for each in texts]

    def located(self, number: int, quote: str) -> int | None:
        """Return the number of the text that holds a quote.

        Return None if no text holds it, or if several do that are far from the named one.
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
    """Return the start and end of a quote in a passage's text; marks and blanks do not count.

    Return the whole text if the quote is too short or not found.
    """
    sought = [each.lower() for each in _WORD.findall(quote)]
    if len(sought) < _FEWEST_WORDS:
        return 0, len(text)
    spans = [each.span() for each in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    # Blanks around each word, so that a word is never found within a longer one.
    at = f" {' '.join(words)} ".find(f" {' '.join(sought)} ")
    if at < 0:
        return 0, len(text)
    first = f" {' '.join(words)}"[: at + 1].count(" ") - 1
    return spans[first][0], spans[first + len(sought) - 1][1]


def run_on(texts: Sequence[str], quote: str) -> Run | None:
    """Return where a quote runs over two or three texts, one right behind the other, else None."""
    sought = " ".join(each.lower() for each in _WORD.findall(quote))
    spans = [(at, *each.span()) for at, text in enumerate(texts) for each in _WORD.finditer(text)]
    there = " ".join(texts[at][start:end].lower() for at, start, end in spans)
    # Blanks around each word, so that a word is never found within a longer one.
    found = f" {there} ".find(f" {sought} ")
    if found < 0 or len(sought.split()) < _FEWEST_WORDS:
        return None
    before = there[:found].count(" ")
    first, start, _ = spans[before]
    last, _, end = spans[before + len(sought.split()) - 1]
    return Run(first, start, last, end) if first < last < first + _MOST_TOGETHER else None


def comparable(text: str) -> str:
    """Return a text in which marks, blanks, quotation marks and case no longer differ."""
    return " ".join(_MARKS.sub("", clean(text).translate(_QUOTES)).casefold().split()).strip(
        ' .,;:"'
    )
