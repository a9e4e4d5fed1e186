"""The life of a commitment across sessions."""

from datetime import date

import pytest

from coach.commitments.naming import telling_of
from coach.commitments.timeline import commitments
from coach.model.readings import OutcomeSignal
from tests.builders import make_contract, make_history, make_mentorship, make_note, make_session

FIRST = make_session(date(2026, 3, 2), "I'll send the budget draft to the board by 16 March.")


def states(history):
    return [(each.status, each.due) for each in commitments(history)]


def test_it_is_open_up_to_its_day_and_overdue_behind_it():
    assert states(make_history(FIRST, as_of=date(2026, 3, 16))) == [("open", date(2026, 3, 16))]
    assert states(make_history(FIRST, as_of=date(2026, 3, 17))) == [("overdue", date(2026, 3, 16))]


def test_a_later_session_closes_it_in_its_own_words():
    later = make_session(date(2026, 3, 16), "The budget draft went to the board, sent on Friday.")

    (made,) = commitments(make_history(FIRST, later))

    assert made.status == "done"
    assert [event.status for event in made.history] == ["open", "done"]
    assert made.made_in.session_id == FIRST.id


def test_what_the_same_session_says_closes_nothing():
    same = make_session(
        date(2026, 3, 2),
        "I'll send the budget draft "
        "to the board by 16 March. Sent the budget draft in January too.",
    )

    assert states(make_history(same)) == [("open", date(2026, 3, 16))]


def test_said_again_with_another_day_it_has_moved():
    again = make_session(date(2026, 3, 16), "I'll send the budget draft to the board by 30 March.")

    (made,) = commitments(make_history(FIRST, again, as_of=date(2026, 3, 20)))

    assert (made.status, made.due) == ("open", date(2026, 3, 30))
    assert [event.status for event in made.history] == ["open", "rescheduled"]


def test_before_the_next_session_is_the_day_that_was_said_else_the_cadence_else_unknown():
    vague = "I'll send the budget draft before our next session."
    bare = make_session(date(2026, 3, 2), vague)
    said = make_session(date(2026, 3, 2), f"{vague} Next session: 20 March.")

    assert states(make_history(bare))[0][1] is None
    assert states(make_history(bare, contracts=[make_contract()]))[0][1] == date(2026, 3, 16)
    assert states(make_history(said, contracts=[make_contract()]))[0][1] == date(2026, 3, 20)


def test_the_order_of_day_and_month_is_the_regions_else_the_notes_own_else_unknown():
    ambiguous = make_session(date(2026, 3, 2), "I'll send the budget draft by 4/5.")
    british = make_mentorship(language="en-GB")
    american = make_mentorship(language="en-US")
    clear = make_session(date(2026, 2, 2), "We spoke about the fair on 14/3 at length.")

    assert states(make_history(ambiguous))[0][1] is None
    assert states(make_history(ambiguous, mentorship=british))[0][1] == date(2026, 5, 4)
    assert states(make_history(ambiguous, mentorship=american))[0][1] == date(2026, 4, 5)
    assert states(make_history(clear, ambiguous))[0][1] == date(2026, 5, 4)


def test_its_id_is_the_same_on_every_day():
    later = make_session(date(2026, 3, 16), "Haven't sent the budget draft to the board.")

    early, late = (commitments(make_history(FIRST, *more)) for more in ((), (later,)))

    assert early[0].id == late[0].id


def test_a_report_in_other_words_is_found_where_it_shares_what_is_rare():
    later = make_session(date(2026, 3, 16), "The budget landed on the board's table on Friday.")

    (made,) = commitments(make_history(FIRST, later))

    assert [event.status for event in made.history] == ["open", "done"]


def test_of_several_sentences_of_a_day_the_one_that_says_it_best_is_cited():
    later = make_session(
        date(2026, 3, 16), "The board was in a hurry. Sent the budget draft to the board."
    )

    (made,) = commitments(make_history(FIRST, later))

    assert [event.citation.quote for event in made.history[1:]] == [
        "Sent the budget draft to the board."
    ]


def test_an_outcome_that_names_its_commitment_needs_none_of_its_words():
    history = make_history(FIRST, make_session(date(2026, 3, 16), "That went well, all of it."))
    (made,) = commitments(history)

    (told,) = commitments(_telling(history, about=made.id))

    assert [event.status for event in told.history] == ["open", "done"]
    assert told.history[-1].by == "llm"


