"""Runs attackers of every kind beside the readers that they must not touch.

`python -m tests.faults.siege --minutes 10` starts a real server on this machine; its client shares
the cores with it. The last lines tell, goal by goal, what held.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.siege.besieging import KINDS, besieged
from tests.faults.siege.report import goals, kept, told


def _kinds(said: str) -> set[str]:
    named = set(said.split(","))
    if unknown := named - set(KINDS):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return named


def main(words: Sequence[str] | None = None) -> None:
    """Print the report; exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.siege", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    named = ", ".join(KINDS)
    parser.add_argument("--only", type=_kinds, default=set(KINDS), help=f"some of: {named}")
    parser.add_argument("--without", type=_kinds, default=set(), help="all but these")
    parser.add_argument("--json", type=Path, help="write the numbers here too")
    given = parser.parse_args(words)
    began, spent = time.monotonic(), time.process_time()
    tally = besieged(given.only - given.without, minutes=given.minutes)
    seconds = given.minutes * 60
    sys.stdout.write(told(tally, seconds, time.process_time() - spent) + "\n")
    sys.stdout.write(f"\nin all {time.monotonic() - began:.0f} s\n")
    if given.json:
        kept(tally, given.json, seconds)
    raise SystemExit(any(goal.missed for goal in goals(tally)))


if __name__ == "__main__":
    main()
