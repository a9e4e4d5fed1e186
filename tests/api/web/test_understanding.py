"""What was understood of a session is put right on one page.

A person's word stands, and can be undone.
"""

import itertools
import re
from datetime import timedelta

import pytest

from coach.model.readings import FactSignal, Reading
from tests.api.web.browser import forms_of
from tests.api.web.conftest import two_people
from tests.api.world import as_note, canary

SENDS = "Ben will send the budget draft to the board by 5 June 2026."
BOOKS = "Ana will book the room for the rehearsal by 12 June 2026."
WORRY = "I am worried about the reorganisation at work."
MOVED = "We decided to move the release to November."
NOTE = f"- {SENDS}\n- {BOOKS}\n- {WORRY}\n- {MOVED}\n"
MOST_BYTES = 150_000
THINGS = "budget,draft,slides,survey,contract,invoice,roster,forecast,minutes".split(",")
PLACES = "board,panel,bank,printer,landlord,auditor,union,council".split(",")


class Page:
    """The page of one session, as one side has it before them."""

    def __init__(self, two, session_id: str, side: str = "mentor") -> None:
        self.two, self.side = two, side
        self.place = f"{two.base}/sessions/{session_id}"
        self.goes = f"{self.place}/understood"

    @property
    def text(self) -> str:
        return self.two.side(self.side).page(self.place)

    def save(self, **fields: str):
        return self.two.side(self.side).send(self.place, self.goes, **fields)

    def held(self) -> dict:
        return self.two.side(self.side).form(self.place, self.goes).held

    def of_fact(self, fact_id: str) -> str:
        (name,) = [each for each in self.held() if each.startswith(f"fact.{fact_id}.")]
        return name


@pytest.fixture
def read(fresh_two):
    """The page of a session that was read; the promises and the other facts by their words."""
    session = fresh_two.pair.session("mentor", NOTE)["session"]
    page = Page(fresh_two, session["id"])
    return page, promises(fresh_two), facts(fresh_two)


def promises(two, who: str = "mentor") -> dict[str, dict]:
    return {each["made_in"]["quote"]: each for each in two.pair.get(who, "/commitments").json()}


def facts(two, who: str = "mentor", **query) -> dict[str, dict]:
    return {each["text"]: each for each in two.pair.get(who, "/facts", **query).json()}


def test_one_form_puts_right_drops_and_adds(read, fresh_two):
    page, made, found = read
    sends, books = made[SENDS]["id"], made[BOOKS]["id"]

    answer = page.save(
        **{
            f"owner.{sends}": "both",
            f"due.{sends}": "2026-06-20",
            f"status.{books}": "dropped",
            page.of_fact(found[MOVED]["id"]): "change",
            page.of_fact(found[WORRY]["id"]): "hidden",
            "new.action": "Ring the board",
            "new.owner": "mentee",
            "new.visibility": "shared",
        }
    )

    assert answer.status_code == 303
    after = promises(fresh_two, "mentee")
    assert (after[SENDS]["owner"], after[SENDS]["due"]) == ("both", "2026-06-20")
    assert after[SENDS]["status"] == "open"
    assert after[BOOKS]["status"] == "dropped"
    assert after["Ring the board"]["added_by"] == "mentor"
    assert facts(fresh_two)[MOVED]["kind"] == "change"
    assert WORRY not in facts(fresh_two)
    assert "Ring the board" in page.text


def test_what_nobody_changed_is_nobodys_word(read, fresh_two):
    page, made, _ = read
    before = fresh_two.pair.get("mentor", "/export").content

    page.save()

    assert fresh_two.pair.get("mentor", "/export").content == before
    page.save(**{f"owner.{made[SENDS]['id']}": "mentor"})
    fresh_two.pair.session(
        "mentee", "Ana sent the budget draft to the board.", held_on="2026-06-09"
    )
    after = promises(fresh_two)[SENDS]
    assert (after["owner"], after["status"]) == ("mentor", "done")


def test_what_is_no_promise_goes_from_every_list_and_comes_back(read, fresh_two):
    page, made, _ = read
    before = fresh_two.pair.get("mentee", "/brief").json()["commitments"]

    page.save(**{f"status.{made[SENDS]['id']}": "none"})
    gone = promises(fresh_two)
    hidden = facts(fresh_two, hidden="true")[SENDS]
    page.save(**{page.of_fact(hidden["id"]): "read"})

    assert list(gone) == [BOOKS]
    assert hidden["hidden"] is True
    assert fresh_two.pair.get("mentee", "/brief").json()["commitments"] == before


