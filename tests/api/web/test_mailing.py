"""A link is sent by e-mail where a mail server is set.

Whatever that does, the link is there to copy, and in no log.
"""

import logging
import re
import socket

import pytest

from api import mailing
from coach.agreement.access import Principal
from coach.model.people import Person
from tests.api.web.browser import Browser, link_on, path_of
from tests.api.web.conftest import link, person
from tests.api.web.mail_server import mail_server
from tests.api.web.test_quiet import Heard
from tests.api.world import opened_world

BEN = "ben.okoro@example.org"
FROM = "coach@example.org"
PASSWORD = "a-secret-password"  # noqa: S105 - of a server that is this file's own


@pytest.fixture
def world_with(tmp_path):
    """Opens a world that mails by this server."""
    opened = []

    def made(post, **given):
        chosen = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_starttls": False}
        world = opened_world(tmp_path / f"{len(opened)}", **{**chosen, "smtp_from": FROM, **given})
        opened.append(world)
        return world.__enter__()

    yield made
    for each in opened:
        each.__exit__(None, None, None)


def set_up(world, name: str = "Ana Lima") -> tuple[Browser, str]:
    """Somebody who has set up a mentorship with somebody new; where the other is invited."""
    ana = Browser(world).sign_in(link(world, person(world, name)))
    made = ana.send("/new", side="mentor", name="Ben Okoro", timezone="UTC")
    return ana, f"{path_of(made.headers['location'])}/invite"


def administrator(world) -> Browser:
    coach, admin = world.parts.coach, Principal("test", "admin", None)
    root = coach.add_person(admin, Person(name="Root"), administers=True)
    return Browser(world).sign_in(f"/welcome/{coach.invite(admin, root.id).token}")


def link_in(letter) -> str:
    return re.search(r"https?://\S+/welcome/\S+", letter.get_content())[0]


def test_the_other_is_invited_by_e_mail_and_comes_in_by_it(world_with):
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world)

        shown = ana.send(place, email=BEN).text

    (letter,) = post.letters
    assert (letter["To"], letter["From"]) == (BEN, FROM)
    assert "Hello Ben Okoro" in letter.get_content()
    assert "Ana Lima invites you" in letter.get_content()
    assert "22 June 2026" in letter.get_content()
    assert link_in(letter) == link_on(shown)
    assert f"We have sent it to <bdi>{BEN}" in shown
    assert "Ana Lima" in Browser(world).sign_in(link_in(letter)).page("/")


def test_an_administrator_sends_links_to_the_address_that_is_kept(world_with):
    with mail_server() as post:
        world = world_with(post)
        admin = administrator(world)
        admin.send("/people", "/people", name="Ben Okoro", email=BEN)
        (found,) = [each for each in world.parts.store.accounts() if each.email == BEN]

        shown = admin.send("/people", f"/people/{found.id}/link").text
        made = world.admin("POST", f"/v1/people/{found.id}/invites").json()

    assert link_in(post.letters[0]) == link_on(shown)
    assert made["mailed"] is True
    assert link_in(post.letters[1]) == made["url"]


@pytest.mark.parametrize("behaves", ["refusing", "odd", "silent", "gone", "no tls"])
def test_where_it_fails_the_link_is_shown_to_copy(behaves, world_with, monkeypatch):
    monkeypatch.setattr(mailing, "_SECONDS", 1.0)
    with mail_server(behaves) as post:
        if behaves == "gone":
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                post.port = taken.getsockname()[1]
        world = world_with(
            post,
            smtp_starttls=behaves == "no tls",
            smtp_user="coach",
            smtp_password=PASSWORD,
        )
        ana, place = set_up(world)

        answer = ana.send(place, email=BEN)

    assert answer.status_code == 200
    assert "could not be sent" in answer.text
    Browser(world).sign_in(link_on(answer.text))
    if behaves == "no tls":
        assert not [each for each in post.said if each.upper().startswith(("AUTH", "MAIL"))]


@pytest.mark.parametrize("behaves", ["well", "refusing"])
def test_no_address_and_no_link_is_in_a_log(behaves, world_with):
    heard = Heard()
    for name in ("", "coach"):
        logging.getLogger(name).addHandler(heard)
        logging.getLogger(name).setLevel(logging.DEBUG)
    with mail_server(behaves) as post:
        world = world_with(post, smtp_user="coach", smtp_password=PASSWORD)
        ana, place = set_up(world)
        shown = ana.send(place, email=BEN).text
    for name in ("", "coach"):
        logging.getLogger(name).removeHandler(heard)

    secret = path_of(link_on(shown)).split("_", 3)[3]
    told = [each for each in heard.told if "'name': 'httpx" not in each]
    assert told
    assert [e for e in told for each in (BEN, secret, PASSWORD) if each in e] == []


def test_a_form_that_is_sent_twice_sends_one_letter_and_its_link_works(world_with):
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world)
        filled = {**ana.form(place).held, "email": BEN}

        pages = [ana.post(place, filled).text for _ in range(2)]

    (letter,) = post.letters
    assert link_on(pages[0]) == link_on(pages[1]) == link_in(letter)
    Browser(world).sign_in(link_in(letter))


@pytest.mark.parametrize(
    "email",
    [
        "ben",
        "ben@",
        "ben@a, eve@b",
        "ben@example.org\r\nBcc: eve@example.org",
        "Ben <ben@example.org>",
        "bén@example.org",
        "x" * 80 + "@example.org",
    ],
)
def test_what_is_no_address_gets_no_letter(email, world_with):
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world)

        refused = ana.send(place, email=email)
        others = administrator(world).send("/people", "/people", name="Eve", email=email)

    assert (refused.status_code, others.status_code) == (422, 422)
    assert post.said == []


def test_without_an_address_the_link_is_only_shown(world_with):
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world)

        shown = ana.send(place).text

    assert post.said == []
    assert "sent" not in shown
    assert link_on(shown)


def test_a_name_with_odd_signs_is_a_name_in_a_letter(world_with):
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world, "Ána\r\nBcc: eve@example.org ليلى")

        ana.send(place, email=BEN)

    (letter,) = post.letters
    assert letter["Bcc"] is None
    assert "Ána Bcc: eve@example.org ليلى invites you" in letter.get_content()
    assert [each for each in post.said if each.upper().startswith("RCPT")] == [f"rcpt TO:<{BEN}>"]


def test_only_so_many_letters_go_out_in_an_hour(world_with, monkeypatch):
    monkeypatch.setattr(mailing, "_AN_HOUR", 2)
    with mail_server() as post:
        world = world_with(post)
        ana, place = set_up(world)

        shown = [ana.send(place, email=BEN).text for _ in range(3)]

    assert len(post.letters) == 2
    assert "could not be sent" in shown[2]


def test_without_a_mail_server_nothing_of_mail_is_on_the_pages(world):
    ana, place = set_up(world)

    assert 'type="email"' not in ana.page(place)
    made = world.admin("POST", f"/v1/people/{person(world, 'Eve')}/invites")
    assert made.json()["mailed"] is False
