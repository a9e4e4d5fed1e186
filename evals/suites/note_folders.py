"""Folders of notes as people publish them, without labels: one folder a mentorship.

A folder has files with a day in their names, and `00_project_proposal.md` as the contract's prose.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from coach.errors import Invalid
from coach.model.contract import Contract
from coach.model.people import Mentorship, Person
from coach.model.sessions import Session
from coach.use_cases.casefile import CaseFile
from coach.use_cases.folders import dated, files_below, session_of
from evals.metrics.notes_read import words_of
from evals.metrics.outcome import Miss

PROPOSAL = "00_project_proposal.md"
_AUTHOR = re.compile(r"^author: *(\S.*?) *$", re.MULTILINE)


class NoteFolder(NamedTuple):
    """One folder as a mentorship, and the notes of it that could not be taken in."""

    file: CaseFile
    not_taken: tuple[Miss, ...]


def load(folder: Path) -> list[NoteFolder]:
    """Every mentorship of a folder, by name. Raises Invalid when there is none."""
    found = [_note_folder(each) for each in sorted(folder.glob("*/"))]
    if not found:
        raise Invalid(f"there is no folder of notes in {folder}")
    return found


def _note_folder(folder: Path) -> NoteFolder:
    taken, undated = dated(file for file in files_below(folder) if file.name != PROPOSAL)
    sessions: list[Session] = []
    not_taken = [not_read(file.name, "no day in its name") for file in undated]
    for held_on, file in taken:
        try:
            sessions.append(_session(held_on, file))
        except Invalid as error:
            not_taken.append(not_read(file.name, str(error)))
    if not sessions:
        raise Invalid(f"no note of {folder.name} has a day in its name")
    case = CaseFile(
        _mentorship(folder.name, sessions), _contracts(folder, sessions), tuple(sessions), {}
    )
    return NoteFolder(case, tuple(not_taken))


def _session(held_on: date, file: Path) -> Session:
    """A session and its note, both called as the file is."""
    session = session_of(held_on, file, author="mentee")
    if not words_of(session):
        raise Invalid("it is blank")
    notes = tuple(note.model_copy(update={"id": file.name}) for note in session.notes)
    return session.model_copy(update={"id": file.name, "notes": notes})


def _mentorship(name: str, sessions: Sequence[Session]) -> Mentorship:
    """The mentee is who most notes name as their author; nothing names the mentor."""
    authors = Counter(
        author
        for session in sessions
        for note in session.notes
        for author in _AUTHOR.findall(note.text)
    )
    mentee = next((author for author, _ in authors.most_common(1)), "Mentee")
    return Mentorship(
        id=name,
        mentor=Person(name="Mentor"),
        mentee=Person(name=mentee),
        started_on=sessions[0].held_on,
    )


def _contracts(folder: Path, sessions: Sequence[Session]) -> tuple[Contract, ...]:
    file = folder / PROPOSAL
    if not file.is_file():
        return ()
    text = file.read_text(encoding="utf-8-sig")
    return (Contract(version=1, effective_from=sessions[0].held_on, text=text),)


def not_read(name: str, why: str) -> Miss:
    """The miss of a note that is not taken in, or not understood."""
    return Miss(what="note not read", said=why, wanted=name)
