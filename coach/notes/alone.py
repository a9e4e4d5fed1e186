"""Tells which sentences of a note are understood by themselves, and what the others need.

A sentence needs its neighbour in three cases. It opens with a word for something that was named
before ("They don't", "Which I half do"). It says too little ("In writing.", "Do it by 6 October").
Or it speaks of somebody without a name.
"""

import re
from functools import cached_property
from typing import NamedTuple

from coach.language.everyday import telling
from coach.language.words import BASE_FORMS, PAST_FORMS, count, stems, words
from coach.model.citations import LONGEST_QUOTE
from coach.model.people import Mentorship, Side
from coach.model.sessions import Note
from coach.notes.lines import plain
from coach.notes.sentences import Unit, units

_LONGEST = 40
"""Most words of two sentences together: more than two printed lines are not read.

Chosen by hand; not measured.
"""
_MOST_BEFORE = 2
"""Most sentences before one that are tried with it. Chosen by hand; not measured."""
_ENOUGH = 3
"""Words with meaning that a sentence with a verb needs.

It needs one more where everybody uses these words, and one less with a name or a figure. Chosen by
hand; not measured.
"""
_PLENTY = 5
"""Words with meaning that are enough, whatever they are. Chosen by hand; not measured."""

_LONG = 8
"""Words of a sentence that is clear although everybody might say it.

An example is “Not sure whether I want to lead people.” Chosen by hand; not measured.
"""

