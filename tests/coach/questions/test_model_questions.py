"""A model's questions beside our own: which of them are asked, and what none of them can carry."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.material import Material, PageLine, Suggested
from coach.model.questions import Question
from coach.questions.model_questions import combined
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import faults
from coach.questions.selection import AskedQuestions
from tests.builders import make_goal, make_mentorship

HELD_ON = date(2026, 3, 3)
CRANE = "I was worried that the crane of Mr Petrov costs 4,500 a day."
HALL = "We tried a smaller hall for the rehearsal and 40 people came."
GOOD = "You said “the crane of Mr Petrov costs 4,500 a day”. What would make it worth it?"


def place(number: int, text: str) -> Citation:
    return Citation(
        session_id="s", held_on=HELD_ON, note_id=f"n{number}", start=0, end=len(text), quote=text
    )


def a_page(*texts: str) -> Material:
    lines = [
        PageLine(
            "concerns",
            Statement(id=f"st{n}", text=text, kind="concern", citations=(place(n, text),)),
            "mentee",
            chosen=True,
        )
        for n, text in enumerate(texts)
    ]
    goals = (make_goal("Lead a release", id="g1"),)
    return Material(make_mentorship(), "mentor", HELD_ON, tuple(lines), 0, goals)


MATERIAL = a_page(CRANE, HALL)


def an_own(number: int, text="What has happened since?", **fields) -> Question:
    made = {
        "id": f"own{number}",
        "ask_of": "mentee",
        "text": f"The notes of part {number} said “{WORDS[number]}”. {text}",
        "intent": "progress",
        "citations": (place(100 + number, WORDS[number]),),
    }
    return Question(**{**made, **fields})


WORDS = (
    "the rota has no gap",
    "the board wants figures",
    "the book was dull",
    "Marta left the team",
    "the stand holds four",
    "a summer without rain",
)
OWN = AskedQuestions(tuple(an_own(n) for n in range(5)), {"ask_concern": "v1"}, 0)
NONE = AskedQuestions((), {}, 0)


def suggested(text: str, of=(0,), intent="progress", about=None) -> Suggested:
    return Suggested(text, of, intent, about)


def asked(
    *offered: Suggested, own: AskedQuestions = NONE, material: Material = MATERIAL
) -> AskedQuestions:
    return combined(own, offered, material, of="mentee", prompt="v1")


def test_a_question_that_keeps_the_rules_comes_first_and_ours_fill_the_set():
    found = asked(suggested(GOOD), own=OWN)

    assert [each.text for each in found.questions] == [
        GOOD,
        *(each.text for each in OWN.questions[:4]),
    ]
    assert found.questions[0].citations == (place(0, CRANE),)
    assert found.prompts == {"ask": "v1", "ask_concern": "v1"}
    assert found.dropped == 0


def test_without_a_question_that_stands_ours_are_asked_and_no_prompt_is_named():
    found = asked(suggested("Is the crane of Mr Petrov worth it?"), own=OWN)

    assert found.questions == OWN.questions
    assert found.prompts == OWN.prompts
    assert found.dropped == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Did the crane of Mr Petrov cost 4,500?", id="closed"),
        pytest.param("What of the crane, and what of Petrov?", id="two at once"),
        pytest.param("What about the crane of Petrov? And the day?", id="two marks"),
        pytest.param("Tell me about the crane of Petrov.", id="none"),
        pytest.param("Why don't you send the crane of Petrov away?", id="advice"),
        pytest.param("Why did you not see that the crane of Petrov costs 4,500?", id="blame"),
        pytest.param("Great question! What about the crane of Petrov?", id="praise"),
        pytest.param("What of the crane (of Petrov)?", id="a parenthesis"),
        pytest.param("What " + "of the crane and Petrov " * 7 + "?", id="endless"),
        pytest.param("What does “the crane of Petrov was stolen” mean to you?", id="a false quote"),
        pytest.param("What about the crane that costs 9,000 a day?", id="another number"),
        pytest.param("What about the crane on 14 March?", id="another day"),
        pytest.param("What about the crane that Mallory and Petrov use?", id="another name"),
        pytest.param("What about the crane, the yacht and Petrov?", id="another word"),
        pytest.param("What about <b>the crane</b> of Petrov?", id="markup"),
        pytest.param("What about https://evil.example and the crane of Petrov?", id="an address"),
        pytest.param("What about www.evil.example, crane of Petrov?", id="another address"),
        pytest.param("What about **the crane** of Petrov?", id="stars"),
        pytest.param("Was ist mit dem Kran von Petrov und seinem Preis?", id="another language"),
        pytest.param("What would you like to speak about today?", id="of anybody"),
        pytest.param("What about the hall of the rehearsal?", id="of another line"),
        pytest.param("", id="empty"),
    ],
)
def test_a_question_that_breaks_a_rule_is_not_asked(text):
    found = asked(suggested(text))

    assert found.questions == ()
    assert found.dropped == 1


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Ana said “the crane of Mr Petrov costs 4,500 a day”. What did Ana mean?", "mentee"),
        ("What did Ana say about the crane of Mr Petrov?", "mentee"),
        ("You said “the crane of Mr Petrov costs 4,500 a day”. What would help?", "mentor"),
        ("You’ve told us of the crane of Mr Petrov: what would help?", "mentor"),
    ],
    ids=["a name", "did", "you", "you have"],
)
def test_what_one_of_the_two_said_is_not_put_into_the_mouth_of_the_other(text, of):
    turned = text.replace("Ana", "Ben")
    other = "mentor" if of == "mentee" else "mentee"

    def kept(said, side):
        return combined(NONE, [suggested(said)], MATERIAL, of=side, prompt="v1").questions

    assert kept(text, of) == ()
    assert kept(turned, of if turned != text else other)


@pytest.mark.parametrize("of", [(), (7,), (-1,), (0, 7)], ids=str)
def test_a_question_of_no_line_is_not_asked(of):
    assert asked(suggested(GOOD, of)).questions == ()
    assert asked(suggested(GOOD, of)).dropped == 1


@pytest.mark.parametrize(
    "text",
    [
        "What made Ben's crane cost 4,500?",
        "What would Ana do about Mr Petrov's crane?",
        "How does the crane that worried you on 3 March matter to the release you lead?",
    ],
    ids=["the mentee", "the mentor", "the day and the goal"],
)
def test_the_two_their_days_and_their_goals_may_be_named(text):
    assert [each.text for each in asked(suggested(text)).questions] == [text]


def test_the_goal_of_a_question_is_one_that_there_is():
    about = [asked(suggested(GOOD, about=each)).questions[0].about for each in ("g1", "g9", None)]

    assert about == ["g1", None, None]


def test_the_same_thing_is_not_asked_twice():
    again = suggested("“The crane of Mr Petrov costs 4,500 a day”: what would make it worth it?")

    assert len(asked(suggested(GOOD), again).questions) == 1
    assert len(asked(suggested(GOOD), suggested(GOOD, (0, 0))).questions) == 1


def test_at_most_one_question_is_on_what_is_overdue():
    mine = suggested(GOOD, intent="commitment")
    other = suggested("What came of “a smaller hall for the rehearsal”?", (1,), "commitment")

    found = asked(
        mine, other, own=AskedQuestions((an_own(0, intent="commitment"), an_own(1)), {}, 0)
    )

    assert [each.intent for each in found.questions] == ["commitment", "progress"]


def test_one_that_is_suggested_for_several_lines_cites_each_once():
    (question,) = asked(
        suggested("What do the crane of Petrov and the smaller hall have in common?", (0, 1, 0))
    ).questions

    assert [each.quote for each in question.citations] == [CRANE, HALL]


# whatever a model asks

HEARD = ("Zorbulax", "Quemfrit", "Wumpus", "evil.example", "999")
FRAGMENTS = st.sampled_from(
    [
        "What", "How", "would", "the", "crane", "of", "Petrov", "“the crane of Mr Petrov”", "hall",
        "you said", "as", "because", "told", "in confidence", "you", "learn", "worried", "4,500",
        "?", ".", "“", "”", *HEARD,
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(FRAGMENTS, max_size=14).map(" ".join),
    st.lists(FRAGMENTS, max_size=8).map(lambda each: f"What about {' '.join(each)}?"),
    st.sampled_from(HEARD).map(lambda word: GOOD.replace("worth it", f"worth it to {word}")),
    st.sampled_from(HEARD).map(lambda word: GOOD.replace("Petrov", f"Petrov {word}")),
    st.just(GOOD),
    st.text(max_size=60),
)
OFFERS = st.lists(
    st.builds(
        Suggested,
        TEXTS,
        st.lists(st.integers(-1, 2), max_size=3).map(tuple),
        st.sampled_from(["progress", "learning", "goal", "commitment"]),
        st.sampled_from([None, "g1", "zz"]),
    ),
    max_size=6,
)


@settings(max_examples=400, deadline=None)
@given(OFFERS)
def test_whatever_a_model_asks_the_set_keeps_the_rules_and_says_nothing_from_elsewhere(offers):
    found = asked(*offers, own=OWN)

    assert 1 <= len(found.questions) <= 5
    for question in found.questions:
        assert faults(question.text) == ()
        assert grounded(question)
        assert not any(word in question.text for word in HEARD)
    assert sum(each.intent == "commitment" for each in found.questions) <= 1
    assert len({each.id for each in found.questions}) == len(found.questions)
    assert asked(*offers, own=OWN) == found


def beside(text: str, *, shared: bool) -> Material:
    (line,) = a_page("She asked who else gives, and he did not know.").lines
    neighbour = line._replace(
        statement=Statement(id="st9", text=text, kind="topic", citations=(place(9, text),)),
        shared=shared,
    )
    return a_page()._replace(lines=(line._replace(around=(neighbour,)),))


@pytest.mark.parametrize(
    ("shared", "stands"), [pytest.param(True, 1, id="shared"), pytest.param(False, 0, id="private")]
)
def test_a_question_may_speak_of_a_neighbour_that_both_may_read(shared, stands):
    page = beside("Rang Leonie, twenty minutes.", shared=shared)
    offer = suggested("Leonie asked “who else gives”. How would you answer today?")

    assert len(asked(offer, material=page).questions) == stands


@pytest.mark.parametrize(
    "text",
    [
        "What came of the number for Review No. 3 by 16 March?",
        "How do you want to put “who benefits?” on page one of Review 3?",
        "What do you need for Review 3 on 16 March?",
    ],
)
def test_what_came_of_a_promise_and_by_which_day_may_be_asked(text):
    page = a_page("The number for Review No. 3 and “who benefits?” on page one by the 16th")

    assert [each.text for each in asked(suggested(text), material=page).questions] == [text]
