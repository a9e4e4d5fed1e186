"""Promises as people and their tools write them.

Marks of tasks, names around a task, mails, captions, lists that are repeated.
"""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.model.readings import FactSignal
from tests.builders import make_history, make_note, make_session

FIRST_DAY, SECOND_DAY = date(2026, 3, 2), date(2026, 3, 23)
ASKED = "- [ ] Ben: phone the museum about the loan by 20 March"


def after(second, *, first=ASKED, **note):
    """What is known of the promises of one session after the notes of the next."""
    return commitments(
        make_history(
            make_session(FIRST_DAY, make_note(first)),
            make_session(SECOND_DAY, make_note(second, **note)),
        )
    )


def of(text, **note):
    return commitments(make_history(make_session(FIRST_DAY, make_note(text, **note))))


def told(made):
    return [(each.owner, each.action, each.due) for each in made]


@pytest.mark.parametrize(
    "heading", ["", "## Actions\n", "**To do**\n", "Carried over:\n", "Tasks\n"]
)
@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("- [x] Ben: phone the museum about the loan by 20 March", "done"),
        ("- [X] phone the museum about the loan", "done"),
        ("* [-] Ben: phone the museum about the loan", "dropped"),
        ("- [/] Ben: phone the museum about the loan", "overdue"),
        ("- [>] Ben: phone the museum about the loan", "overdue"),
        ("- [ ] Ben: phone the museum about the loan ❌ 2026-03-19", "dropped"),
        ("- [ ] phone the museum about the loan ✅ 2026-03-19", "done"),
        ("- [x] phone the museum about the loan [cancelled:: 2026-03-19]", "dropped"),
        ("- DONE phone the museum about the loan", "done"),
        ("- CANCELLED phone the museum about the loan", "dropped"),
        ("- phone the museum about the loan - done", "done"),
        ("- phone the museum about the loan (not needed any more)", "dropped"),
        ("- phone the museum about the loan: half done, nobody picked up", "overdue"),
        ("- ~~Ben: phone the museum about the loan~~", "dropped"),
        ("- ~~Ben: phone the museum about the loan~~ done", "done"),
        ("- [x] ~~Ben: phone the museum about the loan~~", "done"),
        ("☑ phone the museum about the loan", "done"),
    ],
)
def test_a_tasks_mark_says_what_became_of_it_under_any_heading(heading, line, status):
    assert [each.status for each in after(heading + line)] == [status]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Ben doesn't have to phone the museum about the loan any more.", "dropped"),
        ("We decided against phoning the museum about the loan.", "dropped"),
        ("No need to phone the museum about the loan.", "dropped"),
        ("Ben won't phone the museum about the loan after all.", "dropped"),
        ("Half of the museum loan is done.", "overdue"),
        ("The museum is a fine place.", "overdue"),
    ],
)
def test_only_words_that_say_so_settle_a_promise(line, status):
    assert [each.status for each in after(line)] == [status]


def test_a_column_tells_the_state_of_a_row():
    table = "\n".join(
        [
            "| Task | Owner | Status |",
            "|---|---|---|",
            "| phone the museum about the loan | Ben | Done |",
            "| mend the projector | Ana | In progress |",
            "| order the posters | Ben | Not started |",
        ]
    )

    assert [(each.owner, each.status) for each in after(table)] == [
        ("mentee", "done"),
        ("mentor", "partly"),
        ("mentee", "open"),
    ]


def test_a_list_that_is_repeated_makes_no_second_promise_and_tells_no_lateness():
    (made,) = after("Still open\n" + ASKED)

    assert (made.status, made.overdue_because) == ("overdue", "carried")


@pytest.mark.parametrize(
    ("second", "because"),
    [
        ("We talked about the weather.", "silent"),
        ("Didn't phone the museum about the loan.", "said"),
        ("- [/] phone the museum about the loan", "said"),
        ("- [x] phone the museum about the loan", None),
    ],
)
def test_why_something_is_overdue_is_what_the_notes_said_of_it_since(second, because):
    assert [each.overdue_because for each in after(second)] == [because]


def test_what_was_said_before_its_day_leaves_it_silent_behind():
    history = make_history(
        make_session(FIRST_DAY, ASKED),
        make_session(date(2026, 3, 9), "Haven't phoned the museum about the loan."),
        as_of=SECOND_DAY,
    )

    assert [each.overdue_because for each in commitments(history)] == ["silent"]


def test_who_takes_a_task_over_has_it():
    made = after("Ana will phone the museum about the loan instead by 30 March.")

    assert [(each.owner, each.status) for each in made] == [
        ("mentee", "dropped"),
        ("mentor", "open"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Print the flyers (Ana)",
        "Print the flyers @ana",
        "@ana print the flyers",
        "[Ana] print the flyers",
        "Ana: print the flyers",
        "Ana - print the flyers",
        "Ana to print the flyers",
        "Ana print the flyers",
        "**Ana** print the flyers",
        "Print the flyers → Ana",
        "Print the flyers (owner: Ana, next week)",
        "Print the flyers. Owner: Ana",
        "Assigned to Ana: print the flyers",
        "AL: print the flyers",
    ],
)
def test_whoever_is_named_in_front_of_or_behind_a_task_has_it(line):
    (made,) = of(f"## Actions\n- {line}")

    assert made.owner == "mentor"
    assert made.action.lower().startswith("print the flyers")
    assert "ana" not in made.action.lower()


