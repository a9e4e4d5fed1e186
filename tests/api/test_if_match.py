"""Who names an old copy changes nothing; who names the newest does."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.world import problem_of

CHANGES = {
    "mentorship": ("", "PATCH", "", {"paused_until": "2026-07-01"}),
    "contract": ("/contract", "PUT", "/contract", {"effective_from": "2026-06-02"}),
    "note shared": ("/notes/{note}", "PATCH", "/notes/{note}", {"visibility": "mentor"}),
    "commitment": ("/commitments/{promise}", "PATCH", "/commitments/{promise}", {"due": None}),
    "warning": ("/drift/{warning}", "POST", "/drift/{warning}/decision", {"decision": "dispute"}),
    "fact": ("/facts/{fact}", "PATCH", "/facts/{fact}", {"hidden": True}),
    "session": ("/sessions/{session}", "PATCH", "/sessions/{session}", {"channel": "call"}),
    "note erased": ("/notes/{note}", "DELETE", "/notes/{note}", None),
}


@pytest.fixture
def given(fresh_pair):
    """A pair with a contract and a note; reads and changes by the name of the thing."""
    note = fresh_pair.note("mentor", "- Ben will send the budget draft by 20 June 2026.")["id"]
    (promise,) = (each["id"] for each in fresh_pair.get("mentor", "/commitments").json())
    (session,) = (each["id"] for each in fresh_pair.get("mentor", "/sessions").json())
    fact = fresh_pair.get("mentor", "/facts").json()[0]["id"]
    names = {
        "note": note,
        "session": session,
        "fact": fact,
        "promise": promise,
        "warning": fresh_pair.late()["id"],
    }

    def read(name: str):
        path = CHANGES[name][0].format(**names)
        return fresh_pair.get("mentor", path)

    def change(name: str, **headers: str):
        _, method, path, body = CHANGES[name]
        path = path.format(**names)
        return fresh_pair.send("mentor", method, path, json=body, headers=headers)

    return read, change


@pytest.mark.parametrize("name", CHANGES)
def test_the_newest_copy_may_be_changed(name, given):
    read, change = given

    changed = change(name, **{"If-Match": read(name).headers["etag"]})

    assert changed.is_success
    if changed.status_code == 200:
        assert read(name).headers["etag"] == changed.headers["etag"]


@pytest.mark.parametrize("name", CHANGES)
def test_another_copy_changes_nothing(name, given):
    read, change = given
    before = read(name)

    for tag in ('"0123"', "W/{0}", "nonsense", '"', "", "{0}x", "ü"):
        refused = change(name, **{"If-Match": tag.format(before.headers["etag"]).encode()})

        problem_of(refused, 412)
        assert read(name).content == before.content


def test_any_of_several_copies_will_do(given):
    read, change = given

    for tags in ("*", '"0123", {0}', "{0},W/{0}"):
        tag = tags.format(read("note shared").headers["etag"])
        assert change("note shared", **{"If-Match": tag}).is_success


@pytest.mark.parametrize("name", CHANGES)
def test_a_copy_is_never_required(name, given):
    assert given[1](name).is_success


def test_there_is_no_copy_of_a_contract_before_the_first(fresh_pair):
    body = {"effective_from": "2026-06-02"}

    refused = fresh_pair.send("mentor", "PUT", "/contract", json=body, headers={"If-Match": "*"})

    problem_of(refused, 412)
    assert fresh_pair.get("mentor", "/contract/versions").json() == []


@pytest.mark.parametrize(
    "name", ["mentorship", "contract", "commitment", "fact", "warning", "note erased"]
)
def test_of_ten_that_hold_one_copy_one_wins(name, given):
    read, change = given
    tag = read(name).headers["etag"]

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: change(name, **{"If-Match": tag}), range(10)))

    lost = 404 if name == "note erased" else 412
    assert sorted(each.status_code // 100 for each in answers) == [2] + [4] * 9
    assert {each.status_code for each in answers if each.is_error} == {lost}


def test_of_ten_that_share_and_unshare_one_wins(fresh_pair):
    note = fresh_pair.note("mentor")["id"]
    path = f"/notes/{note}"
    for visibility in ("mentor", "shared", "mentor"):
        tag = fresh_pair.get("mentor", path).headers["etag"]
        body = {"visibility": visibility}

        with ThreadPoolExecutor(10) as threads:
            answers = list(
                threads.map(
                    lambda _, tag=tag, body=body: fresh_pair.send(
                        "mentor", "PATCH", path, json=body, headers={"If-Match": tag}
                    ),
                    range(10),
                )
            )

        assert sorted(each.status_code for each in answers) == [200] + [412] * 9
        assert fresh_pair.get("mentor", path).json()["visibility"] == visibility
        shown = fresh_pair.get("mentee", path).status_code
        assert shown == (200 if visibility == "shared" else 404)


def test_a_side_that_cannot_see_the_newest_cannot_match_it(fresh_pair):
    note = fresh_pair.note("mentor")["id"]
    tag = fresh_pair.get("mentee", f"/notes/{note}").headers["etag"]
    fresh_pair.send("mentor", "PATCH", f"/notes/{note}", json={"visibility": "mentor"})

    refused = fresh_pair.send("mentee", "DELETE", f"/notes/{note}", headers={"If-Match": tag})

    problem_of(refused, 404)
