"""Who has no browser is told what was not tested."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_without_a_browser_one_line_of_the_summary_says_what_is_left_out(tmp_path):
    walks = [tmp_path / "test_first.py", tmp_path / "test_second.py"]
    for walk in walks:
        walk.write_text("import tests.api.web.walker\ndef test_it(): pass\n")
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", ROOT]
    told = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--numprocesses=0", *walks],
        cwd=ROOT,
        env={"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    (line,) = [each for each in told.stdout.splitlines() if each.startswith("SKIPPED")]
    assert "LEFT OUT, the walk through the pages in a real browser" in line
    assert "apt-get install chromium" in line
    assert "2 skipped" in told.stdout
