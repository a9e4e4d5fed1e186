import sqlite3
import subprocess
import sys
import textwrap
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event, exc, text

import coach.storage
from coach.errors import Conflict, DatabaseTooNew, NotFound, StoreUnavailable
from coach.model.commitments import AddedCommitment, Correction
from coach.model.facts import FactCorrection
from coach.model.grounds import Grounds, Shown
from coach.model.people import Person
from coach.model.readings import AbsenceSignal, FactSignal, Reading
from coach.model.sessions import Preparation
from coach.ports import Claim, Erasure, MentorshipChange, SessionChange, StoredKey
from coach.storage.dialects import sqlite
from coach.storage.migrate import check_current, migrate
from coach.storage.store import SqlStore
from coach.storage.tables import metadata
from tests.builders import make_contract, make_decision, make_mentorship, make_note, make_session

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TOLD = "Zorbulax told me about the merger"


class Ticking:
    """A clock that moves on by a second at each call."""

    def __init__(self) -> None:
        self._seconds = count(1)

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=next(self._seconds))


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "coach.db"


@pytest.fixture
def open_store(path):
    """Opens a store on the same file each time; all are closed when the test ends."""
    opened: list[SqlStore] = []

    def made(*pragmas: str, **given: float) -> SqlStore:
        engine = sqlite.open_engine(path)
        migrate(engine)
        for pragma in pragmas:
            event.listen(engine, "connect", lambda connection, _, p=pragma: connection.execute(p))
        engine.dispose()
        opened.append(SqlStore(engine, clock=Ticking(), **given))
        return opened[-1]

    yield made
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store) -> SqlStore:
    """A store with the mentorship `pair` in it."""
    made = open_store()
    made.add_mentorship(make_mentorship())
    return made


def reading(quote: str = "We", **fields) -> Reading:
    found = FactSignal(start=0, end=len(quote), kind="topic", said_by=None)
    return Reading(**{"engine": "embedded", "version": "1", "signals": (found,), **fields})


def key(**fields) -> StoredKey:
    given = {
        "id": "k1",
        "public_id": "k1",
        "fingerprint": "f",
        "acts_as": "mentor",
        "mentorship_id": "pair",
        "expires_on": None,
        "made_at": NOW,
        "revoked_at": None,
    }
    return StoredKey(**{**given, **fields})


def correction(**fields) -> Correction:
    given = {"id": "c1", "commitment_id": "promise", "note_id": "n", "said": ("due",)}
    return Correction(**{**given, **fields})


CLAIM = Claim("k1", "once", "d", "mentor", "pair")


def consent(store: SqlStore, side: str, *, agrees: bool) -> None:
    said = MentorshipChange(frozenset({"external_llm"}), external_llm=agrees)
    store.change_mentorship("pair", said, by=side)


def paused(until: date | None) -> MentorshipChange:
    return MentorshipChange(frozenset({"paused_until"}), paused_until=until)


def erasure(**fields) -> Erasure:
    given = {"id": "e1", "mentorship_id": "pair", "asked_by": "tool"}
    return Erasure(**{**given, **fields})


def held(store: SqlStore, audience="tool", as_of=date(2026, 12, 31)) -> list[date]:
    return [each.held_on for each in store.history("pair", audience, as_of).sessions]


# what is kept


def test_everything_that_was_acknowledged_is_there_after_reopening(open_store, store):
    note = make_note("We met.\r\n\tÆ 𝔘", visibility="mentor", format="text", author="tool")
    session = make_session(date(2026, 2, 1), note, duration_minutes=50, channel="Teams")
    preparation = Preparation(
        id="p1", author="mentee", visibility="shared", text="An ask", made_on=date(2026, 2, 2)
    )
    store.add_contract("pair", make_contract(text="We meet fortnightly."))
    store.add_session("pair", session, posted_by="mentor")
    store.save_reading(note.id, reading(), made_at=NOW)
    store.add_preparation("pair", preparation, made_at=NOW)
    store.add_key(key(expires_on=date(2026, 12, 31)))
    store.close()

    again = open_store()

    history = again.history("pair", "mentor", date(2026, 3, 1))
    assert history.mentorship == make_mentorship()
    assert history.contracts == (make_contract(text="We meet fortnightly."),)
    assert history.sessions == (session,)
    assert history.readings == {note.id: reading()}
    assert history.preparations == (preparation,)
    assert again.keys("pair") == [key(expires_on=date(2026, 12, 31))]
    assert again.posted_note("pair", "mentor", note.id).posted_by == "mentor"


def test_a_database_keeps_the_promised_pragmas_on_every_connection(path):
    engine = sqlite.open_engine(path)
    promised = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
    }

    with engine.connect() as one, engine.connect() as other:
        found = [
            {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in promised}
            for connection in (one, other)
        ]
    engine.dispose()

    assert found == [promised, promised]


def test_the_same_id_is_recorded_once(store):
    first = make_session(date(2026, 2, 1), "The first words.", id="s")
    again = make_session(date(2026, 3, 1), "Other words.", id="s")

    assert store.add_session("pair", first, posted_by="tool")
    assert not store.add_session("pair", again, posted_by="tool")

    assert store.history("pair", "tool", date(2026, 12, 31)).sessions == (first,)
    assert not store.add_mentorship(make_mentorship(timezone="Asia/Tokyo"))
    assert store.mentorship("pair").timezone == "UTC"
    assert store.add_key(key())
    assert not store.add_key(key(acts_as="mentee"))


