"""`python -m evals.bench`: how fast a server on this machine answers, with made-up histories."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from evals.bench.growth import growing_mentorship
from evals.bench.provenance import provenance
from evals.bench.table import table

# Sessions: a season, four years of fortnights, and more than a pair will ever hold.
_SIZES = (10, 100, 1000)


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=list(_SIZES), help="such as 10,100")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number here, too")
    given = parser.parse_args(arguments)
    with growing_mentorship() as growing:
        measured = [growing.measurement(size) for size in given.sizes]
    rests_on = provenance()
    Console().print(table(measured, rests_on))
    if given.json is not None:
        every = {"provenance": asdict(rests_on), "measured": [asdict(made) for made in measured]}
        given.json.write_text(json.dumps(every, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
