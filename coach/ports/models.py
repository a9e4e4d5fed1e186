"""The language models: slow, fallible, maybe on another machine."""

from typing import Protocol

from coach.model.challenges import Case, Challenge
from coach.model.material import Material, Suggested
from coach.model.people import Side, Visibility
from coach.model.readings import ClauseReading, EngineName
from coach.model.sessions import Note
from coach.ports.engines import Barred, Engine, ReadingContext


class Model(Engine, Protocol):
    """An engine with a language model behind it: slow, fallible, maybe elsewhere."""

    model: str
    host: str
    stays_here: bool
    seconds: float
    prompts: dict[str, str]

    @property
    def tokens(self) -> int:
        """Return how many tokens were sent and received so far."""
        ...

    def ready(self) -> None:
        """Import and build what answers, else the first question does it.

        Raises Invalid if that is impossible.
        """
        ...

    def close(self) -> None:
        """Give up the questions under way; nothing is asked any more."""
        ...

    def version_for(self, visibility: Visibility) -> str:
        """Return the version of a reading of such a note.

        It changes with the model, the prompt and who may see the note.
        """
        ...

    def within(self, seconds: float) -> "Model":
        """Return the same model, with this time for everything that is asked of it from now on."""
        ...

    def unless(self, barred: Barred) -> "Model":
        """Return the same model, asked only while nothing speaks against it.

        That is looked up right before each question is sent, and again when the answer is there.
        Raises EngineFailed with the reason if something speaks against it.
        """
        ...

    def forget(self, mentorship_id: str) -> None:
        """Forget every remembered answer about a mentorship."""
        ...

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """Return questions to one side, each with the numbers of the lines under it.

        Raises EngineFailed.
        """
        ...


class ClauseModel(Protocol):
    """A language model that reads clauses and challenges warnings: slow, fallible, maybe elsewhere.

    `version` changes with the model and the question about a note, `challenge_version` with the
    question about a case.
    """

    name: EngineName
    version: str
    challenge_version: str
    stays_here: bool
    prompts: dict[str, str]

    def unless(self, barred: Barred) -> "ClauseModel":
        """Return the same model, asked only while nothing speaks against it; see Model."""
        ...

    def read(self, note: Note, context: ReadingContext) -> ClauseReading:
        """Return what the note says about the clauses of the context's contract, with quotes.

        Raises EngineFailed.
        """
        ...

    def challenge(self, case: Case) -> Challenge:
        """Return what the lines of a case say against a warning, quoted. Raises EngineFailed."""
        ...
