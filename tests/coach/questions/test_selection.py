from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.model.citations import Citation
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.history import History
from coach.model.readings import FactSignal, Reading
from coach.model.sessions import Preparation
from coach.questions.rules.grounding import grounded
from coach.questions.rules.table import faults
from coach.questions.selection import brief_questions, reflection_prompts, session_questions
from tests.builders import make_contract, make_goal, make_history, make_note, make_session

SURE = 0.9
FIRST, SECOND, THIRD = date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 31)


def told(*sessions: tuple[date, list[tuple]], **fields) -> History:
    """A history whose sentences are known to be of a kind.

    Each is (kind, sentence), with who said it and how surely.
    """
    readings, held = {}, []
    for on, said in sessions:
        text = "\n".join(f"- {each[1]}" for each in said)
        note = make_note(text)
        findings = tuple(
            FactSignal(
                start=text.index(each[1]),
                end=text.index(each[1]) + len(each[1]),
                kind=each[0],
                said_by=each[2] if len(each) > 2 else "mentee",
                weight=each[3] if len(each) > 3 else SURE,
            )
            for each in said
        )
        readings[note.id] = Reading(engine="embedded", version="1", signals=(*findings,))
        held.append(make_session(on, note))
    known = make_history(*held, **fields)
    return known.model_copy(update={"readings": readings})


WIN = ("win", "The warehouse audit ended without one finding")
CONCERN = ("concern", "The courier contract could fall through before June")
DOUBT = ("doubt", "Perhaps the Rotterdam post is too big for me")
ASK = ("ask", "How does the Rotterdam board count its stock")
CHANGE = ("change", "The depot in Rotterdam was given to another team")
INSIGHT = ("insight", "Short briefings calm the night shift")
STOPPER = ("stopper", "The ticket queue swallows every Thursday morning")
TOPIC = ("topic", "The Rotterdam depot needs a second crane")
UNDER_WAY = ("topic", "The Rotterdam depot has eight of twenty cranes so far")
LONG_AGO = date(2026, 1, 30)
GOAL = make_goal(
    "Run the Rotterdam depot",
    success_criteria="audit done twice, stocktake clean",
    target_date=date(2026, 4, 10),
)
CONTRACT = make_contract(goals=(GOAL,))


def asked(history: History) -> tuple:
    return brief_questions(history, commitments(history)).questions


def reflected(history: History) -> tuple:
    return reflection_prompts(history, commitments(history)).questions


def promise(history: History, text: str, **fields) -> Commitment:
    """A promise of the mentee, as the first note of a history tells it."""
    session = history.sessions[0]
    note = session.notes[0]
    start = note.text.index(text)
    cited = Citation(
        session_id=session.id,
        held_on=session.held_on,
        note_id=note.id,
        start=start,
        end=start + len(text),
        quote=text,
    )
    made = CommitmentEvent(
        session_id=session.id,
        held_on=session.held_on,
        status="open",
        due=None,
        citation=cited,
        by="embedded",
    )
    given = {"id": text, "owner": "mentee", "action": text, "due": None, "status": "open"}
    return Commitment(**{**given, "made_in": cited, "history": (made,), **fields})


@pytest.mark.parametrize("first", [CONCERN, DOUBT, ASK], ids=["concern", "doubt", "ask"])
def test_the_first_question_is_about_what_the_last_session_left_open(first):
    history = told((FIRST, [WIN, CONCERN]), (SECOND, [INSIGHT, WIN, first]), contracts=[CONTRACT])

    questions = asked(history)

    assert first[1] in questions[0].text
    assert questions[0].citations[0].held_on == SECOND


@pytest.mark.parametrize("kind", ["concern", "doubt", "win", "change"])
def test_what_is_not_surely_of_its_kind_is_not_asked_about(kind):
    sentence = "The depot in Rotterdam was given to another team"
    unsure = told((FIRST, [(kind, sentence, "mentee", 0.5)]))
    sure = told((FIRST, [(kind, sentence, "mentee", 0.9)]))

    assert asked(unsure) == ()
    assert len(asked(sure)) == 1


@pytest.mark.parametrize("kind", ["topic", "feedback", "insight", "stopper", "attempt", "decision"])
def test_no_stock_ending_hangs_on_a_random_line(kind):
    history = told((FIRST, [(kind, "The ticket queue swallows every Thursday morning")]))

    assert asked(history) == reflected(history) == ()


