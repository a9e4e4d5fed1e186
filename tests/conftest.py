"""Fixtures of every test: no model provider is ever reached, and today is a fixed day."""

from datetime import UTC, datetime

# Chroma reads the whole environment while it is imported, and pytest changes the environment at
# every test. An import on a thread of the index during a test may fail, so it is done here.
import chromadb  # noqa: F401
import pytest
import respx

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_provider_is_reached():
    """Refuse every request of openai's HTTP client that a test did not expect."""
    with respx.mock(using="httpcore2", assert_all_called=False) as router:
        yield router


@pytest.fixture
def clock():
    """A clock that stands still."""
    return lambda: NOW