def test_a_session_is_kept_whole_or_not_at_all(store):
    twice = (make_note("One", id="n"), make_note("Two", id="n"))

    with pytest.raises(exc.IntegrityError) as refused:
        store.add_session("pair", make_session(date(2026, 2, 1), *twice), posted_by="tool")

    assert held(store) == []
    assert "Two" not in str(refused.value)


def test_nothing_refers_to_what_is_not_there(store):
    with pytest.raises(NotFound):
        store.add_key(key(mentorship_id="nobody"))


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(lambda store: store.mentorship("nobody"), id="mentorship"),
        pytest.param(lambda store: store.keys("nobody"), id="keys"),
        pytest.param(lambda store: store.add_contract("nobody", make_contract()), id="contract"),
        pytest.param(
            lambda store: store.add_session(
                "nobody", make_session(date(2026, 2, 1)), posted_by="tool"
            ),
            id="session",
        ),
        pytest.param(
            lambda store: store.add_note("pair", "nothing", make_note(), posted_by="tool"),
            id="note of no session",
        ),
        pytest.param(lambda store: store.posted_note("pair", "tool", "nothing"), id="note"),
        pytest.param(lambda store: store.agree("pair", 7, "mentor"), id="contract version"),
        pytest.param(lambda store: store.history("nobody", "tool", NOW.date()), id="history"),
    ],
)
def test_what_is_not_there_is_not_found(store, asked):
    with pytest.raises(NotFound):
        asked(store)


def test_a_note_is_shown_to_those_who_may_see_it_alone(store):
    notes = [make_note(each, id=each, visibility=each) for each in ("shared", "mentor", "mentee")]
    store.add_session("pair", make_session(date(2026, 2, 1), *notes), posted_by="tool")

    seen = {
        audience: [
            note.id for note in store.history("pair", audience, date(2026, 3, 1)).sessions[0].notes
        ]
        for audience in ("mentor", "mentee", "tool")
    }

    assert seen == {
        "mentor": ["shared", "mentor"],
        "mentee": ["shared", "mentee"],
        "tool": ["shared"],
    }
    with pytest.raises(NotFound):
        store.posted_note("pair", "mentee", "mentor")


def test_a_note_that_is_shared_again_moves_with_its_reading(store):
    note = make_note("We met.", visibility="mentor")
    store.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="mentor")
    store.save_reading(note.id, reading(), made_at=NOW)
    assert store.history("pair", "mentee", date(2026, 3, 1)).readings == {}

    store.set_visibility("pair", note.id, "shared")

    assert store.history("pair", "mentee", date(2026, 3, 1)).readings == {note.id: reading()}


def test_mentorships_are_listed_in_the_order_they_were_made(store):
    for name in ("z", "a", "m"):
        store.add_mentorship(make_mentorship(id=name))

    first = store.mentorships(after=None, limit=2)
    rest = store.mentorships(after=first[-1].id, limit=10)

    assert [each.id for each in [*first, *rest]] == ["pair", "z", "a", "m"]
    assert store.mentorships(after="nobody", limit=10) == []


def test_a_mentorship_can_be_paused_and_resumed(store):
    store.change_mentorship("pair", paused(date(2026, 7, 1)), by="mentor")
    assert store.mentorship("pair").paused_until == date(2026, 7, 1)

    store.change_mentorship("pair", paused(None), by="mentor")

    assert store.mentorship("pair").paused_until is None


def test_an_external_model_needs_both_sides(store):
    consent(store, "mentor", agrees=True)
    consent(store, "mentor", agrees=True)
    assert not store.mentorship("pair").external_llm

    consent(store, "mentee", agrees=True)
    assert store.mentorship("pair").external_llm

    consent(store, "mentor", agrees=False)
    assert not store.mentorship("pair").external_llm
    consent(store, "mentor", agrees=True)
    assert store.mentorship("pair").external_llm


def test_a_key_is_revoked_once_and_stays_so(store):
    store.add_key(key())

    assert store.revoke_key("pair", "k1", at=NOW)
    assert store.revoke_key("pair", "k1", at=NOW + timedelta(days=1))

    revoked = store.key("k1")
    assert revoked is not None
    assert revoked.revoked_at == NOW
    assert not store.revoke_key("pair", "k2", at=NOW)
    assert store.key("k2") is None


# contracts


def test_versions_are_numbered_by_the_store(store):
    made = [store.add_contract("pair", make_contract(version=99)) for _ in range(3)]

    assert [each.version for each in made] == [1, 2, 3]
    assert store.contracts("pair") == made


def test_both_sides_can_agree_to_a_version_in_any_order(store):
    store.add_contract("pair", make_contract(agreed_by=("mentee",)))

    store.agree("pair", 1, "mentor")
    store.agree("pair", 1, "mentor")

    assert store.contracts("pair")[0].agreed_by == ("mentor", "mentee")


def test_parallel_writers_never_share_a_version(open_store, store):
    stores = [store, open_store()]

    def amend(number: int) -> int:
        return stores[number % 2].add_contract("pair", make_contract(text=str(number))).version

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(amend, range(24)))

    assert sorted(versions) == list(range(1, 25))
    assert [each.version for each in store.contracts("pair")] == list(range(1, 25))


# decisions on warnings


