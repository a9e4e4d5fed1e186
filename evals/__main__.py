"""`python -m evals`: measures the answers, prints and keeps what was found, and guards it.

Heavy parts are imported by the suite that needs them, so that help comes at once.
"""
# ruff: noqa: PLC0415 - late imports, as in coach.cli

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer
from typer.exceptions import TyperException

from coach.errors import CoachError, Invalid

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from coach.settings import Settings
    from evals.cases import Case
    from evals.judge import Judge
    from evals.run import Result

_FOLDER = Path(__file__).parent
_REPORTS = _FOLDER / "reports"
_WIDE = 140

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Engine(StrEnum):
    """Who reads the notes."""

    embedded = "embedded"
    llm = "llm"


class Suite(StrEnum):
    """What is measured."""

    cases = "cases"
    drift = "drift"
    locomo = "locomo"
    notes = "notes"


class Split(StrEnum):
    """Which cases."""

    dev = "dev"
    test = "test"
    train = "train"
    all = "all"


class Asked(NamedTuple):
    """Which part of a suite to measure, or whose data, and with which model beside the embedded engine."""

    split: str
    data: Path | None
    model: "Settings | None" = None


class Bar:
    """A progress bar that suites tell what they have done."""

    def __init__(self, shown: "Progress", what: str) -> None:
        self._shown = shown
        self._what = what
        self._task = shown.add_task(what, total=None)

    def expect(self, total: int) -> None:
        """So many cases are to come."""
        self._shown.update(self._task, total=total)

    def case(self, name: str) -> None:
        """A case is done."""
        self._shown.update(self._task, advance=1, description=f"{self._what} {name}")


def _cases(asked: Asked, bar: Bar) -> "Result":
    from evals.cases import FOLDER
    from evals.run import run_cases

    cases = _chosen(asked)
    bar.expect(len(cases))
    return run_cases(cases, bar.case, data=asked.data or FOLDER, settings=asked.model)


def _chosen(asked: Asked) -> "Sequence[Case]":
    from evals.cases import FOLDER, SPLITS, load_folder

    if asked.data is not None:
        return load_folder(asked.data)
    splits = SPLITS if asked.split == "all" else (asked.split,)
    return [case for split in splits for case in load_folder(FOLDER / split, split=split)]


def _drift(_asked: Asked, bar: Bar) -> "Result":
    from evals import injection
    from evals.report import of_figures
    from evals.run import provenance

    bar.expect(len(injection.variants()))
    return of_figures("drift", injection.measure(bar.case), provenance(_FOLDER / "parts"))


def _locomo(asked: Asked, bar: Bar) -> "Result":
    from evals.locomo import run_locomo

    return run_locomo(_given(asked, "the file as LoCoMo publishes it"), bar.case)


def _notes(asked: Asked, bar: Bar) -> "Result":
    from evals.series import run_series

    return run_series(
        _given(asked, "a folder with a folder of notes for each mentorship"), bar.case
    )


def _given(asked: Asked, what: str) -> Path:
    if asked.data is None:
        raise Invalid(f"this suite needs --data: {what}")
    return asked.data


SUITES: dict[str, Callable[[Asked, Bar], "Result"]] = {
    "cases": _cases,
    "drift": _drift,
    "locomo": _locomo,
    "notes": _notes,
}


