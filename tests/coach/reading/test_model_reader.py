"""What a model reads beside the embedded engine, with a model at the other end of the wire."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.ports import MentorshipChange
from coach.reading.model_reader import ModelReader
from coach.settings import Settings
from tests.builders import make_mentorship, make_session
from tests.provider import ADDRESS, provider

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
AWAY = "https://model.example.org/v1"
ADMIN = Principal("admin", "admin", None)
SIDES = {side: Principal(side, side, "pair") for side in ("mentor", "mentee")}
TOOL = Principal("tool", "tool", "pair")
LONG = 20
"""Seconds that nothing here takes: who waits so long waits for ever."""


def kept(parts, number: int) -> str:
    """One more note of the pair `pair`; its id."""
    session = make_session(date(2026, 6, number), f"I'm worried about part {number} of the plan.")
    report = parts.coach.record_session(
        TOOL, "pair", session, wait=0, new_id=lambda kind: f"{kind}{number}"
    )
    return report.session.notes[0].id


@pytest.fixture
def parts(tmp_path):
    with opened(Settings(data_dir=tmp_path), clock=lambda: NOW) as made:
        made.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
        yield made


def agree(parts, *, to: bool, side: str = "mentee") -> None:
    change = MentorshipChange(frozenset({"external_llm"}), external_llm=to)
    parts.coach.change_mentorship(SIDES[side], "pair", change)


def test_a_reading_that_has_ended_before_anybody_looks_at_it_freezes_nobody(parts, monkeypatch):
    submit = ThreadPoolExecutor.submit

    def ended(self, *given):
        future = submit(self, *given)
        wait([future])
        return future

    for number in (1, 2):
        kept(parts, number)
    history = parts.store.history("pair", "tool", date(2026, 6, 15))
    reasons = []
    with provider() as asked:
        asked.breaks(400)
        second = ModelReader(asked.engine(), parts.store, clock=lambda: NOW)
        monkeypatch.setattr(ThreadPoolExecutor, "submit", ended)

        def ask() -> None:
            reasons.extend(second.read_newest(history, seconds=LONG) for _ in range(2))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(LONG)

    assert reasons == ["http_400", "http_400"]


def read_all(parts, *, progress=None, address: str = AWAY) -> tuple[int, int]:
    """How many notes are read of those not read yet, and how many questions were sent for it."""
    with provider(address=address) as asked:
        second = ModelReader(asked.engine(), parts.store, clock=lambda: NOW)
        count = second.read_all(progress)
        second.close()
    return count, len(asked.sent)


@pytest.mark.parametrize("both", [True, False], ids=["both", "one"])
def test_everything_is_read_anew_elsewhere_where_both_people_agreed(parts, both):
    for number in range(1, 6):
        kept(parts, number)
    agree(parts, to=True, side="mentor")
    agree(parts, to=both)

    assert read_all(parts) == ((5, 5) if both else (0, 0))


def test_reading_everything_anew_stops_with_the_consent(parts):
    for number in range(1, 6):
        kept(parts, number)
    for side in SIDES:
        agree(parts, to=True, side=side)

    def withdraw(done: int, _: int) -> None:
        if done == 2:
            agree(parts, to=False)

    assert read_all(parts, progress=withdraw) == (2, 2)


@pytest.mark.parametrize("address", [ADDRESS, AWAY], ids=["here", "elsewhere"])
def test_a_note_that_is_erased_meanwhile_is_not_read_anew(parts, address):
    notes = [kept(parts, number) for number in range(1, 6)]
    for side in SIDES:
        agree(parts, to=True, side=side)

    def erase(done: int, _: int) -> None:
        if done == 2:
            for each in notes[2:4]:
                parts.coach.erase_note(TOOL, "pair", each)

    assert read_all(parts, progress=erase, address=address) == (3, 3)
