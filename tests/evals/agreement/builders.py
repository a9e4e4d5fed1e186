"""One small case, and what a reader labels in it."""

from datetime import date

from coach.use_cases.casefile import CaseFile
from evals.agreement.reader_labels import ReaderLabels
from evals.cases import Case
from evals.cases.labels import Labels
from tests.builders import make_mentorship, make_note, make_session

TEXT = "The glaze held. I fear the kiln. I will order clay by Friday, Ana will call the shop."


def make_case():
    """One session with one note."""
    session = make_session(date(2026, 1, 5), make_note(TEXT, id="n1"), id="s1")
    file = CaseFile(make_mentorship(), (), (session,), {})
    return Case(name="kiln", split="dev", file=file, labels=Labels(facts=(), commitments=()))


def labels_as_written(facts=(), commitments=()):
    """A reader's labels: (kind, quote) and (owner, due, quote)."""
    at = {"session": "s1", "note": "n1"}
    return {
        "facts": [{**at, "kind": kind, "quote": quote} for kind, quote in facts],
        "commitments": [
            {**at, "owner": owner, "due": due, "quote": quote, "action": "do it"}
            for owner, due, quote in commitments
        ],
    }


def reader_labels(*, facts=(), commitments=()):
    """Labels as a value."""
    return ReaderLabels.model_validate(labels_as_written(facts, commitments))
