"""What every clause engine promises, whether it reads pairs or is a language model."""

from datetime import date

import pytest

from coach.agreement.clauses import agreed_clauses
from coach.model.readings import ClauseReading
from coach.ports import ReadingContext
from coach.reading.clauses import ReadsClauses
from tests.builders import make_contract, make_goal, make_mentorship, make_note
from tests.clause_engine import BluntClauses
from tests.clause_mind import ClauseMind
from tests.coach.engines.test_contract import ODD
from tests.provider import provider

HELD_ON = date(2026, 3, 3)
CONTRACT = make_contract(
    version=3,
    goals=[make_goal()],
    roles={"mentor": ["gives guidance", "does not do the mentee's work"], "mentee": []},
    channels=["Zoom"],
    confidentiality="What is said here stays between the two.",
)
NOTE = """\
# We met on WhatsApp
Ana told his boss what I had said. We met on WhatsApp, and Ana did the slides for me.

- Let's meet every three weeks from May.
"""
TOLD = [
    ("Ana told his boss what I had said.", "confidentiality", "breaks"),
    ("We met on WhatsApp, and Ana did the slides for me.", "channels", "breaks"),
    ("We met on WhatsApp, and Ana did the slides for me.", "roles.mentor.1", "breaks"),
    ("Let's meet every three weeks from May.", "cadence", "amends"),
]


@pytest.fixture(params=["embedded", "llm"])
def read(request):
    """Return what an engine says about a note's clauses."""
    if request.param == "embedded":
        reader = ReadsClauses(BluntClauses())
        yield lambda note, contract=CONTRACT: reader.read(note, make_mentorship(), contract)
        return
    with provider(clauses=ClauseMind()) as asked:
        engine = asked.engine_of_clauses()

        def read(note, contract=CONTRACT) -> ClauseReading:
            return engine.read(note, ReadingContext(make_mentorship(), HELD_ON, contract))

        yield read


def test_what_passages_say_of_clauses_is_found_at_the_sentence(read):
    reading = read(make_note(NOTE))

    found = [(NOTE[each.start : each.end], each.clause, each.says) for each in reading.signals]
    assert set(found) >= set(TOLD) - {TOLD[2]}
    assert {clause for _, clause, _ in found} <= {each.key for each in agreed_clauses(CONTRACT)}


def test_a_reading_says_who_made_it_and_of_which_version(read):
    reading = read(make_note(NOTE))

    assert reading.signals
    assert {each.by for each in reading.signals} == {reading.engine}
    assert {each.version for each in reading.signals} == {reading.contract_version} == {3}
    assert reading.version


def test_signals_stand_in_the_order_of_the_note(read):
    starts = [each.start for each in read(make_note(NOTE)).signals]

    assert starts == sorted(starts)


def test_a_heading_breaks_nothing(read):
    assert read(make_note("# We met on WhatsApp\n")).signals == ()


def test_a_contract_without_clauses_is_held_against_nothing(read):
    assert read(make_note(NOTE), make_contract(cadence=None)).signals == ()


def test_a_note_in_another_language_says_nothing(read):
    german = (
        "Wir haben lange gesprochen und uns dann on WhatsApp getroffen, weil niemand Zeit hatte."
    )

    assert read(make_note(german)).signals == ()


def test_the_same_note_gives_the_same_reading(read):
    note = make_note(NOTE)

    assert read(note) == read(note)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_whatever_people_paste_is_read(read, text):
    for each in read(make_note(text)).signals:
        assert text[each.start : each.end].strip()


def test_words_between_turns_are_the_speakers(read):
    turns = "Ana: I told his boss what Ben said.\nBen: We met on WhatsApp then.\n"

    assert [each.said_by for each in read(make_note(turns)).signals] == ["mentor", "mentee"]
