"""Work for one asker ends with its deadline.

Waiting for a model does not use it up, and without a deadline nothing ends.
"""

import time
from contextlib import contextmanager
from contextvars import copy_context
from threading import Thread

import pytest

from coach import deadline
from coach.deadline import Deadline
from coach.errors import OutOfTime

_LONG, _OVER = 60.0, -1.0


def test_work_without_a_deadline_is_never_stopped():
    deadline.check()


def test_work_within_its_deadline_goes_on():
    with Deadline(_LONG).running():
        deadline.check()


def test_work_is_stopped_when_its_deadline_is_over_and_not_after_it():
    with Deadline(_OVER).running(), pytest.raises(OutOfTime):
        deadline.check()
    deadline.check()


def test_the_deadline_goes_along_where_its_context_goes():
    stopped = []

    def work() -> None:
        try:
            deadline.check()
        except OutOfTime as error:
            stopped.append(error)

    with Deadline(_OVER).running():
        threads = [Thread(target=copy_context().run, args=[work]), Thread(target=work)]
    for each in threads:
        each.start()
        each.join()

    assert len(stopped) == 1


def test_waiting_for_a_model_does_not_count():
    seconds = 0.2
    with Deadline(seconds).running():
        with deadline.waiting_for_a_model():
            time.sleep(2 * seconds)
        deadline.check()


def test_others_may_work_while_a_model_is_waited_for():
    seen = []

    @contextmanager
    def aside():
        seen.append("stepped aside")
        yield
        seen.append("came back")

    with Deadline(_LONG, aside=aside).running(), deadline.waiting_for_a_model():
        seen.append("waited")

    assert seen == ["stepped aside", "waited", "came back"]


def test_a_model_may_be_waited_for_without_a_deadline():
    with deadline.waiting_for_a_model():
        deadline.check()
