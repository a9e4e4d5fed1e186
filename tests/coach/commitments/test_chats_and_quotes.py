"""Whose a promise is in an exported chat, in a mail and in a quotation."""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.notes.sentences import units
from tests.builders import make_history, make_note, make_session

FIRST_DAY = date(2026, 3, 2)
ASKED = "So you said that the plan would be with the board before we speak again"
ANSWERED = "yes I will send the budget by Friday and also the plan, if the printer works"


def of(text, **note):
    made = commitments(make_history(make_session(FIRST_DAY, make_note(text, **note))))
    return [(each.owner, each.action) for each in made]


@pytest.mark.parametrize(
    "lines",
    [
        ("23:57 Ana: ", "23:58 Ben: "),
        ("23:57 Ana: ", "23:58 Ben: ", "23:59 "),
        ("[23:57] <Ana> ", "[23:58] <Ben> "),
        ("23.57 Ana - ", "23.58 Ben - "),
        ("Ana, 23:57: ", "Ben, 23:58: "),
        ("Ana [11:57 PM] ", "Ben [11:58 PM] "),
        ("12/03/2026, 23:57 - Ana Lima: ", "12/03/2026, 23:58 - Ben Okoro: "),
        ("2026-03-02 23:57:10 Ana: ", "2026-03-02 23:58:11 Ben: "),
    ],
)
@pytest.mark.parametrize("author", ["mentee", "tool"])
def test_each_line_of_a_chat_is_its_speakers_own(lines, author):
    chat = "\n".join(
        front + said for front, said in zip(lines, (ASKED, ANSWERED, "thanks"), strict=False)
    )

    assert of(chat, author=author, format="text") == [
        ("mentee", "send the budget by Friday and also the plan, if the printer works")
    ]


@pytest.mark.parametrize("front", ["{at} ", "{row}  {at}  "])
def test_lines_that_open_with_a_time_are_not_one_sentence(front):
    lines = (ASKED, ANSWERED, "I'll print the flyers by Monday")
    log = "\n".join(
        front.format(row=row, at=f"23:5{row}") + said for row, said in enumerate(lines, start=1)
    )

    assert [each.text for each in units(make_note(log, format="text"))] == list(lines)


def test_topics_behind_the_times_of_a_log_are_no_speakers():
    log = (
        "14:00 Budget: I will send the figures to the board by Friday\n"
        "14:10 Flyers: printed and paid\n14:20 Roof: leaks\n14:30 Gate: stands open\n"
        "Home at five\n"
    )

    assert [owner for owner, _ in of(log)] == ["mentee"]


def test_a_sentence_that_is_wrapped_in_front_of_a_time_stays_one():
    text = "On Tuesday we meet at the station beside the old bridge at\n14:30 with the plans"

    assert [each.text for each in units(make_note(text))] == [text]


def test_prices_at_the_beginning_of_lines_are_no_times():
    said = [each.text for each in units(make_note("3.50 for bread\n2.20 for milk"))]

    assert said == ["3.50 for bread", "2.20 for milk"]


PROMISED = "I will send you the flyers by Friday."
BY_ANA = [("mentor", "send Ben the flyers by Friday")]


@pytest.mark.parametrize(
    "text",
    [
        f"On Tue, 24 Feb 2026, Ana Lima wrote:\n> {PROMISED}",
        f"On Tue, 24 Feb 2026, Ana Lima wrote:\n\n{PROMISED}",
        f"On Tue 24 Feb Ana wrote:\n{PROMISED}",
        f"Copied from Ana's mail:\n> {PROMISED}",
        f"Ana's reply:\n> {PROMISED}",
        f"Ana:\n> {PROMISED}",
        f'Ana wrote: "{PROMISED}"',
        f"From her mail: {PROMISED}",
        f'You: "{PROMISED}"',
    ],
)
def test_what_is_quoted_is_promised_by_whoever_wrote_it(text):
    assert of(text) == BY_ANA


@pytest.mark.parametrize(
    "text",
    [
        f"> {PROMISED}",
        f"He sent me this:\n\n> {PROMISED}",
        f"On Tue, 24 Feb 2026, Carla Diaz wrote:\n> {PROMISED}",
        f"On Tue 24 Feb Carla Diaz wrote:\n{PROMISED}",
        f'"{PROMISED}"',
        f"“{PROMISED}” That is what I was told.",
        f'Then he goes: "{PROMISED}"',
    ],
)
def test_what_nobody_known_is_quoted_for_is_nobodys_and_quoted_whole(text):
    (made,) = of(text)

    assert made[0] == "unassigned"
    assert PROMISED.rstrip(".") in made[1]


@pytest.mark.parametrize("text", [f"Carla says: {PROMISED}", f'Carla wrote: "{PROMISED}"'])
def test_a_third_persons_promise_is_none_of_the_twos(text):
    assert of(text) == []


def test_behind_the_paragraph_that_was_copied_the_writer_speaks_again():
    text = f"On Tue 24 Feb Ana wrote:\n{PROMISED}\n\nI will paint the gate by Monday."

    assert [owner for owner, _ in of(text)] == ["mentor", "mentee"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("You can lend me the boat plans if you like, I'll go through them by Friday.", "mentee"),
        ("Both oars are cracked, so Ana sands them by Friday.", "mentor"),
        ("It was agreed that the roof be mended before the 9th of March.", "unassigned"),
        ("Ana is to bring the plans on Friday while I paint the gate.", "mentor"),
        ("I'll bring the plans on Friday, she can paint the gate.", "mentee"),
    ],
)
def test_whoever_opens_a_sentence_is_who_will_do_it(text, owner):
    assert [each for each, _ in of(text)] == [owner]
