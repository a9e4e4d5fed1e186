"""A form does one thing, once, for who it was shown to; whatever others make up does nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.web.browser import Browser, path_of
from tests.api.web.conftest import link, person, two_people

SESSION = {"held_on": "2026-06-01", "text": "We spoke of the plan.", "visibility": "shared"}


def _sessions(two) -> list[dict]:
    return two.pair.get("mentor", "/sessions").json()


@pytest.mark.parametrize(
    ("change", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "0" * 32 + "." + "0" * 64}, {}),
        ({"csrf": None}, {}),
        ({}, {"Origin": "https://evil.example.org"}),
        ({}, {"Origin": "null"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
    ],
    ids=["empty", "made up", "left out", "elsewhere", "nowhere", "cross site", "same site"],
)
def test_a_forged_form_does_nothing(change, headers, fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    held = {**fresh_two.mentor.form(place).held, **SESSION, **change}
    forged = {name: value for name, value in held.items() if value is not None}

    refused = fresh_two.mentor.post(place, forged, **headers)

    assert refused.status_code == 403
    assert "did not come from a page of yours" in refused.text
    assert _sessions(fresh_two) == []


def test_a_form_of_one_person_is_no_form_of_another(fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    held = fresh_two.mentee.form(place).held

    refused = fresh_two.mentor.post(place, {**held, **SESSION})

    assert refused.status_code == 403
    assert _sessions(fresh_two) == []


def test_nobody_is_signed_in_as_somebody_else_by_a_form_of_theirs(world):
    victim, attacker = Browser(world), Browser(world)
    address = link(world, person(world, "Mallory"))
    held = attacker.form(address).held
    victim.get("/")

    assert victim.post(address, held).status_code == 403
    assert victim.get("/").status_code == 401


def test_a_form_of_who_is_signed_out_does_nothing(fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    held = fresh_two.mentor.form(place).held
    fresh_two.mentor.send("/", "/sign-out")

    refused = fresh_two.mentor.post(place, {**held, **SESSION})

    assert refused.status_code == 401
    assert fresh_two.pair.get("mentee", "/sessions").json() == []


def test_a_form_that_is_sent_twice_does_one_thing(fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    filled = {**fresh_two.mentor.form(place).held, **SESSION}

    first, second = (fresh_two.mentor.post(place, filled) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert len(_sessions(fresh_two)) == 1


def test_a_form_that_is_sent_twice_at_once_does_one_thing(fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    filled = {**fresh_two.mentor.form(place).held, **SESSION}

    with ThreadPoolExecutor(4) as clicking:
        answers = list(clicking.map(lambda _: fresh_two.mentor.post(place, filled), range(4)))

    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["location"] for each in answers}) == 1
    assert len(_sessions(fresh_two)) == 1


def test_a_form_that_was_gone_back_to_and_changed_is_another_one(fresh_two):
    place = f"{fresh_two.base}/sessions/new"
    filled = {**fresh_two.mentor.form(place).held, **SESSION}

    fresh_two.mentor.post(place, filled)
    fresh_two.mentor.post(place, {**filled, "held_on": "2026-06-02"})

    assert [each["held_on"] for each in _sessions(fresh_two)] == ["2026-06-01", "2026-06-02"]


def test_a_pair_is_set_up_once_by_a_form_that_is_sent_twice(world):
    browser = Browser(world).sign_in(link(world, person(world, "Ana Lima")))
    filled = {**browser.form("/new").held, "side": "mentor", "name": "Ben", "timezone": "UTC"}

    places = {browser.post("/new", filled).headers["location"] for _ in range(2)}

    assert len(places) == 1
    assert len(browser.get("/v1/me").json()["mentorships"]) == 1


def test_what_was_written_is_not_lost_where_something_is_wrong(fresh_two):
    place = f"{fresh_two.base}/sessions/new"

    refused = fresh_two.mentor.send(place, text="A long <b>note</b>.", held_on="", visibility="me")

    assert refused.status_code == 422
    assert "Please give the day" in refused.text
    assert "A long &lt;b&gt;note&lt;/b&gt;." in refused.text
    assert _sessions(fresh_two) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Paste a note"),
        ({"visibility": ""}, "who may see it"),
        ({"held_on": "yesterday"}, "the day on which you met"),
        ({"duration_minutes": "an hour"}, "a number of minutes"),
        ({"channel": "x" * 301}, "at most 300 letters"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else None,
)
def test_what_is_wrong_is_said_in_words_of_the_form(fields, told, fresh_two):
    refused = fresh_two.mentor.send(f"{fresh_two.base}/sessions/new", **{**SESSION, **fields})

    assert refused.status_code == 422
    assert told in refused.text
    assert _sessions(fresh_two) == []


def test_files_are_taken_each_as_a_note(fresh_two):
    files = [
        ("files", ("talk.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ben>Hello there.\n")),
        ("files", ("notes.md", "\ufeff- Ben liest das Buch für Montag\n".encode())),
    ]

    made = fresh_two.mentor.send(
        f"{fresh_two.base}/sessions/new", files=files, **{**SESSION, "author": "other"}
    )

    assert made.status_code == 303
    (session,) = _sessions(fresh_two)
    assert [each["format"] for each in session["notes"]] == ["markdown", "vtt", "markdown"]
    assert {each["author"] for each in session["notes"]} == {"mentee"}
    assert session["notes"][2]["text"] == "- Ben liest das Buch für Montag\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.docx", b"PK"), ("notes.txt", b"\xff\xfe"), ("notes.md", b"a\0b")],
    ids=["kind", "not text", "nul"],
)
def test_a_file_that_cannot_be_read_is_refused(name, content, fresh_two):
    refused = fresh_two.mentor.send(
        f"{fresh_two.base}/sessions/new", files=[("files", (name, content))], **SESSION
    )

    assert refused.status_code == 422
    assert _sessions(fresh_two) == []


def test_too_much_at_once_is_refused_in_words(fresh_two):
    refused = fresh_two.mentor.send(
        f"{fresh_two.base}/sessions/new", **{**SESSION, "text": "x" * 1_000_001}
    )

    assert refused.status_code == 413


@pytest.mark.parametrize(
    "back", ["//evil.example.org", "https://evil.example.org", "/../../x", "/before\r\nX: y"]
)
def test_a_form_leads_back_to_these_pages_alone(back, fresh_two):
    fresh_two.pair.note("mentor", "- Ben will send the budget draft by 20 June 2026.")
    (promise,) = fresh_two.pair.get("mentor", "/commitments").json()
    place = f"{fresh_two.base}/promises/{promise['id']}"
    held = fresh_two.mentor.form(f"{fresh_two.base}/before", place).held

    answer = fresh_two.mentor.post(place, {**held, "back": back, "word": "done"})

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{fresh_two.base}?said=")
    assert path_of(answer.headers["location"]).startswith(fresh_two.base)


def test_a_form_of_another_mentorship_changes_nothing_here(fresh_two):
    theirs = two_people(fresh_two.world, "Cleo Park", "Dan Reyes")
    held = theirs.mentor.form(f"{theirs.base}/sessions/new").held

    refused = theirs.mentor.post(f"{fresh_two.base}/sessions/new", {**held, **SESSION})

    assert refused.status_code == 404
    assert _sessions(fresh_two) == []


@pytest.mark.parametrize(
    "text",
    [
        "100%00 sure",
        '--x\r\nContent-Disposition: form-data; name="visibility"\r\n\r\nshared',
        "a=b&c",
    ],
    ids=["percent", "like a part", "like fields"],
)
@pytest.mark.parametrize(
    "files", [None, [("files", ("more.txt", b"More."))]], ids=["plain", "files"]
)
def test_a_note_is_kept_as_it_was_written(text, files, fresh_two):
    fields = {**SESSION, "text": text, "visibility": "me"}

    made = fresh_two.mentor.send(f"{fresh_two.base}/sessions/new", files=files, **fields)

    assert made.status_code == 303
    (session,) = _sessions(fresh_two)
    assert session["notes"][0]["text"] == text.replace("\r\n", "\n")
    assert {each["visibility"] for each in session["notes"]} == {"mentor"}


def test_a_character_that_cannot_be_kept_is_refused(fresh_two):
    refused = fresh_two.mentor.send(f"{fresh_two.base}/sessions/new", **{**SESSION, "text": "a\0b"})

    assert refused.status_code == 422
    assert _sessions(fresh_two) == []
