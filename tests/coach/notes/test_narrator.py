"""Who tells a note in which nobody is said to speak."""

import pytest

from coach.language.names import people_of
from coach.notes.narrator import narrator
from coach.notes.sentences import units
from coach.notes.speakers import speakers
from tests.builders import make_mentorship, make_note

PAIR = make_mentorship()  # Ana is the mentor, Ben the mentee


def told_by(text):
    return narrator(units(make_note(text, author="tool")), people_of(PAIR))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("I walked the site. I think Ana would laugh. I will draw it again.", "mentee"),
        ("I saw Ben on Monday. I liked his plan. I owe him a reply.", "mentor"),
        ("Ben here. I walked the site with Ana. I took notes. I lost them.", "mentee"),
        ("This is Ben. I walked the site. I took notes. I lost them.", "mentee"),
        ("I saw Ben. I rang Ana. I wrote to the mayor.", None),
        ("I walked the site. I took notes. I lost them.", None),
        ("Ana, I walked the site. I took notes. Thanks, Ana! I lost them.", None),
        ("I saw Ben on Monday. He was well.", None),
    ],
)
def test_whoever_speaks_of_one_as_of_somebody_else_is_the_other(text, side):
    assert told_by(text) == side


def test_a_memo_that_a_tool_wrote_down_belongs_to_who_speaks_it():
    found = units(make_note("I met Ana. I will draw the hall. I hope so.", author="tool"))

    assert speakers(found, "tool", people_of(PAIR)) == ["mentee"] * 3


def test_a_labelled_transcript_has_no_narrator():
    found = units(make_note("Guest: I met Ana.\nGuest: I know.\nHost: I do.", author="tool"))

    assert speakers(found, "tool", people_of(PAIR)) == [None] * 3
