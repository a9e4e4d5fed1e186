"""What a mail program writes around a mail is nobody's word."""

import pytest

from coach.notes.sentences import units
from tests.builders import make_note


def read(text):
    return [each.text for each in units(make_note(text, format="text"))]


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my phone",
        "Sent from my iPhone, mind the thumbs",
        "sent from a mobile device",
        "Get Outlook for Android",
    ],
)
def test_the_line_that_a_mail_program_adds_is_not_read(line):
    assert read(f"I sent the plan.\n\n{line}") == ["I sent the plan."]


@pytest.mark.parametrize(
    "line", ["Sent from my desk to hers.", "The photo was sent from my phone to the printer."]
)
def test_what_only_begins_or_goes_on_so_is_read(line):
    assert read(f"I sent the plan.\n\n{line}") == ["I sent the plan.", line]
