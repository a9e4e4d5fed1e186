"""Where a quote stands, however a model writes it: marks, blanks, quote marks and case do not count."""

import re

from coach.engines.llm.passages import clean

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_MARKS = re.compile(r"[*_`~#|]+|\\(?=\W)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3


def stretch(text: str, quote: str) -> tuple[int, int]:
    """Where a quote stands in a passage's text, marks and blanks apart; all of it where it is too short or not found."""
    sought = _WORD.findall(quote)
    if len(sought) < _FEWEST_WORDS:
        return 0, len(text)
    found = re.search(r"\W+".join(re.escape(each) for each in sought), text, re.IGNORECASE)
    return found.span() if found else (0, len(text))


def comparable(text: str) -> str:
    """A text as quotes are compared: marks, blanks, quote marks and case do not count."""
    return " ".join(_MARKS.sub("", clean(text).translate(_QUOTES)).casefold().split()).strip(
        ' .,;:"'
    )
