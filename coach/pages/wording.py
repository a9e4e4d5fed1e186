"""Turns an engine's sentences into statements: only what the notes support goes on the page.

With our own wording, every chosen line stays on the page. A model decides which lines its page
tells, in which order and words. It may leave out all but what `must` stand. Where one of its
sentences has no support, the lines of that sentence stand in our own words. A sentence is kept when
its lines support it (`grounding`), and when who speaks and what is planned, open or denied stays as
it is (`kept`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from coach.ids import derived_id
from coach.language.words import count
from coach.model.answers import SectionKind
from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.material import Material, PageLine, Worded, Wording
from coach.pages import grounding
from coach.pages.kept import (
    keeps_what_is_ahead,
    keeps_what_is_denied,
    keeps_who_speaks,
    quotes_outright,
)
from coach.pages.order import Page, arranged
from coach.pages.otherwise import SaidOtherwise, tells_of
from coach.pages.support import Alike

_LONGEST_SENTENCE = 45
"""Most words of a sentence that a model writes. Chosen by hand; not measured."""
_REPORTING = "ask tell"
"""Words of our own sentences that no note has to contain."""
_MARKUP = re.compile(r"[<>`|\[\]{}]|\*\*|__|https?:|www\.", re.IGNORECASE)
_FEWEST = 3
"""Fewest lines that a model's page tells, or all chosen ones where there are fewer.

Chosen by hand; not measured.
"""
_ENOUGH = 0.5
"""Share of a model's sentences that must have support, else its page is not used.

A page that is half made up is not mended by leaving that half out. Chosen by hand; not measured.
"""


class Settled(NamedTuple):
    """The page, how many of the wording's sentences are on it, and how many had no support."""

    chosen: Page
    kept: int
    dropped: int


class _Kept(NamedTuple):
    """A statement on the page, its section, and the lines it tells."""

    section: SectionKind
    statement: Statement
    of: tuple[int, ...]


def settled(
    material: Material,
    wording: Wording | None,
    own: Wording,
    texts: Mapping[str, str],
    *,
    alike: Alike | None = None,
) -> Settled:
    """Return the page as a model words it where these texts support that, else in our own words.

    `texts` gives each note's text by its id. A wording that is our own is taken once. `alike` tells
    words of about one meaning, for what a model says in other words.
    """
    if wording is None or wording is own:
        page = _own_page(material, own, texts)
        return Settled(page.arranged(), page.size, page.dropped)
    page = _Page(
        material,
        texts,
        reserved=lambda line: line.must,
        otherwise=SaidOtherwise(material, alike),
    )
    fallen: set[int] = set()
    for number, sentence in enumerate(wording.sentences):
        if not page.take(sentence, opens=number == wording.headline):
            fallen |= set(sentence.of)
    kept, dropped = page.size, page.dropped
    chosen = [n for n, line in enumerate(material.lines) if line.chosen]
    if len(page.told) < min(_FEWEST, len(chosen)) or kept < _ENOUGH * len(wording.sentences):
        return Settled(_own_page(material, own, texts).arranged(), 0, dropped)
    stands_in = {n for n in chosen if n in fallen or material.lines[n].must}
    for sentence in (*own.sentences, *as_noted(material).sentences):
        if set(sentence.of) & stands_in:
            page.take(sentence, opens=False)
    return Settled(page.arranged(in_order=True), kept, dropped)


def _own_page(material: Material, own: Wording, texts: Mapping[str, str]) -> "_Page":
    """Return every chosen line in our own words, else in those of the note."""
    page = _Page(material, texts, reserved=lambda line: line.chosen)
    for number, sentence in enumerate(own.sentences):
        page.take(sentence, opens=page.opening is None and number == own.headline)
    fallen = page.dropped
    for sentence in as_noted(material).sentences:
        page.take(sentence, opens=False)
    page.dropped = fallen
    return page


