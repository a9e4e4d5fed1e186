"""Rounds by name: one at a time, wanted again meanwhile, retried later, and stopped when told."""

import threading

import pytest

from coach.errors import StoreUnavailable
from coach.reading.rounds import Rounds

LONG = 20
"""Seconds that nothing here takes."""


@pytest.fixture
def rounds():
    """Opens rounds, and closes them in the end."""
    made = []

    def opened(go, *, at_once=2):
        each = Rounds(go, at_once=at_once)
        made.append(each)
        each.open()
        return each

    yield opened
    for each in made:
        each.close()


def test_what_is_wanted_has_its_round_and_nothing_else(rounds):
    gone = []
    made = rounds(lambda name, _: gone.append(name) is None)
    made.wake("a")
    made.wake("b")

    assert made.settle(timeout_seconds=LONG)
    assert sorted(gone) == ["a", "b"]


def test_what_is_wanted_before_the_opening_waits_for_it():
    gone = []
    made = Rounds(lambda name, _: gone.append(name) is None, at_once=1)
    made.wake("a")
    assert not made.settle("a", timeout_seconds=LONG)
    made.open()
    assert made.settle(timeout_seconds=LONG)
    made.close()
    assert gone == ["a"]


def test_what_is_wanted_again_while_under_way_has_another_round_after_it(rounds):
    gone, under_way, go_on = [], threading.Event(), threading.Event()

    def go(name, _):
        gone.append(name)
        under_way.set()
        assert go_on.wait(LONG)
        return True

    made = rounds(go)
    made.wake("a")
    assert under_way.wait(LONG)
    for _ in range(3):
        made.wake("a")
    assert not made.settle("a", timeout_seconds=0)
    go_on.set()

    assert made.settle("a", timeout_seconds=LONG)
    assert gone == ["a", "a"]


def test_one_that_hangs_keeps_no_other_waiting(rounds):
    go_on = threading.Event()
    made = rounds(lambda name, _: name == "b" or go_on.wait(LONG))
    made.wake("a")
    made.wake("b")

    assert made.settle("b", timeout_seconds=LONG)
    assert not made.settle("a", timeout_seconds=0)
    go_on.set()


def fails(times: int, error: Exception | None = None):
    """A round that is not finished so many times."""
    left = iter(range(times))
    gone = []

    def go(name, _):
        gone.append(name)
        if next(left, None) is None:
            return True
        if error is not None:
            raise error
        return False

    return go, gone


@pytest.mark.parametrize("error", [None, StoreUnavailable("busy")], ids=["unfinished", "error"])
def test_what_was_not_finished_is_tried_again_and_nobody_waits_for_that(rounds, error):
    go, gone = fails(1, error)
    made = rounds(go)
    made.wake("a")

    assert made.settle(timeout_seconds=LONG)
    assert gone == ["a"]
    while len(gone) < 2:
        threading.Event().wait(0.05)
    assert made.settle(timeout_seconds=LONG)
    assert gone == ["a", "a"]


def test_who_is_wanted_anew_does_not_wait_for_the_pause(rounds):
    go, gone = fails(5)
    made = rounds(go)
    for number in range(1, 7):
        made.wake("a")
        assert made.settle(timeout_seconds=LONG)
        assert len(gone) >= number


def test_a_mistake_at_one_ends_it_for_no_other(rounds):
    go, gone = fails(1, ValueError("a mistake"))
    made = rounds(go, at_once=1)
    made.wake("a")
    made.wake("b")

    assert made.settle(timeout_seconds=LONG)
    assert sorted(gone) == ["a", "b"]


def test_who_is_under_way_is_told_to_stop_and_nothing_more_begins():
    gone = []

    def go(name, stopped):
        gone.append(name)
        while not stopped():
            threading.Event().wait(0.01)
        return False

    made = Rounds(go, at_once=1)
    made.open()
    made.wake("a")
    while not gone:
        threading.Event().wait(0.01)
    made.wake("b")
    made.close()

    assert gone == ["a"]