def test_a_decision_is_known_from_its_day_on_to_those_who_may_know_of_it(store):
    made = [
        store.add_decision("pair", make_decision(visibility=each, by=by))
        for each, by in (("shared", "mentee"), ("mentor", "mentor"), ("mentee", "mentee"))
    ]

    known = {
        audience: store.history("pair", audience, date(2026, 6, 1)).decisions
        for audience in ("mentor", "mentee", "tool")
    }

    assert known == {
        "mentor": (made[0], made[1]),
        "mentee": (made[0], made[2]),
        "tool": (made[0],),
    }
    assert store.history("pair", "mentor", date(2026, 5, 31)).decisions == ()


def test_an_amendment_is_kept_with_its_contract_once(store):
    store.add_contract("pair", make_contract())
    decision = make_decision("amend")

    made = [
        store.add_decision("pair", decision, contract=make_contract(text="Another rhythm."))
        for _ in range(2)
    ]

    assert made == [decision.model_copy(update={"contract_version": 2})] * 2
    assert [each.text for each in store.contracts("pair")] == [None, "Another rhythm."]


def test_an_amendment_that_fails_leaves_no_contract(store):
    with pytest.raises(NotFound):
        store.add_decision("nobody", make_decision("amend"), contract=make_contract())
    broken = make_decision("amend").model_copy(update={"kind": None})

    with pytest.raises(exc.IntegrityError):
        store.add_decision("pair", broken, contract=make_contract())

    assert store.contracts("pair") == []


# as of a day


def test_a_late_session_counts_from_the_day_it_was_held(store):
    for held_on in (date(2026, 3, 1), date(2026, 2, 1)):
        store.add_session("pair", make_session(held_on, "We met."), posted_by="tool")

    assert held(store) == [date(2026, 2, 1), date(2026, 3, 1)]
    assert held(store, as_of=date(2026, 2, 28)) == [date(2026, 2, 1)]
    assert held(store, as_of=date(2026, 3, 1)) == [date(2026, 2, 1), date(2026, 3, 1)]


def test_several_sessions_of_a_day_stand_in_the_order_they_were_recorded(store):
    for name in ("noon", "evening", "after"):
        store.add_session("pair", make_session(date(2026, 2, 1), id=name), posted_by="tool")

    found = store.history("pair", "tool", date(2026, 2, 1)).sessions

    assert [each.id for each in found] == ["noon", "evening", "after"]


def test_a_session_before_the_start_is_kept(store):
    store.add_session("pair", make_session(date(2025, 12, 1), "We met."), posted_by="tool")

    assert held(store, as_of=date(2025, 12, 31)) == [date(2025, 12, 1)]


def test_a_history_knows_the_contracts_in_force_by_then(store):
    for effective_from in (date(2026, 1, 5), date(2026, 4, 1), date(2026, 2, 1)):
        store.add_contract("pair", make_contract(effective_from=effective_from))

    known = store.history("pair", "tool", date(2026, 3, 1))

    assert [each.version for each in known.contracts] == [1, 3]
    assert known.contract
    assert known.contract.version == 3


def test_a_reading_counts_when_its_note_does(store):
    note = make_note("We met.")
    store.add_session("pair", make_session(date(2026, 3, 1), note), posted_by="tool")
    store.save_reading(note.id, reading(), made_at=NOW)

    assert store.history("pair", "tool", date(2026, 2, 28)).readings == {}
    assert store.history("pair", "tool", date(2026, 3, 1)).readings == {note.id: reading()}


def test_the_newest_reading_of_a_note_counts(store):
    note = make_note("We met.")
    store.add_session("pair", make_session(date(2026, 3, 1), note), posted_by="tool")
    store.save_reading(note.id, reading(version="2"), made_at=NOW)
    store.save_reading(note.id, reading(version="1"), made_at=NOW - timedelta(days=1))

    assert store.history("pair", "tool", date(2026, 3, 1)).readings[note.id].version == "2"


def test_a_reading_counts_before_a_newer_one_that_failed(store):
    note = make_note("We met.")
    store.add_session("pair", make_session(date(2026, 3, 1), note), posted_by="tool")
    store.save_reading(note.id, reading(), made_at=NOW)
    failed = Reading(engine="embedded", version="2", failed=True)
    store.save_reading(note.id, failed, made_at=NOW + timedelta(days=1))

    assert store.history("pair", "tool", date(2026, 3, 1)).readings[note.id] == reading()
    assert [each.note for each in store.unread("embedded", "2")] == [note]


def test_a_second_reading_of_the_same_version_replaces_the_first(store):
    note = make_note("We met.")
    store.add_session("pair", make_session(date(2026, 3, 1), note), posted_by="tool")
    store.save_reading(note.id, reading("We"), made_at=NOW)
    store.save_reading(note.id, reading("We met"), made_at=NOW)

    found = store.history("pair", "tool", date(2026, 3, 1)).readings[note.id]

    assert found == reading("We met")


def test_a_note_that_was_erased_while_it_was_read_stays_erased(store):
    store.save_reading("gone", reading(), made_at=NOW)

    assert list(store.unread("embedded", "1")) == []


