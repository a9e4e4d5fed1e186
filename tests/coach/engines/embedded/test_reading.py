"""How the embedded reader reads single sentences: owners, days, outcomes, kinds, languages."""

from datetime import date

import pytest

from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.embedded.forms import worded
from coach.engines.embedded.promises import promises
from coach.language.dates import days_said, order_shown
from coach.language.names import Writer, people_of
from coach.model.readings import (
    AbsenceSignal,
    CommitmentSignal,
    DueOptions,
    FactSignal,
    MeetingSignal,
    OutcomeSignal,
)
from coach.notes.sentences import units
from coach.ports import ReadingContext
from tests.builders import make_mentorship, make_note

HELD_ON = date(2026, 3, 4)  # a Wednesday


def read(text, **fields):
    context = ReadingContext(make_mentorship(), HELD_ON)
    return EmbeddedEngine().read(make_note(text, **fields), context)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("I'll send the plan by Friday.", "mentee"),
        ("You'll send me two examples by Friday.", "mentor"),
        ("Ana will read the draft before the 20th.", "mentor"),
        ("She'll introduce me to the lead by Friday.", "mentor"),
        ("We'll both write three lines by Friday.", "both"),
        ("- me: list of consumers by Friday", "mentee"),
        ("- the list of consumers by Friday - Ana", "mentor"),
        ("Ana to bring the old packet by Friday", "mentor"),
        ('Ana said: "I\'ll ring the venue on Thursday"', "mentor"),
        ("The form has to be sent by Friday.", "unassigned"),
        ("I ring the venue on Thursday.", "mentee"),
        ("I'll mail you the floor plan by Friday (says Ana)", "mentor"),
        ("I'll mail you the floor plan by Friday (her)", "mentor"),
        ("Both bring one photograph on Friday.", "both"),
    ],
)
def test_the_owner_is_who_will_do_it(text, owner):
    (promise,) = read(text).of(CommitmentSignal)

    assert promise.owner == owner


@pytest.mark.parametrize(
    "text",
    [
        "Sam will send the plan by Friday.",
        "I won't send the plan by Friday.",
        "I might send the plan by Friday.",
        "If they agree I'd send the plan by Friday.",
        "Will I send the plan by Friday?",
        "I'm worried I'll lose the plan by Friday.",
        "I sent the plan on Friday.",
        "~~I'll send the plan by Friday.~~",
    ],
)
def test_what_nobody_of_the_two_promised_is_no_promise(text):
    assert read(text).of(CommitmentSignal) == ()


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("by Friday", date(2026, 3, 6)),
        ("by Friday week", date(2026, 3, 13)),
        ("tomorrow", date(2026, 3, 5)),
        ("by 2026-04-01", date(2026, 4, 1)),
        ("by 25/3", date(2026, 3, 25)),
        ("by 25.3.", date(2026, 3, 25)),
        ("by mid March", date(2026, 3, 15)),
        ("by the end of March", date(2026, 3, 31)),
        ("EOM", date(2026, 3, 31)),
        ("by Monday the 9th", date(2026, 3, 9)),
        ("by the 10th, no wait, the 12th", date(2026, 3, 12)),
        ("on 15th", date(2026, 3, 15)),
        ("by the twenty-fifth", date(2026, 3, 25)),
        ("until 25.03, no later", date(2026, 3, 25)),
        ("this week", date(2026, 3, 6)),
        ("by the end of next week", date(2026, 3, 13)),
        ("within a week", date(2026, 3, 11)),
        ("before March is over", date(2026, 3, 31)),
        ("by Wednesday", date(2026, 3, 11)),
        ("tomorrow at 9am", date(2026, 3, 5)),
        ("tonight", date(2026, 3, 4)),
        ("on the 13th and 20th March", date(2026, 3, 20)),
        ("for the April fair, by 20 March", date(2026, 3, 20)),
        ("soon", None),
    ],
)
def test_the_due_day_is_the_one_that_was_said(said, due):
    (promise,) = read(f"I'll send the plan {said}").of(CommitmentSignal)

    assert promise.due == due


