"""A server that is down is left alone for a while; one that answers never is."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.engines.gateway.breaker import FAILURES, REST_SECONDS, Breaker
from coach.errors import EngineFailed


class Clock:
    """Monotonic time that passes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.failed()


def rests(breaker: Breaker) -> bool:
    try:
        breaker.enter()
    except EngineFailed:
        return True
    return False


def test_calls_pass_until_so_many_in_a_row_failed(breaker):
    fail(breaker, FAILURES - 1)
    assert not rests(breaker)

    fail(breaker, 1)

    with pytest.raises(EngineFailed, match=r"^resting$"):
        breaker.enter()


def test_an_answer_in_between_starts_the_count_anew(breaker):
    fail(breaker, FAILURES - 1)
    breaker.worked()
    fail(breaker, FAILURES - 1)

    assert not rests(breaker)


def test_one_probe_a_rest_is_let_through_and_known_as_one(breaker, clock):
    assert breaker.enter() is False
    fail(breaker, FAILURES)
    clock.now += REST_SECONDS - 0.1
    assert rests(breaker)

    clock.now += 0.1

    assert breaker.enter() is True
    assert rests(breaker)
    clock.now += REST_SECONDS
    assert breaker.enter() is True


def test_a_probe_that_fails_leaves_it_at_rest(breaker, clock):
    fail(breaker, FAILURES)
    clock.now += REST_SECONDS
    breaker.enter()

    breaker.failed()

    clock.now += REST_SECONDS - 0.1
    assert rests(breaker)


def test_a_probe_that_is_answered_lets_everybody_through(breaker, clock):
    fail(breaker, FAILURES)
    clock.now += REST_SECONDS
    breaker.enter()

    breaker.worked()

    assert [rests(breaker) for _ in range(10)] == [False] * 10


def test_of_many_threads_one_probes(breaker, clock):
    fail(breaker, FAILURES)
    clock.now += REST_SECONDS

    with ThreadPoolExecutor(16) as threads:
        resting = list(threads.map(lambda _: rests(breaker), range(200)))

    assert resting.count(False) == 1