def test_a_word_on_a_fact_is_undone_on_the_same_page(read, fresh_two):
    page, _, found = read
    before = facts(fresh_two)

    page.save(**{page.of_fact(found[MOVED]["id"]): "win"})
    said = page.text
    page.save(**{page.of_fact(found[MOVED]["id"]): "read"})

    assert "as it was first understood" in said
    assert facts(fresh_two) == before


def test_an_added_promise_is_taken_back_by_who_added_it(read, fresh_two):
    page, *_ = read
    page.save(**{"new.action": "Ring them", "new.owner": "both", "new.visibility": "shared"})
    added = promises(fresh_two)["Ring them"]["id"]
    theirs = Page(fresh_two, page.place.rpartition("/")[2], "mentee")

    offered = {side.side: side.text.count("Take it back") for side in (page, theirs)}
    page.save(**{f"status.{added}": "none"})

    assert offered == {"mentor": 1, "mentee": 0}
    assert "Ring them" not in promises(fresh_two)


def test_an_outcome_is_confirmed_or_denied_and_said_anew(fresh_two):
    fresh_two.pair.session("mentor", f"- {SENDS}\n", held_on="2026-05-06")
    told = "Ben sent the budget draft to the board."
    session = fresh_two.pair.session("mentee", told, held_on="2026-05-27")["session"]
    page, (made,) = Page(fresh_two, session["id"]), promises(fresh_two).values()
    field = f"outcome.{made['id']}."

    asked = page.text
    page.save(**{field: "open"})
    denied = promises(fresh_two)[SENDS]["status"]
    page.save(**{f"{field}open": "done"})

    assert made["status"] == "done"
    assert "I take it that “<bdi>Send the budget draft to the board" in asked
    assert told in asked
    assert denied in {"open", "overdue"}
    assert promises(fresh_two)[SENDS]["status"] == "done"


def test_who_confirms_that_it_is_not_done_yet_leaves_the_next_notes_their_say(fresh_two):
    fresh_two.pair.session("mentor", f"- {SENDS}\n", held_on="2026-05-06")
    told = "Ben has not sent the budget draft to the board yet."
    session = fresh_two.pair.session("mentee", told, held_on="2026-05-20")["session"]
    page, (made,) = Page(fresh_two, session["id"]), promises(fresh_two).values()
    asked = page.text

    page.save(**{f"outcome.{made['id']}.": ""})
    fresh_two.pair.session(
        "mentee", "Ben sent the budget draft to the board.", held_on="2026-05-27"
    )

    assert "is not done yet." in " ".join(asked.split())
    assert promises(fresh_two)[SENDS]["status"] == "done"


@pytest.mark.parametrize("later", ["nothing", "others"])
def test_a_word_stands_whatever_a_later_reader_finds(later, fresh_world):
    two = two_people(fresh_world)
    session = two.pair.session("mentor", NOTE)["session"]
    page, made, found = Page(two, session["id"]), promises(two), facts(two)
    sends, books = made[SENDS]["id"], made[BOOKS]["id"]
    page.save(**{f"due.{sends}": "2026-06-20", f"status.{books}": "done"})
    page.save(**{page.of_fact(found[WORRY]["id"]): "hidden"})
    before = {quote: _told(each) for quote, each in promises(two, "mentee").items()}

    _read_anew(fresh_world, session["notes"][0]["id"], found, later)

    assert {quote: _told(each) for quote, each in promises(two, "mentee").items()} == before
    assert [each["id"] for each in promises(two).values()] == [sends, books]
    assert WORRY not in facts(two)
    assert WORRY not in two.mentee.page(f"{two.base}/before")


def _told(promise: dict) -> tuple:
    return tuple(promise[name] for name in ("owner", "action", "due", "status"))