def test_the_day_of_a_promise_may_stand_in_the_scrap_behind_it():
    (promise, *_) = read("I'll send you the plan for the fair. By Friday.").of(CommitmentSignal)

    assert promise.due == date(2026, 3, 6)


def test_another_readers_probability_counts_as_much_as_the_wording():
    note = make_note("I'll think about the plan some more.")
    writer = Writer("mentee", people_of(make_mentorship()), HELD_ON)

    told = worded(units(note), ["mentee"], writer)

    assert promises(told, writer, scores=[0.01]) == []
    assert len(promises(told, writer, scores=[0.999])) == 1


def test_a_day_that_can_be_read_both_ways_is_left_open():
    (promise,) = read("I'll send the plan by 4/5").of(CommitmentSignal)

    assert promise.due is None
    assert promise.due_options == DueOptions(
        day_first=date(2026, 5, 4), month_first=date(2026, 4, 5)
    )


def test_the_next_meeting_is_a_due_day_of_its_own():
    (promise,) = read("I'll send the plan before our next session").of(CommitmentSignal)

    assert promise.due is None
    assert promise.due_at_next


def test_a_day_long_past_is_not_put_years_ahead():
    assert [each.day for each in days_said("since Fri 6 Feb", HELD_ON)] in ([], [date(2026, 2, 6)])


@pytest.mark.parametrize(
    ("text", "order"),
    [("14/3 and 2/3", True), ("3/14", False), ("14/3 and 3/14", None), ("2/3", None)],
)
def test_the_notes_own_dates_show_their_order(text, order):
    assert order_shown(text) is order


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Sent the plan to the board.", "done"),
        ("- [x] plan sent", "done"),
        ("Haven't sent the plan.", "not_done"),
        ("The plan is not written yet.", "not_done"),
        ("Half of it is written.", "partly"),
        ("The plan is off the list, dropped.", "dropped"),
        ("We moved the plan to 20 March.", "rescheduled"),
    ],
)
def test_what_became_of_something_is_heard(text, status):
    assert [each.status for each in read(text).of(OutcomeSignal)] == [status]


def test_a_plan_is_no_outcome():
    assert read("I want to finish the plan.").of(OutcomeSignal) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm worried about the release date.", "concern"),
        ("Finally shipped the beta, so happy.", "win"),
        ("Not sure whether I want to lead people.", "doubt"),
        ("I realised it is not about the code.", "insight"),
        ("We decided to drop the talk.", "decision"),
        ("Could you look at my draft with me, please.", "ask"),
        ("Worry: the board meets without us.", "concern"),
        ("I always put it off, every time.", "stopper"),
    ],
)
def test_a_plain_sentence_is_of_the_kind_that_anybody_would_say(text, kind):
    (finding,) = read(text).of(FactSignal)

    assert finding.kind == kind


def test_the_speaker_of_a_turn_is_who_said_it():
    reading = read("Ana: Your demo was clear, I liked it.\nBen: I am worried about the tests.")

    assert [finding.said_by for finding in reading.of(FactSignal)] == ["mentor", "mentee"]


def test_an_absence_and_the_next_meeting_are_heard():
    reading = read("I'm away until 25 March. Next session on 27 March.")

    assert [each.until for each in reading.of(AbsenceSignal)] == [date(2026, 3, 25)]
    assert [each.on for each in reading.of(MeetingSignal)] == [date(2026, 3, 27)]


def test_behind_a_bullets_task_only_a_promise_promises():
    reading = read(
        "homework:\n"
        "- taster evening, Thurs 12 March. Six places, four gone already. I'll bring the clay.\n"
        "- [ ] ~~hand in my notice~~ no, that was Tuesday's wine\n"
    )

    assert [promise.action for promise in reading.of(CommitmentSignal)] == ["bring the clay"]


