"""Turns labelled notes of every split, and marked notes, into labelled sentences."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from coach.language.names import people_of
from coach.model.commitments import OutcomeStatus, Owner
from coach.model.facts import FactKind
from coach.model.people import Mentorship, Person, Side
from coach.model.sessions import Note
from coach.notes.sentences import Unit, units
from coach.notes.speakers import speakers
from evals.cases import Case, NoteSpan, Split, load_split
from evals.metrics.note_spans import overlaps

NOTES = Path(__file__).parent / "notes"
Doer = Owner | Literal["third"]
_MARK = re.compile(r"\[\[([^|\]]+)\|(.*?)\]\]", re.DOTALL)


class Label(NamedTuple):
    """What a sentence is; `tentative` is None where nobody marked it."""

    kinds: tuple[FactKind, ...] = ()
    owner: Doer | None = None
    outcome: OutcomeStatus | None = None
    tentative: bool | None = None


class Lesson(NamedTuple):
    """The sentences of a note, who says each, and what each is."""

    mentorship: Mentorship
    held_on: date
    note: Note
    units: tuple[Unit, ...]
    said_by: tuple[Side | None, ...]
    labels: tuple[Label, ...]
    gold: tuple[tuple[NoteSpan, FactKind], ...]


class _Marked(NamedTuple):
    """A labelled place in a note."""

    span: NoteSpan
    kinds: tuple[FactKind, ...] = ()
    owner: Doer | None = None
    outcome: OutcomeStatus | None = None
    tentative: bool | None = None


def lessons_of(split: Split) -> list[Lesson]:
    """Return the labelled notes of a split of the cases."""
    return [lesson for case in load_split(split) for lesson in _case_lessons(case)]


def marked_lessons(folder: Path = NOTES) -> list[Lesson]:
    """Return the notes that were written and marked for teaching."""
    return [lesson for path in sorted(folder.glob("*.txt")) for lesson in _file_lessons(path)]


def _case_lessons(case: Case) -> Iterator[Lesson]:
    marked = [_Marked(case.span(fact.note, fact.quote), (fact.kind,)) for fact in case.labels.facts]
    for made in case.labels.commitments:
        marked.append(_Marked(case.span(made.note, made.quote), owner=made.owner))
        marked += [
            _Marked(span, outcome=told.status)
            for told in made.outcomes
            for span in case.spans_in(told.session, told.quote)
        ]
    for session in case.file.sessions:
        for note in session.notes:
            here = [each for each in marked if each.span[0] == note.id]
            yield _lesson(case.file.mentorship, session.held_on, note, here)


def _file_lessons(path: Path) -> Iterator[Lesson]:
    head, *parts = re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))
    who = dict(line.split(": ", 1) for line in head.strip().splitlines() if ": " in line)
    mentorship = Mentorship(
        id=path.stem,
        mentor=Person(name=who["mentor"]),
        mentee=Person(name=who["mentee"]),
        started_on=date.fromisoformat(parts[0].split()[0]),
    )
    for number, part in enumerate(parts):
        first, _, body = part.partition("\n")
        held_on, author, visibility, written = first.split()[:4]
        note_id = f"{path.stem}-{number}"
        text, marked = _unmarked(note_id, body.strip("\n"))
        note = Note.model_validate(
            {
                "id": note_id,
                "author": author,
                "visibility": visibility,
                "format": written,
                "text": text,
            }
        )
        yield _lesson(mentorship, date.fromisoformat(held_on), note, marked)


def _unmarked(note_id: str, body: str) -> tuple[str, list[_Marked]]:
    """Return a text without its marks, and what the marks say."""
    text, behind = "", 0
    marked: list[_Marked] = []
    for mark in _MARK.finditer(body):
        text += body[behind : mark.start()]
        span = (note_id, len(text), len(text) + len(mark[2]))
        text += mark[2]
        behind = mark.end()
        marked.append(_meaning(span, mark[1].split()))
    return text + body[behind:], marked


def _meaning(span: NoteSpan, words: Sequence[str]) -> _Marked:
    kinds = [kind.rstrip("~") for kind in words[0].split("+")]
    told = next((word.split(":")[0] for word in words[1:] if ":" in word), None)
    return _Marked(
        span,
        tuple(kind for kind in kinds if kind != "none"),  # type: ignore[misc]
        words[2] if "commitment" in kinds else None,  # type: ignore[arg-type]
        told,  # type: ignore[arg-type]
        "~" in words[0],
    )


def _lesson(mentorship: Mentorship, held_on: date, note: Note, marked: Sequence[_Marked]) -> Lesson:
    found = units(note)
    people = people_of(mentorship)
    return Lesson(
        mentorship,
        held_on,
        note,
        found,
        tuple(speakers(found, note.author, people)),
        tuple(_label((note.id, unit.start, unit.end), marked) for unit in found),
        tuple((each.span, kind) for each in marked for kind in each.kinds),
    )


def _label(place: NoteSpan, marked: Sequence[_Marked]) -> Label:
    on_it = [each for each in marked if overlaps(place, each.span)]
    tentative = [each.tentative for each in on_it if each.tentative is not None]
    return Label(
        tuple(dict.fromkeys(kind for each in on_it for kind in each.kinds)),
        next((each.owner for each in on_it if each.owner), None),
        next((each.outcome for each in on_it if each.outcome), None),
        any(tentative) if tentative else None,
    )