def test_unread_notes_are_those_without_a_reading_of_this_version(store):
    old, new = make_note("Old."), make_note("New.")
    store.add_session("pair", make_session(date(2026, 3, 1), new), posted_by="tool")
    store.add_session("pair", make_session(date(2026, 2, 1), old), posted_by="tool")
    store.save_reading(old.id, reading(version="1"), made_at=NOW)

    assert [each.note for each in store.unread("embedded", "1")] == [new]
    assert [each.note for each in store.unread("embedded", "2")] == [old, new]
    assert [each.held_on for each in store.unread("llm", "1")] == [
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]


def test_maintenance_sees_every_note_of_every_mentorship(store):
    store.add_mentorship(make_mentorship(id="second"))
    for pair in ("pair", "second"):
        notes = [make_note(each, visibility=each) for each in ("shared", "mentor", "mentee")]
        session = make_session(date(2026, 2, 1), *notes, id=f"of {pair}")
        store.add_session(pair, session, posted_by="tool")

    found = [(pair.id, len(session.notes)) for pair, session in store.every_session()]

    assert found == [("pair", 3), ("second", 3)]


@pytest.mark.parametrize(
    ("held_on", "as_of", "waits"),
    [
        pytest.param(None, date(2026, 6, 30), True, id="no session since"),
        pytest.param(date(2026, 6, 14), date(2026, 6, 30), True, id="one held earlier, noted late"),
        pytest.param(
            date(2026, 6, 15), date(2026, 6, 30), False, id="one held that day, noted after"
        ),
        pytest.param(date(2026, 6, 16), date(2026, 6, 30), False, id="one held the day after"),
        pytest.param(date(2026, 6, 16), date(2026, 6, 15), True, id="asked before that session"),
        pytest.param(None, date(2026, 6, 14), False, id="asked before it was made"),
    ],
)
def test_a_preparation_waits_until_the_next_session(store, held_on, as_of, waits):
    preparation = Preparation(
        id="p1", author="mentee", visibility="shared", text="An ask", made_on=date(2026, 6, 15)
    )
    store.add_preparation("pair", preparation, made_at=NOW)
    if held_on:
        store.add_session("pair", make_session(held_on, "We met."), posted_by="tool")

    assert bool(store.history("pair", "mentor", as_of).preparations) is waits
    assert bool(store.preparations("pair", "mentor", as_of)) is (as_of >= date(2026, 6, 15))


def test_a_preparation_for_oneself_is_not_shown_to_the_other_side(store):
    preparation = Preparation(
        id="p1", author="mentee", visibility="mentee", text="An ask", made_on=date(2026, 6, 15)
    )
    store.add_preparation("pair", preparation, made_at=NOW)

    shown = {
        audience: bool(store.preparations("pair", audience, date(2026, 6, 30)))
        for audience in ("mentor", "mentee", "tool")
    }

    assert shown == {"mentor": False, "mentee": True, "tool": False}


# what a model is told, and what is kept of its answers


def shown(**fields) -> Grounds:
    notes = {each: Shown("shared", date(2026, 2, 1)) for each in ("n", "beside")}
    given = {"mentorship_id": "pair", "shown": {**notes, "hand": Shown("shared")}, "agreed": True}
    return Grounds(**{**given, **fields})


@pytest.fixture
def agreed(store):
    """A pair that agreed to an external model, and two notes of theirs."""
    notes = [make_note(id=each) for each in ("n", "beside")]
    store.add_session("pair", make_session(date(2026, 2, 1), *notes), posted_by="tool")
    store.add_commitment("pair", by_hand(), by="tool", made_at=NOW)
    for side in ("mentor", "mentee"):
        consent(store, side, agrees=True)
    return store


def by_hand(**fields) -> AddedCommitment:
    given = {"id": "hand", "owner": "both", "action": "Ring them", "made_on": date(2026, 2, 1)}
    return AddedCommitment(**{**given, **fields})


def call_it(store: SqlStore, note_id: str) -> None:
    """Have the mentor hide a fact of a note."""
    word = FactCorrection(
        id="f1",
        fact_id="fact",
        note_id=note_id,
        start=0,
        end=2,
        read_as="topic",
        speaker=None,
        by="mentor",
        said=("hidden",),
        hidden=True,
    )
    store.add_fact_correction("pair", word, made_at=NOW)


def move(store: SqlStore, session_id: str) -> None:
    to = SessionChange(frozenset({"held_on"}), held_on=date(2026, 2, 2))
    store.change_session("pair", session_id, to, by="tool")