@pytest.mark.parametrize(
    "text",
    [
        "## Actions\n- **Ben**\n "
        "   - mend the gate by 9 March\n- **Ana**\n    1. print the flyers by 6 March",
        "## Ben's actions\n- mend "
        "the gate by 9 March\n\n## Ana's actions\n- print the flyers by 6 March",
        "## Actions\n**Ben**\n- mend the gate by 9 March\n\n**Ana**\n- print the flyers by 6 March",
        "# Next steps\nBen:\n- mend the gate by 9 March\nAna:\n- print the flyers by 6 March",
        "## Tasks for me\n- mend "
        "the gate by 9 March\n## Tasks for you\n- print the flyers by 6 March",
    ],
)
def test_whoever_is_named_above_a_list_has_what_is_in_it(text):
    assert told(of(text)) == [
        ("mentee", "mend the gate by 9 March", date(2026, 3, 9)),
        ("mentor", "print the flyers by 6 March", date(2026, 3, 6)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] Ana: print the flyers",
        "- TODO(ana): print the flyers",
        "- AI: Ana - print the flyers",
        "ACTION: Ana to print the flyers",
        "- Action (Ana): print the flyers",
    ],
)
def test_a_task_that_is_marked_is_one_without_a_heading(line):
    assert told(of(f"We spoke of the fair.\n\n{line}")) == [("mentor", "print the flyers", None)]


def test_a_task_that_was_ticked_when_it_was_first_seen_is_no_new_promise():
    made = of("## Actions\n- [x] Ben: mend the gate\n- [ ] Ben: oil the hinge")

    assert [each.action for each in made] == ["oil the hinge"]


def test_what_an_agenda_plans_is_neither_a_promise_nor_a_fact():
    history = make_history(
        make_session(FIRST_DAY, "## Agenda\n- [ ] Discuss the pay rise\n- [ ] <who> does <what>\n")
    )

    assert commitments(history) == ()
    assert all(not each.of(FactSignal) for each in history.readings.values())


LETTER = "From: Ana Lima\nSent: Monday, 23 February 2026\nSubject: flyers\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "On Mon, 23 Feb 2026 at "
        "09:12, Ana Lima <ana@example.org> wrote:\n> I will send you the flyers by Friday.",
        "Ana wrote on 23 Feb:\n\n> I will send you the flyers by Friday.",
        LETTER + "I will send you the flyers by Friday.",
    ],
)
def test_the_words_of_a_mail_are_its_writers_and_count_from_its_day(text):
    assert told(of(text)) == [("mentor", "send Ben the flyers by Friday", date(2026, 2, 27))]


def test_quoted_words_of_nobody_known_are_never_the_writers():
    (made,) = of("> I will send you the flyers by Friday.")

    assert (made.owner, made.due) == ("unassigned", None)


def captions(*cues):
    timed = (f"00:00:{at:02d}.000 --> 00:00:{at + 1:02d}.000\n{cue}" for at, cue in enumerate(cues))
    return "WEBVTT\n\n" + "\n\n".join(timed) + "\n"


@pytest.mark.parametrize(
    ("label", "owner"),
    [
        ("Ana Lima (Northwind)", "mentor"),
        ("Lima, Ana", "mentor"),
        ("LIMA Ana | Northwind", "mentor"),
        ("Ana L.", "mentor"),
        ("A. Lima", "mentor"),
        ("Ana\u00a0 Lima External", "mentor"),
        ("Ana's iPhone", "mentor"),
        ("ana.lima@example.org", "mentor"),
        ("Ana Smith", "unassigned"),
        ("Speaker 2", "unassigned"),
        ("Ana and Ben", "unassigned"),
    ],
)
def test_a_speaker_is_known_by_a_name_in_any_form_and_is_nobody_else(label, owner):
    text = captions(f"<v {label}>I will print the flyers by Friday.</v>")

    assert [each.owner for each in of(text, author="tool", format="vtt")] == [owner]


@pytest.mark.parametrize(
    "cues",
    [
        ["<v Ana Lima>I will print</v>", "<v Ana Lima>the flyers by Friday.</v>"],
        [
            "Ana Lima: I will print",
            "Ana Lima: I will print the flyers",
            "Ana Lima: I will print the flyers by Friday.",
        ],
        ["Ana Lima: Good.", "I will print the flyers by Friday."],
        ["Ana Lima:\nI will print the flyers by Friday."],
        ["\n<v Ana Lima>I will print the flyers by Friday.</v>"],
    ],
)
def test_a_sentence_is_whole_however_captions_cut_it(cues):
    made = of(captions(*cues), author="tool", format="vtt")

    assert told(made) == [("mentor", "print the flyers by Friday", date(2026, 3, 6))]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lima  0:03\nI will "
        "print the flyers by Friday.\n\nBen Okoro  0:09\nI will mend the gate by Friday.\n",
        "[00:00:03] Ana Lima\nI "
        "will print the flyers "
        "by Friday.\n\n[00:00:09] Ben Okoro\nI will mend the gate by Friday.\n",
        "Ana:\nI will print the flyers by Friday.\n\nBen:\nI will mend the gate by Friday.\n",
    ],
)
def test_a_name_on_a_line_of_its_own_says_who_speaks_below(text):
    made = of(text, author="tool", format="text")

    assert [each.owner for each in made] == ["mentor", "mentee"]


