"""Applications and pairs: one of each a module, and fresh ones for tests that need them."""

import pytest

from tests.api.world import opened_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One application for a module; tests make their own pairs in it."""
    with opened_world(tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pair(world):
    """A pair that the tests of a module share: for tests that do not mind what else is there."""
    return world.pair()


@pytest.fixture
def fresh_pair(world):
    """A pair with nothing recorded."""
    return world.pair()


@pytest.fixture
def fresh_world(tmp_path):
    """An application of one test, for tests that move the clock or look into files."""
    with opened_world(tmp_path / "data") as opened:
        yield opened
