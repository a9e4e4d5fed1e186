"""Promises as people say them: `I'll …`, `you'll …`, `Ana will …`, `I ring her on Friday`."""

import re

from coach.engines.embedded import cues
from coach.engines.embedded.deeds import TASKS, base_form
from coach.engines.embedded.owned import Owned
from coach.engines.embedded.quoting import voice_at
from coach.language.dates import days_said
from coach.language.deadlines import at_next_meeting, deadline
from coach.language.names import Writer, other
from coach.model.commitments import Owner
from coach.model.people import Side
from coach.notes.sentences import Unit

_NAMED = r"[^\W\d_a-zà-ÿ][\w’'-]{0,60}"
"""How somebody is named.

No name is longer, so no run of letters is read on to its end from each of its places.
"""
_FUTURE = (
    r"(?:['’]ll|[ \t]?ll|m[ \t](?:gonna|going[ \t]to)|[ \t](?:gotta|have[ \t]got[ \t]to)|[ \t]will"
    r"|[ \t]shall|(?:['’]m|['’]re|['’]s|[ \t]am|[ \t]are|[ \t]is)[ \t](?:going[ \t]to|gonna|to)"
    r"|[ \t]gonna|[ \t](?:promised?|promises|offered|offers|committed|commits)[ \t]to)(?=[ \t])"
)
_ONE_OF_US = r"(?i:i|we(?:[ \t]both)?|both(?:[ \t]of[ \t]us)?|you|she|he|they)"
_SUBJECT = re.compile(rf"(?<![\w'’])({_ONE_OF_US}|{_NAMED}\.?)(?i:{_FUTURE})")
_PRESENT = re.compile(
    r"(?:^|[,;:.(–-][ \t]*|(?<!\w)(?:and|so|then|that|before|also|only|tomorrow|tonight)[ \t]+"
    rf"|=>[ \t]*)((?i:i|we(?:[ \t]both)?|both|you|she|he)|{_NAMED}\.?)[ \t]+"
    r"(?:also[ \t]|then[ \t]|both[ \t]|just[ \t])?([a-z]{2,})(?=[ \t])"
)
NOT_PRESENT = re.compile(
    r"[a-z]{2,}(?:ed|ing)|was|were|had|did|has|have|is|are|am|been|be|got|said|says|say|went|came"
    r"|made|took|gave|told|asked|sent|saw|found|felt|knew|thought|think|thinks|know|knows|want"
    r"|wants|need|needs|like|likes|feel|feels|see|sees|mean|means|remember|can|could|would|should"
    r"|may|might|must|do|does|don|didn|won|wrote|read|put|kept|left|met|ran|sat|stood|spoke|bought"
    r"|brought|built|began|broke|chose|drove|fell|got|grew|heard|held|lost|paid|rang|sold|slept"
    r"|spent|taught|understood|wore|won|and|or|of|in|on|at|to|for|with|the|a|not|never|no|hope"
    r"|hopes|wish|wishes|plan|plans|love|loves|hate|hates|agree|agrees|worry|worries|wonder"
    r"|wonders|suppose|guess"
)
"""Words behind a person that are no work which somebody does on a day ahead."""
_AHEAD = re.compile(
    r"(?<!\w)(?:tonight|tomorrow|tmrw|this week|next week|next time|next \w+|by|before|until|till"
    r"|on|from)(?!\w)",
    re.IGNORECASE,
)
_FEARED = re.compile(
    r"(?<!\w)(?:worr(?:y|ied|ies)|afraid|scared|fear(?:s|ed)?|doubt(?:s|ed)?|hop(?:e|es|ed|ing)"
    r"|wonder(?:s|ed|ing)?|suppose|guess|pretend|dream(?:s|ed|t)?)"
    r"(?:[ \t]+(?:that|if|whether))?[ \t]*$",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?<!\w)if (?:(?:you|he|she|they) (?:like|likes|want|wants|wish|prefer|don['’]t mind)"
    r"|that['’]?s (?:ok|okay|fine|alright|all right)|(?:it|that) helps|i may)(?!\w)",
    re.IGNORECASE,
)
"""A condition that only asks leave: `send it over if you like, I'll go through it`."""
_PASSIVE = re.compile(
    r"(?<!\w)(?:will|is to|are to|must|has to|have to|needs? to)[ \t]be[ \t]\w+"
    r"|(?<!\w)(?:has|have|needs?) to \w+",
    re.IGNORECASE,
)
_RESOLVED = re.compile(
    r"(?<!\w)(?:agreed|resolved|decided|settled|directed)[ \t]that[ \t]+(?P<what>[^.;]{3,160}?"
    r"[ \t]be[ \t](?:\w{3,}ed|brought|bought|sent|made|done|put|got|taken|found|given|shown|"
    r"written|drawn|built|paid|told|read|kept)(?!\w))",
    re.IGNORECASE,
)
"""`It was agreed that the roof be mended`: minutes say so what somebody is to do."""


def spoken(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """`I'll …`, `you'll …`, `Ana will …`, `we'll both …`.

    A third person's promise is nobody's here.
    """
    for mark in _SUBJECT.finditer(unit.text):
        if _supposed(unit.text, mark):
            continue
        voice = voice_at(unit, mark.start(), speaker, writer)
        owner = None if voice.third else _subject(mark[1], voice.side, writer)
        if owner is not None:
            action = unit.text[mark.end() :].strip()
            plainly = owner != "unassigned"
            return Owned(owner, action, plainly=plainly, quoted=voice.quoted, by=voice.side)
    if resolved := _RESOLVED.search(unit.text):
        return Owned("unassigned", unit.text[resolved.start("what") :], sure=True)
    if _SUBJECT.search(unit.text) or not _when(unit.text, writer):
        return None
    if planned := _planned(unit, speaker, writer):
        return planned
    return Owned("unassigned", unit.text) if _PASSIVE.search(unit.text) else None


def says_i_will(text: str) -> bool:
    """Whether somebody promises in the first person."""
    return any(mark[1].lower() == "i" for mark in _SUBJECT.finditer(text))


def _supposed(text: str, mark: re.Match[str]) -> bool:
    """Whether a future is only supposed, or feared."""
    before = _COURTESY.sub(" ", text[: mark.start()])[-40:]
    after = text[mark.end() : mark.end() + 24]
    return bool(
        cues.HYPOTHETICAL.search(before)
        or cues.HYPOTHETICAL.search(after)
        or _FEARED.search(before)
    )


def _when(text: str, writer: Writer) -> bool:
    """Whether a sentence says when."""
    return bool(days_said(text, writer.held_on)) or at_next_meeting(text)


def _planned(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """`I ring her on Friday`: the present tense, a person of the two, and a day ahead."""
    if cues.HYPOTHETICAL.search(unit.text) or not _day_ahead(unit.text, writer):
        return None
    for mark in _PRESENT.finditer(unit.text):
        verb = mark[2].lower()
        if NOT_PRESENT.fullmatch(verb) or not _AHEAD.search(unit.text):
            continue
        if mark[1].lower() == "both" and verb not in TASKS:
            continue
        voice = voice_at(unit, mark.start(), speaker, writer)
        if not voice.third and (owner := _subject(mark[1], voice.side, writer)):
            action = base_form(verb) + unit.text[mark.end(2) :].rstrip()
            return Owned(owner, action, quoted=voice.quoted, by=voice.side)
    return None


def _day_ahead(text: str, writer: Writer) -> bool:
    return deadline(text, writer.held_on) is not None or at_next_meeting(text)


def _subject(word: str, speaker: Side | None, writer: Writer) -> Owner | None:
    plain = word.lower()
    if plain == "i":
        return speaker or "unassigned"
    if plain == "you":
        return "unassigned" if speaker is None else other(speaker)
    if plain.startswith(("we", "both")):
        return "both"
    if plain in {"she", "he", "they"}:
        meant = writer.people.pronouns.get(plain)
        return None if meant == writer.author else meant
    return writer.people.side(word)
