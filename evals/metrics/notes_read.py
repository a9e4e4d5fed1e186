"""Counts the notes that were given, and those that could be read."""

from coach.model.sessions import Session
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, Metric

NOTES_READ = Metric(
    name="notes read",
    group="other",
    direction="higher",
    unit="share",
    how="notes that are taken in and understood, of all in the folder",
    source=OWN,
)
WORDS = Metric(
    name="words",
    group="other",
    direction="none",
    unit="words",
    how="words of all notes that are taken in, on average",
    source=OWN,
)

OF_NOTES = (NOTES_READ, WORDS)


def count_notes(*, given: int, unread: int, thousand_words: float) -> dict[str, Ratio]:
    """Return how many of the given notes are read, and how many words they have."""
    return {
        NOTES_READ.name: Ratio(given - unread, given),
        WORDS.name: Ratio(1000 * thousand_words, 1),
    }


def words_of(session: Session) -> int:
    """Return how many words the notes of a session have, cut at blanks."""
    return sum(len(note.text.split()) for note in session.notes)
