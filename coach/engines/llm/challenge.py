"""Shows the lines of a case to a model, and finds the quote of its answer among them."""

from coach.engines.llm.addressed import speaks_to_a_machine
from coach.engines.llm.passages import clean
from coach.engines.llm.quotes import Quotes
from coach.model.challenges import Case, CaseLine, Challenge, Verdict
from coach.model.readings import Span


class Lines:
    """The numbered lines of one case."""

    def __init__(self, case: Case) -> None:
        self._lines = case.lines
        self._quotes = Quotes(
            ["" if speaks_to_a_machine(each.text) else each.text for each in case.lines]
        )

    @property
    def shown(self) -> list[dict[str, object]]:
        """Return each line with its number, its day and its speaker."""
        return [_shown(number, each) for number, each in enumerate(self._lines)]

    def answered(self, verdict: Verdict, n: int | None, quote: str | None) -> Challenge:
        """Return the result of the challenge, with the line that it quotes."""
        if verdict == "stands":
            return Challenge(verdict="stands")
        at = self._quotes.located(-1 if n is None else n, quote or "")
        if at is None:
            # The model believes in an innocent reading but cannot quote it: the two may know.
            return Challenge(verdict="weakened")
        line = self._lines[at]
        span = Span(start=line.start, end=line.end)
        return Challenge(verdict=verdict, note_id=line.note_id, span=span)


def _shown(number: int, line: CaseLine) -> dict[str, object]:
    return {
        "number": number,
        "held_on": line.held_on.isoformat(),
        "who": clean(line.who),
        "text": clean(line.text),
        "against": line.against,
    }
