"""Q3: short enough to be said aloud."""

from collections.abc import Iterator

from coach.questions.grammar import unquoted
from coach.questions.rules.fault import Fault, fault_at_first

LONGEST = 25


def concise(text: str) -> Fault | None:
    """Q3: at most LONGEST words, without a parenthesis."""
    many = sum(any(sign.isalnum() for sign in word) for word in text.split())
    if many > LONGEST:
        return Fault("Q3", 0, len(text), f"has {many} words: at most {LONGEST}")
    return fault_at_first("Q3", _parentheses(unquoted(text)), "has a parenthesis: say one thing")


def _parentheses(text: str) -> Iterator[tuple[int, int]]:
    """The first one of each kind: where that is not closed, no later one is."""
    for opens, closes in ("()", "[]"):
        start = text.find(opens)
        end = text.find(closes, start + 1)
        if 0 <= start < end:
            yield start, end + 1
