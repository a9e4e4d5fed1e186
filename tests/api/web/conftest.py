"""Two people in their browsers, and an administrator in another."""

from dataclasses import dataclass

import pytest

from tests.api.web.browser import Browser
from tests.api.world import Pair, World, opened_world


@dataclass
class Two:
    """A mentorship of two people with accounts, each signed in, and keys of the same two."""

    world: World
    pair: Pair
    people: dict[str, str]
    mentor: Browser
    mentee: Browser

    @property
    def base(self) -> str:
        return f"/m/{self.pair.id}"

    def side(self, name: str) -> Browser:
        return {"mentor": self.mentor, "mentee": self.mentee}[name]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with opened_world(tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.fixture
def fresh_world(tmp_path):
    with opened_world(tmp_path / "data") as opened:
        yield opened


def person(world: World, name: str) -> str:
    """The id of a new account."""
    made = world.admin("POST", "/v1/people", json={"name": name})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def link(world: World, person_id: str) -> str:
    """A new link for somebody."""
    made = world.admin("POST", f"/v1/people/{person_id}/invites")
    assert made.status_code == 201, made.text
    return made.json()["url"]


def two_people(world: World, mentor: str = "Ana Lima", mentee: str = "Ben Okoro") -> Two:
    """Two people who work together and are signed in."""
    people = {"mentor": person(world, mentor), "mentee": person(world, mentee)}
    pair = world.pair(**{side: {"person_id": each} for side, each in people.items()})
    browsers = {side: Browser(world).sign_in(link(world, each)) for side, each in people.items()}
    return Two(world, pair, people, **browsers)


@pytest.fixture(scope="module")
def two(world):
    """Two people for tests that do not mind what else is there."""
    return two_people(world)


@pytest.fixture
def fresh_two(world):
    """Two people with nothing recorded."""
    return two_people(world)
