import pytest

from coach.agreement.clauses import agreed_clauses
from coach.deadline import Deadline
from coach.errors import EngineFailed, OutOfTime
from coach.model.contract import Roles
from coach.reading.clauses import MOST_CLAUSES, MOST_PAIRS, MOST_PASSAGES, ReadsClauses
from tests.builders import make_contract, make_goal, make_mentorship, make_note
from tests.clause_engine import BluntClauses

CONTRACT = make_contract(
    version=3,
    roles={"mentor": ["does not do the mentee's work"], "mentee": ["brings the agenda"]},
    channels=["Zoom"],
    confidentiality="What is said here stays between the two.",
)


def signals(text, *, engine=None, contract=CONTRACT, **fields):
    reader = ReadsClauses(engine or BluntClauses())
    note = make_note(text, **{"format": "text", **fields})
    return note, reader.read(note, make_mentorship(), contract).signals


# what is told


def test_a_passage_that_breaks_a_clause_is_told_with_its_place_and_the_clause_of_that_version():
    note, (told,) = signals("We met. Ana told his boss what I had said. All else was fine.")

    assert note.text[told.start : told.end] == "Ana told his boss what I had said."
    assert (told.clause, told.version, told.says) == ("confidentiality", 3, "breaks")
    assert (told.by, told.said_by, told.likelihood) == ("embedded", "mentee", 0.9)


def test_what_says_nothing_of_a_clause_is_not_told():
    assert signals("We met. The weather was fine.", engine=BluntClauses(everything=True))[1] == ()


def test_what_is_unlikely_and_what_merely_touches_a_clause_is_not_told():
    assert signals("I kept quiet. It is confidential.")[1] == ()


def test_what_speaks_of_a_clause_at_length_is_told_as_talk():
    _, (told,) = signals("We spoke of confidentiality at length.")
    assert told.says == "talks"


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("I told his boss.", "mentee"),
        ("Yesterday I told his boss.", "mentee"),
        ("We told his boss.", None),
        ("I heard that somebody told his boss.", None),
        ("Ana told his boss.", "mentor"),
        ("She told his boss.", "mentor"),
        ("Somebody else told his boss.", None),
        ("A colleague told his boss.", None),
        ("On Friday over lunch with Ana somebody told his boss.", None),
        ("Ana did the slides.", "mentor"),
        ("Let us make it every three weeks from May.", "both"),
    ],
)
def test_whose_doing_it_is_stands_where_a_sentence_names_who_acts(text, whose):
    _, (told,) = signals(text)
    assert told.whose == whose


def test_a_turn_is_said_by_the_side_it_names():
    _, (told,) = signals("Ana: I told his boss.\nBen: That was not right.")
    assert (told.said_by, told.whose) == ("mentor", "mentor")


def test_a_tool_does_not_say_what_it_wrote_down():
    _, (told,) = signals("I told his boss.", author="tool")
    assert (told.said_by, told.whose) == (None, None)


def test_the_engine_sees_a_passage_between_its_neighbours_beside_the_clause_in_words():
    engine = BluntClauses()
    signals("We met on Zoom. Ana told his boss. I was angry.", engine=engine)

    (asked,) = [each for each in engine.asked if each.clause_kind == "confidentiality"]
    assert asked == (
        "confidentiality",
        "What is said here stays between the two.",
        "We met on Zoom.",
        "Ana told his boss.",
        "I was angry.",
        "mentee",
    )


def test_a_heading_is_a_neighbour_and_no_passage():
    engine = BluntClauses(everything=True)
    signals("# Told his boss\n\nWe met.", engine=engine, format="markdown")
    assert {(each.before, each.passage) for each in engine.asked} == {("Told his boss", "We met.")}


def test_a_note_in_another_language_is_not_read():
    engine = BluntClauses(everything=True)
    german = "Wir haben lange über die nächsten Schritte gesprochen und nichts entschieden, schade."
    assert signals(german, engine=engine)[1] == ()
    assert engine.asked == []


def test_a_contract_without_clauses_costs_nothing():
    engine = BluntClauses(everything=True)
    signals("Ana told his boss.", engine=engine, contract=make_contract(cadence=None))
    assert engine.looked_at == 0


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Nothing new.", set()),
        ("No Zoom.", {"channels"}),
        ("We have nothing new.", {each.kind for each in agreed_clauses(CONTRACT)}),
    ],
)
def test_a_passage_of_few_words_is_read_only_beside_a_clause_whose_words_it_has(text, kinds):
    engine = BluntClauses(everything=True)
    signals(text, engine=engine)
    assert {each.clause_kind for each in engine.asked} == kinds


def test_a_breach_and_a_strain_speak_together_against_a_clause():
    _, (told,) = signals("I half told his boss of it.")
    assert (told.says, told.likelihood) == ("breaks", 0.7)


# what it costs


@pytest.mark.parametrize("sentences", [20, 40, 100, 200])
def test_pairs_are_looked_at_once_each_and_read_up_to_a_number(sentences):
    engine = BluntClauses(everything=True)
    signals("\n\n".join(f"Sentence {n} is here." for n in range(sentences)), engine=engine)

    assert engine.looked_at == min(MOST_PASSAGES, sentences) * 5
    assert len(engine.asked) == min(MOST_PAIRS, sentences * 5)


def test_of_a_long_note_the_beginning_and_the_end_are_read():
    engine = BluntClauses(everything=True)
    signals("\n\n".join(f"Sentence {n} is here." for n in range(300)), engine=engine)

    read = [each.passage for each in engine.asked]
    assert read[0] == "Sentence 0 is here."
    assert read[-1] == "Sentence 299 is here."
    assert "Sentence 150 is here." not in read


def test_a_note_with_a_share_reads_so_many_pairs_of_them():
    engine = BluntClauses(everything=True)
    text = "\n\n".join(f"Sentence {n} is here." for n in range(200))
    ReadsClauses(engine).read(make_note(text), make_mentorship(), CONTRACT, share=0.25)
    assert len(engine.asked) == MOST_PAIRS // 4


def test_a_contract_of_many_clauses_is_held_against_a_note_in_part():
    engine = BluntClauses(everything=True)
    goals = [make_goal(id=f"g{n}") for n in range(100)]
    roles = Roles(mentor=tuple(f"helps {n}" for n in range(100)))
    signals("We met by the river.", engine=engine, contract=make_contract(goals=goals, roles=roles))
    assert engine.looked_at == MOST_CLAUSES


def test_reading_stops_when_the_time_is_over():
    engine = BluntClauses(everything=True)
    with Deadline(-1).running(), pytest.raises(OutOfTime):
        signals("We met.", engine=engine)
    assert engine.asked == []


def test_a_mistake_in_the_engine_is_a_failure_that_repeats_no_words():
    engine = BluntClauses(everything=True)
    engine.fails_at = "Zorbulax"
    with pytest.raises(EngineFailed) as failed:
        signals("Zorbulax told me nothing new.", engine=engine)
    assert "Zorbulax" not in str(failed.value)


def test_the_same_note_and_contract_give_the_same():
    text = "Ana told his boss. We met on WhatsApp."
    note = make_note(text)
    read = [ReadsClauses(BluntClauses()).read(note, make_mentorship(), CONTRACT) for _ in range(2)]
    assert read[0] == read[1]
    assert [each.clause for each in read[0].signals] == ["confidentiality", "channels"]
