"""HTML that needs nothing but itself: elements, tables, a figure drawn on a line."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

# As many rows as leave the next heading in sight on a screen.
_ROWS_IN_SIGHT = 12
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2126; --soft: #646c75; --line: #e3e6ea;
  --track: #cdd3da; --mark: #2a5d8f; --better: #1f7a3d; --worse: #b3372b; --tint: #f6f7f9 }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #dde1e6; --soft: #98a1ab; --line: #2c3138;
    --track: #444b54; --mark: #86b6e4; --better: #74c48b; --worse: #ee8f84; --tint: #1c2025 } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
main { max-width: 1120px; margin: 0 auto; padding: 40px 40px 80px }
h1 { font-size: 26px; font-weight: 600; margin: 0 }
h2 { font-size: 19px; font-weight: 600; margin: 48px 0 4px }
h3 { font-size: 15px; font-weight: 600; margin: 24px 0 4px }
p { margin: 4px 0 12px; max-width: 80ch }
.soft { color: var(--soft) }
table { border-collapse: collapse; width: 100%; margin: 8px 0 16px;
  font-variant-numeric: tabular-nums }
th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top }
th { font-weight: 400; color: var(--soft); font-size: 13px; vertical-align: bottom }
th:last-child, td:last-child { padding-right: 0 }
th.n, td.n { text-align: right; white-space: nowrap }
.w { white-space: nowrap }
tr.group td { font-weight: 600; padding-top: 16px }
.better { color: var(--better) } .worse { color: var(--worse) }
.new { font-size: 12px; color: var(--mark); border: 1px solid; border-radius: 3px; padding: 0 4px }
.new:empty { display: none }
dl { display: grid; grid-template-columns: repeat(3, max-content 1fr); gap: 2px 16px;
  margin: 16px 0; padding: 16px; background: var(--tint); font-size: 13px }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
details { margin: 2px 0 } summary { cursor: pointer; padding: 2px 0 }
details > :not(summary) { margin-left: 18px } details > table { width: calc(100% - 18px) }
.words { table-layout: fixed } .words td { white-space: pre-line; overflow-wrap: anywhere }
.words .n { width: 56px } .words .soft, .words th.soft { width: 180px; font-size: 13px }
.matrix td, .matrix th { padding: 4px 10px 4px 0; vertical-align: middle }
.matrix th { vertical-align: bottom }
.matrix td:first-child { white-space: nowrap; font-size: 14px }
.matrix span { font-size: 12px; color: var(--soft); display: block }
.matrix tr:last-child td { border-top: 1px solid var(--soft) }
svg { display: block } td > svg { margin-top: 4px }
.track { stroke: var(--track) } .band { stroke: var(--mark); stroke-opacity: .4 }
.tick { stroke: var(--ink) }
.dot { fill: var(--mark) }
@media print { main { padding: 0; max-width: none }
  body { font-size: 11px; print-color-adjust: exact }
  tr, h2, h3, summary { break-inside: avoid } h2, h3, summary { break-after: avoid } }
"""


def document(title: str, *inside: ET.Element) -> str:
    """A whole page, which may load nothing from anywhere."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", _STYLE),
    )
    body = tag("body", tag("main", tag("h1", title), *inside))
    whole = ET.tostring(tag("html", head, body, lang="en"), encoding="unicode", method="html")
    return f"<!doctype html>\n{whole}\n"


def tag(name: str, /, *inside: ET.Element | str, **attributes: object) -> ET.Element:
    """An element; `class_` is the attribute class, `http_equiv` is http-equiv.

    An attribute without a value is left out.
    """
    given = {
        key.rstrip("_").replace("_", "-"): str(value)
        for key, value in attributes.items()
        if value != ""
    }
    made = ET.Element(name, given)
    for each in inside:
        if isinstance(each, ET.Element):
            made.append(each)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + each
        else:
            made.text = (made.text or "") + each
    return made


def table(heads: Sequence[str], rows: Iterable[ET.Element], *, kind: str = "") -> ET.Element:
    """A table; a head that begins with # stands over figures, one with ~ over a note aside."""
    classes = {"#": "n", "~": "soft"}
    named = [tag("th", head.lstrip("#~"), class_=classes.get(head[:1], "")) for head in heads]
    return tag("table", tag("thead", tag("tr", *named)), tag("tbody", *rows), class_=kind)


def folded_table(
    heads: Sequence[str],
    rows: Sequence[ET.Element],
    *,
    kind: str = "",
    in_sight: int = _ROWS_IN_SIGHT,
) -> ET.Element:
    """A table with its first rows in sight and the rest folded away."""
    inside = [table(heads, rows[:in_sight], kind=kind)]
    if rest := rows[in_sight:]:
        inside.append(
            tag("details", tag("summary", f"{len(rest)} more"), table(heads, rest, kind=kind))
        )
    return tag("div", *inside)


def figure_cell(text: str) -> ET.Element:
    """A cell with a figure."""
    return tag("td", text, class_="n")


def on_a_line(
    value: float,
    *,
    interval: tuple[float, float] | None = None,
    beside: float | None = None,
    width: int,
) -> ET.Element:
    """A figure as a dot on a line from 0 to 1, `width` pixels long.

    Its interval is a band, what it is compared with a tick.
    """

    def at(share: float) -> str:
        return f"{5 + share * (width - 10):.1f}"

    marks = [tag("line", x1=at(0), x2=at(1), y1=7, y2=7, class_="track")]
    if interval:
        low, high = interval
        marks.append(
            tag("line", x1=at(low), x2=at(high), y1=7, y2=7, stroke_width=6, class_="band")
        )
    if beside is not None and 0 <= beside <= 1:
        marks.append(tag("line", x1=at(beside), x2=at(beside), y1=0, y2=14, class_="tick"))
    marks.append(tag("circle", cx=at(value), cy=7, r=3.5, class_="dot"))
    size = {"width": width, "height": 14, "viewBox": f"0 0 {width} 14"}
    return tag("svg", *marks, **size, role="img", aria_label=f"{value:.3f}")