def delete_from(table: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA foreign_keys=ON")
        other.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        other.commit()


TAKEN_BACK = {
    "nothing": (lambda store, path: None, None),
    "one side's consent": (
        lambda store, path: consent(store, "mentee", agrees=False),
        "not_agreed",
    ),
    "the note": (lambda store, path: store.erase_note(erasure(), "n"), "withdrawn"),
    "a note beside it": (lambda store, path: store.erase_note(erasure(), "beside"), "withdrawn"),
    "who may see it": (
        lambda store, path: store.set_visibility("pair", "n", "mentee"),
        "withdrawn",
    ),
    "a promise beside it": (lambda store, path: store.erase_note(erasure(), "hand"), "withdrawn"),
    "who may see the promise beside it": (
        lambda store, path: store.set_visibility("pair", "hand", "mentor"),
        "withdrawn",
    ),
    "a fact beside it": (lambda store, path: call_it(store, "beside"), "withdrawn"),
    "the state of a promise beside it": (
        lambda store, path: store.add_correction(
            "pair", correction(note_id="beside"), by="mentor", made_at=NOW
        ),
        "withdrawn",
    ),
    "the state of a promise added by hand": (
        lambda store, path: store.add_correction(
            "pair", correction(note_id="hand"), by="mentor", made_at=NOW
        ),
        "withdrawn",
    ),
    "the day of its session": (lambda store, path: move(store, "session0201"), "withdrawn"),
    "its session": (lambda store, path: delete_from("sessions", path), "withdrawn"),
    "its mentorship": (lambda store, path: delete_from("mentorships", path), "not_agreed"),
}


@pytest.mark.parametrize(("take_back", "reason"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_a_models_reading_is_kept_only_while_all_that_it_rests_on_stands(
    agreed, path, take_back, reason
):
    take_back(agreed, path)

    told = agreed.save_second_reading("n", reading(engine="llm", version="v"), shown(), made_at=NOW)

    versions = dict.fromkeys(("shared", "mentor", "mentee"), "v")
    found = {
        side: agreed.second_readings("pair", side, date(2026, 6, 1), versions)
        for side in ("mentor", "mentee")
    }
    assert told == reason == agreed.withdrawn(shown())
    assert [bool(each) for each in found.values()] == [reason is None] * 2


def test_a_model_that_is_here_needs_no_consent_but_the_note(agreed):
    consent(agreed, "mentor", agrees=False)

    assert agreed.withdrawn(shown(agreed=False)) is None
    agreed.erase_note(erasure(), "n")
    assert agreed.withdrawn(shown(agreed=False)) == "withdrawn"


def test_what_is_said_of_a_note_is_nothing_to_who_reads_it_alone(agreed):
    call_it(agreed, "n")
    itself = Shown("shared", date(2026, 2, 1), words=None)

    assert agreed.withdrawn(shown(shown={"n": itself})) is None
    assert agreed.withdrawn(shown(shown={"x": itself})) == "withdrawn"
    assert agreed.withdrawn(shown(shown={"n": itself._replace(visibility="mentor")})) == "withdrawn"


def test_a_reading_for_another_day_than_the_sessions_is_not_kept(agreed):
    agreed.save_reading("n", reading(), made_at=NOW, of_day=date(2026, 2, 2))
    assert agreed.history("pair", "tool", date(2026, 6, 1)).readings == {}

    agreed.save_reading("n", reading(), made_at=NOW, of_day=date(2026, 2, 1))
    assert agreed.history("pair", "tool", date(2026, 6, 1)).readings == {"n": reading()}


def test_a_note_of_another_pair_is_no_ground(agreed):
    agreed.add_mentorship(make_mentorship(id="other"))

    assert agreed.withdrawn(shown(mentorship_id="other", agreed=False)) == "withdrawn"


# answers to requests that are sent again


def test_a_key_is_claimed_once_and_gives_its_answer_back(store):
    assert store.begin_answer(CLAIM, at=NOW) is None
    running = store.begin_answer(CLAIM, at=NOW)
    store.keep_answer(CLAIM, status=201, body=b"{}")
    kept = store.begin_answer(CLAIM, at=NOW)

    assert running == ("d", None, None)
    assert kept == ("d", 201, b"{}")
    assert store.begin_answer(CLAIM._replace(scope="k2"), at=NOW) is None


def test_a_claim_that_was_given_up_can_be_made_again(store):
    store.begin_answer(CLAIM, at=NOW)

    store.drop_answer(CLAIM)

    assert store.begin_answer(CLAIM, at=NOW) is None


def test_a_claim_of_a_process_that_died_can_be_made_again(store, open_store):
    store.begin_answer(CLAIM, at=NOW)

    assert open_store().begin_answer(CLAIM, at=NOW) is None


def test_a_claim_that_could_not_be_given_up_while_the_database_was_locked_can_be_made_again(
    store, path
):
    store.begin_answer(CLAIM, at=NOW)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.drop_answer(CLAIM)

    assert store.begin_answer(CLAIM, at=NOW) is None


TAKEN_BACK = {
    "a shared note was erased": ({"mentor", "mentee", "tool"}, "shared", "erase"),
    "a shared note was made private": ({"mentor", "mentee", "tool"}, "shared", "share"),
    "the mentor's own note was erased": ({"mentor"}, "mentor", "erase"),
    "the mentee's own note was shared": ({"mentee"}, "mentee", "share"),
}


@pytest.mark.parametrize("when", ["while it was answered", "since"])
@pytest.mark.parametrize("what", TAKEN_BACK)
def test_no_answer_is_repeated_to_those_who_could_see_what_was_taken_back(store, what, when):
    readers, visibility, how = TAKEN_BACK[what]
    note = make_note("words", id="n", visibility=visibility)
    store.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="tool")
    claims = [CLAIM._replace(scope=role, acts_as=role) for role in ("mentor", "mentee", "tool")]

    def answered() -> None:
        for claim in claims:
            store.keep_answer(claim, status=201, body=b"words")

    for claim in claims:
        store.begin_answer(claim, at=NOW)
    if when == "since":
        answered()
    if how == "erase":
        store.erase_note(erasure(), "n")
    else:
        store.set_visibility("pair", "n", "mentor" if visibility == "shared" else "shared")
    if when != "since":
        answered()

    for claim in claims:
        told = store.begin_answer(claim, at=NOW)
        assert told == ("d", 201, None if claim.acts_as in readers else b"words")


def test_what_a_model_said_is_not_repeated_once_consent_is_taken_back(store):
    consent(store, "mentor", agrees=True)
    store.begin_answer(CLAIM, at=NOW)
    store.keep_answer(CLAIM, status=201, body=b"said by a model")

    consent(store, "mentee", agrees=False)
    assert store.begin_answer(CLAIM, at=NOW) == ("d", 201, b"said by a model")
    consent(store, "mentor", agrees=False)

    assert store.begin_answer(CLAIM, at=NOW) == ("d", 201, None)


@pytest.mark.parametrize("when", ["while it was answered", "since"])
def test_the_admin_is_not_told_again_of_a_mentorship_that_is_gone(store, when):
    claim = CLAIM._replace(scope="admin", acts_as="admin", mentorship_id=None)
    made = claim._replace(mentorship_id="pair")
    store.begin_answer(claim, at=NOW)
    if when == "since":
        store.keep_answer(made, status=201, body=b"Ana and Ben")
        assert store.begin_answer(claim, at=NOW) == ("d", 201, b"Ana and Ben")

    store.erase_mentorship(erasure(asked_by="admin"))

    if when != "since":
        store.keep_answer(made, status=201, body=b"Ana and Ben")
    assert store.begin_answer(claim, at=NOW) == ("d", 201, None)


def test_a_finished_answer_outlives_a_restart_and_a_day_ends_it(store, open_store):
    store.begin_answer(CLAIM, at=NOW)
    store.keep_answer(CLAIM, status=201, body=b"{}")
    again = open_store()

    assert again.begin_answer(CLAIM, at=NOW + timedelta(hours=23)) is not None
    assert again.begin_answer(CLAIM, at=NOW + timedelta(hours=25)) is None


# erasing


def bytes_of(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_no_byte_of_an_erased_note_stays_in_the_files(store, path):
    kept = make_note("What stays.", id="kept")
    notes = [make_note(f"{TOLD} {n}. " * 60, id=f"n{n}") for n in range(20)]
    store.add_session("pair", make_session(date(2026, 2, 1), kept, *notes), posted_by="tool")
    for note in notes:
        quoting = reading(unread_language=TOLD)
        store.save_reading(note.id, quoting, made_at=NOW)
    assert TOLD.encode() in bytes_of(path)

    for number, note in enumerate(notes):
        store.erase_note(erasure(id=f"e{number}"), note.id)

    assert store.rid_of_erased(seconds=1)
    assert TOLD.encode() not in bytes_of(path)
    assert store.history("pair", "tool", date(2026, 3, 1)).sessions[0].notes == (kept,)


def test_no_byte_of_an_erased_mentorship_stays_in_the_files(open_store, path):
    store = open_store()
    other = make_mentorship(id="other")
    for pair in (make_mentorship(mentor=Person(name=TOLD)), other):
        store.add_mentorship(pair)
        note = make_note(TOLD if pair is not other else "What stays.", id=f"n-{pair.id}")
        session = make_session(date(2026, 2, 1), note, id=f"s-{pair.id}")
        store.add_session(pair.id, session, posted_by="tool")
        store.add_contract(pair.id, make_contract(text=TOLD if pair is not other else "Ours."))
    store.add_key(key())
    assert TOLD.encode() in bytes_of(path)

    gone = store.erase_mentorship(erasure(asked_by="admin"))

    assert gone == ["n-pair"]
    assert store.rid_of_erased(seconds=1)
    assert TOLD.encode() not in bytes_of(path)
    assert store.key("k1") is None
    assert store.mentorships(after=None, limit=9) == [other]


def test_an_erasure_is_not_done_while_a_reader_keeps_what_was_there(store, path):
    note = make_note(TOLD, id="n")
    store.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="tool")

    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT text FROM notes").fetchall()
        store.erase_note(erasure(), "n")

        assert not store.rid_of_erased(seconds=0.05)
        assert TOLD.encode() in bytes_of(path)
        reader.execute("COMMIT")

    assert store.rid_of_erased(seconds=1)
    assert TOLD.encode() not in bytes_of(path)


def test_readers_at_work_do_not_keep_an_erased_text_in_the_log_for_long(store, path):
    note = make_note(TOLD)
    store.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="tool")

    with ThreadPoolExecutor(4) as pool:
        reads = [pool.submit(store.history, "pair", "tool", date(2026, 3, 1)) for _ in range(100)]
        store.erase_note(erasure(), note.id)
        rid = store.rid_of_erased(seconds=5)
        for each in reads:
            each.result()

    assert rid
    assert TOLD.encode() not in bytes_of(path)


def test_an_erasure_is_pending_until_it_is_said_to_be_done(store):
    note = make_note(TOLD, id="n")
    store.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="tool")

    store.erase_note(erasure(), "n")

    assert store.pending_erasures() == ["e1"]
    assert store.erasure("pair", "e1") == erasure()
    store.finish_erasures(["e1"])
    assert store.pending_erasures() == []
    assert store.erasure("pair", "e1") == erasure(done=True)
    with pytest.raises(NotFound):
        store.erasure("other", "e1")


