"""Meetings become sessions with notes."""

import pytest

from evals.drift_cases.series import clean_series
from evals.drift_cases.told import Told
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


def test_another_hand_writes_a_note_of_its_own_and_a_page_is_its_writer_s_alone():
    told = Told(how="blunt", by="mentor", says=("We met by phone.",))
    page = Told(how="blunt", by="mentee", private=True, says=("I said nothing.",))
    series = SERIES["prose"].hearing(1, told).hearing(1, page)

    notes = sessions(series)[1].notes

    seen = [(note.author, note.visibility, note.text) for note in notes[1:]]
    assert seen == [
        ("mentor", "shared", "We met by phone."),
        ("mentee", "mentee", "I said nothing."),
    ]


def test_the_hand_that_writes_the_notes_says_it_there():
    told = Told(how="blunt", by="mentee", says=("We met by phone.",))

    (note,) = sessions(SERIES["prose"].hearing(1, told))[1].notes

    assert "We met by phone." in note.text


def test_turns_of_a_chat_stand_on_lines_of_their_own():
    told = Told(how="chat", by="tool", says=("{mentor}: Late. {mentee}: Yes.",))
    series = SERIES["prose"].hearing(1, told)
    mentor, mentee = (person.name.split()[0] for person in (series.base.mentor, series.base.mentee))

    assert sessions(series)[1].notes[1].text == f"{mentor}: Late.\n{mentee}: Yes."


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        pytest.param("phone call", "Met by phone.", id="a way of talking"),
        pytest.param("workshop", "Met at the workshop.", id="a place"),
    ],
)
def test_a_channel_is_said_as_people_say_it(channel, said):
    series = SERIES["prose"].saying(1, "Met {by_other}.")
    elsewhere = series.base.model_copy(update={"other_channel": channel})

    assert inserted(series.model_copy(update={"base": elsewhere})) == (said,)


def test_a_meeting_without_sentences_has_no_note():
    series = SERIES["prose"].changed(1, lambda meeting: meeting.with_sentences(()))

    assert sessions(series)[1].notes == ()