def goals_asked(*said, pages=brief_questions, as_of=FIRST, **goal):
    """What is asked on a goal by the end of the first session, which says what of it."""
    goal = make_goal("Run the Rotterdam depot", **goal)
    history = told((FIRST, said or [UNDER_WAY]), contracts=[make_contract(goals=(goal,))])
    known = history.model_copy(update={"as_of": as_of})
    return [each.text for each in pages(known, ()).questions if each.intent == "goal"]


SOON, FAR = date(2026, 3, 12), date(2026, 9, 30)


def test_a_goal_whose_day_is_near_is_asked_about_with_what_it_is_met_by():
    measured = {"success_criteria": "audit done twice", "target_date": SOON}

    assert goals_asked(**measured) == [
        "Your goal: Run the Rotterdam depot, by 12 March. Met when: audit done twice. "
        "What is still missing?"
    ]
    assert goals_asked(**measured, pages=reflection_prompts) == [
        "Your goal: Run the Rotterdam depot, by 12 March. Met when: audit done twice. "
        "What will you tell Ana?"
    ]


def test_a_goal_of_many_words_is_asked_about_without_what_it_is_met_by():
    assert goals_asked(success_criteria="stock " * 20, target_date=SOON) == [
        "Your goal: Run the Rotterdam depot, by 12 March. What is still missing?"
    ]


def test_a_goal_whose_day_has_passed_since_the_two_talked_is_asked_how_far_it_came():
    (text,) = goals_asked(target_date=SOON, as_of=THIRD)

    assert text == "Your goal: Run the Rotterdam depot, by 12 March. How far did you come?"


@pytest.mark.parametrize(
    "goal",
    [{}, {"success_criteria": "audit done twice"}, {"target_date": FAR}, {"target_date": LONG_AGO}],
    ids=["nothing", "a measure without a day", "a day far ahead", "a day before the session"],
)
def test_a_goal_without_a_day_that_is_near_is_asked_about_in_no_stock_words(goal):
    assert goals_asked(**goal) == []


@pytest.mark.parametrize(
    "said",
    [
        ["The Rotterdam depot has eight of twenty cranes so far", "The Rotterdam depot is done"],
        ["We looked at the Rotterdam depot like at an old photo"],
        ["Nineteen of forty names are looked over"],
    ],
    ids=["it may be reached", "it is only named", "something else is under way"],
)
def test_a_goal_that_is_not_plainly_under_way_is_not_asked_about(said):
    assert goals_asked(*(("topic", each) for each in said), target_date=SOON) == []


@pytest.mark.parametrize(
    "said",
    [
        "We talked about that again",
        "So what am I doing",
        "Both taken in good part",
        "Ana and Ben had a good talk",
        "It went well and I am happy",
        "have them by Friday",
        "Before the 18th",
        "do it by 6 October",
    ],
    ids=str,
)
def test_what_nobody_understands_alone_is_not_quoted(said):
    history = told((FIRST, [("concern", said), ("win", said), ("doubt", said)]))

    assert asked(history) == reflected(history) == ()


def test_nobody_is_asked_to_answer_for_what_the_other_said_of_them():
    blame = "You have rung me eleven times since the Rotterdam depot opened in September"
    history = told((FIRST, [(kind, blame, "mentor") for kind in ("concern", "doubt", "win")]))

    assert asked(history) == reflected(history) == ()


def test_a_worry_that_the_mentor_noted_of_the_mentee_is_asked_as_noted():
    history = told((FIRST, [("concern", "Ben is worried about the Rotterdam audit", "mentor")]))

    (question,) = asked(history)

    assert "the notes said “Ben is worried about the Rotterdam audit”" in question.text


def test_a_mentor_is_asked_for_a_way_with_what_the_mentee_is_unsure_of():
    history = told(
        (FIRST, [DOUBT, ("doubt", "Perhaps the crane is too small", "mentor")]), audience="mentee"
    )

    (question,) = asked(history)

    assert question.ask_of == "mentor"
    assert question.text.startswith("On 3 March Ben said “Perhaps the Rotterdam post")


def test_every_question_keeps_the_rules_and_quotes_what_it_cites():
    everything = [CONCERN, DOUBT, WIN, ASK, CHANGE, INSIGHT, STOPPER]
    history = told((FIRST, everything), (SECOND, everything), contracts=[CONTRACT])
    session = history.sessions[-1]

    for questions in (
        asked(history),
        reflected(history),
        session_questions(history, session, ()).questions,
    ):
        assert 1 <= len(questions) <= 5
        for each in questions:
            assert faults(each.text) == ()
            assert grounded(each)
            assert "“" in each.text or each.intent == "goal"