def test_what_was_erased_does_not_come_back_under_its_id(store):
    note = make_note(TOLD, id="n")
    session = make_session(date(2026, 2, 1), note, id="s")
    store.add_session("pair", session, posted_by="tool")
    store.erase_note(erasure(), "n")
    with pytest.raises(Conflict):
        store.add_note("pair", "s", note, posted_by="tool")
    store.erase_session(erasure(id="e2"), "s")
    with pytest.raises(Conflict):
        store.add_session("pair", session, posted_by="tool")
    store.erase_mentorship(erasure(id="e3", asked_by="admin"))
    with pytest.raises(Conflict):
        store.add_mentorship(make_mentorship())

    assert store.mentorships(after=None, limit=9) == []


# failures


def test_a_full_disk_is_said_without_a_word_of_the_note(open_store, store):
    small = open_store("PRAGMA max_page_count=1")
    note = make_note(TOLD * 20_000)

    with pytest.raises(StoreUnavailable, match="full") as refused:
        small.add_session("pair", make_session(date(2026, 2, 1), note), posted_by="tool")

    assert TOLD not in "".join(traceback.format_exception(refused.value))
    assert held(store) == []


def test_a_locked_database_is_said_without_a_word_of_the_note(open_store, store, path):
    waiting = open_store(patience_seconds=0.02)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked") as refused:
            waiting.add_session(
                "pair", make_session(date(2026, 2, 1), make_note(TOLD)), posted_by="tool"
            )

        assert waiting.mentorship("pair").id == "pair"  # reading goes on

    assert TOLD not in "".join(traceback.format_exception(refused.value))


