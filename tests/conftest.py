"""What every test stands on: no model provider is ever reached, and today is a fixed day."""

from datetime import UTC, datetime

# Chroma reads the whole environment while it is imported. pytest changes the environment at every
# test, so an import on a thread of the index, in the middle of one, may fail: it is done here.
import chromadb  # noqa: F401
import pytest
import respx

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_provider_is_reached():
    """Every request of openai's HTTP client that a test did not expect is refused."""
    with respx.mock(using="httpcore2", assert_all_called=False) as router:
        yield router


@pytest.fixture
def clock():
    """A clock that stands still."""
    return lambda: NOW