def test_a_note_in_another_language_is_not_read():
    reading = read(
        "Wir haben heute lange über das Ziel gesprochen und am Ende doch nichts entschieden."
    )

    assert reading.unread_language == "de"
    assert reading.of(FactSignal) == ()


def test_a_table_gives_a_task_with_its_owner_and_day():
    table = "| What | Who | When |\n|---|---|---|\n| draft the plan | Ana | 20 March |\n"

    (promise,) = read(table).of(CommitmentSignal)

    assert (promise.owner, promise.due) == ("mentor", date(2026, 3, 20))


@pytest.mark.parametrize(
    "log",
    [
        "[12/03 18:22] Ana: I'll send the floor plan by 20 March.\n"
        "[12/03 18:24] Ben: Good.\n"
        "[12/03 18:25] Ana: Bye.",
        "[12/03/2026, 18:22:07] Ana: I'll send the floor plan by 20 March.\n"
        "[12/03/2026, 18:24:11] Ben: Good.\n"
        "[12/03/2026, 18:25:01] Ana: Bye.",
        "12.03.26, 18:22 - Ana: I'll send the floor plan by 20 March.\n"
        "12.03.26, 18:24 - Ben: Good.\n"
        "12.03.26, 18:25 - Ana: Bye.",
        "2026-03-12 18:22 Ana: I'll send the floor plan by 20 March.\n"
        "2026-03-12 18:24 Ben: Good.\n"
        "2026-03-12 18:25 Ana: Bye.",
    ],
)
def test_every_line_of_a_chat_is_its_speakers(log):
    (promise,) = read(log, author="tool").of(CommitmentSignal)

    assert (promise.owner, promise.action, promise.due) == (
        "mentor",
        "send the floor plan by 20 March",
        date(2026, 3, 20),
    )


def test_who_goes_on_behind_dots_in_a_small_letter_has_not_ended_the_sentence():
    text = "I'll send the floor plan by Friday.. no, put down the 20th."

    (promise,) = read(text).of(CommitmentSignal)

    assert promise.due == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("text", "author", "action"),
    [
        ("B. is to ring the ward sister by Friday.", "mentor", "ring the ward sister by Friday"),
        ("B. sends me the floor plan by Friday.", "mentor", "send Ana the floor plan by Friday"),
        (
            "He says he'll paint the north fence by Friday.",
            "mentor",
            "paint the north fence by Friday",
        ),
        ("3.2 Ana to book the hall by Friday", "mentee", "book the hall by Friday"),
    ],
)
def test_an_action_begins_with_what_is_to_be_done(text, author, action):
    (promise,) = read(text, author=author).of(CommitmentSignal)

    assert promise.action == action


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] welcome evening in the barn, Thursday 12 March",
        "I'll count to ten.",
        "I'm running it, eight seats.",
        "I know. I will go there, not by mail.",
        "I will prepare nothing for Friday.",
    ],
)
def test_an_event_or_talk_of_what_nobody_can_tell_is_no_promise(text):
    assert not read(text).of(CommitmentSignal)


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] plan the welcome evening in the barn, Thursday 12 March",
        "I'll bring the barn keys.",
        "I'll set it up for the barn.",
    ],
)
def test_a_thing_to_do_is_a_promise_with_or_without_a_day(text):
    assert read(text).of(CommitmentSignal)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Worry: the barn roof in winter", "concern"),
        ("CHANGE: the dairy has a second vet", "change"),
        ("Doubt, again: cows or goats", "doubt"),
        ("Win (hers): the vet came by bus", "win"),
        ("Ask for next time: a look at the herd book", "ask"),
    ],
)
def test_the_writers_own_label_says_what_a_line_is(text, kind):
    (fact,) = read(text).of(FactSignal)

    assert (fact.kind, fact.weight) == (kind, 0.9)
