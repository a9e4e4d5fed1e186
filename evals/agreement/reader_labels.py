"""What one of two careful readers labelled in a case, read from their file."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from coach.errors import Invalid
from coach.model.commitments import Owner
from evals.cases import Case, FactLabel, Label

FOLDER = Path(__file__).parent / "readers"


class ReaderCommitment(Label):
    """A commitment as a reader labelled it."""

    session: str
    note: str
    quote: str
    owner: Owner
    action: str
    due: date | None


class ReaderLabels(Label):
    """What one reader found in a case."""

    facts: tuple[FactLabel, ...]
    commitments: tuple[ReaderCommitment, ...]


def load_labels(path: Path, case: Case) -> ReaderLabels:
    """One reader's labels. Raises Invalid naming file and label of what does not fit the case."""
    try:
        labels = ReaderLabels.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise Invalid(f"nobody's labels are at {path}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Invalid(f"{path.name}: {place}: {first['msg']}") from None
    for wrong in _wrong_labels(labels, case):
        raise Invalid(f"{path.name}: {wrong}")
    return labels


def _wrong_labels(labels: ReaderLabels, case: Case) -> Iterator[str]:
    """Every label whose quote is not in its note."""
    read: dict[str, Sequence[FactLabel | ReaderCommitment]] = {
        "facts": labels.facts,
        "commitments": labels.commitments,
    }
    for name, each in read.items():
        for number, label in enumerate(each):
            session = case.sessions.get(label.session)
            notes = {note.id: note.text for note in session.notes} if session else {}
            if label.quote not in notes.get(label.note, ""):
                yield f"{name}.{number}: is not in note {label.note} of session {label.session}"
