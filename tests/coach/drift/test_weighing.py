"""What a model raises alone is challenged, and what it would silence is confirmed.

The readings and the answers are made by hand.
"""

import pytest

from coach.drift.weighing import challenged, weighed
from coach.model.challenges import Challenge
from coach.model.citations import Citation
from coach.model.readings import ClauseSignal, Span
from tests.coach.drift.told import CLAUSES, SERIOUS, Passage, against, make_told, raised

NOTHING: list[Passage] = []
LESSER = [kind for kind in CLAUSES if kind not in SERIOUS]
BREACH = "This hour tells of it."
EXCUSE = "That was asked for by him the week before."


def read_by_a_model(history, *, both: bool = False):
    """Return the history with its clause signals as a model's.

    The embedded engine has the same ones where `both`, else it found none.
    """
    told = {
        note_id: tuple(each.model_copy(update={"by": "llm"}) for each in reading.of(ClauseSignal))
        for note_id, reading in history.readings.items()
    }
    alone = {
        note_id: reading if both else reading.having(ClauseSignal, ())
        for note_id, reading in history.readings.items()
    }
    return history.model_copy(update={"readings": alone}).with_clauses(told, {})


def answered(history, verdict: str, words: str = ""):
    """The history with one answer to every case, quoting these words of the notes."""
    notes = [note for session in history.sessions for note in session.notes]
    note = next((each for each in notes if words and words in each.text), None)
    where = (
        {
            "note_id": note.id,
            "span": Span(start=(at := note.text.index(words)), end=at + len(words)),
        }
        if note
        else {}
    )
    told = {each.digest: Challenge(verdict=verdict, **where) for each in challenged(history)}
    return history.model_copy(update={"challenges": told})


def warnings(history):
    return weighed(history, [], [])


def of(history, kind):
    return [each for each in warnings(history) if each.kind == kind]


