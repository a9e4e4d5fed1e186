"""Every pattern of the product takes time in proportion to the text, even for near misses.

Patterns and texts are found automatically, so a new pattern is tested as soon as it is written.
"""

import re
from collections import deque
from collections.abc import Callable

import pytest

from coach.engines.embedded import windows
from coach.language import doers
from coach.language.names import people_of
from retrieval.vectors import entries
from tests import cost, product
from tests.builders import make_mentorship
from tests.near_misses import NearMiss, near_misses

pytestmark = pytest.mark.usefixtures("uncounted")

_PAIR = make_mentorship()
MADE_OF_NAMES = {
    "coach.language.doers.doing": [doers.doing(people_of(_PAIR))],
    "coach.notes.kinds._words": [],  # the same
    "coach.engines.embedded.cues._any": [],  # called only by its own module, which keeps the result
    "coach.engines.embedded.windows.names_pattern": list(windows.names_pattern(_PAIR).values()),
    # the words as they stand, with nothing that repeats
    "coach.questions.sides.put_as_you": [re.compile(r"(?<!\w)(?:Ana Lima|Ana|the mentor)(?!\w)")],
    "retrieval.vectors.entries._names": [entries._names("Ana Lima", "Ben Okoro")],
}
"""Functions that make a pattern because two people's names are in it, and what they make."""
MOST_CHARACTERS = 700_000
"""Characters that one pattern is shown, so that all patterns take under a minute."""
SMALLEST, LARGEST = 1_000, 6_000
WORTH_A_LOOK = 0.12e-6
"""Seconds a character from which a time is judged: a quarter of 0.05 s for 100,000."""
OUT_OF_PROPORTION = 8
"""Factor for four times the text: 4 is in proportion, 16 is the square."""
BEGINS = {"match": {"search", "finditer"}, "search": {"finditer"}}
"""The ways that begin with this one, so that what runs away in it runs away in them, too."""
EVERY_PATTERN = [
    *product.patterns(),
    *(
        product.Found(place, pattern, frozenset({"search", "finditer"}))
        for place, made in MADE_OF_NAMES.items()
        for pattern in made
    ),
]


def ask(pattern: re.Pattern[str], way: str) -> Callable[[str], object]:
    """A way to call a pattern, to its end."""
    if way == "finditer":
        return lambda text: deque(pattern.finditer(text), maxlen=0)
    return getattr(pattern, way)


def runs_away(act: Callable[[str], object], miss: NearMiss, size: int) -> bool:
    """Whether four times the text costs far more than four times as long; measured twice."""
    long, short = miss.of(size), miss.of(size // 4)
    with cost.stopped_when_hopeless():
        if cost.seconds(lambda: act(long)) < WORTH_A_LOOK * len(long):
            return False
        return all(
            cost.seconds(lambda: act(long), times=times)
            > OUT_OF_PROPORTION * cost.seconds(lambda: act(short), times=times)
            for times in (1, 3, 5)
        )


def slowest(pattern: re.Pattern[str], way: str) -> NearMiss | None:
    """Return the first near miss on which a pattern takes too long, None for none."""
    misses = near_misses(pattern)
    size = max(SMALLEST, min(LARGEST, MOST_CHARACTERS // len(misses)))
    act = ask(pattern, way)
    for miss in misses:
        try:
            # A quarter of the text holds at least four rounds, else it is no quarter of the work.
            if runs_away(act, miss, max(size, 16 * len(miss.pump))):
                return miss
        except cost.Hopeless:
            return miss
    return None


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(each.pattern, way, id=f"{each.place} {way} {number}")
        for number, each in enumerate(EVERY_PATTERN)
        for way in sorted(each.ways)
        if not BEGINS.get(way, set()) & each.ways
    ],
)
def test_a_pattern_takes_time_in_proportion_to_the_text(pattern, way):
    assert slowest(pattern, way) is None


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*", "fullmatch"),
        (r"(?:a|b)+(?:a|b)+c", "match"),
        (r"(\w+\s?)+;", "match"),
        (r"[ \t]+$", "search"),
        (r"“[^”]*”", "finditer"),
        (r"\beither\b.*\bor\b", "search"),
        (r"[^\W\d_][\w.-]*:", "search"),
        (r"why\s+(?:did|do)?\s*not\b", "search"),
        (r"(?<!x)(?:=\s*)+!", "search"),
    ],
)
def test_a_pattern_that_runs_away_is_found(pattern, way):
    assert slowest(re.compile(pattern), way) is not None


def test_patterns_are_made_once():
    assert product.made_in_functions() == MADE_OF_NAMES.keys()


def test_every_pattern_is_used():
    assert [each.place for each in product.patterns() if not each.ways] == []
