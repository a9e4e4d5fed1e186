"""What the command is asked: which options go together, and what they name."""
# ruff: noqa: PLC0415 - late imports, as in evals.command

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.errors import Invalid
from evals.suites.table import SuiteName

if TYPE_CHECKING:
    from coach.settings import Settings
    from evals.judge import Judge
    from evals.results.result import Result
    from evals.suites.suite import Request, Suite

_PROMPTS = frozenset({"read", "word", "ask", "clauses", "challenge"})


class EngineName(StrEnum):
    """Who reads the notes."""

    embedded = "embedded"
    llm = "llm"


class SplitName(StrEnum):
    """Which cases."""

    dev = "dev"
    test = "test"
    train = "train"
    all = "all"


class Options(NamedTuple):
    """What to measure, on which data, with which model."""

    engine: EngineName
    suite: SuiteName
    split: SplitName | None
    data: Path | None
    prompts: tuple[str, ...]
    judge: bool
    every: bool = False

    @property
    def split_chosen(self) -> str:
        """The split that was given, dev without one."""
        return (self.split or SplitName.dev).value

    def check(self, suite: "Suite") -> None:
        """Raise Invalid for options that do not go together."""
        if self.engine is EngineName.llm and not suite.uses_model:
            raise Invalid("only the suite cases measures a model")
        if suite.data == "own" and self.data is not None:
            raise Invalid(f"the suite {self.suite.value} makes its own data: leave --data out")
        if self.split is not None and (not suite.has_splits or self.data is not None):
            raise Invalid("only the cases of this repository have splits: leave --split out")
        if self.every and not suite.has_sample:
            raise Invalid("only the suite drift measures a sample: leave --all out")
        if self.judge and not suite.can_be_judged:
            raise Invalid("only the suite cases has something to judge: leave --judge out")

    def request(self) -> "Request":
        """What the suite is asked."""
        from evals.suites.suite import Request

        return Request(self.split_chosen, self.data, self._model(), every=self.every)

    def _model(self) -> "Settings | None":
        """The settings that name the model to measure, with the versions of its prompts."""
        from coach.settings import from_environment

        if self.engine is EngineName.embedded:
            if self.prompts:
                raise Invalid(
                    "only a model is given prompts: leave --prompt out or say --engine llm"
                )
            return None
        settings = from_environment()
        if settings.llm_model is None and settings.llm_replay is None:
            raise Invalid(
                "--engine llm needs a language model: set COACH_LLM_MODEL, or COACH_LLM_REPLAY"
            )
        return settings.model_copy(update={"llm_prompts": self._prompt_versions()})

    def _prompt_versions(self) -> dict[str, int]:
        """`read=v1` as a name and a number."""
        found = {}
        for each in self.prompts:
            name, _, version = each.partition("=v")
            if name not in _PROMPTS or not version.isdecimal():
                raise Invalid(f"a prompt is named as read=v1, word=v1 or ask=v1, not {each!r}")
            found[name] = int(version)
        return found

    def judge_chosen(self) -> "Judge | None":
        """Who judges, found before anything is measured; None where nobody is asked to."""
        from coach.settings import from_environment
        from evals.judge import configured

        if not self.judge:
            return None
        return configured(from_environment(), own_notes=self.data is not None)


class Comparing(NamedTuple):
    """Which result to compare with, and what follows from the comparison."""

    against: Path | None
    gate: bool
    accept: bool

    def check(self, options: Options) -> None:
        """Raise Invalid for what does not go together."""
        if self.gate and self.accept:
            raise Invalid("give --gate or --accept, not both")
        other_cases = options.suite is SuiteName.cases and options.data is not None
        if (self.gate or self.accept) and other_cases and self.against is None:
            raise Invalid("a baseline of other cases has its own place: say --against")

    def path(self, options: Options) -> Path:
        """Where the result lies that is compared with, or will lie."""
        from evals.baselines.gate import path_of

        return self.against or path_of(
            options.engine.value, options.suite.value, options.split_chosen
        )

    def known(self, options: Options) -> "Result | None":
        """The result to compare with.

        None where none is there, or where other data are measured and none was named. Raises
        Invalid where one was asked for and is not there.
        """
        from evals.baselines.gate import accepted

        path = self.path(options)
        own_data = options.data is None or self.against is not None
        asked_for = self.gate or (self.against is not None and not self.accept)
        return accepted(path) if asked_for or (own_data and path.exists()) else None
