"""What is said in a WebVTT or SubRip transcript, without its timings, numbers and voice tags."""

import re
from collections.abc import Iterator

from retrieval.spans import Line, Span, lines

_ARROW = "-->"
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{1,20}>")
_SPEAKER = re.compile(r"\s*(?:-\s|[^\W\d_][\w .'’&-]{0,39}:\s)")


def cue_spans(text: str) -> list[Span]:
    """One span for each turn in each cue; none when the text holds no timing line."""
    return [
        said
        for turn in _turns(list(_spoken(list(lines(text)))))
        for said in _without_tags(text, turn)
    ]


def _spoken(every: list[Line]) -> Iterator[Line]:
    """The lines that are cue text; an empty line stands for the end of a cue."""
    in_cue = False
    for at, line in enumerate(every):
        if _ARROW in line.text:
            in_cue = True
            yield Line(line.start, line.start, "")
        elif not line.text.strip():
            in_cue = False
        elif in_cue and not _announces(every, at):
            yield line


def _announces(every: list[Line], at: int) -> bool:
    """Whether a line is the number of a cue that follows without an empty line between."""
    following = every[at + 1].text if at + 1 < len(every) else ""
    return _ARROW in following and every[at].text.strip().isdigit()


def _turns(spoken: list[Line]) -> Iterator[Span]:
    turn: Span | None = None
    for line in spoken:
        if turn is not None and (not line.text or _SPEAKER.match(line.text)):
            yield turn
            turn = None
        if line.text:
            turn = Span(turn.start if turn else line.start, line.end)
    if turn is not None:
        yield turn


def _without_tags(text: str, turn: Span) -> Iterator[Span]:
    start = turn.start
    for tag in _TAG.finditer(text, turn.start, turn.end):
        yield Span(start, tag.start())
        start = tag.end()
    yield Span(start, turn.end)
