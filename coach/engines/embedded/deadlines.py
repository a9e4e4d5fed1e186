"""By when something is to be done, as a sentence says it."""

import re
from collections.abc import Sequence
from datetime import date

from coach.engines.embedded.dates import DaySaid, days_said

_NEXT = re.compile(
    r"(?:before|by|for|at|until|till|bring(?: it)? to)[ \t](?:our[ \t]|the[ \t]|my[ \t])?next[ \t](?!week|month|year|quarter|term|summer|winter|spring|autumn|"
    r"mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z/]+|"
    r"(?:for|by|before)[ \t]next[ \t]time|before we (?:talk|meet|speak)(?: next| again)?(?=[\s.,;)]|$)|(?<!\w)next time",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?:by|before|until|till|due|no later than|on|for|=>|:|,|\()[ \t]*(?:the[ \t])?$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?<!\w)(?:no[, ]|no wait|wait|rather|make that|actually|put down)", re.IGNORECASE
)


def at_next_meeting(text: str) -> bool:
    """Whether something is due when the two meet next."""
    return bool(_NEXT.search(text))


def deadline(text: str, held_on: date) -> DaySaid | None:
    """The day something is due: the one behind `by` or `on`, the corrected one, else the first ahead."""
    ahead = [
        said
        for said in days_said(text, held_on)
        if said.options or (said.day is not None and said.day >= held_on)
    ]
    if not ahead:
        return None
    if len(ahead) > 1 and _CORRECTED.search(text[ahead[0].end :]):
        return ahead[-1]
    for position, said in enumerate(ahead):
        if _DEADLINE.search(text[: said.start]) or text[said.start :].lower().startswith(
            ("by ", "before ", "until ")
        ):
            return _said_exactly(text, ahead[position:])
    return _said_exactly(text, ahead)


def _said_exactly(text: str, ahead: Sequence[DaySaid]) -> DaySaid:
    """The first day, or the one that says it more exactly right behind: `Friday week, the 17th`."""
    first, *others = ahead
    if others and text[first.end : others[0].start].strip(" ,(") == "":
        return others[0]
    return first
