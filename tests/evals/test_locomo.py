"""A talk of our own, published as LoCoMo publishes its own."""

import json

import pytest

from coach.errors import Invalid
from evals.locomo import load, run_locomo

FIRST = "I finally bought a kayak, a red one!"
SECOND = "Lovely. My sister\n keeps bees on her roof."
THIRD = "The bees swarmed, we needed a beekeeper."


def published(**changed):
    """One talk of two sessions; a third has a time and no turns, as in the published file."""
    talk = {
        "speaker_a": "Ines",
        "speaker_b": "Raul",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_1": [
            {"speaker": "Ines", "dia_id": "D1:1", "text": FIRST, "img_url": ["a.jpg"]},
            {"speaker": "Raul", "dia_id": "D1:2", "text": SECOND},
        ],
        "session_2_date_time": "10:04 am on 19  June, 2023",
        "session_2": [{"speaker": "Raul", "dia_id": "D2:1", "text": THIRD}],
        "session_3_date_time": "9:00 am on 1 July, 2023",
    }
    questions = [
        {
            "question": "Which boat did Ines buy?",
            "answer": "a kayak",
            "evidence": ["D1:1"],
            "category": 4,
        },
        {
            "question": "What happened to the bees?",
            "evidence": ["D1:2", "D2:1", "D", "D8:6; D9:17"],
            "category": 1,
        },
        {"question": "Why?", "adversarial_answer": "no", "evidence": [], "category": 5},
    ]
    return [
        {"sample_id": "conv-1", "conversation": {**talk, **changed}, "qa": questions, "summary": {}}
    ]


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


def test_every_question_with_a_turn_to_find_is_asked(written):
    seen = []

    result = run_locomo(written(published()), seen.append)

    assert (result.suite, result.cases, seen) == ("locomo", ("conv-1",), ["conv-1"])
    assert result.value("session recall@5") == 1
    assert result.value("passage recall@5") == 1
    assert result.value("MRR") == 1
    assert result.value("answered") == 1
    assert result.value("session recall@5: multi-hop") == 1
    assert result.value("session recall@5: adversarial") is None
    assert result.value("questions scored") == pytest.approx(2 / 3, abs=1e-5)
    assert result.milliseconds["search"]["calls"] == 2


def test_evidence_that_names_no_turn_is_skipped_and_counted(written):
    result = run_locomo(written(published()), lambda name: None)

    assert result.value("evidence usable") == pytest.approx(3 / 5)
    told = [(miss.what, miss.said, miss.wanted) for miss in result.misses["conv-1"]]
    assert told == [
        ("evidence names no turn", "qa[1]", "D"),
        ("evidence names no turn", "qa[1]", "D8:6; D9:17"),
    ]


def test_what_is_not_found_is_told_by_its_number_and_not_in_words(written):
    kayaks = [
        {"speaker": "Ines", "dia_id": f"D1:{number}", "text": f"I paddled kayak {number} today."}
        for number in range(1, 8)
    ]
    content = published(session_1=kayaks)
    content[0]["qa"] = [
        {"question": "xylophone?", "evidence": ["D1:1"], "category": 4},
        {"question": "Who paddled which kayak?", "evidence": ["D2:1"], "category": 9},
    ]

    result = run_locomo(written(content), lambda name: None)

    assert result.value("answered") == 0.5
    assert result.value("passage recall@5: category 9") == 0
    assert [(miss.what, miss.said) for miss in result.misses["conv-1"]] == [
        ("abstained", "qa[0]"),
        ("nothing in passage recall@5", "qa[1]"),
    ]
    assert "kayak" not in result.model_dump_json()
