"""The suite of notes without labels: what is read from folders of notes, and how fast."""

from collections.abc import Callable, Iterator
from pathlib import Path

from coach.bootstrap import Parts
from evals.metrics import (
    brief,
    commitments,
    drift,
    facts,
    grounding,
    notes_read,
    questions,
)
from evals.metrics.notes_read import words_of
from evals.metrics.outcome import CaseOutcome, Miss
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Subject, Timings, running
from evals.suites.note_folders import NoteFolder, load, not_read
from evals.suites.suite import Progress, Request, Suite


def run(request: Request, progress: Progress) -> Result:
    """Measure the folder that was given."""
    what = "a folder with a folder of notes for each mentorship"
    return run_notes(request.data_or_refuse(what), progress.done)


def run_notes(folder: Path, done: Callable[[str], None]) -> Result:
    """Take in every mentorship of a folder, and count what comes of it."""
    timings = Timings()
    outcomes = []
    with running() as parts:
        for each in load(folder):
            outcomes.append(folder_outcome(each, parts, timings))
            done(each.file.mentorship.id)
    return added_up("notes", outcomes, timings=timings, data=folder)


def folder_outcome(folder: NoteFolder, parts: Parts, timings: Timings) -> CaseOutcome:
    """Everything that can be counted without labels."""
    thousand_words = sum(words_of(session) for session in folder.file.sessions) / 1000
    with timings.taken("series taken in"):
        subject = Subject(parts, folder.file, timings)
    spent = timings.calls["series taken in"][-1]
    timings.calls.setdefault("1,000 words taken in", []).append(spent / thousand_words)
    unread = [*folder.not_taken, *_unread(folder, subject, parts)]
    given = len(folder.file.sessions) + len(folder.not_taken)
    page = subject.brief("mentor", subject.end)
    made = subject.commitments("mentor", subject.end)
    ratios = {
        **notes_read.count_notes(given=given, unread=len(unread), thousand_words=thousand_words),
        **facts.count_facts(subject.facts("mentor"), thousand_words=thousand_words),
        **commitments.count_commitments(made, thousand_words=thousand_words),
        **brief.count_brief(page),
        **questions.count_questions(page, subject.reflection(subject.end)),
        **drift.count_drift(subject.drift("mentor", subject.end)),
        **grounding.count_exact_citations(subject),
    }
    name = folder.file.mentorship.id
    return CaseOutcome(name=name, scores={}, ratios=ratios, misses=tuple(unread))


def _unread(folder: NoteFolder, subject: Subject, parts: Parts) -> Iterator[Miss]:
    """The notes that are taken in and not understood."""
    names = {note.text: note.id for session in folder.file.sessions for note in session.notes}
    readings = parts.store.history(subject.pair.id, "mentor", subject.end).readings
    for note_id, text in subject.texts.items():
        reading = readings.get(note_id)
        if reading is None:
            yield not_read(names[text], "has no reading")
        elif reading.failed:
            yield not_read(names[text], "the reader failed at it")
        elif reading.unread_language:
            yield not_read(names[text], f"its language is {reading.unread_language}")


SUITE = Suite(
    run=run,
    metrics=(
        *notes_read.OF_NOTES,
        *facts.OF_NOTES,
        *commitments.OF_NOTES,
        *brief.OF_NOTES,
        *questions.OF_NOTES,
        *drift.OF_NOTES,
        *grounding.OF_NOTES,
    ),
    data="given",
)
