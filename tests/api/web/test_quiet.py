"""What people write in their browsers, and what signs them in, reaches no log and no error."""

import logging

import pytest

from tests.api.web.browser import path_of
from tests.api.web.conftest import link, two_people
from tests.api.world import canary


class Heard(logging.Handler):
    """Keeps all that any log is told, with every field."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def heard():
    """Everything that is logged while a test runs."""
    handler = Heard()
    loggers = [logging.getLogger(), logging.getLogger("coach")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    yield handler
    for each, level in zip(loggers, levels, strict=True):
        each.removeHandler(handler)
        each.setLevel(level)


def test_no_log_repeats_what_was_written_or_what_signs_in(world, heard):
    two = two_people(world)
    word = canary("web")
    base = two.base
    address = link(world, two.people["mentor"])
    two.mentor.get(address)
    two.mentor.get(address + word)
    note = {"held_on": "2026-06-01", "text": f"- Ben will send {word} by 20 June 2026.\n"}

    two.mentor.send(f"{base}/sessions/new", visibility="me", **note)
    two.mentor.send(f"{base}/sessions/new", visibility="me", channel=word * 50, **note)
    two.mentor.send(f"{base}/agreement/write", every=word, confidentiality=word)
    two.mentor.send(f"{base}/before", f"{base}/want", text=word, visibility="me")
    two.mentor.get(f"{base}/search?q={word}")
    two.mentor.get(f"/{word}")
    two.mentor.get(f"{base}/notes/{word}")
    two.mentor.post(f"{base}/left/{word}", {"csrf": word, "decision": word})
    two.mentor.page(f"{base}/before")

    secrets = [word, path_of(address).rpartition("_")[0][-20:]]
    secrets += [each.split("_")[3] for each in two.mentor.client.cookies.values() if "msc_" in each]
    assert len(secrets) == 3
    # The client of the test logs what it asks for; the application does not.
    ours = [each for each in heard.told if "'name': 'httpx" not in each]
    assert len(ours) > 10
    assert [each for each in ours for secret in secrets if secret in each] == []


@pytest.mark.parametrize(
    "place",
    [
        "/m/%00/before",
        "/m/%ff%fe/before",
        "/m/none/notes/%2e%2e",
        "/welcome/%00",
        "/m//before",
        "/m/" + "x" * 3000 + "/before",
        "/search?q=%00",
        "/?said=%3Cb%3E",
        "/devices?said=none",
    ],
)
def test_odd_addresses_are_answered_with_a_page(place, two):
    answer = two.mentor.get(place)

    assert answer.status_code in {200, 404, 410}
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "query", ["start=-1&end=5", "start=a&end=b", "start=9&end=2", "end=99999999999"]
)
def test_a_note_is_shown_whatever_is_to_be_marked_in_it(query, two):
    note = two.pair.note("mentor", "We spoke of the plan.")

    page = two.mentor.page(f"{two.base}/notes/{note['id']}?{query}")

    assert "We spoke of the plan." in page.replace('<mark id="words">', "").replace("</mark>", "")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x\r\nno name\r\n\r\nx\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"never ends"),
        ("multipart/form-data", b"--x--"),
        ("application/x-www-form-urlencoded", b"a=%ff"),
        ("application/x-www-form-urlencoded", "ä=1".encode()),
        ("application/x-www-form-urlencoded", b"a=1&" * 500),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n" * 500 + b"--x--"),
    ],
    ids=["json", "no name", "no end", "no boundary", "not text", "not ascii", "many", "many parts"],
)
def test_what_is_no_form_is_refused(kind, body, two):
    answer = two.mentor.client.post(
        f"{two.base}/sessions/new", content=body, headers={"Content-Type": kind}
    )

    assert answer.status_code in {400, 403, 415}
    assert answer.headers["content-type"].startswith("text/html")
