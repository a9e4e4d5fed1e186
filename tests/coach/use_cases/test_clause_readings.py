import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import Parts, opened
from coach.model.readings import ClauseSignal
from coach.ports import SessionChange
from coach.reading.clause_readings import MOST_WORDS_AT_ONCE
from coach.reading.clauses import ReadsClauses
from coach.settings import Settings
from tests.builders import make_contract, make_mentorship, make_note, make_session
from tests.clause_engine import BluntClauses, absent

ADMIN = Principal("admin", "admin", None)
MENTOR = Principal("k1", "mentor", "pair")
MENTEE = Principal("k2", "mentee", "pair")
SECRECY = make_contract(confidentiality="What is said here stays between the two.", cadence=None)
ZOOM = make_contract(channels=["Zoom"], cadence=None)
TOLD = "Ana told his boss what I said."
FEBRUARY, MARCH = date(2026, 2, 2), date(2026, 3, 2)


@pytest.fixture
def started(tmp_path, clock):
    """Opens the coach of `pair` on one directory with a reader of clauses."""

    @contextmanager
    def started(engine: BluntClauses | None) -> Iterator[Parts]:
        with opened(Settings(data_dir=tmp_path), clock=clock, clauses=engine) as parts:
            if parts.store.mentorships(after=None, limit=1) == []:
                parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
            yield parts

    return started


@pytest.fixture
def engine() -> BluntClauses:
    return BluntClauses()


@pytest.fixture
def parts(started, engine) -> Iterator[Parts]:
    with started(engine) as opened_parts:
        yield opened_parts


def told(parts, audience="mentee", as_of=date(2026, 12, 31)) -> list[tuple[str, int, str]]:
    """What the notes that an audience may see say of the clauses of their day."""
    readings = parts.store.history("pair", audience, as_of).readings.values()
    signals = [signal for each in readings for signal in each.of(ClauseSignal)]
    return [(each.clause, each.version, each.says) for each in signals]


def rows(tmp_path) -> list[tuple[int, str]]:
    """What is kept: the contract versions and the engines' versions."""
    with closing(sqlite3.connect(tmp_path / "coach.db")) as connection:
        kept = connection.execute(
            "SELECT contract_version, version FROM clause_readings ORDER BY rowid"
        )
        return kept.fetchall()


def record(parts, held_on, *notes, by=MENTEE):
    return parts.coach.record_session(by, "pair", make_session(held_on, *notes)).session


def settle(parts) -> None:
    assert parts.coach.catching_up.settle(timeout_seconds=20)


# when a note is read


def test_a_session_is_held_against_the_contract_of_its_day_when_it_is_recorded(parts):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    assert told(parts) == [("confidentiality", 1, "breaks")]


def test_a_note_that_is_added_is_read_and_the_others_are_not_read_again(parts, engine):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    session = record(parts, FEBRUARY, TOLD)
    parts.coach.add_note(MENTEE, "pair", session.id, make_note("She told his boss more."))

    assert told(parts) == [("confidentiality", 1, "breaks")] * 2
    assert [each.passage for each in engine.asked] == [TOLD, "She told his boss more."]