def _read_anew(world, note_id: str, found: dict, later: str) -> None:
    place = found[WORRY]["citation"]
    worry = FactSignal(start=place["start"], end=place["end"], kind="concern", said_by="mentee")
    signals = (worry,) if later == "others" else ()
    anew = Reading(engine="embedded", version="later", signals=signals)
    world.parts.store.save_reading(note_id, anew, made_at=world.clock.now + timedelta(days=1))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"new.owner": "both", "new.visibility": ""}, "who may see the promise"),
        ({"new.owner": "", "new.visibility": "me"}, "whose promise it is"),
        ({"new.owner": "me", "new.visibility": "me"}, "whose promise it is"),
        ({"new.owner": "both", "new.visibility": "me", "new.due": "soon"}, "as a date"),
        ({"new.action": "x" * 301, "new.owner": "both", "new.visibility": "me"}, "300 letters"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_lost(fields, told, read, fresh_two):
    page, made, _ = read
    before = promises(fresh_two)
    changed = {f"action.{made[SENDS]['id']}": "Send the <i>plan</i>", "new.action": "Ring & ask"}

    refused = page.save(**{**changed, **fields})

    assert refused.status_code == 422
    assert told in refused.text
    assert "Send the &lt;i&gt;plan&lt;/i&gt;" in refused.text
    assert fields.get("new.action", "Ring &amp; ask") in refused.text
    assert promises(fresh_two) == before


@pytest.mark.parametrize(
    "name", ["owner.{}", "status.{}", "due.{}", "fact.{}.topic", "outcome.{}.", "was.{}"]
)
def test_words_that_no_page_offers_are_refused(name, read, fresh_two):
    page, made, _ = read
    before = fresh_two.pair.get("mentor", "/export").content

    refused = page.save(**{name.format(made[SENDS]["id"]): "<gossip>"})

    assert refused.status_code in {303, 422}
    assert fresh_two.pair.get("mentor", "/export").content == before or name == "was.{}"


def test_a_form_sent_twice_adds_one_promise(read, fresh_two):
    page, *_ = read
    new = {"new.action": "Ring them", "new.owner": "both", "new.visibility": "shared"}
    filled = {**page.held(), **new}

    for _ in range(2):
        assert fresh_two.mentor.post(page.goes, filled).status_code == 303

    assert list(promises(fresh_two)) == [SENDS, BOOKS, "Ring them"]


def test_a_forged_form_puts_nothing_right(read, fresh_two):
    page, made, _ = read
    before = fresh_two.pair.get("mentor", "/export").content
    filled = {**page.held(), f"status.{made[SENDS]['id']}": "done", "csrf": "0" * 32}

    assert fresh_two.mentor.post(page.goes, filled).status_code == 403
    assert fresh_two.mentee.post(page.goes, page.held()).status_code == 403
    assert fresh_two.pair.get("mentor", "/export").content == before


def test_what_is_gone_meanwhile_is_told_and_the_rest_is_kept(read, fresh_two):
    page, made, _ = read
    filled = {**page.held(), f"status.{made[SENDS]['id']}": "done"}
    filled |= {"fact.none.topic": "win"}

    answer = fresh_two.mentor.post(page.goes, filled)

    assert answer.headers["location"].endswith("?said=some_gone")
    assert promises(fresh_two)[SENDS]["status"] == "done"


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_private_promise_is_on_no_page_of_the_other(side, fresh_two):
    session = fresh_two.pair.session("mentor", "We spoke of the plan.")["session"]
    other = {"mentor": "mentee", "mentee": "mentor"}[side]
    theirs, word = Page(fresh_two, session["id"], other), canary("own")
    before = _plain(theirs.text)

    Page(fresh_two, session["id"], side).save(
        **{"new.action": f"Ring {word}", "new.owner": side, "new.visibility": "me"}
    )

    assert word in Page(fresh_two, session["id"], side).text
    assert _plain(theirs.text) == before
    assert word not in fresh_two.side(other).page(f"{fresh_two.base}/before")


def test_a_word_on_a_private_note_is_not_the_others_to_say(fresh_two):
    private = as_note(f"- {SENDS}\n", visibility="mentor")
    session = fresh_two.pair.session("mentor", private)["session"]
    (made,) = promises(fresh_two).values()
    theirs = Page(fresh_two, session["id"], "mentee")
    filled = {**theirs.held(), f"was.{made['id']}": "|||", f"status.{made['id']}": "done"}

    fresh_two.mentee.post(theirs.goes, filled)

    assert promises(fresh_two)[SENDS] == made


def test_a_long_session_stands_on_pages_that_are_light(fresh_two):
    things = itertools.product(THINGS, PLACES)
    lines = [f"- Ben will send the {thing} to the {place}.\n" for thing, place in things]
    lines += [f"- I am worried about team {number} and its manager.\n" for number in range(1, 151)]
    session = fresh_two.pair.session("mentor", "".join(lines))["session"]
    page = Page(fresh_two, session["id"])

    text = page.text

    assert len(text.encode()) < MOST_BYTES
    assert "look at the next ones" in text
    assert max(len(each.names) for each in forms_of(text)) < 400
    assert page.save().status_code == 303
    further = fresh_two.mentor.page(f"{page.place}?promises=40")
    assert text.count('name="was.') == 40
    assert further.count('name="was.') >= 20
    assert set(re.findall(r'name="was\.\w+"', text)).isdisjoint(
        re.findall(r'name="was\.\w+"', further)
    )


def _plain(page: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)
