"""A model that leads: several things in one passage, explicit words that win, and who is told."""

from datetime import date

import pytest

from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal
from coach.ports import ReadingContext
from tests.builders import make_mentorship, make_note
from tests.coach.engines.llm.test_engine import (
    HELD_ON,
    MENTEE,
    MENTOR,
    SECRET,
    TOOL,
    a_fact,
    a_promise,
    became,
    make_session,
    meet,
    open_ones,
    read,
    with_secrets,
    world_in,
)
from tests.coach.engines.llm.test_engine import world as world  # noqa: PLC0414 - a fixture
from tests.provider import honest

# several things from one passage

TWICE = "Sent the draft on Monday, and I'll ring the supplier about the crane by 14 March."


def test_one_passage_tells_several_facts_a_promise_and_an_outcome():
    reading = read(
        TWICE,
        context=open_ones("send the draft"),
        facts=[
            a_fact(0, "Sent the draft on Monday", kind="win", matters=3),
            a_fact(0, "I'll ring the supplier about the crane", kind="commitment", matters=1),
        ],
        commitments=[
            a_promise(
                "I'll ring the supplier about the crane by 14 March",
                owner="mentee",
                action="ring the supplier about the crane",
                due="2026-03-14",
            )
        ],
        outcomes=[became("Sent the draft on Monday")],
    )

    win, promised = reading.of(FactSignal)
    assert (win.kind, TWICE[win.start : win.end]) == ("win", "Sent the draft on Monday")
    assert promised.kind == "commitment"
    assert win.weight > promised.weight
    (promise,) = reading.of(CommitmentSignal)
    assert (promise.action, promise.due) == ("ring the supplier about the crane", date(2026, 3, 14))
    assert [each.status for each in reading.of(OutcomeSignal)] == ["done"]


def test_two_promises_of_one_passage_are_two_each_with_its_own_owner():
    text = "I'll send the deck to Ana tonight, and Ana will review the deck over the weekend."

    mine, hers = read(
        text,
        commitments=[
            a_promise("I'll send the deck to Ana tonight", owner="mentee"),
            a_promise("Ana will review the deck over the weekend", owner="mentor"),
        ],
    ).of(CommitmentSignal)

    assert (mine.owner, hers.owner) == ("mentee", "mentor")
    assert mine.start < hers.start
    assert (mine.to_confirm, hers.to_confirm) == (None, None)


def test_a_promise_that_is_spread_over_lines_has_its_words_and_its_day_from_all_of_them():
    text = "- Ring five old customers\n- not to sell, only to listen\n- by 14 March"

    (promise,) = read(
        text,
        commitments=[
            a_promise(
                "Ring five old customers",
                owner="mentee",
                action="ring five old customers, only to listen, not to sell",
                due="2026-03-14",
                more=[1, 2],
            )
        ],
    ).of(CommitmentSignal)

    assert promise.due == date(2026, 3, 14)
    assert promise.action == "ring five old customers, only to listen, not to sell"


# explicit words

SAID = "I'll send the draft to the board by 14 March."


@pytest.mark.parametrize(
    ("text", "told", "unsure"),
    [
        pytest.param(SAID, {"owner": "mentee", "due": "2026-03-14"}, None, id="agrees"),
        pytest.param(SAID, {"owner": "unassigned", "due": None}, None, id="leaves it open"),
        pytest.param(SAID, {"owner": "mentor", "due": "2026-03-14"}, "owner", id="another owner"),
        pytest.param(SAID, {"owner": "mentee", "due": "2026-03-25"}, "due", id="another day"),
        pytest.param("Ana: send the draft.", {"owner": "mentee"}, "owner", id="a name in front"),
        pytest.param("She will send the draft.", {"owner": "mentee"}, None, id="a pronoun"),
        pytest.param(
            "I'll send it before Easter.",
            {"owner": "mentee", "due": "2026-04-01"},
            None,
            id="vague",
        ),
    ],
)
def test_what_contradicts_the_words_is_mended_counted_and_to_confirm(text, told, unsure):
    reading = read(text, commitments=[a_promise(text.rstrip("."), **told)])

    (promise,) = reading.of(CommitmentSignal)
    assert promise.to_confirm == unsure
    assert promise.owner == ("mentor" if text.startswith(("Ana", "She")) else "mentee")
    assert bool(reading.checked.against) == (unsure is not None)
    assert reading.checked.quotes == reading.checked.found == 1


@pytest.mark.parametrize(
    ("text", "status", "found", "against"),
    [
        pytest.param("- [x] Send the draft", "done", ["done"], 0, id="ticked, done"),
        pytest.param("- [x] Send the draft", "not_done", ["done"], 1, id="ticked, not done"),
        pytest.param("- [ ] Send the draft", "done", [], 1, id="open, done"),
        pytest.param("- ~~Send the draft~~", "dropped", ["dropped"], 0, id="struck, dropped"),
        pytest.param("- ~~Send the draft~~", "not_done", ["dropped"], 1, id="struck, not done"),
        pytest.param("The draft is not sent.", "done", ["not_done"], 1, id="not sent, done"),
        pytest.param("Sent the draft.", "done", ["done"], 0, id="nothing explicit"),
    ],
)
def test_a_mark_says_what_became_of_a_task_whatever_a_model_says(text, status, found, against):
    quote = text.strip("-[] x~").rstrip(".")

    reading = read(text, context=open_ones("send the draft"), outcomes=[became(quote, 1, status)])

    assert [each.status for each in reading.of(OutcomeSignal)] == found
    assert reading.checked.against == against


