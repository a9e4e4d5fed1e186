"""A promise that a person has spoken of stands in its note, whatever a later reader finds there."""

from coach.model.commitments import Correction, PromiseStood
from coach.model.readings import CommitmentSignal, Reading
from coach.notes.standing import promises_spoken_of, with_promises

STOOD = PromiseStood(start=10, end=40, owner="mentee", action="send the draft", due=None)


def reading(*places: tuple[int, int]) -> Reading:
    found = tuple(
        CommitmentSignal(start=start, end=end, owner="both", action="do it", due=None, said_by=None)
        for start, end in places
    )
    return Reading(engine="embedded", version="later", signals=found)


def places(read: Reading) -> list[tuple[int, int, str]]:
    return [(each.start, each.end, each.owner) for each in read.of(CommitmentSignal)]


def word(note_id: str, stood: PromiseStood | None, owner: str) -> Correction:
    return Correction(
        id="c", commitment_id="p", note_id=note_id, said=("owner",), owner=owner, stood=stood
    )


def test_a_reading_that_finds_it_is_left_as_it_is():
    read = reading((10, 44), (60, 80))

    assert with_promises(read, (STOOD,)) is read


def test_where_nothing_is_found_it_stands_as_the_person_saw_it():
    assert places(with_promises(reading((60, 80)), (STOOD,))) == [
        (10, 40, "mentee"),
        (60, 80, "both"),
    ]


def test_what_reaches_into_its_words_is_moved_to_it_and_not_doubled():
    assert places(with_promises(reading((20, 50)), (STOOD,))) == [(10, 40, "both")]


def test_two_promises_of_one_sentence_stay_two():
    second = STOOD.model_copy(update={"start": 25})

    found = with_promises(reading((25, 40)), (STOOD, second))

    assert places(found) == [(10, 40, "mentee"), (25, 40, "both")]


def test_the_first_word_on_a_promise_tells_how_it_stood():
    later = STOOD.model_copy(update={"owner": "mentor"})

    found = promises_spoken_of([word("n", STOOD, "mentor"), word("n", later, "both")])

    assert found == {"n": (STOOD,)}


def test_a_promise_that_was_added_by_hand_stands_in_no_note():
    assert promises_spoken_of([word("n", None, "mentor")]) == {}
