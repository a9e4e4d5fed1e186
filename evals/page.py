"""One HTML page of a result: no script, nothing from elsewhere, every word escaped by the XML writer."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from evals.baseline import Moved, moved, new_misses
from evals.metrics import likeness
from evals.outcomes import Miss
from evals.report import (
    before,
    checkout,
    grouped,
    is_detail,
    shown,
    shown_change,
    verdict,
    worst,
)
from evals.run import Metric, Result

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2126; --soft: #656d76; --line: #e3e6ea;
  --mark: #2a5d8f; --better: #1f7a3d; --worse: #b3372b; --tint: #f6f7f9 }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #dde1e6; --soft: #98a1ab; --line: #2c3138;
    --mark: #86b6e4; --better: #74c48b; --worse: #ee8f84; --tint: #1c2025 } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
main { max-width: 1120px; margin: 0 auto; padding: 40px 40px 80px }
h1 { font-size: 26px; font-weight: 600; margin: 0 }
h2 { font-size: 19px; font-weight: 600; margin: 48px 0 4px }
h3 { font-size: 15px; font-weight: 600; margin: 24px 0 4px }
p { margin: 4px 0 12px; max-width: 75ch } .soft { color: var(--soft) }
table { border-collapse: collapse; width: 100%; margin: 8px 0 16px; font-variant-numeric: tabular-nums }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: 13px; vertical-align: bottom }
th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line) }
td { vertical-align: top } th:last-child, td:last-child { padding-right: 0 }
.n { text-align: right; white-space: nowrap } .w { white-space: nowrap }
tr.group td { font-weight: 600; padding-top: 16px }
.better { color: var(--better) } .worse { color: var(--worse) }
.new { font-size: 12px; color: var(--mark); border: 1px solid; border-radius: 3px; padding: 0 4px }
dl { display: grid; grid-template-columns: repeat(3, max-content 1fr); gap: 2px 16px; margin: 16px 0;
  padding: 16px; background: var(--tint); font-size: 13px }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
details { margin: 2px 0 } details details { margin-left: 20px }
summary { cursor: pointer; padding: 2px 0 } details details table { margin-left: 18px; width: calc(100% - 18px) }
.words td { width: 50%; overflow-wrap: anywhere; white-space: pre-line } .words td.n, .words td.w { width: 1% }
.matrix td, .matrix th { padding: 4px 10px 4px 0 } .matrix .small { font-size: 12px; color: var(--soft); display: block }
.matrix td { vertical-align: middle } .matrix tr.all td { border-top: 1px solid var(--soft) }
svg { display: block } td > svg { margin-top: 4px }
.track { stroke: var(--line) } .span { stroke: var(--mark); stroke-opacity: .45 } .was { stroke: var(--soft) }
.dot { fill: var(--mark) }
@media print { main { padding: 0; max-width: none } body { font-size: 11px }
  tr, h2, h3, summary { break-inside: avoid } h2, h3, summary { break-after: avoid } }
"""
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
    "search: passage with the answer": "passage with the answer",
}
_DATED = re.compile(r"(?:,| of) (\d{4}-\d\d-\d\d)$")
_TO_JUDGE = "to judge: "


def page(result: Result, against: Result | None) -> str:
    """The whole page."""
    title = f"Session Coach, {result.suite}: how good the answers are"
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("title", title),
        _tag("style", _STYLE),
    )
    main = _tag(
        "main",
        _tag("h1", title),
        *_provenance(result),
        *_changes(result, against),
        *_headline(result, against),
        *_by_case(result, against),
        *_to_judge(result),
        *_misses(result, against),
    )
    whole = _tag("html", head, _tag("body", main), lang="en")
    return "<!doctype html>\n" + ET.tostring(whole, encoding="unicode", method="html") + "\n"


