"""Folders of notes as people publish them, without labels: what is read from them, and how fast.

One folder a mentorship: files with a day in their names, and `00_project_proposal.md` as the contract's prose.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from coach.bootstrap import Parts
from coach.casefile import CaseFile
from coach.errors import Invalid
from coach.ingest import dated, files_below, session_of
from coach.model import (
    Brief,
    Contract,
    DriftKind,
    FactKind,
    Mentorship,
    Owner,
    Person,
    Reflection,
    Session,
)
from coach.words import count
from evals.measure import answers, citations
from evals.outcomes import CaseOutcome, Miss, Ratio
from evals.run import Progress, Result, added_up
from evals.subject import AUDIENCES, Subject, Timings, running
from evals.synthesis import words_of

Kind = TypeVar("Kind", bound=str)
PROPOSAL = "00_project_proposal.md"
_AUTHOR = re.compile(r"^author: *(\S.*?) *$", re.MULTILINE)


class Series(NamedTuple):
    """One folder as a mentorship, and the notes of it that could not be taken in."""

    file: CaseFile
    not_taken: tuple[Miss, ...]


def run_series(folder: Path, progress: Progress) -> Result:
    """Take in every series of a folder and count what comes of it."""
    timings = Timings()
    outcomes = []
    with running() as parts:
        for series in load(folder):
            outcomes.append(measured(series, parts, timings))
            progress(series.file.mentorship.id)
    return added_up("notes", outcomes, timings=timings, data=folder)


def load(folder: Path) -> list[Series]:
    """Every series of a folder, by name. Raises Invalid when there is none."""
    found = [_series(each) for each in sorted(folder.glob("*/"))]
    if not found:
        raise Invalid(f"there is no folder of notes in {folder}")
    return found


def _series(folder: Path) -> Series:
    taken, undated = dated(file for file in files_below(folder) if file.name != PROPOSAL)
    sessions: list[Session] = []
    not_taken = [_not_read(file.name, "no day in its name") for file in undated]
    for held_on, file in taken:
        try:
            sessions.append(_session(held_on, file))
        except Invalid as error:
            not_taken.append(_not_read(file.name, str(error)))
    if not sessions:
        raise Invalid(f"no note of {folder.name} has a day in its name")
    case = CaseFile(
        _mentorship(folder.name, sessions), _contracts(folder, sessions), tuple(sessions), {}
    )
    return Series(case, tuple(not_taken))


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


def measured(series: Series, parts: Parts, timings: Timings) -> CaseOutcome:
    """Everything that can be counted without labels."""
    thousands = sum(words_of(session) for session in series.file.sessions) / 1000
    with timings.taken("series taken in"):
        subject = Subject(parts, series.file, timings)
    spent = timings.calls["series taken in"][-1]
    timings.calls.setdefault("1,000 words taken in", []).append(spent / thousands)
    unread = [*series.not_taken, *_unread(series, subject, parts)]
    notes = len(series.file.sessions) + len(series.not_taken)
    ratios = {
        "notes read": Ratio(notes - len(unread), notes),
        "words": Ratio(1000 * thousands, 1),
        **_facts(subject, thousands),
        **_commitments(subject, thousands),
        **_brief(subject.brief("mentor", subject.end)),
        **_questions(subject.brief("mentor", subject.end), subject.reflection(subject.end)),
        **_drift(subject),
        "citations exact": _exact(subject),
    }
    name = series.file.mentorship.id
    return CaseOutcome(name=name, scores={}, ratios=ratios, misses=tuple(unread))


def _unread(series: Series, subject: Subject, parts: Parts) -> Iterator[Miss]:
    """The notes that were taken in and not understood."""
    names = {note.text: note.id for session in series.file.sessions for note in session.notes}
    readings = parts.store.history(subject.pair.id, "mentor", subject.end).readings
    for note_id, text in subject.texts.items():
        reading = readings.get(note_id)
        if reading is None:
            yield _not_read(names[text], "has no reading")
        elif reading.failed:
            yield _not_read(names[text], "the reader failed at it")
        elif reading.unread_language:
            yield _not_read(names[text], f"its language is {reading.unread_language}")


def _not_read(name: str, why: str) -> Miss:
    return Miss(what="note not read", said=why, wanted=name)


def _facts(subject: Subject, thousands: float) -> dict[str, Ratio]:
    kinds = Counter(fact.kind for fact in subject.facts("mentor"))
    return _counted("facts per 1,000 words", kinds, get_args(FactKind), of=thousands)


def _commitments(subject: Subject, thousands: float) -> dict[str, Ratio]:
    made = subject.commitments("mentor", subject.end)
    owners = Counter(each.owner for each in made)
    return {
        **_counted("commitments per 1,000 words", owners, get_args(Owner), of=thousands),
        "commitments with an owner": Ratio(len(made) - owners["unassigned"], len(made)),
        "commitments with a due date": Ratio(sum(each.due is not None for each in made), len(made)),
    }


def _brief(brief: Brief) -> dict[str, Ratio]:
    headline = [brief.headline] if brief.headline else []
    told = [*headline, *(each for section in brief.sections for each in section.statements)]
    return {
        "brief words": Ratio(sum(count(each.text) for each in told), 1),
        "brief statements": Ratio(len(told), 1),
        "brief statements kept": Ratio(len(told), len(told) + brief.provenance.dropped.statements),
        "brief: not found": Ratio(len(brief.not_found), 1),
    }


def _questions(brief: Brief, reflection: Reflection) -> dict[str, Ratio]:
    asked = len(brief.questions) + len(reflection.prompts)
    dropped = brief.provenance.dropped.questions + reflection.provenance.dropped.questions
    return {
        "questions asked": Ratio(asked, 1),
        "questions kept": Ratio(asked, asked + dropped),
    }


def _drift(subject: Subject) -> dict[str, Ratio]:
    kinds = Counter(each.kind for each in subject.drift("mentor", subject.end))
    return _counted("drift", kinds, get_args(DriftKind), of=1)


def _counted(
    name: str, found: Counter[Kind], kinds: Sequence[Kind], *, of: float
) -> dict[str, Ratio]:
    """How many in all and of each kind, those that were not found included."""
    each = {f"{name}: {kind}": Ratio(found[kind], of) for kind in kinds}
    return {name: Ratio(found.total(), of), **each}


def _exact(subject: Subject) -> Ratio:
    """Citations that quote their note to the letter, of all in every answer to every audience."""
    total = Ratio(0, 0)
    for cited in citations(answers(subject, AUDIENCES)):
        text = subject.texts.get(cited.note_id, "")
        total += Ratio(bool(cited.quote) and text[cited.start : cited.end] == cited.quote, 1)
    return total
