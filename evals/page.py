"""One HTML page of a result: what changed, every figure, every case, every miss."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from evals.baseline import TO_JUDGE, Moved, moved, new_misses
from evals.elements import document, figure, folded, on_a_line, table, tag
from evals.metrics import likeness
from evals.outcomes import Miss
from evals.report import (
    before,
    checkout,
    grouped,
    interval,
    is_detail,
    shown,
    shown_change,
    title,
    verdict,
    worst,
)
from evals.run import Metric, Result

_MAIN = {
    "facts, right kind: f1": "facts of the right kind, F1",
    "commitments: f1": "commitments, F1",
    "commitment owner": "their owner",
    "commitment due date": "their due date",
    "open at checkpoints: f1": "open on the day, F1",
    "brief must-cover, weighted": "brief must-cover",
    "questions specific to the pair": "specific questions",
    "drift recall": "drift recall",
    "quiet checkpoints left quiet": "quiet left quiet",
    "search: session in first 3": "session in first 3",
    "search: passage with the answer": "passage with answer",
}
_DATED = re.compile(r"(?:,| of) (\d{4}-\d\d-\d\d)$")
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
        "suite": title(result),
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
    """What is not as it was: the figures, then the cases behind them; of the rest, how many."""
    yield tag("h2", "What changed")
    if against is None:
        yield tag("p", "There is no baseline to compare with.", class_="soft")
        return
    pairs = [
        (each, was) for each in result.metrics if (was := before(each.name, against)) is not None
    ]
    changed = [(each, was) for each, was in pairs if verdict(each.name, was, each.value) != "same"]
    changed.sort(key=lambda pair: (is_detail(pair[0].name), -abs(pair[0].value - pair[1])))
    counts = f"{len(changed)} figures changed, {len(pairs) - len(changed)} did not."
    yield tag("p", f"Since the baseline of {checkout(against.provenance)}: {counts}", class_="soft")
    if changed:
        yield folded(_CHANGE, [_changed(each.name, was, each.value) for each, was in changed])
    changes = moved(result, against)
    if result.cases:
        yield tag("h3", "In which cases")
    for case in result.cases:
        own = [each for each in changes if each.case == case]
        new = new_misses(result, against, case)
        gone = new_misses(against, result, case)
        if own or new or gone:
            yield _changed_case(case, own, new=new, gone=gone)


def _changed(name: str, was: float, now: float) -> Element:
    change = tag("td", shown_change(was, now), class_=f"n {verdict(name, was, now)}")
    return tag("tr", tag("td", name), figure(shown(was)), figure(shown(now)), change)


def _changed_case(
    case: str, own: Sequence[Moved], *, new: Sequence[Miss], gone: Sequence[Miss]
) -> Element:
    told = f": figures moved {len(own)}, misses new {len(new)}, gone {len(gone)}"
    inside = [tag("summary", tag("strong", case), told)]
    if own:
        inside.append(table(_CHANGE, [_changed(each.name, each.was, each.now) for each in own]))
    for heading, misses in (("New misses", new), ("Misses that are gone", gone)):
        if misses:
            rows = [_miss(each, f"{_kind(each)}\n{_day(each)}") for each in misses]
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
        "Over all cases together. The line runs from 0 to 1: the dot is the figure, the band its 95 % interval "
        "by bootstrap over the cases, the tick the baseline; what may exceed 1 has no line. P5 is the case at the "
        "5th percentile, or at the 95th where less is better.",
        class_="soft",
    )
    heads = ["", "#value", "", "#95 % interval", "#P5", "worst case", "#n", "#change"]
    rows: list[Element] = []
    for group, metrics in grouped(result, details=False).items():
        rows.append(tag("tr", tag("td", group, colspan=len(heads)), class_="group"))
        rows += [_metric(each, before(each.name, against)) for each in metrics]
    yield table(heads, rows)
    kinds = [each for each in result.metrics if is_detail(each.name)]
    if kinds:
        rows = [_metric(each, before(each.name, against)) for each in kinds]
        yield tag("details", tag("summary", "Kind by kind"), table(heads, rows))
    if result.milliseconds:
        yield tag("h3", "Milliseconds a call, on this machine")
        calls = [_call(name, taken) for name, taken in result.milliseconds.items()]
        yield table(["", "#median", "#P95", "#longest", "#calls"], calls)


def _call(name: str, taken: dict[str, float]) -> Element:
    figures = [figure(f"{taken[each]:.1f}") for each in ("p50", "p95", "max")]
    return tag("tr", tag("td", name), *figures, figure(f"{taken['calls']:g}"))


def _metric(metric: Metric, was: float | None) -> Element:
    line: Element | str = ""
    if 0 <= metric.value <= 1 and metric.high <= 1:
        band = (metric.low, metric.high)
        line = on_a_line(metric.value, interval=band, beside=was, width=150)
    change = "" if was is None else shown_change(was, metric.value)
    kind = "" if was is None else verdict(metric.name, was, metric.value)
    return tag(
        "tr",
        tag("td", metric.name),
        figure(shown(metric.value)),
        tag("td", line),
        figure(interval(metric)),
        figure(shown(metric.p5) if metric.of else ""),
        tag("td", worst(metric), class_="w"),
        figure(f"{metric.of:g}" if metric.of else ""),
        tag("td", change, class_=f"n {kind}"),
    )


def _cases(result: Result, against: Result | None) -> Iterator[Element]:
    """A dot for every case and main figure, so that a column compares the cases."""
    measured = {name for figures in result.by_case.values() for name in figures}
    names = {name: label for name, label in _MAIN.items() if name in measured}
    if not names:
        every = sorted(name for name in measured if not is_detail(name))
        names = {name: name for name in every[: len(_MAIN)]}
    if not names:
        return
    yield tag("h2", "Case by case")
    yield tag(
        "p",
        "Each line runs from 0 to 1. The tick is all cases together; in the last row, the baseline.",
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
    whole = [_dot(result.value(each), beside=before(each, against)) for each in names]
    rows.append(tag("tr", tag("td", "all together"), *whole))
    yield table(["", *names.values()], rows, kind="matrix")


def _dot(value: float | None, *, beside: float | None) -> Element:
    if value is None:
        return tag("td", tag("span", "–"))
    number = tag("span", shown(value))
    if not 0 <= value <= 1:
        return tag("td", number)
    return tag("td", on_a_line(value, beside=beside, width=66), number)


def _to_judge(result: Result) -> Iterator[Element]:
    """What only a reader can decide: a forbidden statement beside the nearest one made, the nearest first."""
    found = [
        (likeness(miss.said, miss.wanted), case, miss)
        for case, misses in result.misses.items()
        for miss in misses
        if miss.what.startswith(TO_JUDGE)
    ]
    if not found:
        return
    yield tag("h2", f"To judge ({len(found)})")
    yield tag(
        "p",
        "What a brief must not state, the nearest statement that it makes, and the share of words they have in "
        "common. No figure counts these: a reader decides whether the one says the other.",
        class_="soft",
    )
    verdicts = {(each.said, each.wanted): each for each in result.verdicts}
    if verdicts:
        by = ", ".join(sorted({each.by for each in result.verdicts}))
        yield tag("p", f"What a language model says to it ({by}) is an opinion.", class_="soft")
    found.sort(key=lambda each: (-each[0], each[1], each[2].what))
    rows = [
        tag(
            "tr",
            figure(f"{share:.2f}"),
            tag("td", miss.wanted),
            tag("td", miss.said),
            *([tag("td", str(verdicts.get((miss.said, miss.wanted), "–")))] if verdicts else ()),
            tag("td", f"{case}\n{_day(miss)}", class_="soft"),
        )
        for share, case, miss in found
    ]
    verdict_head = ["verdict"] if verdicts else []
    heads = ["#alike", "must not be stated", "nearest statement", *verdict_head, "~brief"]
    yield folded(heads, rows, kind="words")


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
            if not miss.what.startswith(TO_JUDGE):
                kinds[_kind(miss)].append(miss)
        total = sum(map(len, kinds.values()))
        inside = [_of_kind(kind, kinds[kind], new) for kind in sorted(kinds)]
        yield tag("details", tag("summary", tag("strong", case), f": {total}"), *inside)


def _of_kind(kind: str, misses: Sequence[Miss], new: set[Miss]) -> Element:
    rows = [
        _miss(miss, tag("span", "new" if miss in new else "", class_="new"), f" {_day(miss)}")
        for miss in misses
    ]
    head = tag("summary", f"{kind} ({len(misses)})")
    return tag("details", head, table(["wanted", "said", "~"], rows, kind="words"))


def _kind(miss: Miss) -> str:
    return _DATED.sub("", miss.what)


def _day(miss: Miss) -> str:
    dated = _DATED.search(miss.what)
    return dated[1] if dated else ""
