"""Which of two readings of a note counts as a whole: the model's if it passes its checks."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.readings import (
    AbsenceSignal,
    Checked,
    CommitmentSignal,
    FactSignal,
    MeetingSignal,
    OutcomeSignal,
    Reading,
)
from coach.reading.trust import Seen, better, laid_beside
from tests.builders import make_history, make_note, make_session

KINDS = ("topic", "win", "concern", "change", "attempt", "doubt", "decision")
DAY = date(2026, 3, 14)
HONEST = Checked(quotes=4, found=4, kept=3)
LIES = Checked(quotes=4, found=4, against=3)


def at(place: int) -> dict[str, int]:
    return {"start": place * 10, "end": place * 10 + 8}


def own(place, kind="topic", weight=0.5):
    return FactSignal(**at(place), kind=kind, weight=weight, said_by="mentee")


def told(place, kind="topic"):
    return FactSignal(**at(place), by="llm", kind=kind, weight=0.6, said_by=None)


def a_promise(place, by="embedded", owner="mentee", **fields):
    given_fields = {"action": "send the draft", "due": None, "said_by": "mentee", **fields}
    return CommitmentSignal(**at(place), by=by, owner=owner, **given_fields)


def an_outcome(place, by="embedded", status="done", **fields):
    return OutcomeSignal(
        **at(place), by=by, status=status, **{"new_due": None, "said_by": None, **fields}
    )


def alone(*signals, **fields):
    return Reading(engine="embedded", version="1", signals=signals, **fields)


def model(*signals, checked=HONEST, **fields):
    return Reading(
        engine="llm", version="m read v2 shared", signals=signals, checked=checked, **fields
    )


def test_the_reading_of_a_model_that_passes_is_the_reading_of_the_note():
    embedded = alone(own(0, "win", 0.9), own(1, "concern"), a_promise(2), own(2, "commitment", 0.9))
    says = (told(0, "concern"), told(3, "doubt"), told(4, "commitment"))
    promised = a_promise(4, "llm", "mentor", due=DAY)

    found = better(embedded, model(*says, promised, an_outcome(5, "llm", about="c1")))

    assert (found.engine, found.version) == ("llm", "m read v2 shared")
    assert found.of(FactSignal) == says
    assert found.of(CommitmentSignal) == (promised,)
    assert [each.about for each in found.of(OutcomeSignal)] == ["c1"]


def test_what_is_not_for_a_model_to_say_stays():
    away = AbsenceSignal(start=0, end=5, until=DAY)
    next_time = MeetingSignal(start=0, end=5, on=DAY)

    found = better(alone(away, next_time, own(1)), model(told(0), unread_from=400))

    assert (found.of(AbsenceSignal), found.of(MeetingSignal)) == ((away,), (next_time,))
    assert found.unread_from == 400


ALIKE = [told(n, "win") for n in range(9)]
MIXED = [told(n, KINDS[n % 3]) for n in range(9)]


@pytest.mark.parametrize(
    ("says", "checked", "leads"),
    [
        pytest.param([], HONEST, False, id="nothing read"),
        pytest.param([a_promise(0, "llm")], HONEST, True, id="a promise alone"),
        pytest.param(MIXED, Checked(quotes=10, found=7), True, id="seven of ten quotes found"),
        pytest.param(MIXED, Checked(quotes=10, found=6), False, id="six of ten quotes found"),
        pytest.param(ALIKE, HONEST, False, id="everything alike"),
        pytest.param(ALIKE[:5], HONEST, True, id="a few alike"),
        pytest.param([*MIXED], Checked(kept=3, against=1), True, id="one slip of four"),
        pytest.param([*MIXED], Checked(against=1), False, id="one slip of one"),
        pytest.param([*MIXED], Checked(kept=2, against=2), False, id="two slips of four"),
        pytest.param([*MIXED], Checked(kept=9, against=2), True, id="two slips of eleven"),
        pytest.param([*MIXED], LIES, False, id="lies"),
    ],
)
def test_a_model_leads_where_it_keeps_what_the_note_says_outright(says, checked, leads):
    embedded = alone(own(0, "win", 0.9), own(1, "concern", 0.9))

    found = better(embedded, model(*says, checked=checked))

    assert (found.engine == "llm") == leads
    assert (found == embedded) == (not leads)


@pytest.mark.parametrize(
    ("before", "leads"),
    [
        pytest.param([], False, id="no record"),
        pytest.param([HONEST], True, id="a good record"),
        pytest.param([LIES], False, id="a bad record"),
        pytest.param([LIES] * 3 + [HONEST] * 2, False, id="mostly bad"),
    ],
)
def test_one_slip_is_forgiven_to_a_model_with_a_record(before, leads):
    slip = model(told(0), checked=Checked(quotes=1, found=1, against=1))

    record = [Seen(each) for each in before]
    assert (better(alone(own(0)), slip, before=record).engine == "llm") == leads


def test_who_called_everything_alike_of_late_does_not_lead_with_more_of_it():
    record = [Seen(HONEST, ("topic",) * 3)] * 2
    embedded = alone(own(0))

    assert better(embedded, model(told(0)), before=record) == embedded
    assert better(embedded, model(told(0, "win"), told(1, "doubt")), before=record).engine == "llm"


def test_what_the_small_reader_guesses_takes_nothing_from_a_model():
    disagrees = [own(n, "win", 0.95) for n in range(9)]
    says = [told(n, KINDS[n % 6 + 1]) for n in range(9)]

    assert better(alone(*disagrees), model(*says)).of(FactSignal) == tuple(says)


def test_a_note_in_a_language_that_is_not_read_stays_unread():
    unread = alone(unread_language="de")

    assert better(unread, model(told(0), told(1, "win"))) == unread


def test_a_note_at_which_the_embedded_reader_failed_is_read_by_the_model():
    found = better(alone(failed=True), model(told(0)))

    assert (found.engine, found.failed) == ("llm", False)


def test_a_task_that_is_open_by_its_mark_and_of_which_nothing_was_said_stays_open():
    embedded = alone(
        own(0, "commitment"), a_promise(0, due=DAY), own(1, "commitment", 0.9), a_promise(1)
    )

    found = better(embedded, model(told(5), left_open=(0,)))

    assert found.of(CommitmentSignal) == (a_promise(0, due=DAY),)
    assert [(each.start, each.kind) for each in found.of(FactSignal)] == [
        (0, "commitment"),
        (50, "topic"),
    ]


@pytest.mark.parametrize(("weight", "stays"), [(0.9, True), (0.6, False)], ids=["mark", "words"])
def test_what_a_mark_says_became_of_a_task_stays_where_nothing_was_said_of_it(weight, stays):
    embedded = alone(an_outcome(0, weight=weight))

    assert bool(better(embedded, model(told(5))).of(OutcomeSignal)) == stays
    (kept,) = better(embedded, model(told(5), an_outcome(0, "llm", about="c"))).of(OutcomeSignal)
    assert kept.by == "llm"


def test_what_is_to_confirm_is_told_as_tentative():
    unsure = a_promise(0, "llm", to_confirm="owner")

    found = better(alone(), model(told(0, "commitment"), told(1), unsure))

    assert [each.certainty for each in found.of(FactSignal)] == ["tentative", "stated"]
    assert found.of(CommitmentSignal) == (unsure,)


# over the notes of a history


def history_of(*visibilities):
    """A history with a note a session, each read by the embedded reader."""
    sessions = [
        make_session(
            date(2026, 3, number),
            make_note("We spoke.", author="mentor", visibility=visibility),
        )
        for number, visibility in enumerate(visibilities, start=1)
    ]
    return make_history(*sessions)


def leaders(history, checks):
    notes = [note.id for session in history.sessions for note in session.notes]
    says = {id_: model(told(0), checked=each) for id_, each in zip(notes, checks, strict=True)}
    beside = laid_beside(history, says)
    assert set(beside.alone) == set(notes)
    return [beside.readings[id_].engine for id_ in notes]


def test_who_lied_of_late_does_not_lead_until_it_has_told_the_truth_for_a_while():
    silent = Checked(quotes=1, found=1)
    history = history_of(*["shared"] * 5)

    assert leaders(history, [HONEST, LIES, silent, HONEST, HONEST]) == [
        "llm",
        "embedded",
        "embedded",
        "embedded",
        "llm",
    ]


def test_what_one_side_keeps_to_itself_does_not_decide_who_leads_for_both():
    silent = Checked(quotes=1, found=1)

    assert leaders(history_of("mentor", "shared", "mentor"), [LIES, silent, silent]) == [
        "embedded",
        "llm",
        "embedded",
    ]


def test_which_note_leads_does_not_hang_on_later_ones():
    silent = Checked(quotes=1, found=1)

    for later in (HONEST, LIES):
        assert leaders(history_of("shared", "shared"), [silent, later])[0] == "llm"


PLACES = st.integers(0, 14)
FOUND = st.dictionaries(PLACES, st.sampled_from(KINDS)).map(
    lambda found: tuple(told(place, found[place]) for place in sorted(found))
)
COUNTS = st.integers(0, 9)
CHECKED = st.builds(Checked, quotes=COUNTS, found=COUNTS, kept=COUNTS, against=COUNTS)


@settings(max_examples=200, deadline=None)
@given(FOUND, FOUND, CHECKED, st.lists(st.builds(Seen, CHECKED), max_size=9))
def test_a_reading_counts_whole_or_not_at_all(known, says, checked, before):
    embedded = alone(*known)

    found = better(embedded, model(*says, checked=checked), before=before)

    assert found.of(FactSignal) in (says, embedded.of(FactSignal))
    assert (found.engine == "llm") == (found != embedded)
    if checked.against > checked.kept + 1:
        assert found == embedded
