"""Says what was looked for in the notes and not found."""

from collections.abc import Iterator

from coach.language.phrasing import addressed, day
from coach.model.answers import SectionKind
from coach.model.history import History
from coach.model.readings import FactSignal, OutcomeSignal, Reading
from coach.model.sessions import Session
from coach.pages.candidates import LOOK_BACK
from coach.pages.headings import SECTION_OF
from coach.pages.order import Page

RITUAL: dict[SectionKind, str] = {
    "happy_about": "anything {they} happy about",
    "concerns": "a concern",
    "changed": "a change in the situation",
    "tried": "anything that was tried",
    "achieved": "a commitment that was met",
    "doubts": "a doubt",
}


def not_found(history: History, chosen: Page) -> tuple[str, ...]:
    """Return what the opening ritual asks for and the notes lack, and which notes are unread.

    That the notes do not tell something is said only where a model read them. The embedded reader
    misses much: of 14 such lines of its own, judged blind beside the notes, 9 were wrong.
    """
    if not history.sessions:
        return ("No session is noted yet.",)
    last = history.sessions[-1]
    on = day(last.held_on, near=history.as_of)
    if not last.notes:
        return (f"The session of {on} has no notes that you may see.", *_unread(history))
    if not _read_by_model(history, last):
        return tuple(_unread(history))
    there = {section.kind for section in chosen.sections} | _spoken_of(history, last)
    if chosen.headline is not None:
        there.add(SECTION_OF[chosen.headline.kind])
    they = addressed(history.mentorship, "mentee", history.audience)
    they = "you were" if they == "you" else f"{they} was"
    missing = [
        f"The notes of {on} do not tell {what.format(they=they)}."
        for kind, what in RITUAL.items()
        if kind not in there
    ]
    return (*missing, *_unread(history))


def _read_by_model(history: History, session: Session) -> bool:
    read = [history.readings.get(note.id) for note in session.notes]
    return all(each is not None and each.engine == "llm" for each in read)


def _spoken_of(history: History, session: Session) -> set[SectionKind]:
    """Return what a session may tell of, also where that is in doubt: none of it is missing."""
    read = [each for note in session.notes if (each := history.readings.get(note.id))]
    told = {SECTION_OF[finding.kind] for each in read for finding in each.of(FactSignal)}
    met = any(said.status == "done" for each in read for said in each.of(OutcomeSignal))
    return told | {"achieved"} if met else told


def _unread(history: History) -> Iterator[str]:
    for session in history.sessions[-LOOK_BACK:]:
        for note in session.notes:
            reading = history.readings.get(note.id)
            on = day(session.held_on, near=history.as_of)
            if reading is None:
                yield f"A note of {on} has not been read yet."
            elif reading.failed:
                yield (
                    f"A note of {on} was not read: the reader failed at it and will not try again "
                    "by itself."
                )
            elif reading.unread_language:
                yield (
                    f"A note of {on} was not read: its language ({reading.unread_language}) is not "
                    "known here."
                )
            else:
                yield from _left_out(reading, history.alone.get(note.id, reading), on)


def _left_out(reading: Reading, own: Reading, on: str) -> Iterator[str]:
    """Yield what of a note that is too long was not read, by one reader or by both."""
    if own.unread_from is not None:
        yield f"The middle of a long note of {on} was not read, only its beginning and its end."
    if reading.engine == "llm" and reading.unread_from is not None:
        yield f"The end of a long note of {on} was read without the model."