_NO_LINE = re.compile(
    r"(?:(?:from|to|cc|bcc|sent|date|subject|re|fwd?|attend(?:ees|ing)|present|apologies|location"
    r"|place|venue|time|when|where|who|"
    r"duration|link|title|mentor|mentee)\s*:.*"
    r"|(?:dear|hi|hello|hey)\b.{0,40}"
    r"|(?:best|regards|kind regards|best wishes|warmly|love|yours\b.*|cheers|many thanks|thanks"
    r"|thank you|sent from my .*|talk soon|see you\b.*)\b[\s,.!–—-]*\w*[\s\w]{0,25}"
    r"|(?:https?://|www\.)\S+|[^\s:]+(?: [^\s:]+){0,3}:"
    r"|[\d\s.,:/%–—-]+)",
    re.IGNORECASE | re.DOTALL,
)
_EDGES = re.compile(r"^\W+|(?<![^\w:])[^\w:]+$")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_TIED = re.compile(r"(?:and|but|so|also|well|anyway|oh|okay?|plus|now|then)\b,?\s+", re.IGNORECASE)
_LEANS = re.compile(
    r"(?:which|who|whom|whose|because|than|nor|or|otherwise|instead|neither|either|none|another"
    r"|same|ditto|likewise|such|there(?! (?:is|are|was|were)\b)|"
    r"it|its|it['’](?:s|ll|d)|them|their|theirs|that['’]s"
    r"|(?:this|that|these|those) (?:is|are|was|were|has|had|will|would|works?|means?|one|ones|way)|"
    r"both (?:of|are|were|have|had|in|taken|said|got)|(?:the )?(?:others?|latter|former|rest)"
    r"|the (?:same|other|first|second|third)\s*[:,]|"
    r"one (?:of|is|was|has|had)|two (?:of|are|were))\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"it(?:['’]s| is| was| has been| will be) (?:\w+ ){1,4}(?:that|to|if|whether)\b", re.IGNORECASE
)
_THEY = re.compile(r"they(?:['’]\w+)?\b", re.IGNORECASE)
"""Somebody's employer or town where the rest says plenty, else somebody who was named before."""
_POINTS = re.compile(
    r"(?<![\w-])(?:it|them|(?:this|that|these|those|ones?)(?=\s*(?:[.,;:!?]|$)))(?![\w-])",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?<!\w)(?:(?P<she>she|she['’]\w+|her|hers|herself)"
    r"|(?P<he>he|he['’]\w+|him|his|himself))(?!\w)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:mother|father|mum|dad|mam|mom|sister|brother|wife|husband|partner|son|daughter"
    r"|cousin|friend|aunt|auntie|uncle|gran|manager|boss|"
    r"director|owner|client|customer|colleague|supervisor|nurse|doctor|teacher|head|chair|chairman"
    r"|lady|man|woman|guy|girl|boy|lad|somebody|"
    r"someone|anybody|anyone|everybody|nobody|editor|lawyer|neighbour|student|pupil|co-founder"
    r"|founder)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.!?:“\"] )(?<!\w)(?!I\b)[A-Z][a-z]+")
_FIGURE = re.compile(r"\d")
_VERB = re.compile(
    r"(?<!\w)(?:am|is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|shall|may"
    r"|might|must|needs?|wants?|said|says|told|asks?|"
    r"\w+n['’]t|(?:i|you|he|she|it|we|they|that|there|who)['’]\w+|\w{3,}ed)(?!\w)",
    re.IGNORECASE,
)


_OF_ONESELF = re.compile(r"(?:I|we)(?:['’]\w+)? [a-z]", re.IGNORECASE)
_ENOUGH_WORDS = 5
"""Fewest words of a sentence about oneself: a subject, a verb and a thing.

“I am worried about the crane.” has all three; fewer words lack one of them. Chosen by hand; not
measured.
"""


class Stretch(NamedTuple):
    """Where a line starts and ends, together with what must be read with it."""

    start: int
    end: int


class Heard(NamedTuple):
    """Whose words a sentence is, and in which mentorship: whom `she` and `he` can mean."""

    mentorship: Mentorship
    said_by: Side | None


def alone(text: str, heard: Heard) -> bool:
    """Whether a reader understands a sentence without those around it."""
    said = _TIED.sub("", text.lstrip('-*•>[] \t“"'), count=1)
    if no_line(said) or _leans(said) or _somebody_unnamed(said, heard):
        return False
    return _tells_enough(said)


def no_line(text: str) -> bool:
    """Whether a text is no sentence but a mail header, a greeting, a label, a link or a number."""
    bare = _EDGES.sub("", text.strip())
    return _NO_LINE.fullmatch(bare) is not None or (
        _LINK.search(text) is not None and count(text) < _PLENTY
    )


class Neighbours:
    """The sentences of one note in their order; the note is split when first asked."""

    def __init__(self, note: Note) -> None:
        self.text = note.text
        self._note = note

    @cached_property
    def every(self) -> tuple[Unit, ...]:
        """All sentences."""
        return units(self._note)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each sentence by where it starts."""
        return {each.start: number for number, each in enumerate(self.every)}


def understood(beside: Neighbours, at: Stretch, heard: Heard) -> Stretch | None:
    """Return where to quote a sentence so that it is understood, None where nothing helps.

    The quote is the sentence alone, or with a neighbour.
    """
    said = plain(beside.text[at.start : at.end])
    if alone(said, heard):
        return at
    number = beside.numbers.get(at.start)
    if number is None or no_line(said):
        return None
    return _with_those_before(beside, number, heard) or _with_the_next(beside, number, heard)


def _with_those_before(beside: Neighbours, number: int, heard: Heard) -> Stretch | None:
    text, every = beside.text, beside.every
    end = every[number].end
    for first in range(number - 1, max(-1, number - 1 - _MOST_BEFORE), -1):
        behind = every[first + 1]
        start = every[first].start
        if not _joined(text, every[first], behind, across=_points_back(behind, heard)):
            return None
        if not _fits(text, start, end):
            return None
        if alone(plain(text[start : every[first].end]), heard):
            return Stretch(start, end)
    return None


def _with_the_next(beside: Neighbours, number: int, heard: Heard) -> Stretch | None:
    text, here = beside.text, beside.every[number]
    if number + 1 >= len(beside.every) or _points_back(here, heard):
        return None
    behind = beside.every[number + 1]
    if not _joined(text, here, behind, across=False) or not _fits(text, here.start, behind.end):
        return None
    together = plain(text[here.start : behind.end])
    return Stretch(here.start, behind.end) if alone(together, heard) else None


def _points_back(unit: Unit, heard: Heard) -> bool:
    """Whether a sentence speaks of something or somebody that another one names."""
    said = plain(unit.text)
    return _leans(said) or _somebody_unnamed(said, heard)


def _joined(text: str, one: Unit, other: Unit, *, across: bool) -> bool:
    """Whether two sentences follow each other in one paragraph, bullet or turn.

    With `across`, one line break may be between them.
    """
    between = text[one.end : other.start]
    return (
        one.kind == other.kind != "heading"
        and not between.strip("*_~”\"“' \t\r\n")
        and between.count("\n") <= across
        and not no_line(plain(one.text))
    )


def _fits(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_QUOTE and count(text[start:end]) <= _LONGEST


def _leans(said: str) -> bool:
    if _THEY.match(said):
        return len(_carrying(said)) < _PLENTY
    return _LEANS.match(said) is not None and _EMPTY_IT.match(said) is None


def _somebody_unnamed(said: str, heard: Heard) -> bool:
    """Whether a sentence speaks of a `she` or `he` who is neither named there nor a side."""
    for found in _PERSON.finditer(said):
        sort = "she" if found["she"] else "he"
        before = said[: found.start()]
        named = _SOMEBODY.search(before) or _NAME.search(before) or _name_first(said)
        return not named and not _can_mean(sort, heard)
    return False


def _can_mean(sort: str, heard: Heard) -> bool:
    """Whether one of the two, but not the speaker, has this pronoun."""
    sides: tuple[Side, ...] = ("mentor", "mentee")
    return any(
        sort in (heard.mentorship.person(side).pronouns or sort).lower().split("/")
        for side in sides
        if side != heard.said_by
    )


def _name_first(said: str) -> bool:
    """Whether a sentence may open with a name: a capital, and a word that not everybody uses."""
    return said[:1].isupper() and bool(telling(said.split(maxsplit=1)[0]))


def _tells_enough(said: str) -> bool:
    carrying = len(_carrying(said))
    if carrying >= _PLENTY:
        return True
    if _POINTS.search(said) and carrying < _PLENTY - 1:
        return False
    named = _NAME.search(said) is not None or _name_first(said)
    exact = named or _FIGURE.search(said) is not None
    long = count(said) >= _LONG
    if _OF_ONESELF.match(said) and carrying >= _ENOUGH - 1 and count(said) >= _ENOUGH_WORDS:
        return True
    own = named or long or bool(telling(said))
    return (long or has_verb(said)) and carrying >= _ENOUGH + (not own) - exact


def _carrying(said: str) -> frozenset[str]:
    return frozenset(each for each in stems(said) if not each[0].isdigit())


def has_verb(said: str) -> bool:
    """Whether a text has a word for something that is done or is so."""
    said_words = words(said)
    forms = {*said_words, *(each.removesuffix("s") for each in said_words)}
    return _VERB.search(said) is not None or bool((PAST_FORMS | BASE_FORMS) & forms)
