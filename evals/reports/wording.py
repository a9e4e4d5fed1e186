"""The wording of figures, shared by all reports."""

from evals.metrics.metric import GROUPS, Group
from evals.metrics.table import metric_named
from evals.results.result import DIGITS, Figure, Provenance, Result

# The least change that three digits show.
_SEEN = 0.0005


def by_group(result: Result, *, details: bool) -> dict[Group, list[Figure]]:
    """The figures by group, groups in their order; details only when asked for."""
    groups: dict[Group, list[Figure]] = {group: [] for group in GROUPS}
    for figure in result.metrics:
        metric = metric_named(figure.name)
        if details or not metric.is_detail:
            groups[metric.group].append(figure)
    return {group: figures for group, figures in groups.items() if figures}


def value_text(value: float) -> str:
    """A value as people read it: three digits, or one where it is 10 or more."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def change_text(was: float, now: float) -> str:
    """A change with its sign; small ones keep enough digits to be seen."""
    change = round(now - was, DIGITS)
    if change == 0:
        return "–"
    told = f"{change:+.3f}" if abs(change) >= _SEEN else f"{change:+.6f}"
    return told.replace("-", "−")


def title_text(result: Result) -> str:
    """The suite, and how many cases it had."""
    cases = len(result.cases)
    return f"{result.suite}, {cases} {'case' if cases == 1 else 'cases'}" if cases else result.suite


def interval_text(figure: Figure) -> str:
    """The 95 % interval; nothing where there were no cases to draw it from."""
    return f"{value_text(figure.low)} – {value_text(figure.high)}" if figure.of else ""


def worst_case_text(figure: Figure) -> str:
    """The worst case's figure and name; no name where every case has the same figure."""
    if not figure.of:
        return ""
    alike = figure.worst == figure.value == figure.p5
    return value_text(figure.worst) if alike else f"{value_text(figure.worst)} {figure.worst_case}"


def checkout_text(provenance: Provenance) -> str:
    """The commit and the day of a run."""
    changed = " with changes" if provenance.dirty else ""
    return f"commit {provenance.commit[:7]}{changed}, {provenance.made_at:%Y-%m-%d %H:%M} UTC"
