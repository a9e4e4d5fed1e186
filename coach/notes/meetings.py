"""Finds when the two meet again, and when they said that they would not."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from coach.language.dates import days_said
from coach.model.readings import AbsenceSignal, MeetingSignal
from coach.notes.sentences import Unit

_NEXT = re.compile(
    r"(?<!\w)(?:next(?:[ \t](?:one|session|meeting|call|time|chat|catch-?up))?[ \t]*(?:[:=–-]|is|on"
    r"|at|will be|then|date|moved)|see you|we (?:meet|talk|speak) (?:again|next)|"
    r"next (?:one|session|meeting|call|chat)|same time|usual (?:hour|time)|until the"
    r"|back (?:on )?(?:mon|tue|wed|thu|fri|sat|sun))",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?<!\w)(?:(?:i'm|i am|i'll be|we're|we are|we'll be|you're|you are|she's|he's|she is|he is"
    r"|both|am|are|is|was|were|be|been) (?:both )?(?:away|off|travell?ing|abroad|at sea"
    r"|on the road)"
    r"(?: sick)?(?= (?:till|until|from|for|on|in|next|this|the)\b|[\s]*[.,;]|$)|"
    r"away (?:until|till|for (?:a|two|three|four|\d)|next|skiing)"
    r"|on (?:holiday|holidays|leave|vacation|annual leave|parental leave|maternity leave"
    r"|paternity leave|sick leave|tour|strike|honeymoon)|"
    r"annual leave|sick leave|parental leave|out of office|off (?:sick|till|until)"
    r"|back (?:from (?:leave|holiday|vacation)|at work)|(?:school|summer|winter|christmas|easter"
    r"|half-term|term) (?:holidays?|break)|"
    r"no (?:call|session|meeting|mentoring) (?:on|in|next|this|until|till|because|while|during)"
    r"|(?:we|so we) skip(?:ped)?|skip(?:ping)? (?:the|one|a|our|this|next) (?:session|meeting|call"
    r"|one|week|month)|"
    r"(?:session|meeting|call|that one|we) (?:was |were |is |had to be |got )?(?:cancelled|canceled"
    r"|called off|falls? out|fell out|moved to|pushed to|postponed)|"
    r"pause (?:until|till|for)|(?:in|on|for|during|until after|the) (?:field ?work|field season"
    r"|haul-?out|harvest|exams?|finals|tournament|ramadan|cruise))(?!\w)",
    re.IGNORECASE,
)


def next_meeting(unit: Unit, held_on: date) -> MeetingSignal | None:
    """Return the day of the next meeting where a sentence says it, else None."""
    if not (_NEXT.search(unit.text) or _NEXT.search(unit.heading)):
        return None
    ahead = [said.day for said in days_said(unit.text, held_on) if said.day and said.day > held_on]
    return MeetingSignal(start=unit.start, end=unit.end, on=ahead[-1]) if ahead else None


def absence(unit: Unit, held_on: date) -> AbsenceSignal | None:
    """Return that one of the two will be away or a meeting is cancelled, else None.

    `until` is the last day that the sentence names, None where it names none.
    """
    if unit.kind == "heading" or not _AWAY.search(unit.text):
        return None
    ahead = [said.day for said in days_said(unit.text, held_on) if said.day and said.day >= held_on]
    return AbsenceSignal(start=unit.start, end=unit.end, until=max(ahead, default=None))


def meetings_and_absences(
    found: Sequence[Unit], held_on: date
) -> Iterator[MeetingSignal | AbsenceSignal]:
    """Yield the days of next meetings, then the absences, each in the order of the note.

    The words and the dates decide, not an engine, so both engines give the same.
    """
    yield from (meeting for unit in found if (meeting := next_meeting(unit, held_on)))
    yield from (away for unit in found if (away := absence(unit, held_on)))