def _tag(name: str, /, *inside: ET.Element | str, **attributes: object) -> ET.Element:
    """An element; `class_` is the attribute class, `http_equiv` is http-equiv."""
    made = ET.Element(
        name, {key.rstrip("_").replace("_", "-"): str(value) for key, value in attributes.items()}
    )
    for each in inside:
        if isinstance(each, ET.Element):
            made.append(each)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + each
        else:
            made.text = (made.text or "") + each
    return made


def _table(heads: Sequence[str], rows: Iterable[ET.Element], *, kind: str = "") -> ET.Element:
    """A table; a head that begins with # stands over figures."""
    named = [
        _tag("th", head.lstrip("#"), class_="n" if head.startswith("#") else "") for head in heads
    ]
    return _tag(
        "table", _tag("thead", _tag("tr", *named)), _tag("tbody", *rows), class_=kind or "plain"
    )


def _figure(text: ET.Element | str) -> ET.Element:
    return _tag("td", text, class_="n")


def _provenance(result: Result) -> Iterator[ET.Element]:
    made = result.provenance
    told = {
        "run": f"{made.made_at:%Y-%m-%d %H:%M} UTC",
        "commit": made.commit[:12] + (", with changes" if made.dirty else ""),
        "suite": f"{result.suite}, {len(result.cases)} cases",
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
    pairs = [each for name, text in told.items() for each in (_tag("dt", name), _tag("dd", text))]
    yield _tag("dl", *pairs)


def _changes(result: Result, against: Result | None) -> Iterator[ET.Element]:
    """What is not as it was: figures, then the cases behind them; the rest in one line."""
    yield _tag("h2", "What changed")
    if against is None:
        yield _tag("p", "There is no baseline to compare with.", class_="soft")
        return
    pairs = [
        (each, was) for each in result.metrics if (was := before(each.name, against)) is not None
    ]
    changed = [(each, was) for each, was in pairs if verdict(each.name, was, each.value) != "same"]
    changed.sort(key=lambda pair: (is_detail(pair[0].name), -abs(pair[0].value - pair[1])))
    same = len(pairs) - len(changed)
    yield _tag(
        "p",
        f"Since the baseline ({checkout(against.provenance)}): {_counted(changed)}{same} as they were.",
        class_="soft",
    )
    if changed:
        rows = [_changed_row(each.name, was, each.value) for each, was in changed]
        yield _table(["figure", "#was", "#is", "#change"], rows)
    changes = moved(result, against)
    for case in result.cases:
        own = [each for each in changes if each.case == case]
        new = new_misses(result, against, case)
        gone = new_misses(against, result, case)
        if own or new or gone:
            yield _changed_case(case, own, new=new, gone=gone)


def _counted(changed: Sequence[tuple[Metric, float]]) -> str:
    verdicts = [verdict(each.name, was, each.value) for each, was in changed]
    return "".join(
        f"{verdicts.count(kind)} figures {kind}, "
        for kind in ("better", "worse")
        if kind in verdicts
    )


def _changed_row(name: str, was: float, now: float) -> ET.Element:
    change = _tag("td", shown_change(was, now), class_=f"n {verdict(name, was, now)}")
    return _tag("tr", _tag("td", name), _figure(shown(was)), _figure(shown(now)), change)


def _changed_case(
    case: str, own: Sequence[Moved], *, new: Sequence[Miss], gone: Sequence[Miss]
) -> ET.Element:
    told = f" – {len(own)} figures moved, {len(new)} new misses, {len(gone)} gone"
    inside = [_tag("summary", _tag("strong", case), told)]
    if own:
        rows = [_changed_row(each.name, each.was, each.now) for each in own]
        inside.append(_table(["figure", "#was", "#is", "#change"], rows))
    for title, misses in (("New misses", new), ("Misses that are gone", gone)):
        if misses:
            inside += [
                _tag("h3", title),
                _table(["what", "wanted", "said"], map(_miss_named, misses)),
            ]
    return _tag("details", *inside)


def _miss_named(miss: Miss) -> ET.Element:
    return _tag("tr", _tag("td", miss.what), _tag("td", miss.wanted), _tag("td", miss.said))


def _headline(result: Result, against: Result | None) -> Iterator[ET.Element]:
    yield _tag("h2", "Figures")
    yield _tag(
        "p",
        "Over all cases together. The bar runs from 0 to 1: the dot is the figure, the band its 95 % interval "
        "(bootstrap over cases), the tick the baseline; what may exceed 1 has none. P5 is the 5th percentile of "
        "the cases; of alarms, traps, leaks and words it is the 95th, since less is better.",
        class_="soft",
    )
    heads = ["", "#value", "", "#95 % interval", "#P5", "worst case", "#n", "#change"]
    rows: list[ET.Element] = []
    for group, metrics in grouped(result, details=False).items():
        rows.append(_tag("tr", _tag("td", group, colspan=len(heads)), class_="group"))
        rows += [_metric_row(each, before(each.name, against)) for each in metrics]
    yield _table(heads, rows)
    kinds = [each for each in result.metrics if is_detail(each.name)]
    if kinds:
        rows = [_metric_row(each, before(each.name, against)) for each in kinds]
        yield _tag("details", _tag("summary", "Kind by kind"), _table(heads, rows))
    if result.milliseconds:
        yield _tag("h3", "Milliseconds a call, on this machine")
        yield _table(
            ["", "#median", "#P95", "#longest", "#calls"],
            map(_latency, *zip(*result.milliseconds.items(), strict=True)),
        )


def _latency(call: str, taken: dict[str, float]) -> ET.Element:
    figures = [_figure(f"{taken[name]:.1f}") for name in ("p50", "p95", "max")]
    return _tag("tr", _tag("td", call), *figures, _figure(f"{taken['calls']:g}"))


def _metric_row(metric: Metric, was: float | None) -> ET.Element:
    scaled = metric.high <= 1 and metric.value <= 1
    change = "" if was is None else shown_change(was, metric.value)
    kind = "" if was is None else verdict(metric.name, was, metric.value)
    return _tag(
        "tr",
        _tag("td", metric.name),
        _figure(shown(metric.value)),
        _tag("td", _bar(metric.value, (metric.low, metric.high), was=was) if scaled else ""),
        _figure(f"{shown(metric.low)} – {shown(metric.high)}"),
        _figure(shown(metric.p5)),
        _tag("td", worst(metric), class_="w"),
        _figure(f"{metric.of:g}"),
        _tag("td", change, class_=f"n {kind}"),
    )


def _bar(
    value: float, interval: tuple[float, float] | None, *, was: float | None, width: int = 150
) -> ET.Element:
    """A figure on a line from 0 to 1, with its interval and what it is compared with."""

    def at(share: float) -> str:
        return f"{5 + share * (width - 10):.1f}"

    marks = [_tag("line", x1=at(0), x2=at(1), y1=7, y2=7, class_="track")]
    if interval:
        low, high = interval
        marks.append(
            _tag("line", x1=at(low), x2=at(high), y1=7, y2=7, stroke_width=6, class_="span")
        )
    if was is not None and was <= 1:
        marks.append(_tag("line", x1=at(was), x2=at(was), y1=1, y2=13, class_="was"))
    marks.append(_tag("circle", cx=at(value), cy=7, r=3.5, class_="dot"))
    label = f"{value:.3f}"
    return _tag(
        "svg",
        *marks,
        width=width,
        height=14,
        viewBox=f"0 0 {width} 14",
        role="img",
        aria_label=label,
    )


def _by_case(result: Result, against: Result | None) -> Iterator[ET.Element]:
    """A dot for every case and main figure, on one scale a column; the tick is all cases together."""
    measured = {name for figures in result.by_case.values() for name in figures}
    names = {name: label for name, label in _MAIN.items() if name in measured}
    names = names or {name: name for name in sorted(measured)[: len(_MAIN)]}
    if not names:
        return
    yield _tag("h2", "Case by case")
    yield _tag("p", "Each line runs from 0 to 1. The tick is all cases together.", class_="soft")
    rows = [
        _tag(
            "tr",
            _tag("td", case),
            *(_dot_cell(figures.get(name), whole=result.value(name)) for name in names),
        )
        for case, figures in result.by_case.items()
    ]
    together = [_dot_cell(result.value(name), whole=before(name, against)) for name in names]
    rows.append(_tag("tr", _tag("td", "all together"), *together, class_="all"))
    yield _table(["", *names.values()], rows, kind="matrix")


def _dot_cell(value: float | None, *, whole: float | None) -> ET.Element:
    if value is None:
        return _tag("td", _tag("span", "–", class_="small"))
    number = _tag("span", shown(value), class_="small")
    return (
        _tag("td", _bar(value, None, was=whole, width=72), number)
        if value <= 1
        else _tag("td", number)
    )


def _to_judge(result: Result) -> Iterator[ET.Element]:
    """What only a reader can decide: a forbidden statement beside the nearest one made, the nearest first."""
    found = [
        (likeness(miss.said, miss.wanted), case, miss)
        for case, misses in result.misses.items()
        for miss in misses
        if miss.what.startswith(_TO_JUDGE)
    ]
    if not found:
        return
    yield _tag("h2", f"To judge ({len(found)})")
    yield _tag(
        "p",
        "What a brief must not state, beside the nearest statement that it makes, and how many of their words "
        "the two share. No figure counts these: a reader decides whether the statement says what it must not.",
        class_="soft",
    )
    found.sort(key=lambda each: (-each[0], each[1], each[2].what))
    rows = [
        _tag(
            "tr",
            _figure(f"{share:.2f}"),
            _tag("td", miss.wanted),
            _tag("td", miss.said),
            _tag("td", case, _tag("br"), _day(miss), class_="w soft"),
        )
        for share, case, miss in found
    ]
    heads = ["#shared", "must not be stated", "nearest statement", "case, brief of"]
    yield _folded(heads, rows)


def _folded(heads: Sequence[str], rows: Sequence[ET.Element], *, open_rows: int = 10) -> ET.Element:
    """The first rows in sight, the rest folded away."""
    inside = [_table(heads, rows[:open_rows], kind="words")]
    if len(rows) > open_rows:
        rest = _table(heads, rows[open_rows:], kind="words")
        inside.append(_tag("details", _tag("summary", f"{len(rows) - open_rows} more"), rest))
    return _tag("div", *inside)


def _misses(result: Result, against: Result | None) -> Iterator[ET.Element]:
    """Every miss by case and type, folded away."""
    yield _tag("h2", "Misses")
    yield _tag("p", "What the labels want, beside what was said.", class_="soft")
    for case, misses in result.misses.items():
        new = new_misses(result, against, case) if against else []
        kinds: dict[str, list[Miss]] = defaultdict(list)
        for miss in misses:
            if not miss.what.startswith(_TO_JUDGE):
                kinds[_DATED.sub("", miss.what)].append(miss)
        total = sum(len(each) for each in kinds.values())
        told = f" – {total}" + (f", {len(new)} new" if new else "")
        inside = [_kind(kind, kinds[kind], new) for kind in sorted(kinds)]
        yield _tag("details", _tag("summary", _tag("strong", case), told), *inside)


def _kind(kind: str, misses: Sequence[Miss], new: Sequence[Miss]) -> ET.Element:
    rows = [
        _tag(
            "tr",
            _tag("td", miss.wanted or "–"),
            _tag("td", miss.said or "–"),
            _tag(
                "td",
                _tag("span", "new", class_="new") if miss in new else "",
                _day(miss),
                class_="w soft",
            ),
        )
        for miss in misses
    ]
    table = _table(["wanted", "said", ""], rows, kind="words")
    return _tag("details", _tag("summary", f"{kind} ({len(misses)})"), table)


def _day(miss: Miss) -> str:
    dated = _DATED.search(miss.what)
    return dated[1] if dated else ""
