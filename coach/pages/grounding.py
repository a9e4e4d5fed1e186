"""Does what an engine said stand in the notes: plain code, after every engine.

A statement is kept when each citation quotes its note exactly and when its content words, names, numbers and
negation occur in the cited words. Word cover separates invented sentences; closeness of embeddings does not.
"""

import re
from collections.abc import Iterable, Mapping

from coach.language.words import stems, words
from coach.model.citations import LONGEST_QUOTE, Citation
from coach.model.facts import Statement
from coach.model.readings import Reading, Span

_NEGATIONS = frozenset(
    {"not", "no", "never", "nobody", "nothing", "none", "without", "neither", "nor"}
)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


def within(reading: Reading, text: str) -> Reading:
    """The reading without spans that are not in the text or longer than a quote may be."""

    def fits(found: Span) -> bool:
        return 0 <= found.start < found.end <= min(len(text), found.start + LONGEST_QUOTE)

    return reading.model_copy(
        update={
            "findings": tuple(each for each in reading.findings if fits(each)),
            "promises": tuple(each for each in reading.promises if fits(each)),
            "outcomes": tuple(each for each in reading.outcomes if fits(each)),
            "next_meetings": tuple(each for each in reading.next_meetings if fits(each)),
            "absences": tuple(each for each in reading.absences if fits(each)),
        }
    )


def stands(statement: Statement, texts: Mapping[str, str], *, besides: Iterable[str] = ()) -> bool:
    """Whether a statement's citations are exact and cover what it says; `besides` names who may be named."""
    if not all(exact(citation, texts) for citation in statement.citations):
        return False
    cited = " ".join(citation.quote for citation in statement.citations)
    return covered(statement.text, cited, besides=besides)


def exact(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Whether a citation quotes its note to the letter, and not too much of it."""
    text = texts.get(citation.note_id)
    within = 0 <= citation.start < citation.end <= citation.start + LONGEST_QUOTE
    if text is None or not within or citation.end > len(text):
        return False
    return text[citation.start : citation.end] == citation.quote


def covered(said: str, cited: str, *, besides: Iterable[str] = ()) -> bool:
    """Whether the words that matter in a sentence all occur in the cited ones, negated alike."""
    if not stems(said) <= stems(" ".join((cited, *besides))):
        return False
    return negated(said) == negated(cited) and set(_numbers(said)) <= set(_numbers(cited))


def negated(text: str) -> bool:
    """Whether a text denies something."""
    return any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words(text))


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)
