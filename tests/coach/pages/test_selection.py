"""Which facts a page holds, in which order, and what it says was not found."""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.language.words import count
from coach.model.readings import FactSignal, Reading
from coach.model.sessions import Preparation
from coach.pages.candidates import Known
from coach.pages.headings import SECTION_OF
from coach.pages.not_found import not_found
from coach.pages.selection import MOST_WORDS, brief_lines
from coach.pages.wording import as_noted, settled
from coach.questions.rules.table import faults
from coach.questions.selection import brief_questions, reflection_prompts
from tests.builders import make_contract, make_history, make_note, make_session

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


def by_a_model(history):
    """The same history, its notes read by a model."""
    read = {
        note: reading.model_copy(update={"engine": "llm"})
        for note, reading in history.readings.items()
    }
    return history.model_copy(update={"readings": read})


def test_what_a_model_did_not_find_is_said_aloud():
    told = make_history(make_session(date(2026, 3, 2), "Finally shipped the beta, so happy."))
    history = by_a_model(told)

    missing = not_found(history, page(history))

    assert "The notes of 2 March do not tell a concern." in missing
    assert not any("happy" in line for line in missing)


def test_the_embedded_reader_claims_of_nothing_that_it_is_missing():
    history = make_history(make_session(date(2026, 3, 2), "Finally shipped the beta, so happy."))

    assert not_found(history, page(history)) == ()


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


def read_as(*sessions, **fields):
    """A history whose sentences are known: (kind, how surely, sentence), said by the mentee."""
    readings, held = {}, []
    for on, said in sessions:
        text = "\n\n".join(each[2] for each in said)
        note = make_note(text, format="text")
        findings = tuple(
            FactSignal(
                kind=kind,
                weight=weight,
                start=text.index(sentence),
                end=text.index(sentence) + len(sentence),
                said_by="mentee",
            )
            for kind, weight, sentence in said
        )
        readings[note.id] = Reading(engine="embedded", version="1", signals=findings)
        held.append(make_session(on, note))
    return make_history(*held, **fields).model_copy(update={"readings": readings})


FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 16)
WALK = "The mentor walked the dog along the Rotterdam harbour."


NEWS = ("decision", 1.0, "The Kumasi branch bought 40 scanners for Accra in May 2026.")
"""Weightier than all else, so that it opens the page."""


@pytest.mark.parametrize("by", ["llm", "embedded"])
def test_what_is_not_understood_alone_is_for_a_model_to_word_and_on_no_page_of_ours(by):
    history = read_as((SECOND, [NEWS, ("change", 0.9, "Decision on 12 May.")]))
    history = history.model_copy(
        update={
            "readings": {
                id_: reading.having(
                    FactSignal,
                    [each.model_copy(update={"by": by}) for each in reading.of(FactSignal)],
                )
                for id_, reading in history.readings.items()
            }
        }
    )

    lines = brief_lines(Known(history, ())).lines

    found = [each.chosen for each in lines if each.statement.text == "Decision on 12 May."]
    assert found == ([False] if by == "llm" else [])


def section_of(chosen, text):
    return [each.kind for each in chosen.sections for line in each.statements if line.text == text]


@pytest.mark.parametrize(
    "kind", ["win", "concern", "change", "attempt", "doubt", "stopper", "decision"]
)
def test_a_heading_of_the_ritual_stands_only_over_what_surely_belongs_there(kind):
    sure = page(read_as((FIRST, [NEWS, (kind, 0.75, WALK)])))
    unsure = page(read_as((FIRST, [NEWS, (kind, 0.5, WALK)])))

    assert section_of(sure, WALK) == [SECTION_OF[kind]]
    assert section_of(unsure, WALK) == ["last_time"]


def test_what_is_left_unsure_is_not_said_to_be_missing():
    history = by_a_model(read_as((FIRST, [NEWS, ("concern", 0.4, WALK)])))

    missing = not_found(history, page(history))

    assert "The notes of 2 March do not tell a doubt." in missing
    assert not any("concern" in each for each in missing)


@pytest.mark.parametrize(
    "said", ["Before the 18th.", "do it by 6 October", "Subject: the flooded depot", "have them"]
)
def test_no_line_stands_that_cannot_be_understood_alone(said):
    chosen = page(read_as((FIRST, [NEWS, ("win", 0.9, said)])))

    assert [each.text for each in statements(chosen)] == [NEWS[2]]


def test_a_fragment_is_quoted_with_the_sentence_before():
    text = "Chidi agreed to six weeks of selling only. In writing."
    note = make_note(text, format="text")
    finding = FactSignal(
        kind="decision", weight=0.9, start=text.index("In"), end=len(text), said_by="mentee"
    )
    history = make_history(make_session(FIRST, note))
    reading = Reading(engine="embedded", version="1", signals=(finding,))

    (line,) = statements(page(history.model_copy(update={"readings": {note.id: reading}})))

    assert line.text == text
    assert [each.quote for each in line.citations] == [text]


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("The Rotterdam harbour was closed to dogs.", False),
        ("The accounts of May are with the tax office.", True),
    ],
    ids=["a later note speaks of it", "nothing later speaks of it"],
)
def test_what_a_later_line_has_overtaken_is_not_told_as_news(later, told):
    history = read_as((FIRST, [("concern", 0.9, WALK)]), (SECOND, [NEWS, ("topic", 0.9, later)]))

    assert bool(section_of(page(history), WALK)) == told


def test_what_was_agreed_since_is_not_told_as_news():
    before = make_contract()
    agreed = make_contract(
        version=2, effective_from=SECOND, confidentiality="Rotterdam stays between us."
    )
    told = [(FIRST, [("concern", 0.9, WALK)]), (SECOND, [NEWS])]

    assert section_of(page(read_as(*told, contracts=[before])), WALK)
    assert not section_of(page(read_as(*told, contracts=[before, agreed])), WALK)


def test_under_the_neutral_heading_only_the_last_notes_speak():
    history = read_as((FIRST, [("concern", 0.4, WALK)]), (SECOND, [NEWS]))

    assert section_of(page(history), WALK) == []


def test_a_page_opens_with_news_and_not_with_a_promise():
    history = make_history(
        make_session(FIRST, "I'll send the budget draft to the board by 20 March. " + NEWS[2])
    )

    chosen = page(history)

    assert chosen.headline is not None
    assert chosen.headline.kind != "commitment"
