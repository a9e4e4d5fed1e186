"""Which lines are understood by themselves, and what is quoted with those that are not."""

import pytest

from coach.model.people import Person
from coach.notes.alone import Heard, Neighbours, Stretch, alone, no_line, understood
from tests.builders import make_mentorship, make_note

BEN = Heard(make_mentorship(), "mentee")  # he/him, Ana is she/her
ANA = Heard(make_mentorship(), "mentor")


@pytest.mark.parametrize(
    "text",
    [
        "Before the 18th",
        "do it by 6 October",
        "have them",
        "In writing.",
        "Not in the corridor.",
        "Seven days!",
        "41 up.",
        "Gave it back.",
        "They don't, I checked with Sarah.",
        "Which I only half know.",
        "Because the depot flooded in March.",
        "It was still at the printer in Rotterdam.",
        "That's my bother, the sitting beside them at break.",
        "None could be confirmed by the branch in Kumasi.",
        "",
        "...",
    ],
    ids=str,
)
def test_a_fragment_is_not_understood_alone(text):
    assert not alone(text, BEN)


@pytest.mark.parametrize(
    "text",
    [
        "The courier contract could fall through before June.",
        "send the budget draft to the board",
        "I'm worried about the release date in May.",
        "Not sure whether I want to lead people at all.",
        "It was agreed that the branch manager be asked about the examination.",
        "They're opening the ground floor as a dementia unit in the autumn.",
        "Writes a one-line summary of each of 12 to 16.",
        "ring Deb by 7 November",
        "Karl gave her five minutes, she used nine of them.",
        "- So the invoices job ran on its own all week, nobody touched it.",
    ],
    ids=str,
)
def test_a_sentence_that_says_what_it_means_is(text):
    assert alone(text, BEN)


def test_she_is_the_other_of_the_two_or_somebody_who_is_named():
    assert alone("She lent me the handheld scanners.", BEN)
    assert not alone("She lent me the handheld scanners.", ANA)
    assert alone("My sister said she lent me the handheld scanners.", ANA)
    assert not alone("He lent me the handheld scanners.", BEN)


def test_who_gives_no_pronouns_may_be_meant_by_any():
    pair = make_mentorship(mentor=Person(name="Ana Lima"))

    assert alone("She lent me the handheld scanners.", Heard(pair, "mentee"))
    assert alone("He lent me the handheld scanners.", Heard(pair, "mentee"))


@pytest.mark.parametrize(
    "text",
    [
        "From: Ben Okoro <ben@example.org>",
        "Subject: Notes from today",
        "Sent: Mon, 19 January 2026",
        "Attendees: Ana, Ben",
        "Dear Ana,",
        "Hi Ana",
        "Best,",
        "Kind regards, Ben",
        "https://meet.example.com/xyz-123",
        "Ben Okoro:",
        "To do:",
        "12/3 – 14/3",
    ],
    ids=str,
)
def test_headers_greetings_labels_and_links_are_no_lines(text):
    assert no_line(text)
    assert not alone(text, BEN)


@pytest.mark.parametrize(
    ("text", "line", "quoted"),
    [
        (
            "Chidi agreed to six weeks of selling only. In writing.",
            "In writing.",
            "Chidi agreed to six weeks of selling only. In writing.",
        ),
        (
            "Led the late on the 21st. Moira from ward 6 said yes to the next late.",
            "Led the late on the 21st.",
            "Led the late on the 21st. Moira from ward 6 said yes to the next late.",
        ),
        (
            "He read a page to his neighbour Joan.\nShe laughed in the right place.",
            "She laughed in the right place.",
            "He read a page to his neighbour Joan.\nShe laughed in the right place.",
        ),
        ("The depot flooded last Tuesday.\nFive pilots now.", "Five pilots now.", None),
        ("- The depot flooded last Tuesday.\n- In writing.", "In writing.", None),
        ("The depot flooded last Tuesday.\n\nIn writing.", "In writing.", None),
        ("Subject: the flooded depot\nIn writing.", "In writing.", None),
    ],
    ids=[
        "the sentence before",
        "the sentence behind",
        "a line before, for somebody it names",
        "no line of its own",
        "no other bullet",
        "no other paragraph",
        "no header",
    ],
)
def test_what_leans_on_its_neighbour_brings_it_along_or_stays_out(text, line, quoted):
    note = make_note(text, format="text")
    start = text.index(line)

    found = understood(Neighbours(note), Stretch(start, start + len(line)), ANA)

    assert (found and text[found.start : found.end]) == quoted


def test_nothing_is_quoted_that_is_longer_than_two_printed_lines():
    long = "The depot flooded " + "and the crane stood " * 9
    text = f"{long}still. In writing."
    start = text.index("In writing.")

    assert understood(Neighbours(make_note(text)), Stretch(start, len(text)), BEN) is None
