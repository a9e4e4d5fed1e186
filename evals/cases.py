"""Labelled mentorships: read strictly, every error names its file and line.

The format is that of `coach.casefile` with labels under `gold`. `train` may teach, `dev` chooses, `test` is
looked at last; the split is by mentorship and is the folder a file lies in.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach import casefile
from coach.errors import Invalid
from coach.model import DriftKind, FactKind, Note, OutcomeStatus, Owner, Session

FOLDER = Path(__file__).parent / "cases"
SPLITS = ("train", "dev", "test")
Split = Literal["train", "dev", "test"]


class Gold(BaseModel):
    """A label."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldFact(Gold):
    """A fact that a careful reader finds."""

    session: str
    note: str
    kind: FactKind
    quote: str


class GoldOutcome(Gold):
    """What a later session says of a commitment."""

    session: str
    status: OutcomeStatus
    new_due: date | None = None
    quote: str


class GoldCommitment(Gold):
    """What a side said it will do."""

    id: str
    session: str
    note: str
    quote: str
    owner: Owner
    action: str
    due: date | None
    outcomes: tuple[GoldOutcome, ...] = ()


class MustCover(Gold):
    """What a brief must hold, the most important first."""

    quote: str
    session: str
    why: str


class ExpectedDrift(Gold):
    """A warning that a careful human would give."""

    kind: DriftKind
    about: str | None = None
    severity: Literal["low", "medium", "high"]
    evidence: tuple[str, ...]


class ForbiddenDrift(Gold):
    """A false alarm that the notes invite."""

    kind: DriftKind
    trap: str


class Checkpoint(Gold):
    """What must hold on one day between two sessions."""

    as_of: date
    must_cover: tuple[MustCover, ...]
    must_not_state: tuple[str, ...]
    open_commitments: tuple[str, ...]
    overdue_commitments: tuple[str, ...]
    drift_expected: tuple[ExpectedDrift, ...]
    drift_forbidden: tuple[ForbiddenDrift, ...]


class Search(Gold):
    """A question that somebody asks months later."""

    query: str
    relevant_sessions: tuple[str, ...]
    answer_quote: str


class Labels(Gold):
    """Everything that is labelled in a case."""

    facts: tuple[GoldFact, ...]
    commitments: tuple[GoldCommitment, ...]
    checkpoints: tuple[Checkpoint, ...] = ()
    searches: tuple[Search, ...] = ()
    canaries: tuple[str, ...] = ()


class Case(BaseModel):
    """One labelled mentorship."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    split: str
    file: casefile.CaseFile
    labels: Labels

    @cached_property
    def notes(self) -> Mapping[str, Note]:
        """Notes by the file's ids."""
        return {note.id: note for session in self.file.sessions for note in session.notes}

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Sessions by the file's ids."""
        return {session.id: session for session in self.file.sessions}

    def span(self, note_id: str, quote: str) -> tuple[str, int, int]:
        """Where a quote stands."""
        start = self.notes[note_id].text.index(quote)
        return note_id, start, start + len(quote)

    def spans_in(self, session_id: str, quote: str) -> list[tuple[str, int, int]]:
        """Where a quote stands in a session, in whichever of its notes."""
        notes = self.sessions[session_id].notes
        return [self.span(note.id, quote) for note in notes if quote in note.text]


def load_split(split: Split) -> list[Case]:
    """Every case of a split, by name."""
    return load_folder(FOLDER / split, split=split)


def load_folder(folder: Path, *, split: str = "given") -> list[Case]:
    """Every case of a folder, by name. Raises Invalid for the first that is wrong."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise Invalid(f"there is no case in {folder}")
    return [load(path, split=split) for path in files]


def load(path: Path, *, split: str = "given") -> Case:
    """One case. Raises Invalid naming file and line of what is wrong."""
    file = casefile.load(path)
    lines = casefile.Lines(path)
    try:
        labels = Labels.model_validate(file.gold)
    except ValidationError as error:
        first = error.errors()[0]
        place = ("gold", *first["loc"])
        raise Invalid(lines.told(place, str(first["msg"]))) from None
    case = Case(name=path.stem, split=split, file=file, labels=labels)
    for place, wrong in _wrong(case):
        raise Invalid(lines.told(("gold", *place), wrong))
    return case


_Place = tuple[str | int, ...]


def _wrong(case: Case) -> Iterator[tuple[_Place, str]]:
    """Every label that does not fit its notes."""
    for position, fact in enumerate(case.labels.facts):
        yield from _placed(case, ("facts", position), fact.session, fact.note, quote=fact.quote)
    for position, made in enumerate(case.labels.commitments):
        place: _Place = ("commitments", position)
        yield from _placed(case, place, made.session, made.note, quote=made.quote)
        for number, outcome in enumerate(made.outcomes):
            yield from _said(
                case, (*place, "outcomes", number), outcome.session, quote=outcome.quote
            )
    yield from _wrong_searches(case)
    yield from _wrong_canaries(case)
    yield from _wrong_checkpoints(case)


def _wrong_searches(case: Case) -> Iterator[tuple[_Place, str]]:
    for position, search in enumerate(case.labels.searches):
        for session in search.relevant_sessions:
            if session not in case.sessions:
                yield ("searches", position), f"there is no session {session}"
        if not any(search.answer_quote in note.text for note in case.notes.values()):
            yield ("searches", position, "answer_quote"), "is in no note"


def _wrong_canaries(case: Case) -> Iterator[tuple[_Place, str]]:
    private = [note.text for note in case.notes.values() if note.visibility != "shared"]
    for position, canary in enumerate(case.labels.canaries):
        if not any(canary in text for text in private):
            yield ("canaries", position), "is in no private note"


def _wrong_checkpoints(case: Case) -> Iterator[tuple[_Place, str]]:
    known = {made.id for made in case.labels.commitments}
    if len(known) != len(case.labels.commitments):
        yield ("commitments",), "two commitments have the same id"
    for position, checkpoint in enumerate(case.labels.checkpoints):
        place = ("checkpoints", position)
        for number, cover in enumerate(checkpoint.must_cover):
            yield from _said(case, (*place, "must_cover", number), cover.session, quote=cover.quote)
        for name in ("open_commitments", "overdue_commitments"):
            for made in getattr(checkpoint, name):
                if made not in known:
                    yield (*place, name), f"there is no commitment {made}"


def _placed(
    case: Case, place: _Place, session: str, note: str, *, quote: str
) -> Iterator[tuple[_Place, str]]:
    if session not in case.sessions:
        yield (*place, "session"), f"there is no session {session}"
    elif note not in {each.id for each in case.sessions[session].notes}:
        yield (*place, "note"), f"session {session} has no note {note}"
    elif quote not in case.notes[note].text:
        yield (*place, "quote"), "is not in the note, letter for letter"


def _said(case: Case, place: _Place, session: str, *, quote: str) -> Iterator[tuple[_Place, str]]:
    if session not in case.sessions:
        yield (*place, "session"), f"there is no session {session}"
    elif not case.spans_in(session, quote):
        yield (*place, "quote"), "is in no note of the session, letter for letter"
