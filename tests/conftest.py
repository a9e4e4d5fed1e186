"""What every test stands on: no model provider is ever reached, and today is a fixed day."""

from datetime import UTC, datetime

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
