"""The rules of drift, each with what it must see and what it must leave alone."""

from datetime import date, timedelta

import pytest

from coach.commitments.timeline import commitments
from coach.drift.detection import detect
from coach.drift.weighing import weighed
from coach.model.readings import ClauseSignal, CommitmentSignal, FactSignal, OutcomeSignal, Reading
from coach.reading.trust import better, laid_beside
from tests.builders import make_contract, make_goal, make_history, make_mentorship, make_session

START = date(2026, 1, 5)


def raised(history, kind):
    return [each for each in detect(history, commitments(history)) if each.kind == kind]


def sessions(*days, texts=None):
    texts = texts or ["We talked about the plan for the fair."] * len(days)
    return [make_session(day, text) for day, text in zip(days, texts, strict=True)]


def every(days, count, start=START):
    return [start + timedelta(days=days * number) for number in range(count)]


def test_a_gap_of_two_missed_meetings_is_warned_of_with_its_clause_and_numbers():
    held = sessions(*every(14, 3))

    (warning,) = raised(
        make_history(*held, as_of=date(2026, 3, 20), contracts=[make_contract()]), "cadence"
    )

    assert warning.clause.text == "every 14 days"
    assert "46 days since 2026-02-02; agreed every 14" in warning.seen[0].computed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I'm away until 16 March, we said so.", "leave"),
        ("Next session: 16 March.", "a later date was agreed"),
    ],
    ids=["leave", "agreed"],
)
def test_a_gap_that_was_explained_is_left_alone(text, why):
    held = sessions(*every(14, 3), texts=["We talked about the fair."] * 2 + [text])

    history = make_history(*held, as_of=date(2026, 3, 18), contracts=[make_contract()])

    assert raised(history, "cadence") == [], why


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_a_paused_or_ended_mentorship_has_no_rhythm_to_keep(status):
    held = sessions(*every(14, 3))
    pair = make_mentorship(status=status)

    history = make_history(
        *held, as_of=date(2026, 6, 1), contracts=[make_contract()], mentorship=pair
    )

    assert raised(history, "cadence") == []


def test_a_quarterly_rhythm_that_is_kept_is_no_drift():
    quarterly = make_contract(cadence={"every_days": 91})
    held = sessions(*every(91, 3))

    history = make_history(*held, as_of=date(2026, 9, 1), contracts=[quarterly])

    assert raised(history, "cadence") == []


def test_a_promise_that_is_carried_past_its_day_slips():
    held = sessions(
        *every(14, 3),
        texts=[
            "I'll send the budget draft to the board by 12 January.",
            "Haven't sent the budget draft to the board.",
            "The budget draft for the board is not written yet.",
        ],
    )

    (warning,) = raised(make_history(*held), "commitment_slippage")

    assert warning.severity == "medium"
    assert [seen.quote for seen in warning.seen[:2]] == [
        "I'll send the budget draft to the board by 12 January.",
        "Haven't sent the budget draft to the board.",
    ]


def test_a_promise_that_the_last_notes_do_not_speak_of_may_be_done():
    texts = [*SLIPPED[:3], "We talked about the fair."]

    assert raised(make_history(*sessions(*every(14, 4), texts=texts)), "commitment_slippage") == []


def test_a_promise_that_was_moved_once_and_openly_does_not_slip():
    held = sessions(
        *every(14, 2),
        texts=[
            "I'll send the budget draft to the board by 12 January.",
            "I'll send the budget draft to the board by 30 January.",
        ],
    )

    assert raised(make_history(*held), "commitment_slippage") == []


GOALS = make_contract(
    goals=[
        make_goal("Lead a release", id="g1", target_date=date(2026, 6, 30)),
        make_goal("Learn to negotiate pay", id="g2", target_date=date(2026, 9, 30)),
    ]
)
BOTH = "The release went out. The pay negotiation comes next."
RELEASE = (
    "The release needs another tester. We went through the list with the team in the hall. "
    "Two of them can stay on until the end of the week."
)