REPORT = "write the stocktake report"


def promised(*, as_of=THIRD, text=REPORT, pages=brief_questions, **fields):
    """What is asked on a promise of the first session."""
    history = told((FIRST, [("commitment", text)]), as_of=as_of)
    made = promise(history, text, **fields)
    return [each.text for each in pages(history, [made]).questions]


@pytest.mark.parametrize(
    ("due", "asks"),
    [
        (date(2026, 3, 20), f"Planned for 20 March: “{REPORT}”. How did that go?"),
        (date(2026, 4, 2), f"Planned for 2 April: “{REPORT}”. Where does that stand?"),
        (None, f"Planned on 3 March: “{REPORT}”. How far has that come?"),
    ],
    ids=["its day has passed", "its day is ahead", "without a day"],
)
def test_an_open_promise_is_asked_about_in_its_own_words_without_reproach(due, asks):
    status = "overdue" if due and due < THIRD else "open"

    assert promised(due=due, status=status) == [asks]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Ben will price the oak planks by 20 March, in writing", "h: price the oak planks, in"),
        ("I'll tell the harbour master of the crane", "for 20 March: “tell the harbour master"),
        (
            "and I'll price the oak of the Rotterdam pier on Friday 20 March",
            "h: “price the oak of the",
        ),
    ],
    ids=["within", "from its verb on", "at the end"],
)
def test_a_promise_is_asked_about_without_the_day_that_is_told_already(text, asks):
    given = {"action": text.removeprefix("Ben will "), "due": date(2026, 3, 20)}

    (question,) = promised(text=text, **given)

    assert asks in question


@pytest.mark.parametrize(
    "text",
    [
        "send my oak list to Petra",
        "ring you on Sunday about the Rotterdam crane",
        "text her after the Rotterdam visit",
        "come to the Rotterdam pier, next is 2 April",
        "request for the Rotterdam files -> Petra",
        "chair the Rotterdam review on 24 April",
    ],
    ids=[
        "somebody else's own",
        "to ring who asks",
        "to text her",
        "a date",
        "shorthand",
        "another day",
    ],
)
def test_a_promise_that_would_be_put_oddly_is_not_asked_about(text):
    assert promised(text=text, due=date(2026, 4, 2)) == []


@pytest.mark.parametrize(
    "text",
    [
        "She'll ask the Rotterdam harbour master for the crane",
        "And she connects me with the Rotterdam harbour master",
        "Ana asks her director for the Rotterdam crane",
        "A asks her director for the Rotterdam crane",
    ],
    ids=["she will", "she does", "by name", "by initial"],
)
def test_what_the_other_will_do_is_not_asked_of_the_wrong_one(text):
    assert promised(text=text, due=date(2026, 4, 2)) == []


def test_of_several_lines_only_the_one_that_names_the_day_is_quoted():
    text = "price the oak of the pier by fri 20 March\nthe bread man came by as well"
    history = make_history(make_session(FIRST, text), as_of=THIRD)
    made = promise(history, text, action=" ".join(text.split()), due=date(2026, 3, 20))

    (question,) = brief_questions(history, [made]).questions

    assert "price the oak of the pier" in question.text
    assert "bread" not in question.text


def test_a_promise_that_the_last_notes_were_silent_on_past_its_day_is_not_asked_about():
    said = [("commitment", REPORT)]
    history = told((FIRST, said), (SECOND, [INSIGHT]), as_of=THIRD)
    due_before, due_since = (
        promise(history, REPORT, due=day, status="overdue")
        for day in (date(2026, 3, 10), date(2026, 3, 20))
    )

    assert brief_questions(history, [due_before]).questions == ()
    assert len(brief_questions(history, [due_since]).questions) == 1


def test_a_promise_whose_day_comes_after_the_two_have_talked_again_can_wait():
    assert promised(due=date(2026, 6, 30)) == []


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_promise_that_is_settled_is_not_asked_for(status):
    history = told((FIRST, [("commitment", "write the stocktake report")]), as_of=THIRD)
    made = [promise(history, "write the stocktake report", status=status)]

    assert brief_questions(history, made).questions == ()


def test_a_promise_whose_day_is_long_past_is_left_to_the_warnings():
    history = told((FIRST, [("commitment", "write the stocktake report")]), as_of=date(2026, 9, 1))
    made = promise(history, "write the stocktake report", due=SECOND, status="overdue")

    assert brief_questions(history, [made]).questions == ()


