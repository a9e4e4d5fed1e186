"""How a question is built: what it quotes, which of its sentences ask, and where its clauses begin.

Every function keeps offsets: what is blanked out stays as long as it was.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from coach.language.words import STOP_WORDS, words

MARK = re.compile(r"[?？؟][?!？؟！]*+|(?<![!！])[!！]++[?？؟][?!？؟！]*+")
"""One asking: `?!` and `??` are one, said loudly."""

_CLOSING = {
    opens: re.compile(closes)
    for opens, closes in {"“": "”", "„": "[“”]", "«": "»", '"': '"'}.items()
}
_OPENING = re.compile(r"[“„«\"‘']")
_SHORT_QUOTED = re.compile(
    r"(?<!\w)‘.{0,200}?’(?!\w)|(?<!\w)'(?!\s).{0,200}?(?<!\s)'(?!\w)",
    re.DOTALL,
)
_SENTENCE_END = re.compile(
    r"(?<![.!:…])(?<!(?i:\bno))(?<!(?i:\bmr))(?<!(?i:\bdr))(?<!(?i:\bms))(?<!(?i:\bmrs))[.!:…]++[\"”’')]*+\s++|(?<![?？؟!])[?？؟!]++[\"”’')]*+(?:\s++|$)|\n++"
)
_WORD = r"[^\W_]+(?:['’-][^\W_]+)*"
_NOT = r"n['’]t"
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|would|will|wo|ca|should|shall|may"
    r"|might|must|need)"
)
_PRONOUN = (
    r"(?:you|it|he|she|they|we|i|there|that|this|these|those|anyone|anything|everyone|everything"
    r"|someone|something|nobody|nothing)"
)
_SUBJECT = rf"(?:{_PRONOUN}|the|your|his|her|their|its|my|our|an?|any|some|all|both|each|every)"
_INVERTED = rf"{_AUXILIARY}(?:{_NOT})?\s+{_SUBJECT}\b"
_ASKS = r"(?:what|why|how|when|where|who|whom|whose|which)"
_SHORT_FORM = r"['’](?:s|re|d|ll|ve)"
# Words that lead up to a question without being part of it: "So, Ben, honestly: what …".
_LEAD = (
    r"(?:(?:so|and|but|or|well|ok|okay|now|then|also|hi|hey|hello|maybe|perhaps|just|honestly"
    r"|first|next|again|if so|if not|"
    r"please|today|by the way|as well as|plus|because|&)\b,?\s++){0,8}+"
)
"""Nobody leads up with more: so no long row of such words is read to its end from each of them."""
_BEFORE_ASKS = (
    r"(?:(?:in|to|from|with|for|at|on|by|of|about|under|after|until|since|through|out of|exactly"
    r"|roughly)\s+)?"
)
_CLAUSE = re.compile(
    r"[,;:–—(…]\s*|\s-+\s+|\s/\s|\s(?:and|or|but|so|then|because|as well as|plus|&)\s+(?:then\s+"
    r"|also\s+)?",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"{_LEAD}(?={_INVERTED})", re.IGNORECASE)
_CLOSED_OPENING = re.compile(
    # "Hasn’t is a word", "May was quiet": no question.
    rf"{_LEAD}(?={_AUXILIARY}(?:{_NOT})?\s+(?!{_AUXILIARY}\b))",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"{_LEAD}{_BEFORE_ASKS}{_ASKS}\b", re.IGNORECASE)
_DEPENDENT = re.compile(
    rf"ever\b|\s+(?:to|{_SUBJECT}|not\s+to)\b|(?<=when)\s+{_WORD}ing\b", re.IGNORECASE
)
_ASKS_INVERTED = re.compile(
    rf"{_LEAD}{_BEFORE_ASKS}{_ASKS}(?:{_SHORT_FORM}\b|(?:\s+(?!(?:and"
    rf"|or)\s){_WORD}){{0,3}}?\s+{_INVERTED})",
    re.IGNORECASE,
)
_INVERTED_HERE = re.compile(_INVERTED, re.IGNORECASE)
_LEADS = re.compile(_LEAD, re.IGNORECASE)
_NEGATED = re.compile(_NOT, re.IGNORECASE)
_AUXILIARY_HERE = re.compile(rf"{_AUXILIARY}(?:{_NOT})?\b", re.IGNORECASE)
_JOINED = re.compile(r"(?:\b(?:and|or|but|plus)|&)\s++(?:then\s+|also\s+)?\Z", re.IGNORECASE)
_LONGEST_JOIN = 60
"""`and also`, and more blanks than anybody leaves."""
_NOTHING_ELSE = re.compile(r"\s*\Z")
_A_WORD = re.compile(r"\w")
_RELATIVE = re.compile(r"(?:who|whom|whose|which|where|when)\b", re.IGNORECASE)
_IN_PLACE = re.compile(rf"\b{_ASKS}(?:ever)?\b(?!\s+(?:to|{_SUBJECT})\b)", re.IGNORECASE)
_INVITES = re.compile(
    rf"{_LEAD}(?:(?:tell|describe|say|share|walk|talk|explain|imagine|name|picture|list|think"
    r"|give|show|help|paint|complete|finish)\b"
    r"|i\s+wonder|i['’]?\s*a?m\s+(?:curious|interested|wondering)|i['’]d\s+(?:like|love))",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[,;–—-]\s*(?:(?:right|correct|yes|no|ok|okay|true|eh|huh|agreed?|or not|isn['’]t that so)"
    rf"|{_AUXILIARY}{_NOT}\s+{_PRONOUN}(?:\s+(?:think|agree|say|feel|believe))?"
    rf"|{_AUXILIARY}\s+{_PRONOUN}(?:\s+(?:not|agree))?)\s*$",
    re.IGNORECASE,
)


_SENTENCES_READ = 10
_LED_IN = re.compile(r"[\W_]*(?:\d+[.)]\s*)?[\W_]*")
_ENGLISH = STOP_WORDS | {"ready", "everything"}
_SHARED_WITH_OTHERS = {"was", "an", "in", "so", "no", "me", "and", "then"}
"""Words that tell no English: other languages have them too, or they stand in "and then?"."""


class Sentence(NamedTuple):
    """A sentence that ends with a question mark; offsets are the question's."""

    start: int
    end: int
    text: str


