"""From an engine's sentences to statements: what stands in the notes goes on the page.

In our own words what was chosen never falls off. A model's page is its own: which lines, in which order, in whose
words; it may leave out all but what `must` stand, and where a sentence of its does not, its lines stand in our own
words. A sentence is kept when the lines it rests on bear it out
(`grounding`) and when who speaks, what is planned, open or denied stays what it is (`kept`).
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
_REPORTING = "ask tell"
_MARKUP = re.compile(r"[<>`|\[\]{}]|\*\*|__|https?:|www\.", re.IGNORECASE)
_FEWEST = 3
"""So many lines told make a page, or as many as there are to fill one."""
_ENOUGH = 0.5
"""So many of a model's sentences must stand: what is made up by half is no page with the rest left out."""


class Settled(NamedTuple):
    """The page, how many sentences of the wording stand on it, and how many did not stand in the notes."""

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
    """The page as a model words it, where that stands in these texts (note id to text); else in our own words.

    A wording that is our own is taken once. `alike` tells words of about one meaning, for what a model says otherwise.
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
    """Every chosen line in our own words, else in those of the note."""
    page = _Page(material, texts, reserved=lambda line: line.chosen)
    for number, sentence in enumerate(own.sentences):
        page.take(sentence, opens=page.opening is None and number == own.headline)
    fallen = page.dropped
    for sentence in as_noted(material).sentences:
        page.take(sentence, opens=False)
    page.dropped = fallen
    return page


class _Page:
    """A page that is being filled: what has its room `reserved` keeps it, everything else takes what is left."""

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
        """How many words are reserved for these lines."""
        lines = (self._material.lines[n] for n in numbers)
        return sum(count(each.statement.text) for each in lines if self._reserved(each))

    @property
    def size(self) -> int:
        """How many sentences are on it."""
        return len(self._kept)

    def take(self, sentence: Worded, *, opens: bool) -> bool:
        """Put a sentence on the page, unless it tells nothing new or has no room; False where it does not stand."""
        lines = self._lines(sentence)
        if not lines:
            self.dropped += 1
            return False
        if set(sentence.of) <= self.told:
            return True
        room = self._left + self._length_of(set(sentence.of) - self.told)
        statement = self._statement(sentence, lines)
        if not self._stands(statement, lines):
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

    def _stands(self, statement: Statement, lines: Sequence[PageLine]) -> bool:
        if statement is lines[0].statement:
            return grounding.stands(statement, self._texts)
        quoted = " ".join(each.quote for each in statement.citations)
        return (
            0 < count(statement.text) <= _LONGEST_SENTENCE
            and not set(_MARKUP.findall(statement.text)) - set(_MARKUP.findall(quoted))
            and all(grounding.exact(each, self._texts) for each in statement.citations)
            and self._bears_out(statement, lines)
        )

    def _bears_out(self, statement: Statement, lines: Sequence[PageLine]) -> bool:
        quoted = " ".join(each.quote for each in statement.citations)
        if self._otherwise is None or quotes_outright(statement.text, quoted):
            return self._verbatim(statement, lines)
        return self._otherwise(statement, lines)

    def arranged(self, *, in_order: bool = False) -> Page:
        """What is on the page, with a statement to open it; each section `in_order` as it was told, or by its days."""
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
    """Whether the words of lines bear a sentence out that is made of them: that is how we word a page ourselves."""

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
    """Every chosen line in the words of its note."""
    chosen = [n for n, line in enumerate(material.lines) if line.chosen]
    return Wording(
        tuple(Worded(material.lines[n].statement.text, (n,)) for n in chosen),
        chosen.index(material.opening) if material.opening in chosen else None,
    )