def test_a_damaged_file_is_said_in_our_words(path):
    path.write_bytes(b"this is not a database, whatever its name says" * 100)
    engine = sqlite.open_engine(path)

    with pytest.raises(StoreUnavailable, match="not a database"):
        SqlStore(engine, clock=Ticking()).check()
    with pytest.raises(StoreUnavailable, match="not a database"):
        migrate(engine)
    with pytest.raises(StoreUnavailable, match="not a database"):
        check_current(engine)
    engine.dispose()


def test_a_busy_pool_is_said_in_our_words():
    with pytest.raises(StoreUnavailable, match="busy"), sqlite.translated():
        raise exc.TimeoutError


def test_an_open_store_passes_its_check(store):
    store.check()


# corrections


@pytest.fixture
def promised(store) -> SqlStore:
    """A store with one private note n of the mentor's and one shared note m."""
    notes = (make_note(TOLD, id="n", visibility="mentor"), make_note("We met.", id="m"))
    store.add_session("pair", make_session(date(2026, 2, 1), *notes), posted_by="mentor")
    return store


def corrections(store: SqlStore, audience="mentor", as_of=date(2026, 12, 31)) -> tuple:
    return store.history("pair", audience, as_of).corrections


def test_corrections_are_kept_as_they_were_said_in_their_order(promised, open_store):
    said = (
        correction(note_id="m", due=date(2026, 3, 1)),
        correction(id="c2", note_id="m"),
        correction(
            id="c3",
            note_id="m",
            said=("action", "owner", "status"),
            action="Call Ana",
            owner="both",
            status="partly",
        ),
    )
    for each in said:
        promised.add_correction("pair", each, by="tool", made_at=NOW)
    promised.add_correction("pair", said[0], by="tool", made_at=NOW)
    promised.close()

    again = open_store()

    assert [corrections(again, who) for who in ("mentor", "mentee", "tool")] == [said] * 3
    assert corrections(again, as_of=date(2026, 1, 31)) == ()


def test_a_correction_is_seen_by_who_sees_its_note_and_moves_with_it(promised):
    promised.add_correction("pair", correction(), by="mentor", made_at=NOW)
    seen = [[len(corrections(promised, who)) for who in ("mentor", "mentee", "tool")]]

    for visibility in ("shared", "mentee"):
        promised.set_visibility("pair", "n", visibility)
        seen.append([len(corrections(promised, who)) for who in ("mentor", "mentee", "tool")])

    assert seen == [[1, 0, 0], [1, 1, 1], [0, 1, 0]]


@pytest.mark.parametrize(
    ("where", "note_id", "by"),
    [
        ("pair", "n", "mentee"),
        ("pair", "n", "tool"),
        ("pair", "x", "mentor"),
        ("other", "m", "tool"),
    ],
)
def test_nobody_corrects_what_they_may_not_see(where, note_id, by, promised):
    promised.add_mentorship(make_mentorship(id="other"))

    with pytest.raises(NotFound):
        promised.add_correction(where, correction(note_id=note_id), by=by, made_at=NOW)

    assert corrections(promised) == ()


def test_an_erased_note_takes_its_corrections_along_to_the_last_byte(promised, path):
    word = correction(said=("action",), action="Tell Quemfrit")
    promised.add_correction("pair", word, by="mentor", made_at=NOW)

    promised.erase_note(erasure(), "n")
    assert promised.rid_of_erased(seconds=1)

    assert corrections(promised) == ()
    kept = b"".join(each.read_bytes() for each in path.parent.glob("coach.db*"))
    assert b"Quemfrit" not in kept


# migrations


def test_the_migrated_tables_are_the_tables_the_store_knows(path):
    engine = sqlite.open_engine(path)
    migrate(engine)

    with engine.connect() as connection:
        found = {
            name: [row.name for row in connection.execute(text(f"PRAGMA table_info({name})"))]
            for name in metadata.tables
        }
    engine.dispose()

    assert found == {
        name: [column.name for column in table.columns] for name, table in metadata.tables.items()
    }