def test_an_outcome_that_names_a_commitment_nobody_knows_is_matched_by_its_words():
    history = make_history(FIRST, make_session(date(2026, 3, 16), "That went well, all of it."))

    (told,) = commitments(_telling(history, about="commitment-of-somebody-else"))

    assert told.status == "open"


def _telling(history, *, about):
    """The history, with its last note read as the outcome of a commitment."""
    note = history.sessions[-1].notes[0]
    word = OutcomeSignal(
        start=0,
        end=len(note.text),
        status="done",
        new_due=None,
        said_by="mentee",
        about=about,
        by="llm",
    )
    reading = history.readings[note.id].having(OutcomeSignal, (word,))
    return history.model_copy(update={"readings": {**history.readings, note.id: reading}})


@pytest.mark.parametrize(
    ("promised", "later"),
    [
        ("I'll tell the landlord on Monday 9 March.", "I did not tell my sister about the move."),
        ("I'll ring the tax office by 12 March.", "He has not rung since the wedding."),
        ("I'll walk the north field on the 16th of March.", "The 16th was wet and nobody came."),
        ("I'll paint three signs by 12 March.", "Three of the lambs did not make it."),
    ],
)
def test_a_deed_that_everybody_does_or_a_figure_says_of_no_promise_that_it_is_late(promised, later):
    made = commitments(
        make_history(
            make_session(date(2026, 3, 2), promised), make_session(date(2026, 3, 23), later)
        )
    )

    assert [event.status for event in made[0].history] == ["open"]
    assert made[0].overdue_because == "silent"


def test_a_thing_that_was_promised_and_was_not_done_is_said_to_be_late():
    later = make_session(date(2026, 3, 23), "The budget draft I have not sent.")

    (made,) = commitments(make_history(FIRST, later))

    assert (made.status, made.overdue_because) == ("overdue", "said")


@pytest.mark.parametrize(
    "said",
    [
        "The budget draft is again not sent. The budget is on track, we walked through the list.",
        "We walked through the budget's list and finished it. The budget draft is again not sent.",
    ],
)
def test_what_is_denied_of_a_promise_counts_and_not_what_is_done_beside_it(said):
    later = make_session(date(2026, 3, 23), said)

    (made,) = commitments(make_history(FIRST, later))

    assert (made.status, made.overdue_because) == ("overdue", "said")


@pytest.mark.parametrize(
    ("common", "telling"),
    [
        ({"802"}, {"802"}),
        ({"16th", "3", "2026"}, set()),
        ({"anselm", "letter"}, {"letter"}),
        ({"ask", "roof"}, {"ask", "roof"}),
    ],
)
def test_a_promise_is_told_from_others_by_its_own_words(common, telling):
    assert telling_of(frozenset(common), names=frozenset({"anselm"})) == telling


def test_what_i_will_have_is_what_was_just_spoken_of():
    first = make_session(
        date(2026, 3, 2), "I'll get the harbour soundings from the port by 10 March."
    )
    talk = (
        "Ana: And the harbour soundings from the port?\n"
        "Ben: Not yet, I was ill. I will have them by 30 March."
    )
    later = make_session(date(2026, 3, 16), make_note(talk, author="tool"))

    (made,) = commitments(make_history(first, later, as_of=date(2026, 3, 20)))

    assert (made.action, made.due) == (
        "get the harbour soundings from the port by 10 March",
        date(2026, 3, 30),
    )


def test_what_i_will_have_is_its_own_promise_where_nothing_open_was_spoken_of():
    first = make_session(
        date(2026, 3, 2), "I'll get the harbour soundings from the port by 10 March."
    )
    later = make_session(date(2026, 3, 16), "The two spare keys. I will have them by 30 March.")

    assert len(commitments(make_history(first, later))) == 2


def test_what_did_not_take_place_is_not_done_and_its_day_is_not_a_new_one():
    first = make_session(date(2026, 3, 2), "I'll visit the mill with the miller on 10 March.")
    later = make_session(date(2026, 3, 16), "The visit to the mill on the 24th did not happen.")

    (made,) = commitments(make_history(first, later))

    assert [(each.status, each.due) for each in made.history][1:] == [("not_done", None)]


def test_what_somebody_else_did_says_nothing_of_a_promise():
    first = make_session(date(2026, 3, 2), "I'll write to the bishop by 10 March.")
    later = make_session(date(2026, 3, 16), "Somebody wrote on the wall.")

    (made,) = commitments(make_history(first, later))

    assert [each.status for each in made.history] == ["open"]
