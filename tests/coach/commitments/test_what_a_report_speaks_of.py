"""A report closes the promise that it speaks of, and no other that sounds like it."""

from datetime import date

import pytest

from coach.commitments.another import another_number, another_person, another_thing
from coach.commitments.timeline import commitments
from tests.builders import make_history, make_note, make_session

FIRST_DAY, SECOND_DAY = date(2026, 3, 2), date(2026, 3, 23)


def last_words(promised, later, **note):
    """What the last word on each promise of a session is after the notes of the next."""
    made = commitments(
        make_history(
            make_session(FIRST_DAY, promised), make_session(SECOND_DAY, make_note(later, **note))
        )
    )
    return [each.history[-1].status for each in made]


@pytest.mark.parametrize(
    ("promised", "later"),
    [
        ("I'll ring Kev by 12 March.", "I rang Matt."),
        ("I'll ring Kev by 12 March.", "I rang Matt on Tuesday and he was pleased."),
        ("I'll talk to Kev by 12 March.", "I talked to Matt on Tuesday."),
        ("I'll send the CV by 12 March.", "I sent the photographs on Tuesday."),
        ("I'll send the CV by 12 March.", "The photographs were sent on Tuesday."),
        ("I'll send the plan to Kev by 12 March.", "I sent the plan to Matt on Tuesday."),
        ("I'll ask Kev about the boat by 12 March.", "I asked Matt about the boat."),
        ("I'll send my remarks on page two by 12 March.", "Page three came back, read and marked."),
        ("I'll finish Unit 2 by 12 March.", "Unit 1 is finished, signed and handed in."),
    ],
)
def test_what_was_done_to_another_thing_or_person_leaves_a_promise_open(promised, later):
    assert last_words(promised, later) == ["open"]


@pytest.mark.parametrize(
    ("promised", "later"),
    [
        ("I'll ring Kev by 12 March.", "Rang Kev on Tuesday."),
        ("I'll ring Kev by 12 March.", "I rang him on Tuesday, Kev was glad."),
        ("I'll send the CV by 12 March.", "The CV was sent on Tuesday."),
        ("I'll send the CV to Kev by 12 March.", "I sent him the CV on Tuesday."),
        ("I'll send my remarks on page two by 12 March.", "Page two came back, read and marked."),
        ("I'll fill in the grant form by 12 March.", "The grant form is in."),
        ("I'll fill in the grant form by 12 March.", "The grant form is with Kev since Tuesday."),
        ("I'll count the lambs by 12 March.", "Lambs counted, 40 of 40."),
    ],
)
def test_what_was_done_to_the_thing_itself_settles_a_promise(promised, later):
    assert last_words(promised, later) == ["done"]


def test_a_report_that_leans_on_the_sentence_before_it_is_about_what_that_names():
    later = "Ana: And the seed list?\nBen: Sent it on Tuesday."

    assert last_words("I'll write the seed list by 12 March.", later, author="tool") == ["done"]


def test_what_was_not_done_by_either_is_not_done():
    later = "The letter to the council: neither did I write it, nor did she."

    assert last_words("I'll write the letter to the council by 12 March.", later) == ["not_done"]


@pytest.mark.parametrize(
    ("said", "deeds", "another"),
    [
        ("I rang Matt", {"ring"}, True),
        ("I rang on Tuesday", {"ring"}, False),
        ("Rang Kev, then Matt", {"ring"}, False),
        ("The letter was sent", {"send"}, True),
        ("Nothing of the kind", {"send"}, False),
    ],
)
def test_a_deed_alone_names_no_promise_whose_thing_is_another(said, deeds, another):
    promised = frozenset({"ring", "send", "kev"})

    assert another_thing(said, promised, frozenset(deeds), names=frozenset()) == another


@pytest.mark.parametrize(
    ("said", "another"),
    [
        ("Sent the plan to Matt", True),
        ("Sent him the plan, with a note for Matt", False),
        ("Kev has the plan, sent to Matt too", False),
        ("Sent the plan", False),
    ],
)
def test_a_deed_for_another_person_is_another_deed(said, another):
    assert another_person(said, "send the plan to Kev", deeds=frozenset({"send"})) == another


@pytest.mark.parametrize(
    ("said", "another"),
    [("Review No. 3 is in", True), ("Review two is in", False), ("The review is in", False)],
)
def test_a_thing_with_another_number_is_another_thing(said, another):
    assert another_number(said, "write Review No. 2") == another
