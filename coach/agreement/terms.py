"""Reads what a contract's prose says for certain, with the quote for each clause.

It reads rhythm, length, channels, feedback, phase, end and goals. Certain is what is said once, or
the same every time, and without a condition. All else stays prose.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.agreement import prose
from coach.agreement.clauses import missing
from coach.agreement.prose import Said
from coach.language.dates import days_said
from coach.model.contract import (
    Cadence,
    ClauseKind,
    ClauseName,
    ClauseQuote,
    Contract,
    FeedbackClause,
    Goal,
    Phase,
)

_COUNTED = {
    **dict.fromkeys(("other", "second", "two", "2nd", "2"), 2),
    **dict.fromkeys(("third", "three", "3rd", "3"), 3),
    **dict.fromkeys(("fourth", "four", "4th", "4"), 4),
    **dict.fromkeys(("fifth", "five", "5th", "5"), 5),
    **dict.fromkeys(("sixth", "six", "6th", "6"), 6),
    **dict.fromkeys(("eighth", "eight", "8th", "8"), 8),
    **dict.fromkeys(("twelfth", "twelve", "12th", "12"), 12),
}
# Days; a month and a quarter are rounded.
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91}
_ADVERBS = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}
_RHYTHM = re.compile(
    r"\b(?:(?:every|each|once (?:a|an|in|every|per|each))(?: ([a-z\d]{1,7}))? "
    r"(day|week|month|quarter|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?s?\b"
    r"|(weekly|fortnightly|monthly|quarterly)\b)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\A(?:(?:every|each|once|weekly|fortnightly|monthly|quarterly)\b|\w+day\b)", re.I
)
_MEETS = re.compile(
    r"\b(?:meet|meets|see each other|we (?:will )?(?:talk|speak|call)|shall sit"
    r"|(?:sessions|calls|meetings) (?:are|take place))\b",
    re.IGNORECASE,
)
_LENGTHS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(rf"\b{words}\b", re.IGNORECASE), minutes)
    for words, minutes in (
        (r"(?:an |one )?hour and (?:a )?half", 90),
        (r"(?:an |one )?hour and (?:a )?quarter", 75),
        (r"five quarters of an hour", 75),
        (r"three quarters of an hour", 45),
        (r"(?:half an|half) hour", 30),
        (r"ninety minutes", 90),
        (r"sixty minutes", 60),
        (r"fifty minutes", 50),
        (r"forty-five minutes", 45),
        (r"thirty minutes", 30),
        (r"two hours", 120),
        (r"(?:an|one|1) hour", 60),
    )
)
_MINUTES = re.compile(r"\b(\d{2,3})[ -]?min(?:ute)?s?\b", re.IGNORECASE)
_CHANNELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("Zoom", r"\bzoom\b"),
        ("Teams", r"\b(?:on|over|by|via|ms|microsoft) teams\b"),
        ("Google Meet", r"\b(?:google|on|over) meet\b"),
        ("Skype", r"\bskype\b"),
        ("WhatsApp", r"\bwhatsapp\b"),
        ("Signal", r"\b(?:on|over|via) signal\b"),
        ("Discord", r"\bdiscord\b"),
        ("Slack", r"\bslack\b"),
        ("in person", r"\b(?:in person|face to face)\b"),
        ("phone", r"\b(?:(?:tele)?phone|landline)\b"),
        ("video call", r"\b(?:by|on|over) (?:the )?video\b|\bvideo calls?\b"),
        ("e-mail", r"\b(?:by|via|and|or) e-?mail\b|\be-?mails? (?:in )?between\b"),
        ("text message", r"\btext messages?\b|\btext (?:in )?between\b"),
    )
)
_PLACE = re.compile(
    r"\b(?:places?|rooms?|office|kitchen|caf[eé]|library|hall|house|home|lab|theatre|table|loft"
    r"|clubhouse|depot|shop|wall"
    r"|visits?|walk\w*|coffee|lunch|station|vestry|residence)\b|(?-i:\b(?:in|at) [A-Z])",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(
    r"\b(?:as before|stands?|stays?|word for word)\b.{0,20}(?:\Z|:)|as before", re.IGNORECASE
)
"""Words that point at another version and so say nothing themselves."""
_MEETING: frozenset[ClauseKind | None] = frozenset({"cadence", "channels"})
_DENIED = re.compile(
    r"\b(?:may|might|can|no|not|never|nothing|without|because|instead)\b|n['’]t\b", re.IGNORECASE
)
_FEEDBACK_EVERY = re.compile(
    r"\b(?:every|each)(?: ([a-z\d]{1,7}))? (?:session|meeting|call|time|sitting|exchange)s?\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:ends?|finish(?:es)?|laps(?:es|ing)|clos(?:e|es)"
    r"|(?:mentorship|agreement) runs (?:until|till|to)|last (?:call|session|meeting))\b"
    r"|\A(?:until|till|to the end of|over) [^,;.]{1,40}\.?\Z",
    re.IGNORECASE,
)
_LOOKING = re.compile(
    r"\A(?=.{0,300}\b(?:until|till)\b)(?=.{0,300}\b"
    r"(?:look|looking|listen|get to know|getting to know|find out|diagnos\w*|trial|orientation)\b)",
    re.IGNORECASE,
)
_NUMBERED_GOAL = re.compile(
    r"\A(?:goal|aim|objective) (?:\d{1,2}|one|two|three|four|five) ?(?::|-|–|—|is\b|\.)[ ]?", re.I
)
_FEWEST_NUMBERED = 2
"""A single numbered goal is a change to a list that is elsewhere, so it takes two."""
_DUE = re.compile(r"\b(?:by|until|till|before|end of)\b", re.IGNORECASE)
_MEASURE = re.compile(
    r"\b(?:met when|done when|measured by|success(?: criteria)?):? ", re.IGNORECASE
)


class _Read(NamedTuple):
    """What was read of a clause, and where it is in the prose."""

    value: object
    quote: ClauseQuote


def filled(contract: Contract) -> Contract:
    """Return the contract with clauses that its prose says for certain, and what is still missing.

    Given clauses win: the prose is not read for them, and they get no quote.
    """
    text = contract.text or ""
    everything = prose.said(text)
    found: dict[ClauseName, _Read] = {
        name: read
        for name in missing(contract)
        if (reads := _READS.get(name)) and (read := reads(everything, contract.effective_from))
    }
    quotes = {name: _exact(text, read.quote) for name, read in found.items()}
    values: dict[str, object] = {name: read.value for name, read in found.items()}
    made = contract.model_copy(update={**values, "quotes": quotes})
    return made.model_copy(update={"missing": missing(made)})


def _exact(text: str, quote: ClauseQuote) -> ClauseQuote:
    return quote.model_copy(update={"quote": text[quote.start : quote.end]})


def _cadence(everything: Sequence[Said], _: date) -> _Read | None:
    meeting = [each for each in everything if each.kind == "cadence" and _of_meeting(each.text)]
    said = [(days, each) for each in meeting for days in _rhythms(each.text)]
    if len({days for days, _ in said}) != 1 or said[0][0] == 0:
        return None
    days, first = said[0]
    return _read(Cadence(every_days=days, duration_minutes=_length(first.text)), first)


def _of_meeting(text: str) -> bool:
    return bool(_MEETS.search(text) or _LEADS.match(text) or _length(text))


def _rhythms(text: str) -> Iterator[int]:
    for mark in _RHYTHM.finditer(text):
        if mark[3]:
            yield _ADVERBS[mark[3].lower()]
            continue
        times = 1 if mark[1] is None else _COUNTED.get(mark[1].lower(), 0)
        yield times * _UNITS.get(mark[2].lower(), 7)


def _length(text: str) -> int | None:
    """Return how many minutes a meeting takes, as said first, None when nothing says it."""
    said = [(mark.start(), minutes) for words, minutes in _LENGTHS if (mark := words.search(text))]
    said += [(mark.start(), int(mark[1])) for mark in _MINUTES.finditer(text)]
    return min(said, key=lambda each: each[0])[1] if said else None


def _channels(everything: Sequence[Said], _: date) -> _Read | None:
    """Return the channels that are named, None when a place is named too or a channel forbidden."""
    named = [(name, each) for each in everything for name in _named(each.text)]
    meeting = [each for each in everything if each.kind in _MEETING]
    if not named or any(_PLACE.search(each.text) for each in meeting):
        return None
    if any(each.kind not in _MEETING or _DENIED.search(each.text) for _, each in named):
        return None
    return _read(tuple(dict.fromkeys(name for name, _ in named)), named[0][1])


def _named(text: str) -> list[str]:
    return [name for name, words in _CHANNELS if words.search(text)]


def _feedback(everything: Sequence[Said], _: date) -> _Read | None:
    said = [
        (1 if mark[1] is None else _COUNTED.get(mark[1].lower(), 0), each)
        for each in everything
        if each.kind == "feedback"
        for mark in _FEEDBACK_EVERY.finditer(each.text)
    ]
    if len({times for times, _ in said}) != 1 or said[0][0] == 0:
        return None
    return _read(FeedbackClause(every_sessions=said[0][0]), said[0][1])


def _ends_on(everything: Sequence[Said], begins: date) -> _Read | None:
    return _one_day(everything, "ends_on", _ENDS, begins, lambda day: day)


def _phase(everything: Sequence[Said], begins: date) -> _Read | None:
    return _one_day(everything, "phase", _LOOKING, begins, lambda day: Phase(diagnosis_until=day))


def _one_day(
    everything: Sequence[Said],
    kind: ClauseKind,
    words: re.Pattern[str],
    begins: date,
    made: Callable[[date], object],
) -> _Read | None:
    """Return what `made` gives for the one day that all sentences of a kind name.

    The day must follow words that tell what it is. None when several days are named.
    """
    said = [
        (day, each)
        for each in everything
        if each.kind == kind and words.search(each.text)
        for day in _days(each.text, begins)
    ]
    if len({day for day, _ in said}) != 1 or said[0][0] is None:
        return None
    return _read(made(said[0][0]), said[0][1])


def _days(text: str, begins: date) -> list[date | None]:
    """Return the days that a text names.

    None stands for a day that can be read two ways, or is over before the contract begins.
    """
    said = (found.day for found in days_said(text, begins))
    return [day if day and day > begins else None for day in said]


def _confidentiality(everything: Sequence[Said], _: date) -> _Read | None:
    said = [
        each
        for each in everything
        if each.kind == "confidentiality" and not _AS_BEFORE.search(each.text)
    ]
    return _read(said[0].text, said[0]) if said else None


def _goals(everything: Sequence[Said], begins: date) -> _Read | None:
    listed = [each for each in everything if each.listed == "goals"]
    if not listed:
        listed = [each for each in everything if _NUMBERED_GOAL.match(each.text)]
        if len(listed) < _FEWEST_NUMBERED:
            return None
    goals = tuple(_goal(each, f"text-{n}", begins) for n, each in enumerate(listed, start=1))
    return _Read(goals, ClauseQuote(start=listed[0].start, end=listed[-1].end, quote=""))


def _goal(each: Said, name: str, begins: date) -> Goal:
    statement, *measure = _MEASURE.split(_NUMBERED_GOAL.sub("", each.text), maxsplit=1)
    days = _days(each.text, begins) if _DUE.search(each.text) else []
    return Goal(
        id=name,
        statement=statement.strip(" .:;,"),
        success_criteria=measure[0].strip(" .") if measure else None,
        target_date=days[0] if len(days) == 1 else None,
    )


def _read(value: object, each: Said) -> _Read:
    return _Read(value, ClauseQuote(start=each.start, end=each.end, quote=""))


_READS: dict[ClauseName, Callable[[Sequence[Said], date], _Read | None]] = {
    "goals": _goals,
    "cadence": _cadence,
    "channels": _channels,
    "feedback": _feedback,
    "confidentiality": _confidentiality,
    "phase": _phase,
    "ends_on": _ends_on,
}
