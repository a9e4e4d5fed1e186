"""Whose words a sentence quotes: whoever is named before or behind them, nobody else."""

import re
from typing import NamedTuple

from coach.language.names import Writer, other
from coach.model.people import Side
from coach.notes.sentences import Unit

_CALLED = r"[^\W\d_][\w’'.-]{0,60}"
"""How somebody is named.

No name is longer, so no run of letters is read on to its end from each of its places.
"""
_SAYS = r"(?:said|says|goes|offered|promised|answered|wrote|writes|replied|texted|mailed)"
_BEFORE = re.compile(
    rf"(?<![^\W\d_])({_CALLED})[ \t]*(?:{_SAYS}(?:[ \t]*[:,])?|:)[ \t\"“]*$", re.IGNORECASE
)
_SAYING = re.compile(_SAYS, re.IGNORECASE)
_SELF = frozenset({"i", "me"})
_MAIL_OF = re.compile(
    rf"(?:(?P<whose>his|her|their|my|your)|(?P<name>{_CALLED}?)['’]s)[ \t]+(?:last[ \t]+)?"
    r"(?:e-?mail|mail|message|text|note|reply|answer|letter|words)[ \t]*:[ \t\"“]*$",
    re.IGNORECASE,
)
"""`from Ana's mail: …`, `her answer: …`."""
_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*\Z")
_OPENS = re.compile(
    rf"\W{{0,3}}(?:(?:And|Then|So"
    rf"|But)[ \t]+)?([^\W\d_a-z][\w’'.-]{{0,60}})[ \t]+(?i:{_SAYS})[ \t]*[:,]"
)
_ELLIPTIC = re.compile(r"\W{0,3}(?:Says|Said|Promises|Promised)(?:,|:|[ \t]that)?[ \t](?=I\b)")
"""`Says I'll have it`: in notes on somebody the one who says it is left out."""
_SAID_AFTER = re.compile(
    r"^[^\w\n]{0,4}[-–—(,][ \t]*(?:says?[ \t]+|said[ \t]+)?([^\W\d_][\w’'.-]*)[)\s.]*$"
)
_SAID_BEHIND = re.compile(
    rf"(?:\((?:(?:says?|said|promised|offered)[ \t]+)?(?P<inside>{_CALLED})"
    r"(?:[ \t]+(?:says?|said|promised|offered))?\)"
    rf"|,[ \t]+(?:says|said)[ \t]+(?P<behind>{_CALLED}))[\s.!]*$",
    re.IGNORECASE,
)
"""Who says a whole sentence, told at its end: `… (says Ana)`, `… (her)`, `…, says Ana`."""
_OF_ONESELF = re.compile(r"(?<![\w'’])(?:I|my)(?![\w])")
_CLOSED = re.compile(r"[\"”]")
_OPENED = '"“'


class Voice(NamedTuple):
    """Whose words stand at a place.

    `quoted` where they are between quotation marks and nobody is named; `third` where somebody
    beside the two says them.
    """

    side: Side | None
    quoted: bool = False
    third: bool = False


def voice_at(unit: Unit, at: int, speaker: Side | None, writer: Writer) -> Voice:
    """Who says the words at a place; nobody known where somebody quoted is not named."""
    if _ELLIPTIC.match(unit.text):
        return Voice(other(speaker) if speaker else None)
    quoted = _in_quotes(unit.text, at)
    opened = max(unit.text.rfind(sign, 0, at + 1) for sign in '"“:')
    heard = _Heard(speaker, writer, quoted)
    told = _told(unit.text, at, opened, heard) if opened >= 0 else None
    if told is not None:
        return told
    if behind := said_behind(unit, writer):
        return Voice(behind)
    return Voice(None if quoted else speaker, quoted)


def somebody_else_says(unit: Unit, writer: Writer) -> bool:
    """Whether a sentence quotes outright whom it names, and that is none of the two."""
    told = _OPENS.match(unit.text)
    return told is not None and writer.people.side(told[1]) is None


def said_behind(unit: Unit, writer: Writer) -> Side | None:
    """Which of the two is named at the end of a sentence as the one who says it."""
    told = _SAID_BEHIND.search(unit.text)
    if told is None or not _OF_ONESELF.search(unit.text):
        return None
    name = (told["inside"] or told["behind"]).rstrip(".")
    meant = {"him": "he", "her": "she"}.get(name.lower(), name.lower())
    return writer.people.side(name) or writer.people.pronouns.get(meant)


class _Heard(NamedTuple):
    speaker: Side | None
    writer: Writer
    quoted: bool


def _told(text: str, at: int, opened: int, heard: _Heard) -> Voice | None:
    """Who is named before a quotation, or behind it; None where nobody is."""
    lead = text[: opened + (text[opened] == ":")]
    if mail := _MAIL_OF.search(lead):
        return _of_mail(mail, heard)
    before = _BEFORE.search(lead)
    closed = _CLOSED.search(text, at)
    behind = _SAID_AFTER.match(text[closed.end() :]) if closed else None
    for name in (before, behind):
        if name and (told := _named(name, heard)):
            return told
    return None


def _named(name: re.Match[str], heard: _Heard) -> Voice | None:
    """Whom a name, or a pronoun, in front of words or behind them means."""
    people = heard.writer.people
    if name[1].lower() in _SELF:
        return Voice(heard.speaker)
    if name[1].lower() == "you":
        return Voice(other(heard.speaker) if heard.speaker else None)
    pronoun = people.pronouns.get(name[1].lower())
    if pronoun == heard.writer.author:
        return None  # who writes calls nobody so but somebody else
    if side := people.side(name[1]) or pronoun:
        return Voice(side)
    says = _SAYING.search(name[0]) is not None
    named = _NAME.match(name[1]) and (says or heard.quoted)
    return Voice(None, third=says) if named else None


def _of_mail(mail: re.Match[str], heard: _Heard) -> Voice:
    """Whose mail is quoted."""
    people = heard.writer.people
    if mail["name"]:
        side = people.side(mail["name"])
        return Voice(side, third=side is None)
    whose = mail["whose"].lower()
    if whose == "my":
        return Voice(heard.speaker)
    return Voice(people.pronouns.get({"his": "he", "her": "she", "their": "they"}.get(whose, "")))


def _in_quotes(text: str, at: int) -> bool:
    """Whether a place is inside a quotation; one that opens a sentence has lost its first mark."""
    before, behind = text[:at], text[at:]
    if before.count("“") > before.count("”") or before.count('"') % 2 == 1:
        return True
    if any(sign in before for sign in '"“”'):
        return False
    curly = behind.find("”")
    lost = curly >= 0 and "“" not in behind[:curly]
    return lost or behind.count('"') % 2 == 1
