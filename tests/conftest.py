"""Fixtures of every test: no model provider is ever reached, and today is a fixed day."""

from datetime import UTC, datetime

# Chroma reads the whole environment while it is imported, and pytest changes the environment at
# every test. An import on a thread of the index during a test may fail, so it is done here.
import chromadb  # noqa: F401
import coverage
import pytest
import respx

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_provider_is_reached():
    """Refuse every request of openai's HTTP client that a test did not expect."""
    with respx.mock(using="httpcore2", assert_all_called=False) as router:
        yield router


@pytest.fixture(scope="module")
def uncounted():
    """No lines are counted while a module runs that goes a known way over and over.

    Other tests go that way too. Counting takes 0.6 times as much time as the tests themselves
    (measured with tests/api/test_corrections.py on Python 3.11, 2026-11-29).
    """
    counting = coverage.Coverage.current()
    if counting is not None:
        counting.stop()
    yield
    if counting is not None:
        counting.start()


@pytest.fixture
def clock():
    """A clock that stands still."""
    return lambda: NOW
