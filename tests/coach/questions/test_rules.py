from datetime import date

import pytest

from coach.model.citations import Citation
from coach.model.questions import Question
from coach.questions.rules.grounding import grounded
from coach.questions.rules.sets import chosen, set_faults
from coach.questions.rules.table import NOT_CHECKED, RULES, faults
from tests.coach.questions.labelled_questions import SETS, labelled

GOOD = [
    "What did you learn from it?",
    "How would you explain that aloud to a stranger?",
    "On 3 March you said “I should have asked, why did you not”. What stands in the way now?",
    "Ana wrote “isn’t it time to stop (for good)”. What would stopping look like?",
    "What would make this easy to finish, or fine to drop?",
    "Where does the release stand?",
]
BAD = {
    "Q1": [
        "What happened? What next?",
        "What happened.",
        "",
        "What did you try and why did it fail?",
        "How did it go, or who could tell?",
    ],
    "Q2": [
        "Did you finish it?",
        "Can you say more?",
        "You said “I will call”. Have you called?",
        "Isn't that what you want?",
        "What is it, either the plan or the people?",
    ],
    "Q3": [
        "What " + "very " * 25 + "much is it?",
        "What did you do (in the end)?",
    ],
    "Q4": [
        "Why don’t you call her?",
        "What if you asked Ana?",
        "What keeps you, should you wait?",
        "How about it: have you considered leaving, and what then?",
    ],
    "Q5": [
        "Why did you not call?",
        "Why didn't you call?",
        "How come you forgot?",
        "What is it that you failed to do?",
    ],
    "Q21": [
        "Great question: what next?",
        "As an AI, what could I add?",
        "What made that fantastic job possible?",
    ],
}


@pytest.mark.parametrize("text", GOOD, ids=range(len(GOOD)))
def test_a_good_question_breaks_no_rule(text):
    assert faults(text) == ()


def test_a_quoted_question_is_not_asked():
    assert faults("You wrote “What next?” on 3 March. What answer do you see now?") == ()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule}-{number}")
        for rule, texts in BAD.items()
        for number, text in enumerate(texts)
    ],
)
def test_a_bad_question_is_told_its_rule_and_the_place(rule, text):
    fault = RULES[rule](text)

    assert fault is not None
    assert fault.rule == rule
    assert 0 <= fault.start <= fault.end <= len(text)
    assert fault.why
    assert fault in faults(text)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule):
    found = {text: rule in {fault.rule for fault in faults(text)} for text, _ in labelled()}
    wrong = [text for text, rules in labelled() if found[text] != (rule in rules)]

    assert len(labelled()) >= 250
    assert sum(found.values()) >= 6
    assert wrong == []


def test_places_are_code_points_of_the_question():
    text = "🙂 “Why?” was asked. Why didn’t you call? 🙂"

    (fault,) = faults(text)

    assert fault.rule == "Q5"
    assert text[fault.start : fault.end] == "Why didn’t"


@pytest.mark.parametrize(("good", "texts"), SETS, ids=range(len(SETS)))
def test_a_set_is_balanced(good, texts):
    assert {fault.rule for fault in set_faults(texts)} == (set() if good else {"Q20"})


def test_the_rules_of_the_checklist_are_checked_or_named():
    assert {*RULES, "Q20", *NOT_CHECKED} == {f"Q{number}" for number in range(1, 25)}


@pytest.mark.parametrize(
    "text",
    [
        "Was hast du gelernt?",
        "Qué aprendiste?",
        "Qu’as-tu appris ?",
        "何を学びましたか？",
        "",
        "?",
        "“?”",
    ],
)
def test_a_text_in_any_language_is_taken(text):
    assert not {"Q4", "Q5"} & {fault.rule for fault in faults(text)}


def test_every_rule_has_its_bad_examples():
    assert BAD.keys() == RULES.keys()


def ask(text: str, *, at: int = 0, quote: str = "We met the board.", **fields) -> Question:
    cited = Citation(
        session_id="s",
        held_on=date(2026, 3, 1),
        note_id="n",
        start=at,
        end=at + len(quote),
        quote=quote,
    )
    given = {"id": text, "ask_of": "mentee", "intent": "learning", "citations": (cited,)}
    return Question(**{**given, "text": text, **fields})


@pytest.mark.parametrize(
    ("question", "stands"),
    [
        pytest.param(ask("You said “met the board”. What now?"), True, id="quotes what it cites"),
        pytest.param(ask("You said “met\nthe board”. What now?"), True, id="over a line break"),
        pytest.param(ask("You said “met Graham”. What now?"), False, id="quotes something else"),
        pytest.param(ask("What now?"), True, id="quotes nothing"),
        pytest.param(ask("What now?", citations=()), False, id="cites nothing"),
    ],
)
def test_a_question_quotes_only_what_it_cites(question, stands):
    assert grounded(question) is stands


def test_a_set_keeps_its_order_and_leaves_out_what_breaks_a_rule():
    good = ask("What did the board say?"), ask("How is the garden?", at=50)
    bad = ask("Did the board like it?", at=90)

    assert chosen([good[0], bad, good[1]]) == good


def test_a_set_has_at_most_five_questions():
    asked = [
        ask(f"What about the {word}?", at=number * 100)
        for number, word in enumerate(["board", "garden", "budget", "crane", "talk", "team"])
    ]

    assert chosen(asked) == tuple(asked[:5])
    assert chosen(asked, limit=2) == tuple(asked[:2])


def test_a_set_does_not_ask_the_same_twice():
    asked = [
        ask("What did the board say about the budget?"),
        ask("What did the board say of the budget?", at=50),
        ask("How is the garden?"),
        ask("How is the crane?", at=100),
    ]

    assert chosen(asked) == (asked[0], asked[3])


def test_a_set_has_at_most_one_question_about_what_is_overdue():
    asked = [
        ask("What holds the draft back?", intent="commitment"),
        ask("What holds the crane back?", intent="commitment", at=50),
        ask("How is the garden?", at=100),
    ]

    assert chosen(asked) == (asked[0], asked[2])
