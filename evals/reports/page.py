"""One HTML page of a result: what changed, every figure, every case, every miss."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from evals.metrics.brief import likeness
from evals.metrics.outcome import Miss
from evals.metrics.table import METRICS, metric_named
from evals.reports.html import document, figure_cell, folded_table, on_a_line, table, tag
from evals.reports.wording import (
    by_group,
    change_text,
    checkout_text,
    interval_text,
    title_text,
    value_text,
    worst_case_text,
)
from evals.results.comparison import (
    FigureChange,
    changes_by_case,
    new_misses,
    value_before,
    verdict,
)
from evals.results.result import Figure, Result

# As many columns of cases as stand side by side on a page.
_MOST_COLUMNS = 11
# Widths of the lines that figures stand on: in their own table, and in that of the cases.
_LINE_PIXELS = 150
_CELL_PIXELS = 66
_CHANGE = ("figure", "#was", "#is", "#change")


def page(result: Result, against: Result | None) -> str:
    """The whole page."""
    return document(
        f"Session Coach, {result.suite}: how good the answers are",
        _provenance(result),
        *_changes(result, against),
        *_figures(result, against),
        *_cases(result, against),
        *_to_judge(result),
        *_misses(result, against),
    )


def _provenance(result: Result) -> Element:
    made = result.provenance
    told = {
        "run": f"{made.made_at:%Y-%m-%d %H:%M} UTC",
        "commit": made.commit[:12] + (", with changes" if made.dirty else ""),
        "suite": title_text(result),
        "engine": f"{made.engine} {made.engine_version}",
        "model": made.model or "none",
        "tokens": str(result.tokens),
        "prompts": made.prompts,
        "data": made.data,
        "lock": made.lock,
        "Python": made.python,
        "platform": made.platform,
        "packages": ", ".join(f"{name} {number}" for name, number in made.packages.items()),
    }
    pairs = [each for name, text in told.items() for each in (tag("dt", name), tag("dd", text))]
    return tag("dl", *pairs)


def _changes(result: Result, against: Result | None) -> Iterator[Element]:
    """Return what has changed: the figures, the cases behind them, and how many are unchanged."""
    yield tag("h2", "What changed")
    if against is None:
        yield tag("p", "There is no baseline to compare with.", class_="soft")
        return
    pairs = [
        (each, was)
        for each in result.metrics
        if (was := value_before(each.name, against)) is not None
    ]
    changed = [(each, was) for each, was in pairs if verdict(each.name, was, each.value) != "same"]
    changed.sort(
        key=lambda pair: (metric_named(pair[0].name).is_detail, -abs(pair[0].value - pair[1]))
    )
    counts = f"{len(changed)} figures changed, {len(pairs) - len(changed)} did not."
    yield tag(
        "p", f"Since the baseline of {checkout_text(against.provenance)}: {counts}", class_="soft"
    )
    if changed:
        yield folded_table(_CHANGE, [_changed(each.name, was, each.value) for each, was in changed])
    changes = changes_by_case(result, against)
    if result.cases:
        yield tag("h3", "In which cases")
    for case in result.cases:
        own = [each for each in changes if each.case == case]
        new = new_misses(result, against, case)
        gone = new_misses(against, result, case)
        if own or new or gone:
            yield _changed_case(case, own, new=new, gone=gone)


def _changed(name: str, was: float, now: float) -> Element:
    change = tag("td", change_text(was, now), class_=f"n {verdict(name, was, now)}")
    return tag(
        "tr", tag("td", name), figure_cell(value_text(was)), figure_cell(value_text(now)), change
    )


def _changed_case(
    case: str, own: Sequence[FigureChange], *, new: Sequence[Miss], gone: Sequence[Miss]
) -> Element:
    told = f": figures moved {len(own)}, misses new {len(new)}, gone {len(gone)}"
    inside = [tag("summary", tag("strong", case), told)]
    if own:
        inside.append(table(_CHANGE, [_changed(each.name, each.was, each.now) for each in own]))
    for heading, misses in (("New misses", new), ("Misses that are gone", gone)):
        if misses:
            rows = [_miss(each, f"{each.kind}\n{each.day}") for each in misses]
            inside += [tag("h3", heading), table(["wanted", "said", "~what"], rows, kind="words")]
    return tag("details", *inside)


def _miss(miss: Miss, *aside: Element | str) -> Element:
    return tag(
        "tr",
        tag("td", miss.wanted or "–"),
        tag("td", miss.said or "–"),
        tag("td", *aside, class_="soft"),
    )


def _figures(result: Result, against: Result | None) -> Iterator[Element]:
    yield tag("h2", "Figures")
    yield tag(
        "p",
        "Over all cases together. The line runs from 0 to 1: the dot is the figure, the band its "
        "95 % interval by bootstrap over the cases, the tick the baseline; what may exceed 1 has "
        "no line. P5 is the case at the 5th percentile, or at the 95th where less is better.",
        class_="soft",
    )
    heads = ["", "#value", "", "#95 % interval", "#P5", "worst case", "#n", "#change"]
    rows: list[Element] = []
    for group, metrics in by_group(result, details=False).items():
        rows.append(tag("tr", tag("td", group, colspan=len(heads)), class_="group"))
        rows += [_figure_row(each, value_before(each.name, against)) for each in metrics]
    yield table(heads, rows)
    kinds = [each for each in result.metrics if metric_named(each.name).is_detail]
    if kinds:
        rows = [_figure_row(each, value_before(each.name, against)) for each in kinds]
        yield tag("details", tag("summary", "Kind by kind"), table(heads, rows))
    if result.milliseconds:
        yield tag("h3", "Milliseconds a call, on this machine")
        calls = [_call(name, taken) for name, taken in result.milliseconds.items()]
        yield table(["", "#median", "#P95", "#longest", "#calls"], calls)


def _call(name: str, taken: dict[str, float]) -> Element:
    figures = [figure_cell(f"{taken[each]:.1f}") for each in ("p50", "p95", "max")]
    return tag("tr", tag("td", name), *figures, figure_cell(f"{taken['calls']:g}"))


def _figure_row(figure: Figure, was: float | None) -> Element:
    line: Element | str = ""
    if 0 <= figure.value <= 1 and figure.high <= 1:
        band = (figure.low, figure.high)
        line = on_a_line(figure.value, interval=band, beside=was, width=_LINE_PIXELS)
    change = "" if was is None else change_text(was, figure.value)
    kind = "" if was is None else verdict(figure.name, was, figure.value)
    return tag(
        "tr",
        tag("td", figure.name),
        figure_cell(value_text(figure.value)),
        tag("td", line),
        figure_cell(interval_text(figure)),
        figure_cell(value_text(figure.p5) if figure.of else ""),
        tag("td", worst_case_text(figure), class_="w"),
        figure_cell(f"{figure.of:g}" if figure.of else ""),
        tag("td", change, class_=f"n {kind}"),
    )


def _cases(result: Result, against: Result | None) -> Iterator[Element]:
    """A dot for every case and main figure, so that a column compares the cases."""
    measured = {name for figures in result.by_case.values() for name in figures}
    names = _columns(measured)
    if not names:
        return
    yield tag("h2", "Case by case")
    yield tag(
        "p",
        "Each line runs from 0 to 1. The tick is all cases together; in the last row, the "
        "baseline.",
        class_="soft",
    )
    rows = [
        tag(
            "tr",
            tag("td", case),
            *(_dot(figures.get(each), beside=result.value(each)) for each in names),
        )
        for case, figures in result.by_case.items()
    ]
    whole = [_dot(result.value(each), beside=value_before(each, against)) for each in names]
    rows.append(tag("tr", tag("td", "all together"), *whole))
    yield table(["", *names.values()], rows, kind="matrix")


def _columns(measured: set[str]) -> dict[str, str]:
    """Names and heads of the columns: metrics that have a head, else the first by name."""
    headed = (metric for metric in METRICS.values() if metric.column and metric.name in measured)
    if heads := {metric.name: metric.column for metric in headed}:
        return heads
    every = sorted(name for name in measured if not metric_named(name).is_detail)
    return {name: name for name in every[:_MOST_COLUMNS]}


def _dot(value: float | None, *, beside: float | None) -> Element:
    if value is None:
        return tag("td", tag("span", "–"))
    number = tag("span", value_text(value))
    if not 0 <= value <= 1:
        return tag("td", number)
    return tag("td", on_a_line(value, beside=beside, width=_CELL_PIXELS), number)


def _to_judge(result: Result) -> Iterator[Element]:
    """Return what only a reader decides: forbidden statements beside the nearest ones made."""
    found = [
        (likeness(miss.said, miss.wanted), case, miss)
        for case, misses in result.misses.items()
        for miss in misses
        if miss.is_to_judge
    ]
    if not found:
        return
    yield tag("h2", f"To judge ({len(found)})")
    yield tag(
        "p",
        "What a brief must not state, the nearest statement that it makes, and the share of words "
        "they have in common. No figure counts these: a reader decides whether the one says the "
        "other.",
        class_="soft",
    )
    if result.verdicts:
        by = ", ".join(sorted({each.by for each in result.verdicts}))
        yield tag("p", f"What a language model says to it ({by}) is an opinion.", class_="soft")
    found.sort(key=lambda each: (-each[0], each[1], each[2].what))
    verdict_head = ["verdict"] if result.verdicts else []
    heads = ["#alike", "must not be stated", "nearest statement", *verdict_head, "~brief"]
    yield folded_table(heads, _rows_to_judge(result, found), kind="words")


def _rows_to_judge(result: Result, found: Sequence[tuple[float, str, Miss]]) -> list[Element]:
    """A row for each likeness, case and miss, with the verdict where anybody judged."""
    verdicts = {(each.said, each.wanted): str(each) for each in result.verdicts}
    return [
        tag(
            "tr",
            figure_cell(f"{share:.2f}"),
            tag("td", miss.wanted),
            tag("td", miss.said),
            *([tag("td", verdicts.get((miss.said, miss.wanted), "–"))] if verdicts else ()),
            tag("td", f"{case}\n{miss.day}", class_="soft"),
        )
        for share, case, miss in found
    ]


def _misses(result: Result, against: Result | None) -> Iterator[Element]:
    """Every miss by case and type, folded away."""
    if not any(result.misses.values()):
        return
    yield tag("h2", "Misses")
    yield tag("p", "The notes' words or what the labels want, beside what was said.", class_="soft")
    for case, misses in result.misses.items():
        new = set(new_misses(result, against, case)) if against else set()
        kinds: dict[str, list[Miss]] = defaultdict(list)
        for miss in misses:
            if not miss.is_to_judge:
                kinds[miss.kind].append(miss)
        total = sum(map(len, kinds.values()))
        inside = [_of_kind(kind, kinds[kind], new) for kind in sorted(kinds)]
        yield tag("details", tag("summary", tag("strong", case), f": {total}"), *inside)


def _of_kind(kind: str, misses: Sequence[Miss], new: set[Miss]) -> Element:
    rows = [
        _miss(miss, tag("span", "new" if miss in new else "", class_="new"), f" {miss.day}")
        for miss in misses
    ]
    head = tag("summary", f"{kind} ({len(misses)})")
    return tag("details", head, table(["wanted", "said", "~"], rows, kind="words"))
