"""The coach under measurement answers in the ids of the case."""

from datetime import date

import pytest

from coach.use_cases.casefile import CaseFile
from evals.subject import Subject, Timings, running
from tests.builders import make_mentorship, make_note, make_session


@pytest.fixture(scope="module")
def timings():
    return Timings()


@pytest.fixture(scope="module")
def subject(timings):
    shared = make_note("I will send the draft by Friday.", id="n1")
    private = make_note("He looked tired.", id="n2", author="mentor", visibility="mentor")
    session = make_session(date(2026, 1, 5), shared, private, id="s1")
    file = CaseFile(make_mentorship(), (), (session,), {})
    with running() as parts:
        yield Subject(parts, file, timings)


def test_a_citation_is_a_span_of_the_case_s_note(subject):
    (made,) = subject.commitments("mentee", subject.end)

    note, start, end = subject.span(made.made_in)

    assert note == "n1"
    assert "I will send the draft by Friday."[start:end] == made.made_in.quote


def test_a_private_note_is_taken_in_by_its_author_alone(subject):
    assert set(subject.texts.values()) == {"I will send the draft by Friday.", "He looked tired."}
    assert "tired" in subject.export("mentor").model_dump_json()
    assert "tired" not in subject.export("mentee").model_dump_json()


def test_a_hit_is_a_session_of_the_case_and_the_end_is_the_day_after(subject):
    (hit,) = subject.search("mentor", "draft").sessions

    assert subject.session(hit.session_id) == "s1"
    assert subject.end == date(2026, 1, 6)


def test_calls_are_timed_by_their_names(subject, timings):
    subject.brief("mentor", subject.end)

    assert {"record session", "brief"} <= set(timings.calls)
    assert all(each > 0 for taken in timings.calls.values() for each in taken)
