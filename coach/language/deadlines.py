"""Finds the day by which a sentence says that something is due."""

import re
from collections.abc import Sequence
from datetime import date

from coach.language.dates import DaySaid, days_said

_NEXT = re.compile(
    r"(?:before|by|for|at|until|till|bring(?: it)? to)[ \t]"
    r"(?:our[ \t]|the[ \t]|my[ \t])?next[ \t]"
    r"(?!week|month|year|quarter|term|summer|winter|spring|autumn|"
    r"wk|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z/]+"
    r"|(?:by|for|until|till|before) next(?=[\s.,;)]*$)|"
    r"(?:for|by|before)[ \t]next[ \t]time"
    r"|before we (?:talk|meet|speak)(?: next| again)?(?=[\s.,;)]|$)|(?<!\w)next time",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|tom|tmrw|tonight)"
    r"|(?:th|first|second|third|tieth|[ \t]day|[ \t]eve)$"
    r"|(?<!\w)(?:christmas|xmas|easter|halloween|thanksgiving|juneteenth|diwali|eid)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:(?P<due>[📅📆🗓]\ufe0f?|(?<!\w)(?:due|deadline)::?)"
    r"|(?P<other>[⏳⌛🛫➕✅❌☑]\ufe0f?"
    r"|(?<!\w)(?:scheduled|start|starts|created|added|completion|completed|done|closed"
    r"|cancelled|canceled|dropped|defer|t)::?))[ \t]*[<\[]?$",
    re.IGNORECASE,
)
"""Marks that task tools put in front of a day; only those named `due` make it the due day."""
# How much the words in front make a day a deadline, strongest first. Chosen by hand; not measured.
_LEADS = (
    (
        3,
        re.compile(
            r"(?<!\w)(?:by|before|until|till|due|within|latest|later than)"
            r"[ \t,:]*(?:the[ \t]+|on[ \t]+)?(?:\w+[ \t,]*){0,2}$",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"(?:(?<!\w)(?:on|for)[ \t]+(?:the[ \t]+)?(?:\w+[ \t,]*)?|=>[ \t]*)$", re.IGNORECASE
        ),
    ),
    (1, re.compile(r"[:,(–-][ \t]*\w*[ \t]?$")),
)
# Behind these words something begins, or may begin, on a day; it is not due then.
_SINCE = re.compile(
    r"(?<!\w)(?:since|after|starting|for the past|during"
    r"|(?:not|never|no earlier|not earlier|earliest|nothing)[ \t]+"
    r"(?:before|until|till|than|on|from))[ \t]+(?:the[ \t]+)?$",
    re.IGNORECASE,
)
_LEAD_IN_IT = re.compile(r"(?:before|after|until|till|on|from)[ \t]+(?:the[ \t]+)?", re.IGNORECASE)
_FROM = re.compile(r"from(?!\w)", re.IGNORECASE)
_ONWARDS = re.compile(r"[ \t]+on(?:wards?)?(?!\w)(?![ \t]+\w+day)", re.IGNORECASE)
# Code points looked at in front of a day; the longest leads fit. Chosen by hand; not measured.
_LONGEST_LEAD = 32
_SIGNS = " .,;:!)”–—-"
_LED_BY = re.compile(
    r"[\s,;:(–-]{0,4}(?:(?:so )?(?:by|before|until|till|on|for|due|latest|not later than"
    r"|no later than|at the latest)(?:[ \t]{1,3}the)?[\s,:]{0,3}){0,3}"
    r"(?:(?:(?:by|on|before|until) )?(?:the )?"
    r"(?:bank holiday |easter |early |late |about |around )?"
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?[\s,]{0,3})?)?$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
"""A verb, a word for which, and a thing: `send the list`."""
_SAID_OUTRIGHT = 9
"""Likeness of a day in a field for the due day; words alone come to seven at most."""
_CORRECTED = re.compile(
    r"(?<!\w)(?:no[, ]|no wait|wait|rather|make that|actually|put down)", re.IGNORECASE
)


def at_next_meeting(text: str) -> bool:
    """Whether something is due when the two meet next."""
    return bool(_NEXT.search(text))


def deadline(text: str, held_on: date) -> DaySaid | None:
    """Return the day something is due, None when no day ahead can be a deadline.

    Of several, it is the corrected one, else the one most clearly said as a deadline, else the
    first.
    """
    ahead = [
        said
        for said in days_said(text, held_on)
        if not _begins(text, said)
        if said.options or (said.day is not None and said.day >= held_on)
    ]
    if not ahead:
        return None
    if len(ahead) > 1 and _CORRECTED.search(text[ahead[0].end :]):
        return ahead[-1]
    best = max(ahead, key=lambda said: (_likeness(text, said), -said.start))
    return _said_exactly(text, ahead[ahead.index(best) :])


def without_day(text: str, held_on: date) -> str:
    """What is to be done without the day at its end, where enough is left.

    `send the list by Friday` as `send the list`.
    """
    day = deadline(text, held_on)
    if day is None or text[day.end :].strip(_SIGNS):
        return text
    before = _LED_BY.sub("", text[: day.start]).rstrip(_SIGNS + "(")
    closing = "”" if "“" in before and "”" not in before else ""
    return before + closing if len(before.split()) >= _FEWEST_WORDS else text


def _begins(text: str, said: DaySaid) -> bool:
    """Whether something begins on a day: `since Monday`, `not before Friday`, `🛫 2026-03-02`."""
    words = text[said.start : said.end]
    if (field := _field(text, said)) and field["other"]:
        return True
    lead = _LEAD_IN_IT.match(words)
    before = text[max(0, said.start - _LONGEST_LEAD) : said.start]
    onwards = _ONWARDS.match(text, said.end) if _FROM.search(before + words) else None
    return onwards is not None or _SINCE.search(before + (lead[0] if lead else "")) is not None


def _field(text: str, said: DaySaid) -> re.Match[str] | None:
    """Return the mark of a task tool in front of a day."""
    return _FIELD.search(text[max(0, said.start - _LONGEST_LEAD) : said.start])


def _likeness(text: str, said: DaySaid) -> int:
    """Return how clearly a day is said as a deadline; higher is clearer.

    An exact day behind `by` scores most of all words, a month in passing least.
    """
    words = text[said.start : said.end]
    # Room for the longest words in `_LEADS`. Chosen by hand; not measured.
    lead = f"{text[max(0, said.start - 16) : said.start]}{words[: len(words) // 2]}"
    if _FROM.match(words):
        return 0
    if _field(text, said):
        return _SAID_OUTRIGHT
    # An exact day weighs more than any words in front of it, which weigh three at most.
    exact = 4 if _EXACT.search(words) else 0
    return exact + next((strength for strength, led in _LEADS if led.search(lead)), 0)


def _said_exactly(text: str, ahead: Sequence[DaySaid]) -> DaySaid:
    """Return the first day, or one right behind it that is more exact or the last of several."""
    first, *others = ahead
    if not others or _FROM.match(text, others[0].start):
        return first
    between = text[first.end : others[0].start].strip(" ,(")
    return others[0] if between in {"", "and", "&", "+"} else first
