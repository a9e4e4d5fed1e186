"""Two readings of one note as one: what is believed, and what is never lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.readings import (
    AbsenceSignal,
    CommitmentSignal,
    DueOptions,
    FactSignal,
    MeetingSignal,
    OutcomeSignal,
    Reading,
)
from coach.reading.trust import merged

KINDS = ("topic", "win", "concern", "change", "attempt", "doubt", "commitment", "decision")
DAY = date(2026, 3, 14)


def at(place: int) -> dict[str, int]:
    return {"start": place * 10, "end": place * 10 + 8}


def own(place, kind="topic", weight=0.5, said_by="mentee"):
    return FactSignal(**at(place), kind=kind, weight=weight, said_by=said_by)


def told(place, kind="topic", **fields):
    return FactSignal(
        **{**at(place), "by": "llm", "kind": kind, "weight": 0.65, "said_by": None, **fields}
    )


def a_promise(place, by="embedded", owner="mentee", **fields):
    given_fields = {"action": "send the draft", "due": None, "said_by": "mentee", **fields}
    return CommitmentSignal(**at(place), by=by, owner=owner, **given_fields)


def an_outcome(place, by="embedded", status="done", **fields):
    return OutcomeSignal(
        **at(place), by=by, status=status, **{"new_due": None, "said_by": None, **fields}
    )


def reading_of(found, *, engine, version, **fields):
    sorts = ("promises", "outcomes", "next_meetings", "absences")
    others = [each for sort in sorts for each in fields.pop(sort, ())]
    return Reading(engine=engine, version=version, signals=(*found, *others), **fields)


def alone(*findings, **fields):
    return reading_of(findings, engine="embedded", version="1", **fields)


def model(*findings, **fields):
    return reading_of(findings, engine="llm", version="m read v1 shared", **fields)


def kinds(reading):
    return {each.start // 10: each.kind for each in reading.of(FactSignal)}


def test_where_both_find_the_same_it_counts_for_more():
    (found,) = merged(alone(own(0, "win", 0.5)), model(told(0, "win"))).of(FactSignal)

    assert (found.kind, found.weight, found.by, found.said_by) == (
        "win",
        0.85,
        "embedded",
        "mentee",
    )


def test_the_model_names_the_kind_of_what_the_reader_was_unsure_about():
    (found,) = merged(alone(own(0, "topic", 0.2), own(1)), model(told(0, "concern"), told(1))).of(
        FactSignal
    )[:1]

    assert (found.kind, found.by, found.said_by) == ("concern", "llm", "mentee")


def test_the_model_does_not_rename_what_the_reader_is_sure_of():
    (found,) = merged(alone(own(0, "concern", 0.75)), model(told(0, "win"))).of(FactSignal)

    assert (found.kind, found.by) == ("concern", "embedded")


def test_the_model_adds_what_the_reader_missed():
    assert kinds(merged(alone(own(0)), model(told(0), told(1, "doubt")))) == {
        0: "topic",
        1: "doubt",
    }


@pytest.mark.parametrize(("weight", "stays"), [(0.49, False), (0.5, True), (0.85, True)], ids=str)
def test_what_the_model_leaves_out_stays_unless_it_was_a_guess(weight, stays):
    found = merged(alone(own(0), own(1, "win", weight)), model(told(0), told(2, "doubt")))

    assert (1 in kinds(found)) == stays


def test_a_commitment_of_the_model_needs_a_promise():
    without = merged(alone(own(0)), model(told(0), told(1, "commitment")))
    with_one = merged(
        alone(own(0)), model(told(0), told(1, "commitment"), promises=(a_promise(1, "llm"),))
    )
    renamed = merged(alone(own(0, "topic", 0.2)), model(told(0, "commitment")))

    assert 1 not in kinds(without)
    assert kinds(with_one)[1] == "commitment"
    assert kinds(renamed) == {0: "topic"}


SURE = tuple(own(n, "win" if n % 2 else "concern", 0.75) for n in range(5))


@pytest.mark.parametrize(
    ("answer", "believed"),
    [
        pytest.param([], False, id="nothing"),
        pytest.param([told(0, "concern")], False, id="one of five"),
        pytest.param([told(n, "doubt") for n in range(5)], False, id="disagrees"),
        pytest.param([told(n, SURE[n].kind) for n in range(3)], True, id="agrees on three"),
        pytest.param([told(n, SURE[n % 2].kind) for n in range(5)], True, id="agrees on all"),
        pytest.param(
            [told(n, SURE[n].kind) for n in range(5)] + [told(n, "win") for n in range(5, 20)],
            False,
            id="calls everything alike",
        ),
        pytest.param([told(n, SURE[n].kind) for n in range(5)] + [told(9)], True, id="adds one"),
    ],
)
def test_a_model_is_believed_where_it_agrees_with_what_is_sure(answer, believed):
    found = merged(alone(*SURE), model(*answer))

    assert (found.engine, found.version) == (
        ("llm", "m read v1 shared") if believed else ("embedded", "1")
    )
    assert (found == alone(*SURE)) == (not believed)


def test_a_note_in_a_language_that_the_reader_does_not_know_stays_unread():
    unread = alone(unread_language="de")

    assert merged(unread, model(told(0), told(1, "win"))) == unread


def test_the_model_tells_owner_and_day_and_a_day_that_it_leaves_out_stays():
    either_day = DueOptions(day_first=date(2026, 3, 4), month_first=date(2026, 4, 3))
    known = [
        a_promise(0, due=DAY),
        a_promise(0, due_options=either_day),
        a_promise(0, due_at_next=True),
    ]

    def promise_of(made, said):
        findings = own(0, "commitment", 0.9), told(0, "commitment")
        both = merged(alone(findings[0], promises=(made,)), model(findings[1], promises=(said,)))
        (found,) = both.of(CommitmentSignal)
        return found

    without = a_promise(0, "llm", owner="mentor", action="send it")
    for made in known:
        found = promise_of(made, without)
        assert (found.due, found.due_options) == (made.due, made.due_options)
        assert (found.owner, found.due_at_next) == ("mentor", made.due_at_next)
        assert (found.action, found.by) == ("send it", "embedded")
        dated = promise_of(made, without.model_copy(update={"due": date(2026, 4, 1)}))
        assert (dated.due, dated.due_options, dated.due_at_next) == (date(2026, 4, 1), None, False)


def test_what_the_model_takes_for_word_of_an_earlier_promise_is_no_new_one():
    reading = alone(own(0), own(1, "commitment", 0.9), promises=(a_promise(1),))
    answer = model(told(0), outcomes=(an_outcome(1, "llm", status="rescheduled", about="c1"),))

    found = merged(reading, answer)

    assert found.of(CommitmentSignal) == ()
    assert [each.about for each in found.of(OutcomeSignal)] == ["c1"]


@pytest.mark.parametrize(("weight", "stays"), [(0.9, True), (0.55, False)], ids=["sure", "unsure"])
def test_a_promise_that_only_the_reader_found_stays_where_it_is_sure(weight, stays):
    reading = alone(own(0), own(1, "commitment", weight), promises=(a_promise(1),))

    found = merged(reading, model(told(0), told(2, "doubt")))

    assert bool(found.of(CommitmentSignal)) == stays
    assert (kinds(found).get(1) == "commitment") == stays


def test_the_model_says_of_what_and_where_the_two_contradict_each_other_nothing_is_said():
    reading = alone(own(0), outcomes=(an_outcome(0), an_outcome(1, status="not_done")))
    answer = model(
        told(0),
        outcomes=(
            an_outcome(0, "llm", about="c1"),
            an_outcome(1, "llm", status="done", about="c2"),
            an_outcome(2, "llm", status="dropped", about="c3"),
        ),
    )

    found = merged(reading, answer)

    assert [
        (each.start // 10, each.by, each.status, each.about) for each in found.of(OutcomeSignal)
    ] == [
        (0, "embedded", "done", "c1"),
        (2, "llm", "dropped", "c3"),
    ]


def test_where_the_model_stopped_reading_is_kept():
    assert merged(alone(own(0)), model(told(0), unread_from=400)).unread_from == 400


# whatever a model says

PLACES = st.integers(0, 14)
OWN = st.dictionaries(
    PLACES, st.tuples(st.sampled_from(KINDS), st.sampled_from([0.2, 0.3, 0.5, 0.75, 0.9]))
).map(lambda found: tuple(own(place, *found[place]) for place in sorted(found)))
TOLD = st.dictionaries(PLACES, st.sampled_from(KINDS)).map(
    lambda found: tuple(told(place, found[place]) for place in sorted(found))
)
STATUSES = st.sampled_from(["done", "partly", "not_done", "dropped"])
OWNERS = st.sampled_from(["mentor", "mentee", "both", "unassigned"])


def of_places(made, *values):
    return st.dictionaries(PLACES, st.tuples(*values)).map(
        lambda found: tuple(made(place, *found[place]) for place in sorted(found))
    )


@settings(max_examples=400, deadline=None)
@given(
    OWN,
    TOLD,
    of_places(lambda place, owner: a_promise(place, "llm", owner), OWNERS),
    of_places(lambda place, status: an_outcome(place, status=status, weight=0.9), STATUSES),
    of_places(lambda place, status: an_outcome(place, "llm", status, about="c"), STATUSES),
)
def test_what_the_reader_alone_is_sure_of_is_never_lost(findings, answer, promised, ended, said):
    promises = tuple(
        a_promise(each.start // 10, due=DAY) for each in findings if each.kind == "commitment"
    )
    away = (AbsenceSignal(start=0, end=5, until=DAY),)
    next_time = (MeetingSignal(start=0, end=5, on=DAY),)
    reading = alone(
        *findings, promises=promises, outcomes=ended, absences=away, next_meetings=next_time
    )

    found = merged(reading, model(*answer, promises=promised, outcomes=said))

    sure = {each.start: each.kind for each in findings if each.weight >= 0.7}
    taken_up = {each.start for each in said} - {each.start for each in promised}
    lost = sure.items() - {each.start: each.kind for each in found.of(FactSignal)}.items()
    assert {start for start, _ in lost} <= {
        start for start, kind in sure.items() if kind == "commitment" and start in taken_up
    }
    kept = {each.start: each.due for each in found.of(CommitmentSignal)}
    for each in promises:
        if each.start in sure and each.start not in taken_up:
            assert kept[each.start] == DAY
    assert {(each.start, each.status) for each in ended} <= {
        (each.start, each.status) for each in found.of(OutcomeSignal)
    }
    assert (found.of(AbsenceSignal), found.of(MeetingSignal)) == (away, next_time)
    starts = [each.start for each in found.of(FactSignal)]
    assert starts == sorted(set(starts))
    commitments = {each.start for each in found.of(FactSignal) if each.kind == "commitment"}
    assert commitments <= {each.start for each in found.of(CommitmentSignal)}
