"""The blocks and lines of a note, whatever its format."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from coach.notes.tasks import TaskMark

UnitKind = Literal["heading", "prose", "bullet", "cell", "turn", "quote"]


class TextLine(NamedTuple):
    """One line of a note without its line break."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.start + len(self.text)


class Block(NamedTuple):
    """A stretch of text of one kind, before it is split into sentences.

    `checked` is the state of a box, `mark` the state of a task by any of its marks. `over` holds
    the labels above, the outermost first. In a letter `by` is who wrote it. `said` is the line that
    says when, or who wrote what is quoted here.
    """

    start: int
    end: int
    kind: UnitKind
    label: str = ""
    checked: bool | None = None
    row: int = -1
    mark: TaskMark | None = None
    over: tuple[str, ...] = ()
    by: str = ""
    said: str = ""


def lines(text: str) -> Iterator[TextLine]:
    """Yield every line of a text, empty ones too."""
    start = 0
    for raw in text.splitlines(keepends=True):
        yield TextLine(start, raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        start += len(raw)
