"""Takes in notes from files: which files, of which day, in which format."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from coach.agreement.access import Principal
from coach.errors import Invalid, NotFound
from coach.ids import derived_id
from coach.model.people import Author
from coach.model.sessions import Note, NoteFormat, Session
from coach.use_cases.coach import Coach

_DAY = re.compile(r"(?<!\d)(\d{4})([-.])(\d{2})\2(\d{2})(?!\d)")
_FORMATS: dict[str, NoteFormat] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".vtt": "vtt",
    ".srt": "srt",
}


def files_below(path: Path) -> list[Path]:
    """Return the file, or every note in a folder, by name; raise Invalid where there is neither."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise Invalid(f"there is no file or folder {path}")
    return sorted(
        each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in _FORMATS
    )


def dated(files: Iterable[Path]) -> tuple[list[tuple[date, Path]], list[Path]]:
    """Return the files with a day in their name, oldest first, and those without one."""
    taken, skipped = [], []
    for file in files:
        held_on = _held_on(file.name)
        if held_on is None:
            skipped.append(file)
        else:
            taken.append((held_on, file))
    return sorted(taken), skipped


def session_of(held_on: date, file: Path, *, author: Author) -> Session:
    """Return a session with this file as its one shared note; raise Invalid for unreadable text."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{file.name} is not UTF-8 text") from error
    if "\x00" in text:
        raise Invalid(f"{file.name} holds a NUL character")
    note = Note(
        id="",
        author=author,
        visibility="shared",
        format=_FORMATS.get(file.suffix.lower(), "text"),
        text=text,
    )
    return Session(id="", held_on=held_on, notes=(note,))


def take_in(coach: Coach, mentorship_id: str, session: Session) -> bool:
    """Record a session; return False when the same words of the same day were taken in before."""
    tool = Principal("ingest", "tool", mentorship_id)
    words = [note.text for note in session.notes]

    def same_again(kind: str) -> str:
        return derived_id(kind, mentorship_id, session.held_on, *words)

    with suppress(NotFound):
        coach.session(tool, mentorship_id, same_again("session"), session.held_on)
        return False
    coach.record_session(tool, mentorship_id, session, new_id=same_again)
    return True


def _held_on(name: str) -> date | None:
    for found in _DAY.finditer(name):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None