def test_me_and_them_are_the_writer_and_the_other():
    made = of("Me: I will mend the gate by Friday.\nThem: I will print the flyers by Friday.\n")

    assert [each.owner for each in made] == ["mentee", "mentor"]


def test_a_promise_in_two_notes_of_a_session_is_one():
    said = captions("<v Ben Okoro>So I'll mend the garden gate by the 9th of March.</v>")
    session = make_session(
        FIRST_DAY,
        make_note("- I'll mend the garden gate by 9 March"),
        make_note(said, author="tool", format="vtt"),
    )

    assert told(commitments(make_history(session))) == [
        ("mentee", "mend the garden gate by 9 March", date(2026, 3, 9))
    ]


def test_promises_that_differ_in_whom_they_are_for_are_two():
    made = of("- I'll send the gate plan to Carla\n- I'll send the gate plan to Dora")

    assert len(made) == 2


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("I'll send you my plan by Friday.", "send Ana the plan by Friday"),
        ("- [ ] I'll do it by 6 March.", "Ben: “I'll do it by 6 March”"),
        (
            "I'll ring the bank before I go away on Friday.",
            "Ben: “I'll ring the bank before I go away on Friday”",
        ),
        ("- [ ] Ben: oil the hinge 📅 2026-03-09", "oil the hinge"),
    ],
)
def test_an_action_is_understood_alone_or_quoted_whole(said, action):
    assert [each.action for each in of(said)] == [action]


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ("⏳ 2026-03-04 📅 2026-03-20", date(2026, 3, 20)),
        ("[due:: 2026-03-20] [created:: 2026-03-10]", date(2026, 3, 20)),
        ("🛫 2026-03-09", None),
        ("but not before Friday", None),
        ("after Friday", None),
    ],
)
def test_only_the_day_something_is_due_is_its_due_day(fields, due):
    assert [each.due for each in of(f"- [ ] Ben: oil the hinge {fields}")] == [due]


@pytest.mark.parametrize(
    "front",
    [
        "---\r\nnext: I will sell the car by Friday\r\n---\r\n",
        "\ufeff---\nnext: I will sell the car by Friday\n---\n",
    ],
)
def test_the_data_in_front_of_a_note_is_no_part_of_it(front):
    assert [each.action for each in of(front + "\n- [ ] oil the hinge\n")] == ["oil the hinge"]


def test_an_address_promises_nothing_and_is_told_as_its_host():
    history = make_history(
        make_session(
            FIRST_DAY, "I'm worried about https://example.org/2026/i-will-quit-by-friday at night."
        )
    )

    assert commitments(history) == ()


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Actions\n-------\n- Ana: print the flyers\n- Ben: mend the gate", ["mentor", "mentee"]),
        ("Ana\n- print the flyers by Friday\nBen\n- mend the gate by Friday", ["mentor", "mentee"]),
        ("## To do\n- print the flyers\n- mend the gate @ben", ["unassigned", "mentee"]),
        ("❌ Wrote the paper", []),
    ],
)
def test_plain_lists_are_tasks_where_something_says_so(text, owners):
    assert [each.owner for each in of(text)] == owners


def test_a_remark_in_the_column_of_states_makes_no_task_of_its_row():
    table = "\n".join(
        [
            "| What | Who | When | Status |",
            "|---|---|---|---|",
            "| The count of depots | Ben | | Nobody above the depots knows that it was his |",
            "| Trustees' paper, one page | Ben | 9 March | To do |",
            "| Board papers, the last three | Ana | 1 March | Sent on Monday, all of them |",
        ]
    )

    assert [each.action for each in of(table)] == ["Trustees' paper, one page"]


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("I'll go through it by 6 March.", "Ben: “I'll go through it by 6 March”"),
        ("I ring the bank about my loan on Friday.", "ring the bank about the loan on Friday"),
        (
            "I'll send Ana the plan "
            "of the old mill by Friday, and if the printer in the office works"
            " again by then I'll add the photographs of the wheel and of the stones.",
            "Ben: “I'll send Ana the plan of the old mill by Friday …”",
        ),
    ],
)
def test_what_hangs_on_other_words_is_quoted_and_no_longer_than_its_clause(said, action):
    made = of(said)

    assert [each.action for each in made] == [action]


@pytest.mark.parametrize("text", ["New date Thursday 26 March.", "Latest: Friday 27 March."])
def test_a_day_alone_is_no_promise(text):
    assert of(f"## To do\n\n{text}") == ()
