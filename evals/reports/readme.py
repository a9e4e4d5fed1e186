"""`python -m evals.reports.readme`: the README's rows of figures, from the accepted results."""

import sys
from collections.abc import Callable
from typing import NamedTuple

from evals.baselines.gate import accepted, path_of
from evals.metrics.brief import MUST_COVER_WEIGHTED, ON_LABELLED_FACT, WORDS
from evals.metrics.commitments import DUE_DATE, FOUND, OPEN, OVERDUE, OWNER
from evals.metrics.drift import QUIET, RECALL
from evals.metrics.facts import ANY_KIND, RIGHT_KIND
from evals.metrics.grounding import GROUNDING
from evals.metrics.leakage import LEAKAGE
from evals.metrics.metric import Metric
from evals.metrics.questions import KEEPS_EVERY_RULE
from evals.metrics.search import SESSION_IN_FIRST
from evals.results.result import Figure, Result


def _value(figure: Figure) -> str:
    return f"{figure.value:.2f}"


def _with_interval(figure: Figure) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"


def _whole(figure: Figure) -> str:
    return f"{figure.value:.0f}"


def _all_or_share(figure: Figure) -> str:
    return "all" if figure.value == 1 else f"{figure.value:.4f}"


def _count_of(figure: Figure) -> str:
    return f"{figure.value * figure.of:.0f} of {figure.of:.0f}"


class ReadmeRow(NamedTuple):
    """One row of the README's table: how it begins, and how its figures are written."""

    label: str
    metrics: tuple[Metric, ...]
    text: Callable[[Figure], str] = _value

    def cell(self, result: Result) -> str:
        """The figures of a result, with commas between them."""
        figures = {each.name: each for each in result.metrics}
        return ", ".join(self.text(figures[metric.name]) for metric in self.metrics)


ROWS = (
    ReadmeRow("facts found, any kind (F1)", (ANY_KIND.f1,), _with_interval),
    ReadmeRow("facts of the right kind (F1)", (RIGHT_KIND.f1,), _with_interval),
    ReadmeRow("commitments (F1)", (FOUND.f1,), _with_interval),
    ReadmeRow("their owner, their due date, of those found", (OWNER, DUE_DATE)),
    ReadmeRow("open, overdue at checkpoints (F1)", (OPEN.f1, OVERDUE.f1)),
    ReadmeRow("what a brief must hold, weighted by rank", (MUST_COVER_WEIGHTED,), _with_interval),
    ReadmeRow("its lines that stand on a labelled fact", (ON_LABELLED_FACT,)),
    ReadmeRow("words of a brief", (WORDS,), _whole),
    ReadmeRow("questions that keep every rule", (KEEPS_EVERY_RULE,)),
    ReadmeRow("checkpoints without drift left quiet", (QUIET,)),
    ReadmeRow("expected drift found", (RECALL,)),
    ReadmeRow(
        "search: right session among the first 3, 5", (SESSION_IN_FIRST[3], SESSION_IN_FIRST[5])
    ),
    ReadmeRow("citations exact", (GROUNDING,), _all_or_share),
    ReadmeRow("private strings leaked", (LEAKAGE,), _count_of),
)


def main() -> None:
    """Print each row with the figures of the splits that have an accepted result."""
    paths = (path_of("embedded", "cases", split) for split in ("dev", "test"))
    results = [accepted(path) for path in paths if path.exists()]
    for row in ROWS:
        cells = " | ".join(row.cell(result) for result in results)
        sys.stdout.write(f"| {row.label} | {cells} |\n")


if __name__ == "__main__":
    main()
