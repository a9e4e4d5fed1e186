"""A metric: a named figure, and what a reader must know to judge it."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

Group = Literal[
    "facts",
    "commitments",
    "brief",
    "questions",
    "drift",
    "search",
    "grounding",
    "leakage",
    "abstention",
    "other",
]
GROUPS: tuple[Group, ...] = get_args(Group)
"""The groups in the order in which reports show them."""
Direction = Literal["higher", "lower", "none"]
"""Which values are better; none where neither is."""
Unit = Literal[
    "share",
    "count",
    "words",
    "sessions",
    "per 1,000 words",
    "per 100 sessions",
    "per checkpoint",
    "per expected warning",
]

RIJSBERGEN = "van Rijsbergen, Information Retrieval, 2nd edition, 1979, chapter 7"
OWN = "our own definition"


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure of a result.

    `how` says how it is worked out, `source` where the definition comes from. `is_detail` marks
    the figure of one kind beside a figure of the whole: reports show it when asked. `column` is
    the short head of its column in the page's table of cases, empty where it has none.
    `case_figure` names the figure that is kept for each case, where that is another one.
    `promised` is the value that must hold whatever a baseline says.
    """

    name: str
    group: Group
    direction: Direction
    unit: Unit
    how: str
    source: str
    is_detail: bool = False
    column: str = ""
    case_figure: str = ""
    promised: float | None = None

    @property
    def figure_of_a_case(self) -> str:
        """Name of the figure kept for each case: its own, or F1 for precision and recall."""
        return self.case_figure or self.name

    @property
    def value_of_nothing(self) -> float:
        """Value where there was nothing to count: the best one."""
        return 0.0 if self.direction == "lower" else 1.0

    def of_kind(self, kind: str) -> "Metric":
        """The same metric of one kind alone, named `<name>: <kind>`."""
        return replace(
            self,
            name=f"{self.name}: {kind}",
            how=f"{self.how}, of {kind} alone",
            is_detail=True,
            column="",
        )


@dataclass(frozen=True)
class Comparison:
    """Precision, recall and F1 of what was said against the labels."""

    name: str
    precision: Metric
    recall: Metric
    f1: Metric

    @property
    def metrics(self) -> tuple[Metric, Metric, Metric]:
        """The three, in the order in which a result holds them."""
        return self.precision, self.recall, self.f1


def comparison(
    name: str, *, group: Group, how: str, column: str = "", details: tuple[str, ...] = ()
) -> Comparison:
    """A comparison named `name`; `details` names those of its figures that are details."""

    def metric(figure: str, of: str, *, head: str = "") -> Metric:
        return Metric(
            name=f"{name}: {figure}",
            group=group,
            direction="higher",
            unit="share",
            how=f"{of}: {how}",
            source=RIJSBERGEN,
            is_detail=figure in details,
            column=head,
            case_figure=f"{name}: f1",
        )

    return Comparison(
        name,
        precision=metric("precision", "the share of what was said that is labelled"),
        recall=metric("recall", "the share of what is labelled that was said"),
        f1=metric("f1", "the harmonic mean of precision and recall", head=column),
    )


EVERY_FIGURE = ("precision", "recall", "f1")
"""The figures of a comparison: what to name when all of them are details."""


def unknown_metric(name: str) -> Metric:
    """A metric that the table has not, such as one of an older result: more of it is better."""
    return Metric(
        name=name,
        group="other",
        direction="higher",
        unit="share",
        how="not known",
        source="not in the table of metrics",
    )