class Place(NamedTuple):
    """A stretch of a question."""

    start: int
    end: int


def unquoted(text: str) -> str:
    """The text with what it quotes blanked out: people may say what a question may not.

    A text that is one quotation as a whole is the question itself.
    """
    quoted = list(_quotations(text))
    ends = [0, *(end for _, end in quoted)]
    between = [
        text[end:start]
        for end, start in zip(ends, [*(start for start, _ in quoted), None], strict=True)
    ]
    if not any(_A_WORD.search(each) for each in between):
        return text
    blanked = [_blanked(text[start + 1 : end - 1], text[end : end + 2]) for start, end in quoted]
    return "".join(chain.from_iterable(zip_longest(between, blanked, fillvalue="")))


def _quotations(text: str) -> Iterator[Place]:
    """Every quotation, in order; the next closing mark of a kind is looked for once."""
    closed: dict[str, int] = {}
    at = 0
    for opening in _OPENING.finditer(text):
        start, sign = opening.start(), opening[0]
        if start < at:
            continue
        if closing := _CLOSING.get(sign):
            if closed.get(sign, 0) <= start + 1:
                mark = closing.search(text, start + 1)
                closed[sign] = mark.end() if mark else len(text) + 1
            end = closed[sign]
        else:
            short = _SHORT_QUOTED.match(text, start)
            end = short.end() if short else len(text) + 1
        if end <= len(text):
            yield Place(start, end)
            at = end


def _blanked(said: str, behind: str) -> str:
    """One word that means nothing, and where the quotation ends a sentence, its end.

    A sentence that goes on behind it, in small letters, is not at its end.
    """
    goes_on = behind.strip()[:1].islower()
    ends = "." if said[-1:] in {".", "!", "?"} and not goes_on else "x"
    return f" {'x' * (len(said) - 1)}{ends} " if said else "  "


