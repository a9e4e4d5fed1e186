"""What people have put right of a reading, whatever the reading was."""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.model.facts import FactCorrection
from coach.model.history import History
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal, Reading
from coach.notes.facts import facts
from coach.notes.put_right import put_right, says_the_same
from coach.reading.trust import laid_beside
from tests.builders import make_mentorship, make_note, make_session
from tests.cost import seconds

ONE, TWO = "We spoke of the office.", "Ben will send the draft."
TEXT = f"{ONE} {TWO}"
FIRST = FactSignal(start=0, end=len(ONE), kind="topic", said_by="mentee")
SECOND = FactSignal(start=len(ONE) + 1, end=len(TEXT), kind="commitment", said_by="mentor")
PROMISE = CommitmentSignal(
    start=SECOND.start, end=SECOND.end, owner="mentee", action=TWO, due=None, said_by="mentor"
)
SENT = OutcomeSignal(
    start=SECOND.start, end=SECOND.end, status="done", new_due=None, said_by="mentor"
)


def word(of: FactSignal, number: int = 1, **said) -> FactCorrection:
    given = {
        "id": f"c{number}",
        "fact_id": f"fact{of.start}",
        "note_id": "n",
        "start": of.start,
        "end": of.end,
        "read_as": of.kind,
        "speaker": of.said_by,
        "by": "mentor",
        "said": tuple(sorted(said)),
    }
    return FactCorrection(**{**given, **said})


def history(*words: FactCorrection, signals=(FIRST, SECOND, PROMISE), text: str = TEXT) -> History:
    day = date(2026, 3, 2)
    return History(
        mentorship=make_mentorship(),
        audience="mentor",
        as_of=day,
        contracts=(),
        sessions=(make_session(day, make_note(text, id="n")),),
        readings={"n": Reading(engine="embedded", version="1", signals=signals)},
        preparations=(),
        fact_corrections=words,
    )


def kinds(known: History) -> list[str]:
    return [each.kind for each in facts(known)]


def test_without_a_word_nothing_changes():
    known = history()

    assert put_right(known) is known


def test_it_is_done_once():
    known = put_right(history(word(FIRST, kind="win")))

    assert put_right(known) is known
    assert known.as_read == {"n": history().readings["n"]}


def test_a_fact_keeps_its_id_under_another_kind():
    before, after = facts(history()), facts(put_right(history(word(FIRST, kind="win"))))

    assert [each.id for each in before] == [each.id for each in after]
    assert [each.kind for each in after] == ["win", "commitment"]


def test_a_word_reaches_what_a_later_reader_cuts_otherwise():
    halves = (
        FactSignal(start=0, end=9, kind="win", said_by=None),
        FactSignal(start=10, end=len(ONE), kind="change", said_by=None),
    )

    called = put_right(history(word(FIRST, kind="decision"), signals=halves))
    hidden = put_right(history(word(FIRST, hidden=True), signals=(*halves, SECOND, PROMISE)))

    assert kinds(called) == ["decision", "decision"]
    assert len({each.id for each in facts(called)}) == 2
    assert kinds(hidden) == ["commitment"]
    assert len(facts(hidden, hidden=True)) == 3


def test_what_a_person_called_a_fact_is_one_where_a_reader_finds_nothing():
    known = put_right(history(word(FIRST, kind="ask"), signals=()))

    (fact,) = facts(known)
    assert (fact.kind, fact.said_by, fact.citation.quote) == ("ask", "mentee", ONE)


@pytest.mark.parametrize("said", [{"kind": "topic"}, {"hidden": True}], ids=str)
def test_a_denied_promise_is_none(said):
    assert commitments(put_right(history(word(SECOND, **said)))) == ()


def test_a_confirmed_promise_stays_as_it_was_read():
    known = put_right(history(word(SECOND, kind="commitment")))

    assert commitments(known) == commitments(history())


def test_a_called_promise_is_its_speakers():
    known = put_right(history(word(FIRST, kind="commitment"), signals=(FIRST,)))

    (made,) = commitments(known)
    assert (made.owner, made.action, made.due) == ("mentee", ONE, None)


def test_outcomes_fall_with_what_is_hidden_and_with_nothing_else():
    signals = (SECOND, SENT)

    hidden = put_right(history(word(SECOND, hidden=True), signals=signals))
    called = put_right(history(word(SECOND, kind="win"), signals=signals))

    assert hidden.readings["n"].of(OutcomeSignal) == ()
    assert called.readings["n"].of(OutcomeSignal) == (SENT,)


def test_the_newest_word_on_each_field_counts():
    said = (
        word(FIRST, 1, kind="win", hidden=True),
        word(FIRST, 2, kind="ask"),
        word(FIRST, 3, hidden=False),
    )

    assert kinds(put_right(history(*said))) == ["ask", "commitment"]
    assert kinds(put_right(history(*said[:2]))) == ["commitment"]
    assert kinds(put_right(history(*said, word(FIRST, 4, kind=None)))) == ["topic", "commitment"]


def test_only_the_last_word_is_said_again():
    first, second = word(FIRST, 1, kind="win"), word(FIRST, 2, kind="ask")

    assert says_the_same(word(FIRST, 9, kind="ask"), [first, second])
    assert not says_the_same(word(FIRST, 9, kind="win"), [first, second])
    assert not says_the_same(word(FIRST, 9, kind="win"), [])


def test_a_word_beats_a_model_too_whenever_that_has_read():
    told = {
        "n": Reading(
            engine="llm",
            version="m",
            signals=(
                FIRST.model_copy(update={"by": "llm", "kind": "concern"}),
                SECOND.model_copy(update={"by": "llm"}),
                PROMISE.model_copy(update={"by": "llm"}),
            ),
        )
    }
    words = (word(FIRST, 1, kind="decision"), word(SECOND, 2, hidden=True))

    at_once = laid_beside(history(*words), told)
    later = laid_beside(put_right(history(*words)), told)

    assert at_once == later
    assert kinds(at_once) == kinds(at_once.without_model) == ["decision"]
    assert commitments(at_once) == commitments(at_once.without_model) == ()
    assert laid_beside(history(), told).readings != at_once.readings


def many(number: int) -> History:
    """So many facts with a word on each."""
    at = [FIRST.model_copy(update={"start": n * 40, "end": n * 40 + 30}) for n in range(number)]
    said = [word(each, n, kind="win") for n, each in enumerate(at)]
    return history(*said, signals=tuple(at), text="x" * 40 * number)


def test_words_on_many_facts_cost_each_fact_its_own_alone():
    few, lots = many(100), many(800)

    # Eight times the facts are eight times the work. Comparing each with every word would be 64
    # times.
    assert seconds(lambda: put_right(lots), times=3) < 24 * seconds(lambda: put_right(few), times=5)
