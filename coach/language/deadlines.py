"""By when something is to be done, as a sentence says it."""

import re
from collections.abc import Sequence
from datetime import date

from coach.language.dates import DaySaid, days_said

_NEXT = re.compile(
    r"(?:before|by|for|at|until|till|bring(?: it)? to)[ \t](?:our[ \t]|the[ \t]|my[ \t])?next[ \t](?!week|month|year|quarter|term|summer|winter|spring|autumn|"
    r"wk|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z/]+|(?:by|for|until|till|before) next(?=[\s.,;)]*$)|"
    r"(?:for|by|before)[ \t]next[ \t]time|before we (?:talk|meet|speak)(?: next| again)?(?=[\s.,;)]|$)|(?<!\w)next time",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\d|(?<!\w)(?:mon|tue|wed|thu|fri|sat|sun|tom|tmrw|tonight)|(?:th|first|second|third|tieth|[ \t]day|[ \t]eve)$"
    r"|(?<!\w)(?:christmas|xmas|easter|halloween|thanksgiving|juneteenth|diwali|eid)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:(?P<due>[📅📆🗓]\ufe0f?|(?<!\w)(?:due|deadline)::?)|(?P<other>[⏳⌛🛫➕✅❌☑]\ufe0f?|(?<!\w)(?:scheduled|start|starts|created|added|completion|completed|done|closed|cancelled|canceled|dropped|defer|t)::?))[ \t]*[<\[]?$",
    re.IGNORECASE,
)
"""What task tools put in front of a day: only some of them make it the due one."""
_LEADS = (
    (
        3,
        re.compile(
            r"(?<!\w)(?:by|before|until|till|due|within|latest|later than)[ \t,:]*(?:the[ \t]+|on[ \t]+)?(?:\w+[ \t,]*){0,2}$",
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
# Behind these a day is where something begins, or where it may begin: nothing is due then.
_SINCE = re.compile(
    r"(?<!\w)(?:since|after|starting|for the past|during|(?:not|never|no earlier|not earlier|earliest|nothing)[ \t]+(?:before|until|till|than|on|from))[ \t]+(?:the[ \t]+)?$",
    re.IGNORECASE,
)
_LEAD_IN_IT = re.compile(r"(?:before|after|until|till|on|from)[ \t]+(?:the[ \t]+)?", re.IGNORECASE)
_FROM = re.compile(r"from(?!\w)", re.IGNORECASE)
_ONWARDS = re.compile(r"[ \t]+on(?:wards?)?(?!\w)(?![ \t]+\w+day)", re.IGNORECASE)
_LONGEST_LEAD = 32
_SIGNS = " .,;:!)”–—-"
_LED_BY = re.compile(
    r"[\s,;:(–-]*(?:(?:so )?(?:by|before|until|till|on|for|due|latest|not later than|no later than|at the latest)(?:[ \t]+the)?[\s,:]*)*(?:(?:(?:by|on|before|until) )?(?:the )?(?:bank holiday |easter |early |late |about |around )?(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?[\s,]*)?)?$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
"""A verb, a word for which, and a thing: `send the list`."""
_SAID_OUTRIGHT = 9
"""A field for the due day says more than any words: these come to seven at most."""
_CORRECTED = re.compile(
    r"(?<!\w)(?:no[, ]|no wait|wait|rather|make that|actually|put down)", re.IGNORECASE
)


def at_next_meeting(text: str) -> bool:
    """Whether something is due when the two meet next."""
    return bool(_NEXT.search(text))


def deadline(text: str, held_on: date) -> DaySaid | None:
    """The day something is due: the one said most like a deadline, the corrected one, else the first ahead."""
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
    """What is to be done without the day at its end, where enough is left: `send the list by Friday` as `send the list`."""
    day = deadline(text, held_on)
    if day is None or text[day.end :].strip(_SIGNS):
        return text
    before = _LED_BY.sub("", text[: day.start]).rstrip(_SIGNS + "(")
    closing = "”" if "“" in before and "”" not in before else ""
    return before + closing if len(before.split()) >= _FEWEST_WORDS else text


def _begins(text: str, said: DaySaid) -> bool:
    """Whether a day is where something begins: `since Monday`, `not before Friday`, `🛫 2026-03-02`."""
    words = text[said.start : said.end]
    if (field := _field(text, said)) and field["other"]:
        return True
    lead = _LEAD_IN_IT.match(words)
    before = text[max(0, said.start - _LONGEST_LEAD) : said.start]
    onwards = _ONWARDS.match(text, said.end) if _FROM.search(before + words) else None
    return onwards is not None or _SINCE.search(before + (lead[0] if lead else "")) is not None


def _field(text: str, said: DaySaid) -> re.Match[str] | None:
    """What a task tool put in front of a day."""
    return _FIELD.search(text[max(0, said.start - _LONGEST_LEAD) : said.start])


def _likeness(text: str, said: DaySaid) -> int:
    """How much a day is said like a deadline: an exact day behind `by` most, a month in passing least."""
    words = text[said.start : said.end]
    lead = f"{text[max(0, said.start - 16) : said.start]}{words[: len(words) // 2]}"
    if _FROM.match(words):
        return 0
    if _field(text, said):
        return _SAID_OUTRIGHT
    exact = 4 if _EXACT.search(words) else 0
    return exact + next((strength for strength, led in _LEADS if led.search(lead)), 0)


def _said_exactly(text: str, ahead: Sequence[DaySaid]) -> DaySaid:
    """The first day, or one right behind: it says it more exactly, or is the last of several."""
    first, *others = ahead
    if not others or _FROM.match(text, others[0].start):
        return first
    between = text[first.end : others[0].start].strip(" ,(")
    return others[0] if between in {"", "and", "&", "+"} else first
