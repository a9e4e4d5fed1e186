"""Which facts a page holds, in which order, and what it says was not found."""

from datetime import date

from coach.commitments.timeline import commitments
from coach.language.words import count
from coach.model.sessions import Preparation
from coach.pages.candidates import Known
from coach.pages.not_found import not_found
from coach.pages.selection import MOST_WORDS, brief_lines
from coach.pages.wording import as_noted, settled
from coach.questions.rules.table import faults
from coach.questions.selection import brief_questions, reflection_prompts
from tests.builders import make_history, make_session

RICH = """
- Finally shipped the beta for the Harbour team, so happy.
- I'm worried about the release date in May.
- Tried the new review checklist with Priya.
- Not sure whether I want to lead people at all.
- News: the Harbour team got a new director and moved to another floor.
- I'll send the budget draft to the board by 20 March.
"""


def page(history):
    material = brief_lines(Known(history, commitments(history)))
    told = as_noted(material)
    texts = {note.id: note.text for session in history.sessions for note in session.notes}
    texts |= {each.id: each.text for each in history.preparations}
    return settled(material, told, told, texts).chosen


def statements(chosen):
    headline = [chosen.headline] if chosen.headline else []
    return [*headline, *(each for section in chosen.sections for each in section.statements)]


def test_sections_come_in_the_order_of_the_opening_ritual():
    chosen = page(make_history(make_session(date(2026, 3, 2), RICH)))

    kinds = [section.kind for section in chosen.sections]
    ritual = ["last_time", "happy_about", "concerns", "changed", "tried", "doubts", "commitments"]
    assert kinds == [kind for kind in ritual if kind in kinds]
    assert {"change", "attempt", "doubt"} <= {each.kind for each in statements(chosen)}


def test_a_page_of_long_talks_has_at_most_250_words():
    talk = " ".join(f"We talked about item {number} of the Harbour plan." for number in range(80))
    held = [make_session(date(2026, 3, day), talk) for day in (2, 9, 16)]

    chosen = page(make_history(*held))

    assert 0 < sum(count(each.text) for each in statements(chosen)) <= MOST_WORDS


def test_every_statement_cites_and_nothing_is_said_twice():
    chosen = page(
        make_history(make_session(date(2026, 3, 2), RICH), make_session(date(2026, 3, 9), RICH))
    )

    said = statements(chosen)
    assert all(each.citations for each in said)
    assert len({each.text for each in said}) == len(said)


def test_what_the_notes_do_not_tell_is_said_aloud():
    history = make_history(make_session(date(2026, 3, 2), "Finally shipped the beta, so happy."))

    missing = not_found(history, page(history))

    assert "The notes of 2 March do not tell a concern." in missing
    assert not any("happy" in line for line in missing)


def test_without_a_session_only_that_is_said():
    history = make_history()

    assert not_found(history, page(history)) == ("No session is noted yet.",)
    assert statements(page(history)) == []


def test_a_note_that_could_not_be_read_is_named():
    german = "Wir haben heute lange über das Ziel gesprochen und am Ende doch nichts entschieden."
    history = make_history(make_session(date(2026, 3, 2), german))

    missing = not_found(history, page(history))

    assert any("was not read" in line and "(de)" in line for line in missing)


def test_a_preparation_is_an_ask_quoted_as_it_was_written():
    wish = Preparation(
        id="wish",
        author="mentee",
        visibility="shared",
        text="How do I ~~avoid~~ say no to Graham?",
        made_on=date(2026, 3, 3),
    )

    chosen = page(make_history(make_session(date(2026, 3, 2), RICH), preparations=[wish]))

    (asks,) = [section for section in chosen.sections if section.kind == "asks"]
    assert asks.statements[0].citations[0].quote == wish.text
    assert asks.statements[0].text == "How do I say no to Graham?"


def test_questions_keep_the_rules_and_quote_what_was_said():
    history = make_history(make_session(date(2026, 3, 2), RICH), as_of=date(2026, 3, 30))
    made = commitments(history)

    asked = [
        *brief_questions(history, made).questions,
        *reflection_prompts(history, made).questions,
    ]

    assert asked
    assert all(faults(each.text) == () for each in asked)
    assert all(each.citations for each in asked)
    assert any("budget draft" in each.text for each in asked)


def test_nothing_is_asked_where_nothing_was_said():
    history = make_history()

    assert brief_questions(history, ()).questions == ()