@pytest.mark.parametrize("action", ["do it", "have them", "in the corridor"])
def test_a_promise_that_nobody_understands_alone_is_not_asked_about(action):
    history = told((FIRST, [("commitment", action)]), as_of=THIRD)

    assert brief_questions(history, [promise(history, action)]).questions == ()


def test_what_was_just_done_is_known_and_not_asked_about():
    history = told((FIRST, [("commitment", REPORT)]), as_of=SECOND)
    made = promise(history, REPORT, status="done")
    done = made.history[0].model_copy(update={"status": "done"})
    made = made.model_copy(update={"history": (*made.history, done)})

    assert brief_questions(history, [made]).questions == ()
    assert reflection_prompts(history, [made]).questions == ()


def test_a_promise_that_is_said_to_be_late_is_told_and_not_asked_about():
    late = {"due": date(2026, 3, 20), "status": "overdue", "overdue_because": "said"}

    assert promised(**late) == promised(**late, pages=reflection_prompts) == []


def test_a_reflection_prepares_what_to_tell_what_to_decide_and_ends_with_what_to_ask():
    choice = ("doubt", "I wonder whether to take the Rotterdam post")
    said = [WIN, choice, CONCERN, ("commitment", "write the stocktake report")]
    history = told((FIRST, said), as_of=THIRD)
    made = [promise(history, "write the stocktake report")]

    prompts = reflection_prompts(history, made).questions

    texts = [each.text for each in prompts]
    assert any("tell Ana" in each for each in texts)
    assert any("decide" in each for each in texts)
    assert texts[-1].endswith("What do you want to ask Ana about it?")
    assert {each.ask_of for each in prompts} == {"mentee"}
    assert not any("aloud" in each for each in texts)


def test_the_ask_builds_on_what_was_prepared():
    def wish(author: str, text: str) -> Preparation:
        return Preparation(
            id=f"p{author}", author=author, visibility="shared", text=text, made_on=SECOND
        )

    mine = wish("mentee", "Hello. How do I tell the Rotterdam board about the courier contract?")
    yours = wish("mentor", "Please bring the scanner figures of the stocktake.")
    mine = mine.model_copy(update={"text": "Please look at my Rotterdam application letter."})
    history = told((FIRST, [CONCERN]), preparations=[mine, yours], as_of=SECOND)

    last = reflected(history)[-1]

    assert "Rotterdam application letter" in last.text
    assert (last.citations[0].session_id, last.citations[0].note_id) == (None, "pmentee")
    assert not [each for each in reflected(history) if "scanner" in each.text]


def test_a_question_that_was_asked_and_not_answered_is_carried():
    history = told((FIRST, [CONCERN]), (SECOND, [CONCERN, DOUBT]))

    carried = {each.text: each.carried for each in asked(history)}
    assert {text: "courier" in text for text in carried} == carried


def test_what_was_left_open_earlier_is_carried_unless_later_notes_speak_of_it():
    open_still = told((FIRST, [CONCERN]), (SECOND, [INSIGHT]))
    settled = told((FIRST, [CONCERN]), (SECOND, [("topic", "The courier stays with us")]))

    assert [(each.intent, each.carried) for each in asked(open_still)] == [("progress", True)]
    assert asked(settled) == ()


def test_a_question_has_at_most_one_promise():
    text = (
        "- Ben will call the crane supplier by 5 March 2026.\n"
        "- Ben will write the stocktake report by 6 March 2026."
    )
    history = make_history(make_session(FIRST, text), as_of=THIRD)

    assert [each.intent for each in asked(history)].count("commitment") == 1
    assert [each.intent for each in reflected(history)].count("commitment") == 1


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_nobody_is_asked_about_what_they_may_not_see(side):
    text = (
        "- Ben will call the crane supplier by 5 March 2026.\n"
        "- Ana will call the depot manager by 5 March 2026."
    )
    private = make_note(f"I am worried about the courier contract.\n{text}", visibility=side)
    history = make_history(make_session(FIRST, private), as_of=THIRD, audience=side)
    session = history.sessions[0]
    made = commitments(history)

    assert {each.status for each in made} == {"overdue"}
    assert asked(history) == session_questions(history, session, made).questions == ()
    assert bool(reflected(history)) == (side == "mentee")


def test_the_prompts_used_are_named_with_their_versions():
    history = told((FIRST, [CONCERN]), (SECOND, [WIN]))
    said = brief_questions(history, ())

    assert said.prompts == {"ask_concern": "v3", "ask_win": "v3"}
    assert said.dropped == 0
