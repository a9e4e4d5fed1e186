"""From an engine's sentences to statements: what stands in the notes goes on the page, what was chosen never falls off.

A sentence is kept when the lines it rests on cover its words (`grounding`), keep who speaks, and keep what is
only planned or open as planned or open. Where it is not, the embedded wording of those lines stands.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.ids import derived_id
from coach.language.phrasing import addressed, first_name
from coach.language.words import count, stems, words
from coach.model.answers import SectionKind
from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.material import Material, PageLine, Worded, Wording
from coach.model.people import Side
from coach.pages import grounding
from coach.pages.order import Page, arranged

_LONGEST_SENTENCE = 45
_REPORTING = "ask tell"
_MARKUP = re.compile(r"[<>`|\[\]{}]|\*\*|__|https?:|www\.", re.IGNORECASE)
_FIRST_PERSON = frozenset({"i", "i'm", "i'll", "i've", "i'd", "my", "me", "myself"})
_ATTRIBUTED = re.compile(r"(\w[\w’'-]*): [“\"]?(.*?)[”\"]?$", re.DOTALL)
_SECOND_PERSON = frozenset({"you", "you'll", "you've", "you'd", "you're", "your", "yours"})
_THIRD_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_FUTURE = re.compile(r"(?<!\w)(?:will|shall|won['’]t|going to)(?!\w)|['’]ll(?!\w)", re.IGNORECASE)
_AHEAD = re.compile(
    _FUTURE.pattern
    + r"|(?<!\w)(?:plans?|planned|promis\w+|intend\w*|wants?|hopes?|aims?|due|(?:is|are|has|have|needs?) to)(?!\w)|^\W*?(?<![’'-])[\w'’-]+(?: and [\w'’-]+)? to ",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<!\w)(?:if|unless|would|could|might|(?-i:may)|should|maybe|perhaps|possibly|probably|whether|hopes?|hopefully|not sure|unsure|thinks?|thinking|considering|wonders?|wondering|question)(?!\w)|\?",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(?<!\w)(?:not|no|never|nobody|nothing|none|without|neither|nor|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?]")
_TOLD_OF = 0.25
"""How much of a line a sentence has to say to stand for it."""


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
    material: Material, wording: Wording, embedded: Wording, texts: Mapping[str, str]
) -> Settled:
    """The page as worded, where it stands in these texts (note id to text), else as the embedded engine words it."""
    page = _Page(material, texts)
    for number, sentence in enumerate(wording.sentences):
        page.take(sentence, opens=number == wording.headline)
    kept, fallen = page.size, page.dropped
    chosen_ones = frozenset(n for n, line in enumerate(material.lines) if line.chosen)
    for number, sentence in enumerate(embedded.sentences):
        if set(sentence.of) & chosen_ones:
            page.take(sentence, opens=page.opening is None and number == embedded.headline)
    if wording is embedded:
        fallen = page.dropped
    for sentence in as_noted(material).sentences:
        page.take(sentence, opens=False)
    return Settled(page.arranged(), kept, fallen)


class _Page:
    """A page that is being filled: what was chosen has its room, what is added takes what is left."""

    def __init__(self, material: Material, texts: Mapping[str, str]) -> None:
        self._material = material
        self._texts = texts
        self._kept: list[_Kept] = []
        self.told: set[int] = set()
        self.dropped = 0
        self.opening: Statement | None = None
        self._left = material.most_words - sum(
            count(line.statement.text) for line in material.lines if line.chosen
        )

    @property
    def size(self) -> int:
        """How many sentences are on it."""
        return len(self._kept)

    def take(self, sentence: Worded, *, opens: bool) -> None:
        """Put a sentence on the page, unless it does not stand, tells nothing new or has no room."""
        lines = self._lines(sentence)
        if not lines:
            self.dropped += 1
            return
        if set(sentence.of) <= self.told:
            return
        room = self._left + sum(
            count(self._material.lines[n].statement.text)
            for n in set(sentence.of) - self.told
            if self._material.lines[n].chosen
        )
        statement = self._statement(sentence, lines)
        if not self._stands(statement, lines):
            self.dropped += 1
            return
        if count(statement.text) > room:
            return
        self._left = room - count(statement.text)
        self.told |= set(sentence.of)
        self._kept.append(_Kept(lines[0].section, statement, sentence.of))
        if opens:
            self.opening = statement

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
        people = (self._material.mentorship.mentor.name, self._material.mentorship.mentee.name)
        quoted = " ".join(each.quote for each in statement.citations)
        return (
            0 < count(statement.text) <= _LONGEST_SENTENCE
            and not set(_MARKUP.findall(statement.text)) - set(_MARKUP.findall(quoted))
            and grounding.stands(statement, self._texts, besides=(*people, _REPORTING))
            and all(_tells_of(statement.text, line) for line in lines)
            and _keeps_what_is_ahead(statement.text, quoted, lines)
            and _keeps_what_is_denied(statement.text, quoted)
            and self._keeps_who_speaks(statement.text, quoted, lines)
        )

    def _keeps_who_speaks(self, said: str, quoted: str, lines: Sequence[PageLine]) -> bool:
        """Whether the two are named as the words name them: first whom they speak of first, nobody else at all."""
        speakers = {line.said_by for line in lines}
        speaker = next(iter(speakers)) if len(speakers) == 1 else None
        if speaker and (told := _ATTRIBUTED.match(said)) and _left_out(told[2], quoted) is not None:
            return (
                told[1].lower()
                == addressed(self._material.mentorship, speaker, self._material.audience).lower()
            )
        meant = _meant(self._material, quoted, speaker) or ([speaker] if speaker else [])
        named = _meant(self._material, said, None)
        own = bool(_FIRST_PERSON & set(words(said))) and not _FIRST_PERSON & set(words(quoted))
        unnamed = not named and bool(_THIRD_PERSON & set(words(said)) - set(words(quoted)))
        return (
            not own
            and not unnamed
            and set(named) <= set(meant)
            and (not named or named[0] == meant[0])
        )

    def arranged(self) -> Page:
        """What is on the page, with a statement to open it."""
        kept = self._kept
        opening = self.opening
        if opening is None:
            first = self._material.opening
            opening = next((each.statement for each in kept if first in each.of), None)
        return arranged(
            self._material,
            opening,
            [(each.section, each.statement) for each in kept if each.statement is not opening],
        )


def _meant(material: Material, text: str, speaker: Side | None) -> list[Side]:
    """Whom of the two a text means, in its order: by name, as the one who speaks, or as whom the speaker addresses.

    Without a speaker `you` is the reader.
    """
    mentorship = material.mentorship
    names: dict[str, Side] = {
        first_name(mentorship.mentor.name).lower(): "mentor",
        first_name(mentorship.mentee.name).lower(): "mentee",
    }
    other: Side | None = None
    if speaker:
        names |= dict.fromkeys(_FIRST_PERSON, speaker)
        other = "mentor" if speaker == "mentee" else "mentee"
    elif material.audience != "tool":
        other = material.audience
    if other:
        names |= dict.fromkeys(_SECOND_PERSON, other)
    return [names[each] for word in words(text) if (each := word.removesuffix("'s")) in names]


def _tells_of(said: str, line: PageLine) -> bool:
    """Whether a sentence says a fair part of a line that it rests on, so that it may stand for it."""
    noted = line.statement.text
    there, told = stems(noted), stems(said)
    if not there:
        there, told = frozenset(words(noted)), frozenset(words(said))
    return len(there & told) >= max(1, _TOLD_OF * len(there))


def _keeps_what_is_ahead(said: str, quoted: str, lines: Sequence[PageLine]) -> bool:
    """Whether what is planned stays planned, what happened stays so, and what is open or supposed stays open."""
    attributed = _ATTRIBUTED.match(said)
    left_out = _left_out(attributed[2] if attributed else said, quoted)
    if left_out is not None:
        return not (_OPEN.search(left_out) or _FUTURE.search(left_out))
    left_open = bool(_OPEN.search(quoted))
    if left_open and not _OPEN.search(said):
        return False
    promised = any(line.statement.kind == "commitment" for line in lines)
    planned = promised or bool(_AHEAD.search(quoted)) or left_open
    if _FUTURE.search(said) and not planned:
        return False
    due = _marked(quoted, _FUTURE) & stems(said)
    return due <= _marked(said, _AHEAD) and (
        left_open or bool(_AHEAD.search(said)) or not (promised or _FUTURE.search(quoted))
    )


def _left_out(said: str, quoted: str) -> str | None:
    """What of the words cited a sentence leaves out that repeats the others to the letter; None where it does not."""
    sought = said.casefold().rstrip(".")
    before, _, behind = quoted.casefold().partition(sought or " ")
    return f"{before} {behind}" if sought and sought in quoted.casefold() else None


def _keeps_what_is_denied(said: str, quoted: str) -> bool:
    """Whether the same is denied as in the words cited, and nothing else."""
    denied = _marked(quoted, _DENIAL)
    return _marked(said, _DENIAL) <= denied and denied & stems(said) <= _marked(said, _DENIAL)


def _marked(text: str, mark: re.Pattern[str]) -> frozenset[str]:
    """The first word that carries meaning behind each of these marks, within its sentence."""
    behind = (_SENTENCE_END.split(text[each.end() :], 1)[0] for each in mark.finditer(text))
    first = (next((stem for word in words(each) for stem in stems(word)), None) for each in behind)
    return frozenset(stem for stem in first if stem)


def as_noted(material: Material) -> Wording:
    """Every chosen line in the words of its note."""
    chosen = [n for n, line in enumerate(material.lines) if line.chosen]
    return Wording(
        tuple(Worded(material.lines[n].statement.text, (n,)) for n in chosen),
        chosen.index(material.opening) if material.opening in chosen else None,
    )