READ_BEFORE_SIGNALS = """{"engine": "embedded", "version": "3",
 "findings": [{"start": 0, "end": 2, "kind": "topic", "said_by": null}],
 "absences": [{"start": 0, "end": 2, "until": "2026-03-01"}]}"""


def test_a_database_of_the_first_version_comes_up_with_all_that_was_in_it(path):
    engine = sqlite.open_engine(path)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config = Config()
        folder = Path(coach.storage.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO mentorships (id, mentor, mentee, timezone, language) "
                "VALUES ('pair', '{\"name\": \"Ana\"}', '{\"name\": \"Ben\"}', 'UTC', 'en')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO sessions (id, mentorship_id, held_on, recorded_at) "
                "VALUES ('s', 'pair', '2026-02-01', '2026-02-01 10:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO notes (id, session_id, author, visibility, posted_by, format, text) "
                "VALUES ('n', 's', 'mentee', 'mentor', 'mentor', 'text', 'We met.')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO readings (note_id, engine, version, made_at, reading) "
                "VALUES ('n', 'embedded', '3', '2026-02-01 10:00:00', :reading)"
            ),
            {"reading": READ_BEFORE_SIGNALS},
        )

    migrate(engine)
    store = SqlStore(engine, clock=Ticking())
    store.add_correction("pair", correction(), by="mentor", made_at=NOW)

    check_current(engine)
    history = store.history("pair", "mentor", date(2026, 3, 1))
    assert [each.text for each in history.sessions[0].notes] == ["We met."]
    assert history.corrections == (correction(),)
    assert [type(each) for each in history.readings["n"].signals] == [FactSignal, AbsenceSignal]
    assert history.readings["n"].of(AbsenceSignal)[0].until == date(2026, 3, 1)
    store.close()


def test_migrating_twice_changes_nothing(open_store, path):
    open_store().close()
    before = path.read_bytes()

    open_store().close()

    assert path.read_bytes() == before


def test_a_newer_database_is_refused_and_left_alone(open_store, path):
    open_store().close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    engine = sqlite.open_engine(path)

    with pytest.raises(DatabaseTooNew, match="9999"):
        migrate(engine)
    with pytest.raises(DatabaseTooNew, match="9999"):
        check_current(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_a_database_that_was_never_migrated_is_not_read(path):
    engine = sqlite.open_engine(path)

    with pytest.raises(StoreUnavailable, match="older"):
        check_current(engine)
    engine.dispose()


def child(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script in a separate process, so that it can be killed."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_migration_that_is_killed_at_any_statement_is_done_at_the_next_start(tmp_path):
    killed = child(
        """
        import os, signal, sys
        from itertools import count
        from pathlib import Path
        from sqlalchemy import event
        from coach.storage.dialects import sqlite
        from coach.storage.migrate import migrate

        def start(path, kill_at):
            numbers = count(1)
            engine = sqlite.open_engine(path)

            def dying(*_):
                if next(numbers) == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(engine, "after_cursor_execute", dying)
            migrate(engine)
            engine.dispose()

        for kill_at in count(1):
            path = Path(sys.argv[1]) / f"killed-at-{kill_at}.db"
            if pid := os.fork():
                if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0:
                    break
            else:
                start(path, kill_at)
                os._exit(0)
        print(kill_at - 1)
        """,
        tmp_path,
    )
    assert killed.stderr == ""
    assert int(killed.stdout) > 10

    for path in sorted(tmp_path.glob("killed-at-*.db")):
        engine = sqlite.open_engine(path)
        migrate(engine)
        check_current(engine)
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        store = SqlStore(engine, clock=Ticking())
        assert store.add_mentorship(make_mentorship())
        store.close()


def test_starts_at_the_same_time_migrate_once(path):
    started = child(
        """
        import os, sys, time
        from pathlib import Path
        from coach.storage.dialects import sqlite
        from coach.storage.migrate import check_current, migrate

        begin = time.monotonic() + 0.2
        children = []
        for _ in range(6):
            if pid := os.fork():
                children.append(pid)
                continue
            time.sleep(max(0, begin - time.monotonic()))
            engine = sqlite.open_engine(Path(sys.argv[1]))
            migrate(engine)
            check_current(engine)
            engine.dispose()
            os._exit(0)
        print([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children])
        """,
        path,
    )

    assert (started.stdout, started.stderr) == ("[0, 0, 0, 0, 0, 0]\n", "")


# copies


def test_a_copy_is_for_its_owner_alone_and_equals_the_original(open_store, store, tmp_path):
    store.add_session("pair", make_session(date(2026, 2, 1), "We met."), posted_by="tool")
    engine = sqlite.open_engine(tmp_path / "coach.db")
    target = tmp_path / "copy.db"

    sqlite.copy(engine, target)
    engine.dispose()

    assert target.stat().st_mode & 0o777 == 0o600
    copied = sqlite.open_engine(target)
    check_current(copied)
    again = SqlStore(copied, clock=Ticking())
    assert list(again.every_session()) == list(store.every_session())
    again.close()


def test_a_copy_is_never_written_over_anything(store, path, tmp_path):
    engine = sqlite.open_engine(path)
    target = tmp_path / "letter.txt"
    target.write_text("Dear Ana")

    with pytest.raises(FileExistsError):
        sqlite.copy(engine, target)
    engine.dispose()

    assert target.read_text() == "Dear Ana"
