"""When a fact is surely of the kind that was read."""

import pytest

from coach.model.readings import FactSignal
from coach.notes.kinds import sure_of_kind


def a(kind: str, weight: float, by: str = "embedded") -> FactSignal:
    return FactSignal(kind=kind, weight=weight, by=by, start=0, end=9, said_by="mentee")


PLAIN = "25 minutes on WhatsApp, he was walking the dog."


def test_a_kind_is_sure_where_the_reader_is_or_where_the_words_name_it():
    assert sure_of_kind(a("win", 0.75), PLAIN)
    assert not sure_of_kind(a("win", 0.65), PLAIN)
    assert sure_of_kind(a("win", 0.35), "So happy about the walk with the dog.")
    assert not sure_of_kind(a("win", 0.25), "So happy about the walk with the dog.")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("concern", "My worry is the audit."),
        ("doubt", "I don't know whether the depot is for me."),
        ("doubt", "Not sure if the depot is for me."),
        ("attempt", "Tried the new scanners."),
        ("change", "We have a new boss."),
        ("ask", "Could you read the first page?"),
        ("decision", "We decided to skip Bath."),
        ("stopper", "I keep rewriting chapter one."),
    ],
    ids=str,
)
def test_words_name_one_kind_and_no_other(kind, text):
    assert sure_of_kind(a(kind, 0.4), text)
    assert not sure_of_kind(a("win", 0.4), text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("concern", "I'm no longer worried about the audit."),
        ("concern", "Nobody is afraid of the audit."),
        ("win", "I was not happy with the audit."),
    ],
    ids=str,
)
def test_words_that_are_denied_name_nothing(kind, text):
    assert not sure_of_kind(a(kind, 0.4), text)


def test_the_kind_a_model_names_is_taken_as_it_is():
    assert sure_of_kind(a("win", 0.4, by="llm"), PLAIN)
