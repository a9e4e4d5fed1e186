"""Meetings become sessions with notes."""

import pytest

from evals.drift_cases.series import clean_series
from evals.drift_cases.writing import inserted, mentorship, sessions

SERIES = {series.base.voice: series for series in clean_series()}


@pytest.mark.parametrize(
    ("voice", "author"),
    [
        pytest.param("bullets", "mentee", id="bullets"),
        pytest.param("prose", "mentee", id="prose"),
        pytest.param("minutes", "mentor", id="minutes"),
        pytest.param("dialogue", "tool", id="a talk"),
    ],
)
def test_each_voice_has_its_writer(voice, author):
    notes = [note for session in sessions(SERIES[voice]) for note in session.notes]

    assert {note.author for note in notes} == {author}
    assert {note.format for note in notes} == {"markdown" if voice == "bullets" else "text"}


def test_what_is_put_in_stands_in_its_note_with_the_names_filled_in():
    series = SERIES["bullets"].saying(1, "{mentor} was late.")
    mentor = mentorship(series.base).mentor.name.split()[0]

    (sentence,) = inserted(series)

    assert sentence == f"{mentor} was late."
    assert sentence in sessions(series)[1].notes[0].text


def test_a_meeting_without_sentences_has_no_note():
    series = SERIES["prose"].changed(1, lambda meeting: meeting.with_sentences(()))

    assert sessions(series)[1].notes == ()