def asking(text: str) -> tuple[Sentence, ...]:
    """The first sentences of a text, its quotations blanked out, that end with a question mark."""
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(text))]
    found: list[Sentence] = []
    for mark in islice(MARK.finditer(text), _SENTENCES_READ):
        start = ends[bisect_right(ends, mark.start()) - 1]
        led_in = _LED_IN.match(text, start, mark.start())
        start = led_in.end() if led_in else start
        if start < mark.start():
            found.append(Sentence(start, mark.start(), text[start : mark.start()]))
    return tuple(found)


def clause_starts(sentence: Sentence) -> tuple[int, ...]:
    """Where a clause may begin within a sentence."""
    starts = {0, *(mark.end() for mark in _CLAUSE.finditer(sentence.text))}
    return tuple(sorted(starts))


def questions_in(sentence: Sentence) -> tuple[Place, ...]:
    """The questions that one sentence asks, in order: `what …`, and `…, and why did …`."""
    found: list[Place] = []
    for start in clause_starts(sentence):
        end = _asks_openly(sentence.text, start, first=not found) or _asks_closed(
            sentence.text, start
        )
        if not end or (found and start < found[-1].end):
            continue
        if found and _interrupted(sentence.text, found[-1].end, start):
            found[-1] = Place(found[-1].start, end)
        else:
            found.append(Place(start, end))
    return tuple(found)


def _interrupted(text: str, asked: int, start: int) -> bool:
    """Whether `what, if anything, would you …` goes on here."""
    opens = asked < start and text[asked] in {",", "–", "—"}
    return opens and _INVERTED_HERE.match(text, start) is not None


def closed(sentence: Sentence) -> Place | None:
    """Return what makes a sentence answerable with yes or no.

    That is `did you`, `…, right`, or no asking word at all.
    """
    if tag := tagged(sentence):
        return tag
    for start in clause_starts(sentence):
        if _asks_openly(sentence.text, start, first=True):
            return None
        if end := _asks_closed(sentence.text, start):
            return Place(start, end)
    if _INVITES.match(sentence.text) or _IN_PLACE.search(sentence.text):
        return None
    # No asking word at all: "you finished it?". A text in another language is left alone.
    english = (_ENGLISH & set(words(sentence.text))) - _SHARED_WITH_OTHERS
    return Place(0, len(sentence.text)) if english else None


def tagged(sentence: Sentence) -> Place | None:
    """A tag that asks for agreement: `…, isn't it`; `what would help, do you think` is none."""
    tag = _TAG.search(sentence.text)
    if tag is None:
        return None
    negated = _NEGATED.search(tag[0])
    if not negated and any(
        _asks_openly(sentence.text, start, first=True)
        for start in clause_starts(sentence)
        if start < tag.start()
    ):
        return None
    return Place(tag.start(), tag.end())


def clauses_with(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where a pattern stands at the beginning of a clause, also behind words that lead up to it."""
    for start in clause_starts(Sentence(0, len(text), text)) + tuple(
        end.end() for end in _SENTENCE_END.finditer(text)
    ):
        led = _LEADS.match(text, start)
        for at in {start, led.end() if led else start}:
            if found := pattern.match(text, at):
                yield found


def _asks_openly(text: str, start: int, *, first: bool) -> int:
    """The end of the asking words of an open question that begins here, else 0."""
    word = _OPEN.match(text, start)
    if word is None:
        return 0
    inverted = _ASKS_INVERTED.match(text, start)
    if inverted:
        return inverted.end()
    if _DEPENDENT.match(text, word.end()):
        return 0
    asks = text[start : word.end()].rsplit(maxsplit=1)[-1]
    opens = word.end() - len(asks)
    joined = _JOINED.search(text, max(0, opens - _LONGEST_JOIN), opens)
    # "the person, who …" tells of a person; "…, and who helped" asks.
    if (
        not first
        and _RELATIVE.match(asks)
        and not (joined or _NOTHING_ELSE.match(text, word.end()))
    ):
        return 0
    return word.end()


def _asks_closed(text: str, start: int) -> int:
    """The end of the words that open a closed question here, else 0."""
    lead = _CLOSED.match(text, start) if start else _CLOSED_OPENING.match(text)
    if lead is None:
        return 0
    opened = _AUXILIARY_HERE.match(text, lead.end())
    return opened.end() if opened else 0
