"""Both people see who opened or changed what, and when.

Never what stands there, nor that a private note is there.
"""

from datetime import timedelta

import pytest

from api.accesses import _CALLS, _PAGES
from api.web.record import WORDS
from coach.errors import StoreUnavailable
from coach.model.accesses import Access
from coach.storage.accesses import ACCESS_DAYS
from coach.storage.store import SqlStore
from coach.use_cases.access_record import AccessRecord
from tests.api.web.conftest import two_people
from tests.api.world import canary

SENDS = "Ben will send the budget draft to the board by 5 June 2026."


def told(two, side: str) -> str:
    """What a side's record says, without the tokens of forms."""
    assert two.world.parts.coach.record.settle(timeout_seconds=20)
    page = two.side(side).page(f"{two.base}/data/record")
    assert two.world.parts.coach.record.settle(timeout_seconds=20)
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)


def lines(two, side: str) -> list[str]:
    rows = told(two, side).split("<tr><td>")[1:]
    plain = (row.replace("<bdi>", "").replace("</bdi>", "") for row in rows)
    return [" | ".join(each.split("</td>")[0] for each in row.split("<td>")) for row in plain]


def test_both_see_who_opened_and_changed_what(fresh_world):
    two = two_people(fresh_world)
    two.mentor.send(f"{two.base}/sessions/new", text=f"- {SENDS}", visibility="shared")
    two.mentee.page(f"{two.base}/before")
    two.pair.get("tool", "/export")
    (promise,) = two.pair.get("mentor", "/commitments").json()
    two.mentee.send(f"{two.base}/prepare", f"{two.base}/promises/{promise['id']}", word="done")

    mine, theirs = lines(two, "mentor"), lines(two, "mentee")

    for line in (
        "15 June 2026, 09:00 | You | added a session",
        "15 June 2026, 09:00 | Ben Okoro | looked at the page before the session",
        "15 June 2026, 09:00 | Ben Okoro | put right what was understood",
        "15 June 2026, 09:00 | A tool with a key | took a copy of everything they may see",
    ):
        assert line in mine
        other = line.replace("Ben Okoro", "ME").replace("You", "Ana Lima").replace("ME", "You")
        assert other in theirs
    assert any("looked at the promises" in each and "with a key" in each for each in theirs)


def test_it_says_nothing_of_what_stands_there(fresh_world):
    two, word = two_people(fresh_world), canary("told")
    two.mentor.send(
        f"{two.base}/sessions/new",
        text=f"- Ben will send {word}.",
        visibility="shared",
        channel=word,
    )
    two.mentor.page(f"{two.base}/search?q={word}")
    two.mentor.get(f"{two.base}/notes/{word}")

    assert word not in told(two, "mentor") + told(two, "mentee")


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_what_one_does_with_private_notes_is_not_in_the_others_record(side, fresh_world):
    two = two_people(fresh_world)
    other = {"mentor": "mentee", "mentee": "mentor"}[side]
    session = two.pair.session("mentor", "We spoke of the plan.")["session"]
    place, mine = f"{two.base}/sessions/{session['id']}", two.side(side)
    for each in (place, f"{two.base}/before", f"{two.base}/data", f"{two.base}/left"):
        mine.page(each)
    told(two, side)
    before = told(two, other)

    mine.send(place, f"{place}/notes", text=f"- {SENDS}", visibility="me")
    (note,) = [
        each["id"]
        for found in two.pair.get(side, "/sessions").json()
        for each in found["notes"]
        if each["visibility"] == side
    ]
    (promise,) = two.pair.get(side, "/commitments").json()
    mine.send(f"{two.base}/before", f"{two.base}/promises/{promise['id']}", word="done")
    mine.send(place, f"{place}/understood", **{f"owner.{promise['id']}": "both"})
    mine.send(
        place,
        f"{place}/understood",
        **{"new.action": "Ring them", "new.owner": "both", "new.visibility": "me"},
    )
    mine.send(f"{two.base}/before", f"{two.base}/want", text="Be kind", visibility="me")
    mine.page(f"{two.base}/notes/{note}")
    mine.send(f"{two.base}/notes/{note}", f"{two.base}/notes/{note}/erase", sure="yes")

    own = told(two, side)
    for each in ("added a note", "put right", "opened a note", "kept or erased", "wrote down what"):
        assert each in own
    # The keys of this test read lists, as tools of this side do; that is told to both.
    reads = [line for line in told(two, other).splitlines() if "with a key" not in line]
    assert reads == [line for line in before.splitlines() if "with a key" not in line]


