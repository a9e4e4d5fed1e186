"""Prints what finding days costs, in sentences and in hostile texts.

Run it as `python -m tests.coach.language.day_costs`.
"""

import time

from rich.console import Console

from coach.language.dates import days_said
from tests.coach.language.said_days import HELD_ON, told

HOSTILE = {
    "by friday": "by friday ",
    "spans of an absence": "9am on Monday 19th January 2026 until ",
    "digits": "1 2 3 ",
}
# Characters of a hostile text, as of a very long note.
_LONG = 100_000


def milliseconds(text: str) -> float:
    """Return the CPU seconds of finding the days once, the best of three.

    Each try has another text, because answers are kept.
    """
    return min(_once(text + " " * blanks) for blanks in range(3))


def _once(text: str) -> float:
    begun = time.process_time()
    days_said(text, HELD_ON)
    return (time.process_time() - begun) * 1000


def main() -> None:
    """Print the median and the highest cost of the sentences, and the cost of each long text."""
    show = Console(highlight=False).print
    taken = sorted(milliseconds(text) for text, _ in told())
    show(f"{len(taken)} sentences: median {taken[len(taken) // 2]:.2f} ms, most {taken[-1]:.2f} ms")
    for name, part in HOSTILE.items():
        sizes = [_LONG // 4, _LONG // 2, _LONG]
        told_of = ", ".join(f"{milliseconds((part * _LONG)[:size]):.0f} ms" for size in sizes)
        show(f"{name}, 25, 50 and 100 KB: {told_of}")


if __name__ == "__main__":
    main()