def test_a_task_that_is_ticked_is_no_new_promise():
    reading = read("- [x] Ana: send the draft", commitments=[a_promise("Ana: send the draft")])

    assert reading.of(CommitmentSignal) == ()
    assert reading.checked.against == 1


def test_tasks_of_which_nothing_was_said_are_named():
    text = "- [ ] Send the draft\n- [x] Ring Ana\n- Ana: read the book\n- We spoke of the fair."

    none = read(text, author="tool")
    one = read(text, author="tool", commitments=[a_promise("Send the draft")])

    assert [text[each:][:4] for each in none.left_open] == ["Send", "Ana:"]
    assert [text[each:][:4] for each in one.left_open] == ["Ana:"]


# who leads, and who is asked


def swapping(asked):
    """Honest but for the owners, who are always the mentor."""
    told = honest(asked)
    for each in told.get("commitments", ()):
        each["owner"] = "mentor"
    return told


def test_an_answer_says_whose_reading_counts_of_each_note_it_cites(world):
    held = meet(world, date(2026, 6, 1), "I was worried about the crane. The rota moved to May.")

    led = world.coach.brief(MENTOR, "pair").provenance.led_by

    assert led == {held.notes[0].id: "llm"}


def test_a_model_that_lies_about_explicit_words_does_not_lead_and_the_answer_says_so(tmp_path):
    with world_in(tmp_path, mind=swapping) as world:
        world.coach.create_mentorship(
            TOOL._replace(acts_as="admin", mentorship_id=None),
            make_mentorship(),
            new_id=lambda _: "pair",
        )
        note = (
            "I'll send the budget draft to the board by 12 June. I'll ring Marta about the crane."
        )
        world.coach.record_session(
            MENTEE, "pair", make_session(date(2026, 6, 1), make_note(note)), wait=0
        )
        world.coach.settle_model()

        brief = world.coach.brief(MENTOR, "pair")

    assert set(brief.provenance.led_by.values()) == {"embedded"}
    assert {each.owner for each in brief.commitments.open} == {"mentee"}


def test_one_slip_is_asked_about_and_the_words_count(tmp_path):
    def slips(asked):
        told = honest(asked)
        for each in told.get("commitments", ()):
            if "crane" in each["quote"]:
                each["owner"] = "mentor"
        return told

    note = (
        "I'll send the budget draft to the board by 12 June. "
        "I'll write to the hall. I'll read the book. "
        "I'll ring Marta about the crane."
    )
    with world_in(tmp_path, mind=slips) as world:
        world.coach.create_mentorship(
            TOOL._replace(acts_as="admin", mentorship_id=None),
            make_mentorship(),
            new_id=lambda _: "pair",
        )
        world.coach.record_session(
            MENTEE, "pair", make_session(date(2026, 6, 1), make_note(note)), wait=0
        )
        world.coach.settle_model()

        brief = world.coach.brief(MENTOR, "pair")

    assert set(brief.provenance.led_by.values()) == {"llm"}
    assert {each.owner for each in brief.commitments.open} == {"mentee"}
    (asked,) = [each for each in brief.questions if each.intent == "confirm"]
    assert "“I'll ring Marta about the crane”. Who is to do that?" in asked.text


# what it is told beside


def test_a_note_is_read_with_the_story_before_it_and_the_other_notes_of_its_session(world):
    meet(world, date(2026, 5, 18), "I was worried that Marta leaves the team in summer.")
    meet(world, date(2026, 6, 1), "She said yes to the plan.", mentee="Marta and I spoke of it.")

    first, later, private = (each.text for each in world.asked.calls("read"))

    assert "Marta" not in first.partition("<notes>")[0]
    assert "2026-05-18, concern: I was worried that Marta leaves the team" in later
    assert "Marta and I spoke" not in later
    assert "- She said yes to the plan." in private


@pytest.mark.parametrize("asker", ["mentor", "mentee"])
def test_what_is_known_of_a_promise_from_notes_of_one_side_is_not_told_in_questions_to_the_other(
    world, asker
):
    with_secrets(world)
    world.coach.brief(MENTOR if asker == "mentor" else MENTEE, "pair")

    asked = "\n".join(each.text for each in world.asked.calls("ask"))
    assert not any(secret in asked for secret in SECRET.values())


def test_a_session_of_long_ago_is_read_once_and_words_no_report(world):
    old = make_session(date(2026, 3, 2), make_note("I was worried about the crane."))

    report = world.coach.record_session(MENTEE, "pair", old)
    world.coach.settle_model()

    assert [each.call for each in world.asked.asked] == ["read"]
    assert (report.provenance.reason, report.provenance.fell_back) == (None, False)


def test_a_session_of_today_words_its_report(world):
    new = make_session(date(2026, 6, 10), make_note("I was worried about the crane."))

    world.coach.record_session(MENTEE, "pair", new)

    assert sorted(each.call for each in world.asked.asked) == ["ask", "read", "word"]


def test_the_context_of_a_reading_is_optional():
    assert ReadingContext(make_mentorship(), HELD_ON).story == ()