def test_what_was_refused_is_not_recorded(fresh_world):
    two = two_people(fresh_world)
    before = told(two, "mentor")

    two.mentor.post(f"{two.base}/want", {"text": "x"})
    two.mentor.send(f"{two.base}/sessions/new", held_on="", text="x", visibility="shared")
    two.pair.send("tool", "GET", "/reflection")
    two.mentor.get(f"{two.base}/prepare")

    assert told(two, "mentor") == before


def test_a_day_has_one_line_for_what_was_done_often(fresh_world):
    two = two_people(fresh_world)
    for minutes in (1, 5):
        fresh_world.clock.now += timedelta(minutes=minutes)
        for _ in range(3):
            two.mentor.page(f"{two.base}/before")
        told(two, "mentee")

    found = [each for each in lines(two, "mentee") if "before the session" in each]

    assert found == ["15 June 2026, 09:06 | Ana Lima | looked at the page before the session"]


def test_it_is_kept_for_a_while_and_no_longer(fresh_world):
    two = two_people(fresh_world)
    two.mentor.page(f"{two.base}/before")
    told(two, "mentee")
    for days in (29, 29, 29, ACCESS_DAYS - 86):
        fresh_world.clock.now += timedelta(days=days)
        for browser in (two.mentor, two.mentee):
            browser.page("/devices")
    two.mentor.page(f"{two.base}/sessions")

    later = lines(two, "mentee")

    assert [each for each in later if "the sessions" in each]
    assert not [each for each in later if "before the session" in each]
    assert str(ACCESS_DAYS) in told(two, "mentee")
    with fresh_world.parts.store._reading() as connection:
        kept = connection.exec_driver_sql("SELECT min(day) FROM accesses").scalar()
    assert kept > "2026-09-01"


def test_it_is_erased_with_the_mentorship(fresh_world):
    two = two_people(fresh_world)
    told(two, "mentor")

    assert fresh_world.admin("DELETE", two.pair.base).is_success

    assert fresh_world.parts.coach.record.settle(timeout_seconds=20)
    with fresh_world.parts.store._reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM accesses").scalar() == 0


def test_only_the_two_see_it(fresh_world):
    two, others = two_people(fresh_world), two_people(fresh_world, "Cleo Park", "Dan Reyes")

    assert others.mentor.get(f"{two.base}/data/record").status_code == 404


class Failing(SqlStore):
    """The store of a world that does not answer until it is mended, and counts what it is asked."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__(store._engine, clock=store._clock)
        self.asked, self.kept, self.mended = 0, [], False

    def add_accesses(self, found) -> None:
        self.asked += 1
        if not self.mended:
            raise StoreUnavailable("busy")
        self.kept += found
        super().add_accesses(self.kept)


def entry(at, number: int = 0) -> tuple[str, Access]:
    return f"m{number}", Access(
        by="mentor", way="page", what="before", visibility="shared", last_at=at
    )


def test_a_store_that_does_not_answer_holds_nobody_up_and_loses_nothing(fresh_world):
    store, now = Failing(fresh_world.parts.store), fresh_world.clock.now
    record = AccessRecord(store)
    record.open()
    for number in range(5):
        record.note(*entry(now, number))
    assert not record.settle(timeout_seconds=0.3)

    store.mended = True

    assert record.settle(timeout_seconds=20)
    assert sorted(each for each, _ in store.kept) == ["m0", "m1", "m2", "m3", "m4"]
    record.close()


def test_many_at_once_are_one_write(fresh_world):
    store, now = Failing(fresh_world.parts.store), fresh_world.clock.now
    store.mended = True
    record = AccessRecord(store)
    for number in range(1000):
        record.note(*entry(now, number % 10))

    record.open()

    assert record.settle(timeout_seconds=20)
    assert (store.asked, len(store.kept)) == (1, 10)
    record.close()


def test_what_waits_is_bounded(fresh_world):
    store, now = Failing(fresh_world.parts.store), fresh_world.clock.now
    store.mended = True
    record = AccessRecord(store)

    for number in range(10_050):
        record.note(*entry(now, number))
    record.open()
    record.close()

    assert len(store.kept) == 10_000


def test_every_kind_has_words_and_what_may_be_private_is_its_sides_own():
    kinds = {*_PAGES.values(), *_CALLS.values()}

    assert {each.what for each in kinds} <= WORDS.keys()
    for each in kinds:
        if each.what in {"note", "note_added", "note_changed", "put_right", "asked", "settled"}:
            assert each.own
