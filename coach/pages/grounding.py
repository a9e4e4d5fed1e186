"""Checks in plain code whether the notes support an engine's statements.

Every engine's answer passes it. A statement is kept when each citation quotes its note exactly, and
when its content words, names, numbers and negation occur in the cited words. Comparing words
separates invented sentences; comparing embeddings does not.
"""

import re
from collections.abc import Iterable, Mapping

from coach.language.words import stems, words
from coach.model.citations import LONGEST_QUOTE, Citation
from coach.model.facts import Statement
from coach.model.readings import (
    Reading,
    Span,
)

_NEGATIONS = frozenset(
    {"not", "no", "never", "nobody", "nothing", "none", "without", "neither", "nor"}
)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


def within(reading: Reading, text: str) -> Reading:
    """Return the reading without spans that are outside the text or longer than a quote may be."""

    def fits(found: Span) -> bool:
        return 0 <= found.start < found.end <= min(len(text), found.start + LONGEST_QUOTE)

    return reading.model_copy(
        update={"signals": tuple(each for each in reading.signals if fits(each))}
    )


def stands(statement: Statement, texts: Mapping[str, str], *, besides: Iterable[str] = ()) -> bool:
    """Whether a statement's citations are exact and support it.

    `besides` gives the names that it may use beside the cited words.
    """
    if not all(exact(citation, texts) for citation in statement.citations):
        return False
    cited = " ".join(citation.quote for citation in statement.citations)
    return covered(statement.text, cited, besides=besides)


def exact(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Whether a citation quotes its note to the letter, and is no longer than a quote may be."""
    text = texts.get(citation.note_id)
    within = 0 <= citation.start < citation.end <= citation.start + LONGEST_QUOTE
    if text is None or not within or citation.end > len(text):
        return False
    return text[citation.start : citation.end] == citation.quote


def covered(said: str, cited: str, *, besides: Iterable[str] = ()) -> bool:
    """Whether the words with meaning and numbers of a sentence all occur in the cited words.

    The sentence and the cited words must also both deny something, or neither.
    """
    if not stems(said) <= stems(" ".join((cited, *besides))):
        return False
    return negated(said) == negated(cited) and set(_numbers(said)) <= set(_numbers(cited))


def negated(text: str) -> bool:
    """Whether a text denies something."""
    return any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words(text))


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)
