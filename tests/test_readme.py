"""The commands of the README work when pasted from top to bottom in a new shell."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.served import served
from tests.api.world import ADMIN_KEY

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(heading: str) -> list[str]:
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```\n(.*?)```", section, re.DOTALL)


def test_the_first_two_commands_are_the_demo_and_the_tests():
    first = re.findall(r"```\n(.*?)```", README, re.DOTALL)[0]

    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]


@pytest.mark.skipif(not shutil.which("curl"), reason="the tour is told with curl")
def test_the_tour_works_when_it_is_pasted_into_a_new_shell(tmp_path):
    _, tour = blocks("A tour")
    key = re.search(r"COACH_ADMIN_KEY=(\S+)", tour)
    assert key
    with served(tmp_path) as server:
        told = subprocess.run(
            ["/bin/bash", "-euo", "pipefail"],
            input=tour.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}").replace(
                key[1], ADMIN_KEY
            ),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert told.returncode == 0, told.stderr
    assert '"missing"' in told.stdout
    assert "# Before the next session" in told.stdout or "Ana Lima" in told.stdout
    assert "shipped the beta" in told.stdout
    assert '"status":4' not in told.stdout
