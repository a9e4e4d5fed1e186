"""Every fault of a model server: the reason given, the time, the memory and the number of calls."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.model import ENDLESS, OWN_MODES, SECONDS, SHORT_SECONDS, Row

ROOT = Path(__file__).parent.parent.parent.parent
ONCE, TWICE = 1, 2
EXPECTED = {
    "good": ("= mentee", ONCE),
    "good_gzip": ("= mentee", ONCE),
    "good_without_usage": ("= mentee", ONCE),
    "good_invented_quote": ("= Nobody named", ONCE),
    "usage_nonsense": ("= mentee", ONCE),
    "stolen": ("= mentee", ONCE),
    **dict.fromkeys(("429_seconds", "429_ms", "429_date", "429_past_date"), ("= mentee", TWICE)),
    **dict.fromkeys(("429_nonsense", "500_once", "503_seconds"), ("= mentee", TWICE)),
    "reset_once": ("= mentee", TWICE),
    "429_hour": ("http_429", ONCE),
    "429_always": ("http_429", TWICE),
    "429_quota": ("quota", ONCE),
    "500_always": ("http_500", TWICE),
    "502_html": ("http_502", TWICE),
    "504_always": ("http_504", TWICE),
    **{code: (f"http_{code}", ONCE) for code in ("307", "400", "401", "403", "404", "501")},
    **dict.fromkeys(("400_context", "400_context_by_type"), ("too_long", ONCE)),
    **dict.fromkeys(("400_filter", "content_filter"), ("filtered", ONCE)),
    **dict.fromkeys(ENDLESS, ("timeout", ONCE)),
    **dict.fromkeys(
        ("reset", "closed_silently", "endless_headers", "not_http"), ("unreachable", TWICE)
    ),
    **dict.fromkeys(("reset_midway", "closed_midway"), ("broken_off", ONCE)),
    **dict.fromkeys(
        (
            "cut_cleanly stream_cut stream_done stream_error html html_as_json empty_body 204 "
            "half_json deep_json list null no_choices null_choices choices_missing no_message "
            "error_in_200 gzip_garbage gzip_cut"
        ).split(),
        ("no_completion", ONCE),
    ),
    **dict.fromkeys(("null_content", "empty_content"), ("empty", ONCE)),
    "refusal": ("refused", ONCE),
    "length": ("cut_short", ONCE),
    **dict.fromkeys(("no_finish_reason", "tool_call"), ("unfinished", ONCE)),
    **dict.fromkeys(
        (
            "prose broken_answer wrong_schema wrong_type null_answer surrogate "
            "surrogate_in_answer nul_in_answer"
        ).split(),
        ("not_as_asked", ONCE),
    ),
    **dict.fromkeys(
        ("gzip_bomb", "gzip_twice", "bomb_with_500", "large", "endless"), ("too_large", ONCE)
    ),
}
# Seconds of pause that the server asks for. Its date is a whole second, one or two ahead.
PAUSES = {"429_seconds": (1, 1), "429_ms": (0.7, 0.7), "503_seconds": (1, 1), "429_date": (1, 2)}


@pytest.fixture(scope="module")
def rows():
    """Return the whole table, measured in its own process, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.model", "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=180,
    )
    found = [Row(**json.loads(line)) for line in done.stdout.splitlines()]
    return {row.mode: row for row in found}


def test_every_fault_is_expected_to_be_something():
    assert EXPECTED.keys() == set(OWN_MODES)


@pytest.mark.parametrize("mode", OWN_MODES, ids=str)
def test_a_fault_is_told_in_a_word_in_time_and_leaves_nothing_behind(rows, mode):
    row = rows[mode]

    assert (row.outcome, row.calls) == EXPECTED[mode]
    assert row.seconds < (SHORT_SECONDS if mode in ENDLESS else SECONDS) + 0.5
    assert row.grown_mb < 64
    assert (row.threads_left, row.sockets_left) == (0, 0)


@pytest.mark.parametrize("mode", PAUSES, ids=str)
def test_a_server_is_asked_again_when_it_said(rows, mode):
    least, most = PAUSES[mode]

    assert least * 0.9 <= rows[mode].seconds <= most * 1.1 + 0.2
