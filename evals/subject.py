"""The coach under measurement: it takes in one case, and answers in the ids of the case."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.agreement.access import Principal
from coach.bootstrap import Parts, opened
from coach.model.answers import Brief, Export, Reflection, Report
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.drift import Drift
from coach.model.facts import Fact
from coach.model.people import Audience, Mentorship
from coach.model.search import SearchAnswer
from coach.model.sessions import Note, Session
from coach.ports import MentorshipChange
from coach.settings import Settings
from coach.use_cases.casefile import CaseFile
from evals.cases import NoteSpan

# The index is still empty and ready at once; a minute means that it never will be.
_INDEX_SECONDS = 60
_ADMIN = Principal("evals", "admin", None)
# After the last session of every case, so that no note lies in the future.
_NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
# LoCoMo is published with recall among the first five; no labelled search looks further either.
_SEARCHED = 5
PEOPLE: tuple[Audience, Audience] = ("mentor", "mentee")
AUDIENCES: tuple[Audience, ...] = (*PEOPLE, "tool")


@dataclass
class Timings:
    """Milliseconds of each call, by its name."""

    calls: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def taken(self, call: str) -> Iterator[None]:
        """Time a call."""
        began_at = time.perf_counter()
        yield
        self.calls.setdefault(call, []).append((time.perf_counter() - began_at) * 1000)


class Subject:
    """A case inside a running coach.

    Ids in answers are those of the coach; `span` and `session` give those of the case.
    """

    def __init__(self, parts: Parts, file: CaseFile, timings: Timings) -> None:
        self._coach = parts.coach
        self._timings = timings
        self._notes: dict[str, str] = {}
        self._sessions: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.pair = self._take_in(file)
        self.last_day = max(session.held_on for session in file.sessions)

    def _take_in(self, file: CaseFile) -> Mentorship:
        pair = self._coach.create_mentorship(_ADMIN, file.mentorship)
        for side in PEOPLE:
            # The people of these cases do not exist: a model anywhere may read what they wrote.
            self._coach.change_mentorship(
                self._as(pair, side),
                pair.id,
                MentorshipChange(fields=frozenset({"external_llm"}), external_llm=True),
            )
        for contract in file.contracts:
            self._coach.agree_on_contract(self._as(pair, "mentor"), pair.id, contract)
        for session in file.sessions:
            self._record(pair, session)
        self._coach.reread()
        return pair

    def _record(self, pair: Mentorship, session: Session) -> None:
        """Record a session with its shared notes, then add each private note as its author."""
        shared = tuple(note for note in session.notes if note.visibility == "shared")
        with self._timings.taken("record session"):
            report = self._coach.record_session(
                self._as(pair, "tool"),
                pair.id,
                session.model_copy(update={"notes": shared}),
                wait=0,
            )
        kept = report.session
        self._sessions[kept.id] = session.id
        self._remember(zip(kept.notes, shared, strict=True))
        for note in session.notes:
            if note.visibility != "shared":
                self._add_private(pair, kept.id, note)

    def _add_private(self, pair: Mentorship, session_id: str, note: Note) -> None:
        author = self._as(pair, note.visibility)  # type: ignore[arg-type]
        before = {each.id for each in self._coach.session(author, pair.id, session_id).notes}
        self._coach.add_note(author, pair.id, session_id, note, wait=0)
        after = self._coach.session(author, pair.id, session_id).notes
        self._remember((each, note) for each in after if each.id not in before)

    def _remember(self, pairs: Iterable[tuple[Note, Note]]) -> None:
        """Keep the id and the text of each note that the coach keeps, beside the written one."""
        for kept, written in pairs:
            self._notes[kept.id] = written.id
            self.texts[kept.id] = written.text

    def span(self, citation: Citation) -> NoteSpan:
        """A citation as a span of the note in the case."""
        return (
            self._notes.get(citation.note_id, citation.note_id),
            citation.start,
            citation.end,
        )

    def session(self, session_id: str) -> str:
        """The case's id of a session."""
        return self._sessions[session_id]

    def facts(self, audience: Audience) -> tuple[Fact, ...]:
        """All facts that an audience is given at the end."""
        return self._coach.facts(self._as(self.pair, audience), self.pair.id, self.end)

    def commitments(self, audience: Audience, as_of: date) -> tuple[Commitment, ...]:
        """The commitments that an audience is given on a day."""
        return self._coach.commitments(self._as(self.pair, audience), self.pair.id, as_of)

    def brief(self, audience: Audience, as_of: date) -> Brief:
        """The brief of a day."""
        with self._timings.taken("brief"):
            return self._coach.brief(self._as(self.pair, audience), self.pair.id, as_of)

    def reflection(self, as_of: date) -> Reflection:
        """The mentee's prompts of a day."""
        return self._coach.reflection(self._as(self.pair, "mentee"), self.pair.id, as_of)

    def drift(self, audience: Audience, as_of: date) -> tuple[Drift, ...]:
        """The warnings of a day."""
        return self._coach.drift(self._as(self.pair, audience), self.pair.id, as_of)

    def search(self, audience: Audience, query: str) -> SearchAnswer:
        """What a search finds at the end, at most five sessions."""
        with self._timings.taken("search"):
            return self._coach.search(
                self._as(self.pair, audience), self.pair.id, self.end, query=query, limit=_SEARCHED
            )

    def export(self, audience: Audience) -> Export:
        """Everything an audience may see at the end."""
        return self._coach.export(self._as(self.pair, audience), self.pair.id, self.end)

    def reports(self, audience: Audience) -> list[Report]:
        """The report of every session."""
        asker = self._as(self.pair, audience)
        return [
            self._coach.report(asker, self.pair.id, session, self.end, wait=0)
            for session in self._sessions
        ]

    @property
    def end(self) -> date:
        """The day after the last session."""
        return self.last_day + timedelta(days=1)

    @staticmethod
    def _as(pair: Mentorship, audience: Audience) -> Principal:
        return Principal(f"evals-{audience}", audience, pair.id)


@contextmanager
def running(settings: Settings | None = None) -> Iterator[Parts]:
    """A coach in a directory that is gone afterwards.

    `settings` may name a model to answer beside the embedded engine.
    """
    numbers = count(1)
    given = settings or Settings(llm_model=None, llm_record=None, llm_replay=None)
    with (
        TemporaryDirectory() as directory,
        opened(
            given.model_copy(update={"data_dir": Path(directory)}),
            clock=lambda: _NOW,
            new_id=lambda kind: f"{kind}_{next(numbers):06}",
        ) as parts,
    ):
        parts.index.settle(timeout_seconds=_INDEX_SECONDS)
        yield parts
