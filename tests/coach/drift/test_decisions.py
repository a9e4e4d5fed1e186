"""How decisions change the warnings of a day, on warnings made by hand."""

from datetime import date, timedelta

import pytest

from coach.drift.decisions import decided, unsettled
from coach.model.citations import Citation
from coach.model.contract import Clause
from coach.model.drift import Computed, Drift, DriftOptions
from tests.builders import make_contract, make_decision, make_history, make_session

TAKEN = date(2026, 6, 1)
_CLAUSE = Clause(name="cadence", version=1, text="every 14 days")


def cited(on: date) -> Citation:
    return Citation(session_id="s", held_on=on, note_id="n", start=0, end=2, quote="We")


def counted(length: int, since: date, running: str = "since") -> Computed:
    end = f" to {since + timedelta(days=length)}" if running == "from" else ""
    return Computed(computed=f"{length} days {running} {since}{end}; agreed every 14")


def warning(**fields) -> Drift:
    """A warning w about the rhythm, on what was said on 20 May."""
    given = {
        "id": "w",
        "kind": "cadence",
        "clause": _CLAUSE,
        "severity": "medium",
        "confidence": 0.8,
        "since": date(2026, 5, 20),
        "seen": (cited(date(2026, 5, 20)),),
        "message": "m",
        "innocent_explanation": "i",
        "question": "q",
        "options": DriftOptions(return_to="r", amend_to="a"),
        "by": "data",
    }
    return Drift(**{**given, **fields})


def left(*decisions, on: date = TAKEN, held=(), contracts=(), **fields) -> Drift:
    """The one warning as decisions leave it on a day, with sessions held on these days."""
    history = make_history(
        *(make_session(each) for each in held), as_of=on, contracts=contracts
    ).model_copy(update={"decisions": decisions})
    (found,) = decided([warning(**fields)], history)
    return found


def test_what_nobody_decided_stays_as_it_is():
    assert left() == warning()
    assert left(make_decision(drift_id="another")) == warning()


@pytest.mark.parametrize(
    ("decision", "status"),
    [("return", "returned"), ("amend", "amended"), ("dispute", "disputed")],
)
def test_a_settled_warning_stays_settled_until_there_is_new_evidence(decision, status):
    taken = make_decision(decision)

    assert left(taken).status == status
    assert left(taken, on=date(2027, 6, 1)).status == status
    assert left(taken, seen=(cited(TAKEN),)).status == status

    again = left(taken, seen=(cited(date(2026, 5, 20)), cited(TAKEN + timedelta(days=1))))
    assert again.status in {"open", "to_confirm"}


def test_a_muted_warning_comes_back_after_its_last_day_whatever_is_new_by_then():
    until = date(2026, 7, 1)
    taken = make_decision("mute", until=until)

    assert left(taken, on=until, seen=(cited(until),)).status == "muted"
    assert left(taken, on=until + timedelta(days=1)) == warning()


def test_who_returns_to_a_rhythm_has_one_more_interval_for_it():
    taken = make_decision("return")
    last = date(2026, 4, 1)
    days = {
        after: left(taken, seen=(counted((TAKEN - last).days + after, last),)).status
        for after in (0, 1, 14, 15)
    }

    assert days == {0: "returned", 1: "returned", 14: "returned", 15: "open"}


def test_a_meeting_in_time_after_the_return_is_no_new_evidence():
    last = date(2026, 4, 1)
    met = (TAKEN - last).days + 10

    assert left(make_decision("return"), seen=(counted(met, last, "from"),)).status == "returned"


@pytest.mark.parametrize(
    ("computed", "held", "status"),
    [
        ("last mentioned on 2026-05-01; not in the notes of 2026-05-20", (), "returned"),
        ("not in the notes of 2026-05-20, 2026-06-03", (), "open"),
        ("no notes of 2026-05-20 that you may see", (date(2026, 6, 10),), "returned"),
        ("due 2026-04-01, open on 2026-06-12", (), "returned"),
        ("due 2026-04-01, open on 2026-06-12", (date(2026, 6, 10),), "open"),
        ("42 days past 2026-04-01", (), "returned"),
        ("42 days past 2026-04-01", (date(2026, 6, 10),), "open"),
    ],
)
def test_computed_evidence_is_as_new_as_the_session_that_it_names_else_as_the_last(
    computed, held, status
):
    before = {date(2026, 5, 1), date(2026, 5, 20)}
    named = {date(2026, 6, 3)} if "06-03" in computed else set()

    found = left(
        make_decision("return"),
        on=date(2026, 6, 12),
        held=sorted(before | named | set(held)),
        seen=(Computed(computed=computed),),
    )

    assert found.status == status


def test_an_amendment_counts_from_the_day_that_its_version_is_in_force():
    taken = make_decision("amend", contract_version=2)
    said = (cited(date(2026, 6, 20)),)
    amended = make_contract(version=2, effective_from=date(2026, 7, 1))

    assert left(taken, on=date(2026, 6, 21), seen=said).status == "amended"
    assert left(taken, on=date(2026, 7, 2), contracts=[amended], seen=said).status == "amended"
    later = (cited(date(2026, 7, 2)),)
    assert left(taken, on=date(2026, 7, 2), contracts=[amended], seen=later).status == "open"


def test_the_last_word_counts():
    disputed, returned = make_decision("dispute"), make_decision("return")

    assert left(disputed, returned).status == "returned"
    assert left(disputed, returned).confidence == warning().confidence
    assert left(returned, disputed).status == "disputed"


def test_a_dispute_makes_every_warning_of_its_rule_fainter_and_to_be_confirmed():
    taken = make_decision("dispute", drift_id="earlier")

    later = left(taken)

    assert (later.status, later.confidence) == ("to_confirm", 0.4)
    assert left(taken, clause=None) == warning(clause=None)
    assert left(taken, kind="channel") == warning(kind="channel")


def test_a_disputed_warning_with_new_evidence_is_to_be_confirmed():
    again = left(make_decision("dispute"), seen=(cited(TAKEN + timedelta(days=1)),))

    assert (again.status, again.confidence) == ("to_confirm", 0.4)


def test_the_gravest_still_comes_first_and_settled_ones_ask_for_nothing():
    taken = (make_decision("return", drift_id="b"), make_decision("dispute", drift_id="gone"))
    history = make_history(as_of=TAKEN).model_copy(update={"decisions": taken})
    channel = {"kind": "channel", "confidence": 0.5}

    found = decided(
        [
            warning(id="a"),
            warning(id="b", **channel),
            warning(id="c", **channel),
            warning(id="d", severity="high", confidence=0.2),
        ],
        history,
    )

    assert [each.id for each in found] == ["d", "b", "c", "a"]
    assert [each.id for each in unsettled(found)] == ["d", "c", "a"]
