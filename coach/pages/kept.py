"""Checks what a sentence in other words keeps: who speaks, and what is planned, open or denied."""

import re
from collections.abc import Iterator, Sequence

from coach.language.phrasing import addressed, first_name
from coach.language.words import stems, words
from coach.model.material import Material, PageLine
from coach.model.people import Side

_FIRST_PERSON = frozenset({"i", "i'm", "i'll", "i've", "i'd", "my", "me", "myself"})
_ATTRIBUTED = re.compile(r"(\w[\w’'-]*): [“\"]?(.*?)[”\"]?$", re.DOTALL)
_SECOND_PERSON = frozenset({"you", "you'll", "you've", "you'd", "you're", "your", "yours"})
_THIRD_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_FUTURE = re.compile(r"(?<!\w)(?:will|shall|won['’]t|going to)(?!\w)|['’]ll(?!\w)", re.IGNORECASE)
_AHEAD = re.compile(
    _FUTURE.pattern
    + (
        r"|(?<!\w)(?:plans?|planned|promis\w+|intend\w*|wants?|hopes?|aims?|due"
        r"|(?:is|are|has|have|needs?) to)(?!\w)"
        r"|^\W*?(?<![’'-])[\w'’-]+(?: and [\w'’-]+)? to "
    ),
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<!\w)(?:if|unless|would|could|might|(?-i:may)|maybe|perhaps|possibly|probably"
    r"|(?<!nobody )(?<!who )(?<!that )(?<!which )should"
    r"|whether|hopes?|hopefully|not sure|unsure|thinks?|thinking|considering|wonders?|wondering"
    r"|question)(?!\w)|\?",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(?<!\w)(?:not|no|never|nobody|nothing|none|without|neither|nor|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?]")


def quotes_outright(said: str, quoted: str) -> bool:
    """Whether a sentence is somebody's name and words that are cited to the letter."""
    told = _ATTRIBUTED.match(said)
    return told is not None and _left_out(told[2], quoted) is not None


def keeps_who_speaks(material: Material, said: str, quoted: str, lines: Sequence[PageLine]) -> bool:
    """Whether a sentence names the two as the cited words do.

    It names first whom they name first, and nobody else.
    """
    speakers = {line.said_by for line in lines}
    speaker = next(iter(speakers)) if len(speakers) == 1 else None
    if speaker and (told := _ATTRIBUTED.match(said)) and _left_out(told[2], quoted) is not None:
        return told[1].lower() == addressed(material.mentorship, speaker, material.audience).lower()
    meant = _meant(material, quoted, speaker) or ([speaker] if speaker else [])
    named = _meant(material, said, None)
    own = bool(_FIRST_PERSON & set(words(said))) and not _FIRST_PERSON & set(words(quoted))
    unnamed = not named and bool(_THIRD_PERSON & set(words(said)) - set(words(quoted)))
    return (
        not own and not unnamed and set(named) <= set(meant) and (not named or named[0] == meant[0])
    )


def _meant(material: Material, text: str, speaker: Side | None) -> list[Side]:
    """Return which of the two a text means, in its order.

    It means a person by name, as the speaker, or as whom the speaker addresses. Without a speaker,
    `you` is the reader.
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


def keeps_what_is_ahead(said: str, quoted: str, lines: Sequence[PageLine]) -> bool:
    """Whether plans stay plans, what happened stays so, and what is open stays open."""
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
    """Return the cited words that a literal quote leaves out, None where it is no literal quote."""
    sought = said.casefold().rstrip(".")
    before, _, behind = quoted.casefold().partition(sought or " ")
    return f"{before} {behind}" if sought and sought in quoted.casefold() else None


def keeps_what_is_denied(said: str, quoted: str) -> bool:
    """Whether a sentence denies the same as the cited words, and nothing else."""
    denied = _marked(quoted, _DENIAL)
    return _marked(said, _DENIAL) <= denied and denied & stems(said) <= _marked(said, _DENIAL)


def _marked(text: str, mark: re.Pattern[str]) -> frozenset[str]:
    """Return the first word with meaning after each of these marks, within its sentence."""
    behind = (_SENTENCE_END.split(text[each.end() :], 1)[0] for each in mark.finditer(text))
    first = (next((stem for word in words(each) for stem in stems(word)), None) for each in behind)
    return frozenset(stem for stem in first if stem)


_SUGGESTED = re.compile(
    r"(?<!\w)(?:advis\w+|suggest\w+|propos\w+|recommend\w*|asks?|asked|open|undecided"
    r"|doubts?|no idea|(?:not|wants? to) know)(?!\w)",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    _AHEAD.pattern
    + r"|(?<!\w)(?:refus\w+|declin\w+|agree\w*|asks?|asked|to be)(?!\w)|(?<!\w)to (?=\w)",
    re.IGNORECASE,
)
_WILL_NOT = re.compile(r"(?<!\w)(?:will not|won['’]t|shall not)(?!\w)", re.IGNORECASE)
"""What nobody will do is denied; whether it is denied in the lines too is checked elsewhere."""
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_CONDITION = re.compile(r"(?<!\w)(?:if|unless|whether|not sure|unsure)(?!\w)|\?", re.IGNORECASE)
_CLAUSE = re.compile(r",\s|(?<!\w)(?:because|but|so that|while)(?!\w)", re.IGNORECASE)
_TOLD_OF = 0.25
"""Share of a part's words with meaning from which a sentence tells that part.

Chosen by hand; not measured.
"""
_SHORT = 16
"""Most words of a sentence that says one thing, so that a supposition is about all of it.

Chosen by hand; not measured.
"""
_WISH = re.compile(r"(?:['’]d like|would like|(?<!\w)wants?|(?<!\w)hopes?) to(?!\w)", re.IGNORECASE)


def keeps_plans(said: str, quotes: Sequence[str], *, promised: bool) -> bool:
    """Whether a sentence in other words keeps plans, wishes and open matters as they are."""
    quoted = " ".join(quotes)
    left_open = any(_is_told(said, each) for quote in quotes for each in _open_parts(quote))
    if left_open and not (_OPEN.search(said) or _SUGGESTED.search(said)):
        return False
    planned = promised or left_open or bool(_AHEAD.search(quoted))
    if _FUTURE.search(_WILL_NOT.sub(" ", said)) and not planned:
        return False
    ahead = _only_ahead(quotes)
    if any(not _INTENDED.search(before) for before in _before(said, ahead)):
        return False
    still_to_do = _AHEAD.search(said) or _INTENDED.search(said) or _DENIAL.search(said)
    return left_open or not promised or bool(still_to_do)


def _open_parts(quote: str) -> Iterator[str]:
    """Yield what a quote leaves open.

    It is a whole sentence with a condition or a question in it, else the clause that supposes.
    """
    for sentence in _SENTENCE.findall(quote):
        short = len(sentence.split()) <= _SHORT
        if _CONDITION.search(sentence) or (short and _OPEN.search(sentence)):
            yield sentence
        elif not short:
            yield from (each for each in _CLAUSE.split(sentence) if _OPEN.search(each))


def _is_told(said: str, part: str) -> bool:
    """Whether a sentence tells a good part of another."""
    there = stems(part)
    return len(there & stems(said)) >= max(1, _TOLD_OF * len(there))


def _only_ahead(quotes: Sequence[str]) -> frozenset[str]:
    """Return what is to be done or wished, and has happened in no line."""
    ahead: frozenset[str] = frozenset()
    happened: frozenset[str] = frozenset()
    for quote in quotes:
        here = _marked(quote, _FUTURE) | _marked(quote, _WISH)
        ahead |= here
        happened |= stems(quote) - here
    return ahead - happened


def _before(said: str, sought: frozenset[str]) -> Iterator[str]:
    """Yield what comes before each of these words in a sentence."""
    for word in _ANY_WORD.finditer(said):
        if stems(word[0]) & sought:
            yield said[: word.start()]


_ANY_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