def test_a_goal_that_three_sessions_do_not_speak_of_is_neglected():
    held = sessions(*every(14, 4), texts=[BOTH, RELEASE, RELEASE, RELEASE])

    (warning,) = raised(make_history(*held, contracts=[GOALS]), "goal_neglect")

    assert warning.about == "g2"
    assert warning.clause.name == "goals"
    assert warning.since == held[1].held_on


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([BOTH, RELEASE, RELEASE, BOTH], id="spoken of again"),
        pytest.param(
            ["The release went out. Negotiation of pay is parked.", RELEASE, RELEASE, RELEASE],
            id="parked",
        ),
        pytest.param([BOTH, RELEASE, RELEASE], id="two sessions only"),
    ],
)
def test_a_goal_that_rests_with_reason_is_left_alone(texts):
    held = sessions(*every(14, len(texts)), texts=texts)

    assert raised(make_history(*held, contracts=[GOALS]), "goal_neglect") == []


def test_a_warning_has_the_same_id_on_every_day_and_for_every_reader():
    held = sessions(*every(14, 4), texts=[BOTH, RELEASE, RELEASE, RELEASE])

    ids = {
        raised(
            make_history(*held, as_of=day, audience=audience, contracts=[GOALS]), "goal_neglect"
        )[0].id
        for day in (date(2026, 2, 17), date(2026, 2, 20))
        for audience in ("mentor", "mentee")
    }

    assert len(ids) == 1


# where a model has read too


def unheard(history, place):
    """The history in which the embedded reader takes the note with these words for no outcome."""
    return reread(history, place, ())


def misheard(history, place):
    """The history in which the embedded reader takes these words for a promise not kept."""
    (note,) = (note for session in history.sessions for note in session.notes if place in note.text)
    start = note.text.index(place)
    at = {"start": start, "end": start + len(place), "by": "embedded", "said_by": "mentee"}
    return reread(history, place, (OutcomeSignal(**at, status="not_done", new_due=None),))


def reread(history, place, outcomes):
    (note,) = (note for session in history.sessions for note in session.notes if place in note.text)
    reading = history.readings[note.id].having(CommitmentSignal, ()).having(OutcomeSignal, outcomes)
    return history.model_copy(update={"readings": {**history.readings, note.id: reading}})


def with_a_model(history, place, **told):
    """The history in which a model has read one more thing, at these words of a note."""
    (note,) = (note for session in history.sessions for note in session.notes if place in note.text)
    own = history.readings[note.id]
    start = note.text.index(place)
    at = {"start": start, "end": start + len(place), "by": "llm", "said_by": "mentee"}
    findings = tuple(each.model_copy(update={"by": "llm"}) for each in own.of(FactSignal))
    reading = Reading(
        engine="llm",
        version="m",
        signals=(
            *findings,
            *own.of(CommitmentSignal),
            *own.of(OutcomeSignal),
        ),
    )
    if "kind" in told:
        reading = reading.having(FactSignal, (*findings, FactSignal(**at, **told)))
    if "status" in told:
        found = OutcomeSignal(**at, **{"new_due": None, **told})
        reading = reading.having(OutcomeSignal, (found,))
    assert better(own, reading).engine == "llm"
    return laid_beside(history, {note.id: reading})


def where_a_model_saw(history, place, **told):
    """The history in which a model says of these words of a note what they say of a clause."""
    (note,) = (note for session in history.sessions for note in session.notes if place in note.text)
    own = history.readings[note.id]
    start = note.text.index(place)
    signal = ClauseSignal(
        start=start, end=start + len(place), by="llm", version=1, likelihood=0.9, **told
    )
    seen = own.having(ClauseSignal, (*own.of(ClauseSignal), signal))
    return history.model_copy(
        update={"readings": {**history.readings, note.id: seen}, "alone": {note.id: own}}
    )


def weighed_up(history):
    return weighed(history, commitments(history), commitments(history.without_model))


SLIPPED = [
    "I'll send the budget draft to the board by 12 January.",
    "Haven't sent the budget draft to the board.",
    "The budget draft for the board is not written yet.",
    "The board has the budget draft on its table. We talked about the fair.",
]
LANDED = "The board has the budget draft on its table."