def main() -> None:
    """Run the command; a mistake gives one clear line and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except CoachError as error:
        _refuse(str(error))
    except TyperException as error:
        _refuse(error.format_message())
    except OSError as error:
        about = f": {error.filename}" if error.filename else ""
        _refuse(f"{error.strerror or error}{about}")
    else:
        sys.exit(code)


def _refuse(why: str) -> NoReturn:
    sys.stderr.write(f"evals: {' '.join(why.split())}\n")
    sys.exit(2)


@app.command()
def measure(  # noqa: PLR0913, PLR0917 - one parameter an option
    engine: Annotated[Engine, typer.Option(help="Who reads the notes.")] = Engine.embedded,
    suite: Annotated[Suite, typer.Option(help="What is measured.")] = Suite.cases,
    split: Annotated[
        Split | None, typer.Option(help="Which labelled cases; dev unless said.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(exists=True, help="Other cases, the LoCoMo file, folders of notes."),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="The result to compare with; else the accepted baseline.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the JSON and the page go.")] = _REPORTS,
    verbose: Annotated[  # noqa: FBT002 - Typer takes flags as booleans
        bool, typer.Option("--verbose", help="Also figures kind by kind.")
    ] = False,
    gate: Annotated[  # noqa: FBT002
        bool, typer.Option("--gate", help="Exit 1 where the result differs from the baseline.")
    ] = False,
    accept: Annotated[  # noqa: FBT002
        bool, typer.Option("--accept", help="Make this result the baseline.")
    ] = False,
    prompt: Annotated[
        list[str] | None,
        typer.Option(help="With --engine llm: a prompt and its version, such as read=v1."),
    ] = None,
    judge: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--judge", help="Ask COACH_LLM_MODEL about what is to judge; never gated."),
    ] = False,
) -> int:
    """Measure how good the answers are."""
    from evals import baseline
    from evals.report import print_result

    _check(engine, suite, split=split, data=data)
    if gate and accept:
        raise Invalid("give --gate or --accept, not both")
    if (gate or accept) and suite is Suite.cases and data is not None and against is None:
        raise Invalid("a baseline of other cases has its own place: say --against")
    asked = Asked((split or Split.dev).value, data, _model(engine, prompt or []))
    judging = _judge(suite, data) if judge else None
    path = against or baseline.path_of(engine.value, suite.value, asked.split)
    compared = path.exists() and not (data is not None and against is None)
    known = baseline.accepted(path) if gate or (against and not accept) or compared else None

    console = _console()
    with _progress(f"Measuring {suite.value}") as bar:
        result = SUITES[suite.value](asked, bar)
    print_result(console, result, known, verbose=verbose)
    _keep(console, _judged(console, result, judging) if judging else result, known, out=out)
    if accept:
        return _accepted(console, result, path)
    return _gated(result, known) if gate and known else 0


def _check(engine: Engine, suite: Suite, *, split: Split | None, data: Path | None) -> None:
    """Raise Invalid for what does not go together."""
    if engine is Engine.llm and suite is not Suite.cases:
        raise Invalid("only the suite cases measures a model")
    if suite is Suite.drift and data is not None:
        raise Invalid("the suite drift makes its own data: leave --data out")
    if split is not None and (suite is not Suite.cases or data is not None):
        raise Invalid("only the cases of this repository have splits: leave --split out")


def _model(engine: Engine, prompts: Sequence[str]) -> "Settings | None":
    """The settings that name the model to measure, with the versions of its prompts."""
    from coach.settings import from_environment

    if engine is Engine.embedded:
        if prompts:
            raise Invalid("only a model is given prompts: leave --prompt out or say --engine llm")
        return None
    settings = from_environment()
    if settings.llm_model is None and settings.llm_replay is None:
        raise Invalid(
            "--engine llm needs a language model: set COACH_LLM_MODEL, or COACH_LLM_REPLAY"
        )
    return settings.model_copy(update={"llm_prompts": _versions(prompts)})


def _versions(prompts: Sequence[str]) -> dict[str, int]:
    """`read=v1` as a name and a number."""
    found = {}
    for each in prompts:
        name, _, version = each.partition("=v")
        if name not in {"read", "word", "ask"} or not version.isdecimal():
            raise Invalid(f"a prompt is named as read=v1, word=v1 or ask=v1, not {each!r}")
        found[name] = int(version)
    return found


def _judge(suite: Suite, data: Path | None) -> "Judge":
    """Who judges, found before anything is measured."""
    from coach.settings import from_environment
    from evals.judge import configured

    if suite is not Suite.cases:
        raise Invalid("only the suite cases has something to judge: leave --judge out")
    return configured(from_environment(), own_notes=data is not None)


def _judged(console: "Console", result: "Result", judge: "Judge") -> "Result":
    from evals.judge import counted, pairs

    with _progress("Judging") as bar:
        bar.expect(len(pairs(result)))
        verdicts = judge.verdicts(result, bar.case)
    console.print(counted(verdicts), markup=False, highlight=False)
    return result.model_copy(update={"verdicts": verdicts})


def _keep(console: "Console", result: "Result", known: "Result | None", *, out: Path) -> None:
    from evals.page import page
    from evals.report import save

    kept = save(result, out)
    shown = kept.with_suffix(".html")
    shown.write_text(page(result, known), encoding="utf-8")
    for path in (kept, shown):
        console.print(f"written: {path}", markup=False, highlight=False, soft_wrap=True)


def _accepted(console: "Console", result: "Result", path: Path) -> int:
    """Make a result the baseline, unless it breaks what no baseline may."""
    from evals import baseline

    if broken := baseline.broken_promises(result):
        return _listed("not accepted", broken)
    baseline.accept(result, path)
    console.print(f"accepted: {path}", markup=False, highlight=False, soft_wrap=True)
    return 0


def _gated(result: "Result", known: "Result") -> int:
    from evals import baseline

    found = baseline.differences(result, known)
    return _listed("not as the baseline", found) if found else 0


def _listed(title: str, lines: Sequence[str]) -> int:
    sys.stderr.write("\n".join([f"{title}:", *(f"  {line}" for line in lines), ""]))
    return 1


def _console() -> "Console":
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=_WIDE)


@contextmanager
def _progress(what: str) -> Iterator[Bar]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield Bar(shown, what)


if __name__ == "__main__":
    main()
