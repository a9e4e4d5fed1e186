"""A series as its contracts and sessions: sentences become notes in the voice of their base."""

from datetime import date, timedelta

from coach.model.people import Mentorship
from coach.model.sessions import Note, Session
from evals.drift_cases.base import Base
from evals.drift_cases.series import Beside, Meeting, Series

# The meeting at which a goal that waits begins, so that drift_cases.decoys leaves it out of four.
_STARTS_AFTER = 4
_BY = {
    "chat": "in the chat",
    "e-mail": "by e-mail",
    "in person": "in person",
    "phone call": "by phone",
    "text messages": "by text message",
    "video call": "on video",
    "voice messages": "by voice message",
}


def mentorship(base: Base) -> Mentorship:
    """The two people of a base."""
    return Mentorship(
        id=base.id, mentor=base.mentor, mentee=base.mentee, started_on=base.starts, language="en-GB"
    )


def sessions(series: Series) -> tuple[Session, ...]:
    """The meetings as sessions with notes; a meeting without sentences has no shared note."""
    return tuple(
        Session(
            id=f"s{number}",
            held_on=meeting.held_on,
            duration_minutes=meeting.minutes,
            channel=meeting.channel,
            notes=_notes(series, meeting, number),
        )
        for number, meeting in enumerate(series.meetings, start=1)
    )


def inserted(series: Series) -> tuple[str, ...]:
    """The sentences that were put into the notes, as they stand there."""
    return tuple(
        _filled(series, meeting, text)
        for meeting in series.meetings
        for text in (
            *(each.text for each in meeting.sentences if "new" in each.tags),
            *(each.text for each in meeting.beside),
        )
    )


def _notes(series: Series, meeting: Meeting, number: int) -> tuple[Note, ...]:
    beside = (
        _note_beside(series, meeting, each, f"s{number}{letter}")
        for letter, each in zip("bcdefgh", meeting.beside, strict=False)
    )
    if not meeting.sentences:
        return tuple(beside)
    base = series.base
    note = Note(
        id=f"s{number}a",
        author=base.writer,
        visibility="shared",
        format="markdown" if base.voice == "bullets" else "text",
        text=_filled(series, meeting, _text(base, meeting)),
    )
    return (note, *beside)


def _note_beside(series: Series, meeting: Meeting, beside: Beside, note_id: str) -> Note:
    said = _turns(series.base, [beside.text]) if beside.author == "tool" else [beside.text]
    return Note(
        id=note_id,
        author=beside.author,
        visibility=beside.visibility,
        format="text",
        text=_filled(series, meeting, "\n".join(said)),
    )


def _text(base: Base, meeting: Meeting) -> str:
    said = [sentence.text for sentence in meeting.sentences]
    match base.voice:
        case "bullets":
            return "\n".join(f"- {each}" for each in said)
        case "prose":
            middle = (len(said) + 1) // 2
            return "\n\n".join(" ".join(half) for half in (said[:middle], said[middle:]) if half)
        case "dialogue":
            return "\n".join(_turns(base, said))
        case _:
            return "\n".join(said)


def _turns(base: Base, said: list[str]) -> list[str]:
    """Each turn of the talk on its own line, also where a sentence holds two of them."""
    turns = "\n".join(said)
    for name in (base.mentor.name.split()[0], base.mentee.name.split()[0], "{mentor}", "{mentee}"):
        turns = turns.replace(f" {name}: ", f"\n{name}: ")
    return turns.split("\n")


def _filled(series: Series, meeting: Meeting, text: str) -> str:
    base = series.base
    return text.format(
        mentor=base.mentor.name.split()[0],
        mentee=base.mentee.name.split()[0],
        held=_day(meeting.held_on),
        next=_day(meeting.planned_next),
        due=_day(meeting.planned_next - timedelta(days=3)),
        back=_day(meeting.planned_next - timedelta(days=4)),
        later=_day(series.meetings[_STARTS_AFTER].held_on),
        by_other=_by(base.other_channel),
        by_channel=_by(base.channel),
    )


def _by(channel: str) -> str:
    """How people say that they meet so: `by phone`, `at the workshop`."""
    return _BY.get(channel, f"at the {channel}")


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