def test_a_warning_that_only_the_model_silences_is_to_be_confirmed_by_its_words():
    history = misheard(make_history(*sessions(*every(14, 4), texts=SLIPPED)), LANDED)
    (alone,) = raised(history, "commitment_slippage")
    both = with_a_model(history, LANDED, status="done")
    assert raised(both, "commitment_slippage") == []

    (warning,) = weighed_up(both)

    assert (warning.id, warning.kind, warning.status) == (
        alone.id,
        "commitment_slippage",
        "to_confirm",
    )
    assert warning.confidence <= 0.5
    assert any(getattr(each, "quote", None) == LANDED for each in warning.seen)
    assert warning.seen[: len(alone.seen)] == alone.seen


def test_a_neglected_goal_that_only_the_model_sees_spoken_of_is_to_be_confirmed_by_its_words():
    spoken = "The envelope lies on the desk of the boss."
    held = sessions(*every(14, 4), texts=[BOTH, RELEASE, RELEASE, f"{RELEASE} {spoken}"])
    silent = make_history(*held, contracts=[GOALS])
    (alone,) = raised(silent, "goal_neglect")
    both = where_a_model_saw(silent, spoken, clause="goals.g2", says="keeps")
    assert raised(both, "goal_neglect") == []

    (warning,) = weighed_up(both)

    assert (warning.id, warning.status) == (alone.id, "to_confirm")
    assert warning.seen[-1].quote == spoken
    assert spoken in warning.question


def test_a_warning_that_only_the_model_raises_is_to_be_confirmed():
    waiting = "The board is waiting for the budget draft."
    history = make_history(*sessions(*every(14, 3), texts=[*SLIPPED[:2], waiting]))
    history = unheard(history, waiting)
    assert raised(history, "commitment_slippage") == []

    (warning,) = weighed_up(with_a_model(history, waiting, status="not_done"))

    assert (warning.kind, warning.status) == ("commitment_slippage", "to_confirm")
    assert waiting in [each.quote for each in warning.seen[:-1]]
    assert warning.confidence <= 0.5


def test_a_warning_that_both_readings_raise_is_open():
    history = make_history(
        *sessions(*every(14, 4), texts=[*SLIPPED[:3], f"We met in the hall. {SLIPPED[1]}"])
    )
    both = with_a_model(history, "We met in the hall.", kind="topic")

    (warning,) = weighed_up(both)

    assert (warning.kind, warning.status) == ("commitment_slippage", "open")


SHARED = make_contract(confidentiality="What is said here stays here.", channels=["Zoom"])
TOLD = "Ana passed it on to the office."
EXCUSE = "Ben had asked her to."


def broken(clause):
    """The history in which the embedded reader takes the last note's passage for a breach."""
    held = sessions(*every(14, 2), texts=["We met.", f"{TOLD} {EXCUSE}"])
    history = make_history(*held, contracts=[SHARED])
    note = held[1].notes[0]
    signal = ClauseSignal(
        start=0, end=len(TOLD), clause=clause, version=1, says="breaks", likelihood=0.9
    )
    read = history.readings[note.id].having(ClauseSignal, (signal,))
    return history.model_copy(update={"readings": {**history.readings, note.id: read}})


def test_a_breach_that_only_the_model_excuses_is_to_be_confirmed_by_its_words():
    (warning,) = weighed_up(
        where_a_model_saw(broken("channels"), EXCUSE, clause="channels", says="excuses")
    )

    assert (warning.kind, warning.status) == ("channel", "to_confirm")
    assert warning.seen[-1].quote == EXCUSE
    assert EXCUSE in warning.question


def test_a_question_about_a_secret_never_repeats_the_words_that_the_model_silences_it_by():
    (warning,) = weighed_up(
        where_a_model_saw(
            broken("confidentiality"), EXCUSE, clause="confidentiality", says="excuses"
        )
    )

    assert (warning.kind, warning.status) == ("confidentiality", "to_confirm")
    assert warning.seen[-1].quote == EXCUSE
    assert EXCUSE not in f"{warning.question} {warning.message}"


def test_a_breach_that_only_the_model_sees_is_to_be_confirmed():
    history = broken("channels")
    seen = where_a_model_saw(history, EXCUSE, clause="confidentiality", says="breaks")

    found = {each.kind: (each.status, each.by) for each in weighed_up(seen)}

    assert found == {"channel": ("open", "embedded"), "confidentiality": ("to_confirm", "llm")}