class _Page:
    """A page while it is filled.

    Lines that are `reserved` keep their room; everything else takes what is left.
    """

    def __init__(
        self,
        material: Material,
        texts: Mapping[str, str],
        *,
        reserved: Callable[[PageLine], bool],
        otherwise: SaidOtherwise | None = None,
    ) -> None:
        self._material = material
        self._verbatim = _Verbatim(material)
        self._otherwise = otherwise
        self._texts = texts
        self._reserved = reserved
        self._kept: list[_Kept] = []
        self.told: set[int] = set()
        self.dropped = 0
        self.opening: Statement | None = None
        self._left = material.most_words - self._length_of(range(len(material.lines)))

    def _length_of(self, numbers: Iterable[int]) -> int:
        """Return how many words are reserved for these lines."""
        lines = (self._material.lines[n] for n in numbers)
        return sum(count(each.statement.text) for each in lines if self._reserved(each))

    @property
    def size(self) -> int:
        """How many sentences are on the page."""
        return len(self._kept)

    def take(self, sentence: Worded, *, opens: bool) -> bool:
        """Put a sentence on the page unless it tells nothing new or has no room.

        Returns False where the sentence has no support.
        """
        lines = self._lines(sentence)
        if not lines:
            self.dropped += 1
            return False
        if set(sentence.of) <= self.told:
            return True
        room = self._left + self._length_of(set(sentence.of) - self.told)
        statement = self._standing(sentence, lines)
        if statement is None:
            self.dropped += 1
            return False
        if count(statement.text) > room:
            return True
        self._left = room - count(statement.text)
        self.told |= set(sentence.of)
        self._kept.append(_Kept(lines[0].section, statement, sentence.of))
        if opens:
            self.opening = statement
        return True

    def _lines(self, sentence: Worded) -> list[PageLine]:
        if any(not 0 <= n < len(self._material.lines) for n in sentence.of):
            return []
        return [self._material.lines[n] for n in dict.fromkeys(sentence.of)]

    def _statement(self, sentence: Worded, lines: Sequence[PageLine]) -> Statement:
        first = lines[0].statement
        if sentence.text == first.text and len(lines) == 1:
            return first
        cited: dict[tuple[str, int], Citation] = {
            (each.note_id, each.start): each for line in lines for each in line.statement.citations
        }
        return first.model_copy(
            update={
                "id": derived_id("statement", *(line.statement.id for line in lines)),
                "text": " ".join(sentence.text.split()),
                "certainty": "tentative"
                if any(line.statement.certainty == "tentative" for line in lines)
                else "stated",
                "citations": tuple(cited.values()),
            }
        )

    def _standing(self, sentence: Worded, lines: Sequence[PageLine]) -> Statement | None:
        """Return the sentence as a statement, citing a neighbour too where it rests on one."""
        own = self._statement(sentence, lines)
        if self._stands(own, lines):
            return own
        if self._otherwise is None:
            return None
        around = [each for line in lines for each in line.around]
        for more in (*((each,) for each in around), tuple(around)):
            wider = self._statement(sentence, (*lines, *more))
            if more and self._stands(wider, lines, more):
                return wider
        return None

    def _stands(
        self, statement: Statement, lines: Sequence[PageLine], more: Sequence[PageLine] = ()
    ) -> bool:
        if statement is lines[0].statement:
            return grounding.stands(statement, self._texts)
        quoted = " ".join(each.quote for each in statement.citations)
        return (
            0 < count(statement.text) <= _LONGEST_SENTENCE
            and not set(_MARKUP.findall(statement.text)) - set(_MARKUP.findall(quoted))
            and all(grounding.exact(each, self._texts) for each in statement.citations)
            and self._bears_out(statement, lines, more)
        )

    def _bears_out(
        self, statement: Statement, lines: Sequence[PageLine], more: Sequence[PageLine]
    ) -> bool:
        quoted = " ".join(each.quote for each in statement.citations)
        if self._otherwise is None or quotes_outright(statement.text, quoted):
            return self._verbatim(statement, lines)
        return self._otherwise(statement, lines, more)

    def arranged(self, *, in_order: bool = False) -> Page:
        """Return the page, with a statement to open it.

        With `in_order` each section keeps the given order, else it is in the order of its days.
        """
        kept = self._kept
        opening = self.opening
        if opening is None:
            first = self._material.opening
            opening = next((each.statement for each in kept if first in each.of), None)
        if opening is None and in_order and kept:
            opening = kept[0].statement
        return arranged(
            self._material,
            opening,
            [(each.section, each.statement) for each in kept if each.statement is not opening],
            by_day=not in_order,
        )


class _Verbatim:
    """Whether lines support a sentence that is made of their words, as our own wording is."""

    def __init__(self, material: Material) -> None:
        self._material = material

    def __call__(self, statement: Statement, lines: Sequence[PageLine]) -> bool:
        people = (self._material.mentorship.mentor.name, self._material.mentorship.mentee.name)
        said, quoted = statement.text, " ".join(each.quote for each in statement.citations)
        return (
            grounding.covered(said, quoted, besides=(*people, _REPORTING))
            and all(tells_of(said, line) for line in lines)
            and keeps_what_is_ahead(said, quoted, lines)
            and keeps_what_is_denied(said, quoted)
            and keeps_who_speaks(self._material, said, quoted, lines)
        )


def as_noted(material: Material) -> Wording:
    """Return every chosen line in the words of its note."""
    chosen = [n for n, line in enumerate(material.lines) if line.chosen]
    return Wording(
        tuple(Worded(material.lines[n].statement.text, (n,)) for n in chosen),
        chosen.index(material.opening) if material.opening in chosen else None,
    )
