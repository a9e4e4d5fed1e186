"""`python -m evals.tokens`: how many tokens one brief costs as the history grows."""

from rich.console import Console
from rich.table import Table

from evals.bench.tokens import costs

# Characters of the longest bar, so that a row fits into the console below.
_BAR = 60
_WIDE = 140


def main() -> None:
    """Print the curve."""
    table = Table("sessions", "calls", "tokens a brief", "tokens of all notes", "", box=None)
    made = list(costs())
    most = max(cost.all_notes for cost in made)
    for cost in made:
        ours, theirs = (round(_BAR * each / most) for each in (cost.tokens, cost.all_notes))
        bar = "█" * max(1, ours) + "░" * max(0, theirs - ours)
        table.add_row(
            str(cost.sessions), str(cost.asked), f"{cost.tokens:,}", f"{cost.all_notes:,}", bar
        )
    Console(width=_WIDE).print(table)


if __name__ == "__main__":
    main()