def test_of_a_session_of_many_words_some_are_read_at_once_and_the_rest_in_the_background(
    parts, engine
):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    long = " ".join([TOLD, *["We met."] * (MOST_WORDS_AT_ONCE // 3)])
    record(parts, FEBRUARY, *[long] * 4)
    settle(parts)
    assert told(parts) == [("confidentiality", 1, "breaks")] * 4
    assert len(engine.asked) == 4


def test_a_session_before_the_first_contract_is_held_against_nothing(parts, tmp_path):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, date(2026, 1, 1), TOLD)
    assert told(parts) == []
    assert rows(tmp_path) == []


def test_looking_writes_nothing_and_reads_nothing(parts, engine, tmp_path):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    before, asked = rows(tmp_path), len(engine.asked)
    parts.coach.drift(MENTEE, "pair")
    parts.coach.brief(MENTEE, "pair")
    parts.coach.export(MENTEE, "pair")
    assert (rows(tmp_path), len(engine.asked)) == (before, asked)


# another contract


def test_a_first_contract_has_the_notes_of_its_time_read(parts):
    record(parts, date(2026, 1, 1), TOLD)
    record(parts, FEBRUARY, TOLD)
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    assert told(parts) == [("confidentiality", 1, "breaks")]


def test_a_new_version_counts_from_its_day_and_the_one_before_until_then(parts, tmp_path):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    for held_on in (FEBRUARY, MARCH):
        record(parts, held_on, f"{TOLD} We met on WhatsApp.")
    newer = ZOOM.model_copy(update={"effective_from": MARCH})
    parts.coach.agree_on_contract(MENTEE, "pair", newer)

    assert told(parts) == [("confidentiality", 1, "breaks"), ("channels", 2, "breaks")]
    assert [version for version, _ in rows(tmp_path)] == [1, 1, 2]


def test_a_version_that_says_nothing_leaves_nothing_of_the_older_ones(parts):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    parts.coach.agree_on_contract(MENTEE, "pair", ZOOM)
    assert told(parts) == []


def test_as_of_a_day_before_a_version_what_it_was_then_is_told(parts):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    parts.coach.agree_on_contract(MENTEE, "pair", ZOOM.model_copy(update={"effective_from": MARCH}))
    assert told(parts, as_of=FEBRUARY) == told(parts) == [("confidentiality", 1, "breaks")]


def test_agreeing_to_a_version_has_nothing_read(parts, engine):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    asked = len(engine.asked)
    parts.coach.agree(MENTOR, "pair", 1)
    assert len(engine.asked) == asked


def test_a_long_history_is_held_against_a_new_version_in_the_background(parts, tmp_path):
    long = " ".join([TOLD, *["We met."] * (MOST_WORDS_AT_ONCE // 4)])
    for day in (2, 3, 4, 5):
        record(parts, date(2026, 2, day), long)
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    settle(parts)
    assert told(parts) == [("confidentiality", 1, "breaks")] * 4
    assert len(rows(tmp_path)) == 4


def test_what_one_side_keeps_to_itself_takes_nothing_from_what_is_read_at_once(
    started, engine, tmp_path
):
    # Nothing catches up here: what is told was read while the contract was written.
    long = " ".join([TOLD, *["We met."] * MOST_WORDS_AT_ONCE])
    with started(engine) as parts:
        parts.coach.catching_up.close()
        record(parts, FEBRUARY, make_note(long, author="mentor", visibility="mentor"), by=MENTOR)
        record(parts, MARCH, TOLD)
        parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
        assert told(parts, "mentee") == [("confidentiality", 1, "breaks")]


def test_a_session_on_another_day_is_held_against_the_contract_of_that_day(parts, tmp_path):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    parts.coach.agree_on_contract(MENTEE, "pair", ZOOM.model_copy(update={"effective_from": MARCH}))
    session = record(parts, FEBRUARY, f"{TOLD} We met on WhatsApp.")
    change = SessionChange(frozenset({"held_on"}), held_on=MARCH)
    parts.coach.change_session(MENTEE, "pair", session.id, change)

    assert told(parts) == [("channels", 2, "breaks")]
    assert [version for version, _ in rows(tmp_path)] == [2]


# who sees it, and for how long


def test_what_a_private_note_says_of_a_clause_is_told_to_its_side_alone(parts):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, make_note(TOLD, author="mentor", visibility="mentor"), by=MENTOR)
    assert told(parts, "mentor") == [("confidentiality", 1, "breaks")]
    assert told(parts, "mentee") == told(parts, "tool") == []


def test_a_note_that_is_shared_takes_its_signals_along(parts):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    private = make_note(TOLD, author="mentor", visibility="mentor")
    (note,) = record(parts, FEBRUARY, private, by=MENTOR).notes
    parts.coach.share_note(MENTOR, "pair", note.id, "shared")
    assert told(parts, "mentee") == [("confidentiality", 1, "breaks")]


@pytest.mark.parametrize("erase", ["note", "session", "mentorship"])
def test_erasing_leaves_nothing_of_what_was_read(parts, tmp_path, erase):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    session = record(parts, FEBRUARY, TOLD)
    assert len(rows(tmp_path)) == 1

    if erase == "note":
        parts.coach.erase_note(MENTEE, "pair", session.notes[0].id)
    elif erase == "session":
        parts.coach.erase_session(MENTEE, "pair", session.id)
    else:
        parts.coach.erase_mentorship(ADMIN, "pair")

    assert rows(tmp_path) == []


# what is missing


def test_a_note_that_is_read_twice_leaves_one_row(parts, engine, tmp_path):
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    (unread,) = parts.store.clauses_unread("embedded", "none of them")
    parts.store.save_clause_reading(
        unread.note.id, _again(parts, engine, unread), made_at=parts.coach._clock()
    )
    assert len(rows(tmp_path)) == 1
    assert told(parts) == [("confidentiality", 1, "breaks")]


def _again(parts, engine, unread):
    return ReadsClauses(engine).read(
        unread.note, parts.store.mentorship("pair"), parts.store.contracts("pair")[0]
    )


def test_a_newer_reader_reads_again_when_it_is_asked_to_and_counts_then(started, tmp_path):
    with started(BluntClauses("1")) as parts:
        parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
        record(parts, FEBRUARY, TOLD)
    with started(BluntClauses("2")) as parts:
        settle(parts)
        assert len(rows(tmp_path)) == 1
        assert parts.coach.reread() == 1
        assert parts.coach.reread() == 0
        assert told(parts) == [("confidentiality", 1, "breaks")]
    assert len(rows(tmp_path)) == 2


def test_where_nothing_can_read_clauses_notes_are_kept_and_read_after_the_next_start(started):
    with started(absent()) as parts:
        parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
        record(parts, FEBRUARY, TOLD)
        assert told(parts) == []
    with started(BluntClauses()) as parts:
        settle(parts)
        assert told(parts) == [("confidentiality", 1, "breaks")]


def test_where_the_model_is_missing_notes_are_kept_and_read_when_it_is_there(parts, engine):
    engine.there = False
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, TOLD)
    assert told(parts) == []

    engine.there = True
    assert parts.coach.reread() == 1
    assert told(parts) == [("confidentiality", 1, "breaks")]


def test_a_note_at_which_the_reader_fails_keeps_no_other_note_waiting(parts, engine, tmp_path):
    engine.everything = True
    engine.fails_at = "Zorbulax"
    parts.coach.agree_on_contract(MENTEE, "pair", SECRECY)
    record(parts, FEBRUARY, "Zorbulax.", TOLD)
    assert told(parts) == [("confidentiality", 1, "breaks")]
    assert len(rows(tmp_path)) == 2
