"""A talk as it is published becomes a mentorship."""

import json

import pytest

from coach.errors import Invalid
from evals.suites.locomo_talks import load
from tests.evals.suites.locomo_builders import FIRST, THIRD, published


@pytest.fixture
def written(tmp_path):
    """A file with this in it."""

    def write(content):
        file = tmp_path / "talks.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    return write


def test_a_talk_is_a_mentorship_with_one_note_a_session(written):
    (talk,) = load(written(published()))

    pair, sessions = talk.file.mentorship, talk.file.sessions
    assert (pair.id, pair.mentor.name, pair.mentee.name) == ("conv-1", "Ines", "Raul")
    assert [f"{each.held_on}" for each in sessions] == ["2023-05-08", "2023-06-19"]
    assert sessions[0].notes[0].text == (
        f"Ines: {FIRST}\nRaul: Lovely. My sister keeps bees on her roof.\n"
    )


def test_a_turn_is_a_place_in_a_note(written):
    (talk,) = load(written(published()))

    texts = {note.id: note.text for session in talk.file.sessions for note in session.notes}
    quoted = {turn: texts[note][start:end] for turn, (note, start, end) in talk.turns.items()}
    assert quoted["D1:1"] == f"Ines: {FIRST}"
    assert quoted["D2:1"] == f"Raul: {THIRD}"


def test_sessions_stand_in_the_order_of_their_numbers(written):
    turns = [{"speaker": "Raul", "dia_id": "D10:1", "text": "Bye."}]
    late = {"session_10": turns, "session_10_date_time": "1:00 pm on 2 August, 2023"}

    (talk,) = load(written(published(**late)))

    assert [each.id for each in talk.file.sessions] == ["session_1", "session_2", "session_10"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"session_1_date_time": "in May"}, "session_1_date_time", id="no day"),
        pytest.param({"session_2_date_time": None}, "valid string", id="no time"),
        pytest.param({"session_1": [{"text": "Hm."}]}, "0.speaker", id="a turn of nobody"),
        pytest.param({"speaker_a": None}, "valid string", id="no speaker"),
    ],
)
def test_what_is_not_as_published_is_told(written, changed, told):
    with pytest.raises(Invalid, match=told):
        load(written(published(**changed)))


def test_a_file_of_something_else_is_told(written):
    with pytest.raises(Invalid, match=r"talks\.json: 0\.sample_id: Field required"):
        load(written([{}]))
