"""The command: measures one suite, prints and keeps what it finds, and guards it.

Heavy parts are imported when they are needed, so that help comes at once.
"""
# ruff: noqa: PLC0415 - late imports, as in coach.terminal.cli

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from coach.errors import CoachError, Invalid
from evals.options import Comparing, EngineName, Options, SplitName
from evals.suites.table import SuiteName, suite_named

if TYPE_CHECKING:
    from rich.console import Console

    from evals.judge import Judge
    from evals.results.result import Result

_RUNS = Path(__file__).parent / "runs"
# Columns where the output is no terminal: the widest row of a table fits.
_WIDE = 140
# Twelve pages of six mentorships have about 200 items: two hours of a careful reader.
_DAYS = 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


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


@app.callback(invoke_without_command=True)
def measure(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: typer.Context,
    engine: Annotated[EngineName, typer.Option(help="Who reads the notes.")] = EngineName.embedded,
    suite: Annotated[SuiteName, typer.Option(help="What is measured.")] = SuiteName.cases,
    split: Annotated[
        SplitName | None, typer.Option(help="Which labelled cases; dev unless said.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(exists=True, help="Other cases, the LoCoMo file, folders of notes."),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="The result to compare with; else the accepted baseline.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the JSON and the page go.")] = _RUNS,
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
    every: Annotated[  # noqa: FBT002
        bool, typer.Option("--all", help="Every variant of the suite drift, not the sample.")
    ] = False,
    judge: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--judge", help="Ask COACH_LLM_MODEL about what is to judge; never gated."),
    ] = False,
) -> int:
    """Measure how good the answers are."""
    if context.invoked_subcommand is not None:
        return _nothing_before(context)
    comparing = Comparing(against, gate=gate, accept=accept)
    options = Options(engine, suite, split, data, tuple(prompt or ()), judge=judge, every=every)
    return _measured(options, comparing, out, verbose=verbose)


def _nothing_before(context: typer.Context) -> int:
    """Refuse what was given before the name of another command, which would not hear it."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise Invalid(f"--{name} stands before {context.invoked_subcommand}: say it behind")
    return 0


@app.command("pages")
def rate(  # noqa: PLR0913, PLR0917 - one parameter an option
    dump: Annotated[
        Path | None, typer.Option(help="Write pages, and an empty sheet for verdicts, here.")
    ] = None,
    ratings: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, help="A sheet of verdicts to add up; give two to compare readers."
        ),
    ] = None,
    before: Annotated[
        list[Path] | None, typer.Option(exists=True, help="Earlier verdicts to compare with.")
    ] = None,
    split: Annotated[SplitName | None, typer.Option(help="Which cases; dev unless said.")] = None,
    data: Annotated[Path | None, typer.Option(exists=True, help="A folder of other cases.")] = None,
    engine: Annotated[EngineName, typer.Option(help="Who reads the notes.")] = EngineName.embedded,
    days: Annotated[
        int, typer.Option(min=1, help="How many labelled days of each, the last ones.")
    ] = _DAYS,
) -> int:
    """Write pages for people to judge, or add up what they say of them."""
    from evals.progress import progress
    from evals.ratings.asked import Asked

    options = Options(engine, SuiteName.cases, split, data, (), judge=False)
    asked = Asked(dump, days, tuple(ratings or ()), tuple(before or ()))
    asked.check()
    options.check(suite_named(options.suite))
    with progress("Reading") as bar:
        asked.answer(options.request(), bar, _console())
    return 0


def _measured(options: Options, comparing: Comparing, out: Path, *, verbose: bool) -> int:
    """Measure, print and keep; the exit code."""
    from evals.progress import progress
    from evals.reports.terminal import print_result

    suite = suite_named(options.suite)
    options.check(suite)
    comparing.check(options)
    request, judging = options.request(), options.judge_chosen()
    known = comparing.known(options)
    console = _console()
    with progress(f"Measuring {options.suite.value}") as bar:
        result = suite.run(request, bar)
    print_result(console, result, known, verbose=verbose)
    kept = _judged(console, result, judging) if judging else result
    _keep(console, kept, known, out=out)
    if comparing.accept:
        return _accepted(console, result, comparing.path(options))
    return _gated(result, known) if comparing.gate and known else 0


def _judged(console: "Console", result: "Result", judge: "Judge") -> "Result":
    """The result with what the judge says."""
    from evals.judge import counts_text, pairs
    from evals.progress import progress

    with progress("Judging") as bar:
        bar.expect(len(pairs(result)))
        verdicts = judge.verdicts(result, bar.done)
    console.print(counts_text(verdicts), markup=False, highlight=False)
    return result.model_copy(update={"verdicts": verdicts})


def _keep(console: "Console", result: "Result", known: "Result | None", *, out: Path) -> None:
    """Write the result and its page, and say where."""
    from evals.reports.page import page
    from evals.results.files import save

    kept = save(result, out)
    shown = kept.with_suffix(".html")
    shown.write_text(page(result, known), encoding="utf-8")
    for path in (kept, shown):
        console.print(f"written: {path}", markup=False, highlight=False, soft_wrap=True)


def _accepted(console: "Console", result: "Result", path: Path) -> int:
    """Make a result the baseline, unless it breaks what no baseline may; the exit code."""
    from evals.baselines.gate import accept, broken_promises

    if broken := broken_promises(result):
        return _listed("not accepted", broken)
    accept(result, path)
    console.print(f"accepted: {path}", markup=False, highlight=False, soft_wrap=True)
    return 0


def _gated(result: "Result", known: "Result") -> int:
    """Tell what differs from the baseline; the exit code."""
    from evals.baselines.gate import differences

    found = differences(result, known)
    return _listed("not as the baseline", found) if found else 0


def _listed(title: str, lines: Sequence[str]) -> int:
    sys.stderr.write("\n".join([f"{title}:", *(f"  {line}" for line in lines), ""]))
    return 1


def _console() -> "Console":
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=_WIDE)
