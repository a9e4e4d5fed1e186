"""Readings that are wanted: each once, and whoever waits hears of the end, whatever it is."""

import threading
from datetime import date

import pytest

from coach.errors import EngineFailed
from coach.reading.queue import ReadingQueue

KEY = ("note", "m read v1 shared")
LONG = 20
"""Seconds that nothing here takes: who waits so long waits for ever."""


@pytest.fixture
def queue():
    made = ReadingQueue(at_once=1)
    yield made
    made.close()
    made.join()


class Held:
    """A reading that is under way until it is let go."""

    def __init__(self) -> None:
        self.began, self.let_go = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.began.set()
        self.let_go.wait(LONG)


def ended(read, *args) -> bool:
    """Whether something comes to its end, on a thread that may hang."""
    thread = threading.Thread(target=read, args=args, daemon=True)
    thread.start()
    thread.join(LONG)
    return not thread.is_alive()


def refuses() -> None:
    raise EngineFailed("resting")


@pytest.mark.parametrize("read", [refuses, lambda: None], ids=["refused", "read"])
def test_a_reading_that_has_ended_before_anybody_waits_holds_nobody_up(queue, read):
    told = []

    def ask_again_from_within() -> None:
        for number in range(3):
            one = queue.wanted((f"note {number}", "v1"), "pair", read)
            one.exception(LONG)
            # Runs at once, on this thread, and asks the queue itself.
            one.add_done_callback(lambda _: told.append(queue.wanted(KEY, "pair", read)))
            told[-1].exception(LONG)

    assert ended(ask_again_from_within)
    assert len(told) == 3
    assert ended(queue.wanted(KEY, "pair", read).exception, LONG)


def test_a_callback_that_asks_the_queue_for_more_does_not_hold_it_up(queue):
    held = Held()
    again = threading.Event()

    def asks(_: object) -> None:
        queue.drop("pair", "withdrawn")
        again.set()

    queue.wanted(KEY, "pair", held).add_done_callback(asks)
    assert ended(queue.drop, "pair", "withdrawn")
    held.let_go.set()

    assert again.is_set()


def test_what_is_wanted_twice_is_read_once(queue):
    held = Held()

    one, other = queue.wanted(KEY, "pair", held), queue.wanted(KEY, "pair", refuses)
    held.let_go.set()

    assert one is other
    assert one.result(LONG) is None


def test_what_is_dropped_before_its_turn_is_never_begun(queue):
    held, begun = Held(), []
    first = queue.wanted(KEY, "pair", held)
    assert held.began.wait(LONG)
    mine, others = (
        [
            queue.wanted((f"{pair} {n}", "v"), pair, lambda each=(pair, n): begun.append(each))
            for n in range(5)
        ]
        for pair in ("pair", "other")
    )

    queue.drop("pair", "not_agreed")

    # Nobody waits for a turn that does not come, nor for what is under way.
    assert {str(each.exception(LONG)) for each in (first, *mine)} == {"not_agreed"}
    held.let_go.set()
    assert [each.result(LONG) for each in others] == [None] * 5
    assert begun == [("other", n) for n in range(5)]


def test_one_note_is_dropped_and_the_others_of_its_mentorship_are_read(queue):
    held, begun = Held(), []
    queue.wanted(("first", "v"), "pair", held)
    assert held.began.wait(LONG)
    gone, kept = (
        queue.wanted((name, "v"), "pair", lambda name=name: begun.append(name))
        for name in ("gone", "kept")
    )

    queue.drop("pair", "withdrawn", note_id="gone")
    held.let_go.set()

    assert str(gone.exception(LONG)) == "withdrawn"
    assert kept.result(LONG) is None
    assert begun == ["kept"]


def test_what_was_dropped_while_under_way_can_be_wanted_anew(queue):
    held = Held()
    queue.wanted(KEY, "pair", held)
    assert held.began.wait(LONG)
    queue.drop("pair", "not_agreed")

    anew = queue.wanted(KEY, "pair", refuses)
    held.let_go.set()

    assert str(anew.exception(LONG)) == "resting"


def test_who_waits_for_a_turn_hears_that_the_server_is_being_stopped(queue):
    held = Held()
    queue.wanted(KEY, "pair", held)
    assert held.began.wait(LONG)
    waits = queue.wanted(("later", "v"), "pair", refuses)

    queue.close()
    held.let_go.set()

    assert str(waits.exception(LONG)) == "closing"
    assert str(queue.wanted(("latest", "v"), "pair", refuses).exception(LONG)) == "closing"


def test_a_later_note_is_read_when_those_of_earlier_days_are_read():
    queue = ReadingQueue(at_once=4)
    order, first = [], Held()

    def read(name):
        return lambda: order.append(name)

    def held():
        first()
        order.append("first")

    told = [
        queue.wanted(("first", "v"), "pair", held, held_on=date(2026, 3, 1)),
        queue.wanted(("third", "v"), "pair", read("third"), held_on=date(2026, 3, 9)),
        queue.wanted(("second", "v"), "pair", read("second"), held_on=date(2026, 3, 2)),
    ]
    other = queue.wanted(("another", "v"), "others", read("another"), held_on=date(2026, 5, 1))
    other.result(LONG)
    first.let_go.set()
    for each in told:
        each.result(LONG)
    queue.close()
    queue.join()

    assert order == ["another", "first", "second", "third"]


def test_what_waits_for_a_note_that_is_given_up_is_read():
    queue = ReadingQueue(at_once=2)
    held = Held()
    first = queue.wanted(("first", "v"), "pair", held, held_on=date(2026, 3, 1))
    second = queue.wanted(("second", "v"), "pair", lambda: None, held_on=date(2026, 3, 2))

    queue.drop("pair", "withdrawn", note_id="first")

    assert isinstance(first.exception(LONG), EngineFailed)
    assert second.exception(LONG) is None
    held.let_go.set()
    queue.close()
    queue.join()
