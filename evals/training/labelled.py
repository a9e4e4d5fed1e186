"""Labelled mentorships for the trainers of commitments: case files and marked notes."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from coach.model.commitments import Owner
from coach.model.people import Mentorship, Person
from coach.model.sessions import Note

_MARK = re.compile(r"\[\[([^|\]]+)\|(.*?)\]\]", re.DOTALL)
_OWNERS: dict[str, Owner] = {
    "mentor": "mentor",
    "mentee": "mentee",
    "both": "both",
    "unassigned": "unassigned",
}
_STATUSES = ("done", "partly", "not_done", "dropped", "rescheduled")


class Made(NamedTuple):
    """A commitment that a range of a note makes; somebody outside the two is no owner."""

    id: str
    note_id: str
    start: int
    end: int
    owner: Owner | None
    due: date | None


class Told(NamedTuple):
    """What a range of a later note says of a commitment."""

    id: str
    note_id: str
    start: int
    end: int
    status: str
    new_due: date | None


class Held(NamedTuple):
    """A note and its session's day."""

    held_on: date
    session_id: str
    note: Note


class Labelled(NamedTuple):
    """One mentorship's notes, oldest first, with the commitments and reports in them."""

    name: str
    mentorship: Mentorship
    notes: tuple[Held, ...]
    made: tuple[Made, ...]
    told: tuple[Told, ...]


def read_case(path: Path) -> Labelled:
    """Return the labels of a case file."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    mentorship = Mentorship(
        id=case["id"],
        mentor=Person(**case["mentor"]),
        mentee=Person(**case["mentee"]),
        started_on=case.get("started_on"),
    )
    notes = tuple(
        Held(session["held_on"], session["id"], Note(**note))
        for session in case["sessions"]
        for note in session["notes"]
    )
    made, told = [], []
    for each in case["gold"]["commitments"]:
        note_id, start = _placed(each["quote"], [n for n in notes if n.note.id == each["note"]])
        end = start + len(each["quote"])
        made.append(Made(each["id"], note_id, start, end, each["owner"], each["due"]))
        for word in each["outcomes"]:
            within = [n for n in notes if n.session_id == word["session"]]
            note_id, start = _placed(word["quote"], within)
            end = start + len(word["quote"])
            told.append(Told(each["id"], note_id, start, end, word["status"], word.get("new_due")))
    return Labelled(path.stem, mentorship, notes, tuple(made), tuple(told))


def _placed(quote: str, notes: list[Held]) -> tuple[str, int]:
    for held in notes:
        at = held.note.text.find(quote)
        if at >= 0:
            return held.note.id, at
    raise ValueError(f"not in the notes: {quote}")


def read_marked(path: Path) -> Labelled:
    """Return the labels of notes that carry `[[kind …|words]]`."""
    head, *parts = re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))
    who = dict(line.split(": ", 1) for line in head.strip().splitlines() if ": " in line)
    mentorship = Mentorship(
        id=path.stem, mentor=Person(name=who["mentor"]), mentee=Person(name=who["mentee"])
    )
    notes: list[Held] = []
    made: list[Made] = []
    told: list[Told] = []
    for number, part in enumerate(parts, start=1):
        first, _, marked = part.partition("\n")
        day, author, visibility, written = first.split()[:4]
        note_id, text = f"n{number}", ""
        held_on, passed = date.fromisoformat(day), 0
        marked = marked.strip("\n")
        for mark in _MARK.finditer(marked):
            text += marked[passed : mark.start()]
            start = len(text)
            text += mark[2]
            passed = mark.end()
            made += _made(mark[1].split(), note_id, start, len(text))
            told += _told(mark[1].split(), note_id, start, len(text))
        text += marked[passed:]
        note = Note.model_validate(
            {
                "id": note_id,
                "author": author,
                "visibility": visibility,
                "format": written,
                "text": text,
            }
        )
        notes.append(Held(held_on, f"s{day}", note))
    return Labelled(path.stem, mentorship, tuple(notes), tuple(made), tuple(told))


def _made(mark: list[str], note_id: str, start: int, end: int) -> Iterator[Made]:
    if "commitment" in mark[0] and len(mark) > 3:
        due = None if mark[3] == "-" else date.fromisoformat(mark[3])
        owner = _OWNERS.get(mark[2])
        yield Made(mark[1], note_id, start, end, owner, due)


def _told(mark: list[str], note_id: str, start: int, end: int) -> Iterator[Told]:
    for word in mark[1:]:
        status, _, rest = word.partition(":")
        if status in _STATUSES and rest:
            name, _, new = rest.partition(":")
            due = date.fromisoformat(new) if new else None
            yield Told(name, note_id, start, end, status, due)