def broken(kind, **fields):
    return make_told(NOTHING, [against(CLAUSES[kind], BREACH), Passage(EXCUSE)], **fields)


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_a_model_alone_raises_is_to_confirm_before_it_was_challenged(kind):
    (warning,) = of(read_by_a_model(broken(kind)), kind)

    assert (warning.status, warning.by) == ("to_confirm", "llm")


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_survives_the_challenge_is_open_where_it_is_serious(kind):
    (warning,) = of(answered(read_by_a_model(broken(kind)), "stands"), kind)

    assert warning.status == ("open" if kind in SERIOUS else "to_confirm")


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_has_an_innocent_reading_in_the_notes_is_silent(kind):
    assert of(answered(read_by_a_model(broken(kind)), "innocent", EXCUSE), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_is_only_weakened_is_to_confirm_and_shows_the_words(kind):
    (warning,) = of(answered(read_by_a_model(broken(kind)), "weakened", EXCUSE), kind)

    assert warning.status == "to_confirm"
    quotes = [each.quote for each in warning.seen if isinstance(each, Citation)]
    assert quotes == [BREACH, EXCUSE]
    secret = kind in {"confidentiality", "boundary", "trust"}
    assert (EXCUSE in warning.question) != secret


@pytest.mark.parametrize("kind", CLAUSES)
@pytest.mark.parametrize(
    ("verdict", "status"),
    [("stands", "open"), ("weakened", "to_confirm"), ("innocent", "to_confirm")],
)
def test_what_the_embedded_engine_raises_too_is_never_silenced(kind, verdict, status):
    both = read_by_a_model(broken(kind), both=True)

    (warning,) = of(answered(both, verdict, EXCUSE), kind)

    assert warning.status == status


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_both_raise_does_not_wait_for_the_challenge(kind):
    (warning,) = of(read_by_a_model(broken(kind), both=True), kind)

    assert warning.status == "open"


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_the_embedded_engine_raises_and_a_model_reads_otherwise_is_to_confirm(kind):
    history = broken(kind)
    excused = {
        note_id: tuple(
            each.model_copy(update={"by": "llm", "says": "excuses"})
            for each in reading.of(ClauseSignal)
        )
        for note_id, reading in history.readings.items()
    }

    (warning,) = of(history.with_clauses(excused, {}), kind)

    assert (warning.status, warning.by) == ("to_confirm", "embedded")


def test_a_matter_that_both_raise_from_other_words_is_one_warning_under_the_known_id():
    history = make_told(
        [against("confidentiality", "An earlier one.", by="llm")],
        [against("confidentiality", BREACH)],
    )
    notes = [each.notes[0].id for each in history.sessions]
    first = history.readings[notes[0]]
    own = history.model_copy(
        update={"readings": {**history.readings, notes[0]: first.having(ClauseSignal, ())}}
    )
    both = own.with_clauses(
        {
            notes[0]: first.of(ClauseSignal),
            notes[1]: tuple(
                each.model_copy(update={"by": "llm"})
                for each in history.readings[notes[1]].of(ClauseSignal)
            ),
        },
        {},
    )

    (before,) = of(own, "confidentiality")
    (after,) = of(both, "confidentiality")

    assert after.id == before.id
    assert len(after.seen) == 2
    assert after.status == "open"


@pytest.mark.parametrize("kind", CLAUSES)
def test_another_word_in_the_notes_is_another_case(kind):
    (case,) = challenged(read_by_a_model(broken(kind)))
    (again,) = challenged(read_by_a_model(broken(kind)))

    assert {each.text for each in case.lines if each.against} == {BREACH}
    assert EXCUSE in {each.text for each in case.lines}
    assert case.note_ids
    assert case.digest != again.digest  # another note, in the same words
    told = [each.model_copy(update={"note_id": "n"}) for each in case.lines]
    same = [each.model_copy(update={"note_id": "n"}) for each in again.lines]
    assert told == same


def test_a_case_shows_what_other_sessions_say_of_the_clause_and_nothing_else_of_them():
    history = read_by_a_model(
        make_told(
            [Passage("He may tell his boss about the move, I said.", "confidentiality", "talks")],
            [against("confidentiality", "Ana told his boss about the move.")],
            [Passage("The boss thanked me for the move."), Passage("Then we had tea and cake.")],
        )
    )

    (case,) = challenged(history)

    shown = [each.text for each in case.lines]
    assert "He may tell his boss about the move, I said." in shown
    assert "The boss thanked me for the move." in shown
    assert "Then we had tea and cake." not in shown
    assert shown[0].startswith("He may tell")


def test_the_case_of_one_side_holds_nothing_that_the_other_keeps():
    history = read_by_a_model(broken("role"))
    private = make_told([Passage("A secret of hers about this hour that tells of it.")])
    hers = private.sessions[0].notes[0]
    last = history.sessions[-1]
    shown = history.model_copy(
        update={
            "sessions": (
                *history.sessions[:-1],
                last.model_copy(update={"notes": (*last.notes, hers)}),
            ),
            "readings": {**history.readings, **private.readings},
        }
    )

    (without,) = challenged(history)
    (with_it,) = challenged(shown)

    assert without.digest != with_it.digest
    assert "secret" in with_it.model_dump_json()
    assert "secret" not in without.model_dump_json()


def test_only_a_models_word_on_a_clause_is_challenged():
    assert challenged(broken("role")) == ()


def test_whose_unease_it_is_a_model_tells_and_only_that_person_is_told():
    hers = [against(CLAUSES["trust"], "Ana says she holds back with me.", whose="mentor")]
    own = [against(CLAUSES["trust"], "I hold back with Ana.", whose="mentee")]

    assert of(read_by_a_model(make_told(NOTHING, hers)), "trust") == []
    assert len(of(read_by_a_model(make_told(NOTHING, own)), "trust")) == 1
    assert of(read_by_a_model(make_told(NOTHING, own, audience="mentor")), "trust") == []


@pytest.mark.parametrize(
    "way", ["goal_neglect", "goal_displacement", "relevance_loss", "goal_vagueness"]
)
def test_a_model_tells_in_which_way_a_goal_is_left(way):
    history = make_told(NOTHING, [against("goals.g2", BREACH)])
    told = {
        note_id: tuple(
            each.model_copy(update={"by": "llm", "way": way}) for each in reading.of(ClauseSignal)
        )
        for note_id, reading in history.readings.items()
    }

    found = [each for each in warnings(history.with_clauses(told, {})) if each.by == "llm"]

    assert [each.kind for each in found] == [way]


@pytest.mark.parametrize(
    ("way", "silent"),
    [("goal_vagueness", False), ("relevance_loss", False), ("goal_neglect", True)],
)
def test_a_goal_that_is_said_to_lack_its_measure_or_its_point_is_spoken_of(way, silent):
    line = against("goals.g2", BREACH, likelihood=0.4)
    history = make_told(*[[line]] * 5)
    told = {
        note_id: tuple(
            each.model_copy(update={"by": "llm", "way": way}) for each in reading.of(ClauseSignal)
        )
        for note_id, reading in history.readings.items()
    }

    found = raised(history.with_clauses(told, {}), "goal_neglect")

    assert ("g2" in {each.about for each in found}) == silent
