"""The embedded reader takes whatever people paste, and its passages lie within the text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.readings import (
    AbsenceSignal,
    CommitmentSignal,
    FactSignal,
    MeetingSignal,
    OutcomeSignal,
)
from coach.ports import ReadingContext
from tests.builders import make_mentorship, make_note

PARTS = [
    *(
        "I'll ",
        "Ana ",
        "Ben ",
        "you will ",
        "she'll ",
        "we both ",
        "me: ",
        "- [ ] ",
        "- [x] ",
        "| ",
    ),
    *(
        "by 14/3",
        "31.12.",
        "0/0",
        "99/99",
        "29/2",
        "30/2/2026",
        "2026-13-45",
        "by Friday week",
        "EOM",
    ),
    *("mid March", "next time", "before our next one", "tomorrow", "on 4.2.1", "week of the 1st"),
    *("\n", "\n\n", "# Actions\n", "homework:\n", "> ", "“", "”", '"', " said: ", "~~no~~ ", "?"),
    *("finished the draft", "didn't ring", "moved to ", "away until ", "worried about ", ". "),
]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=12)), max_size=30).map("".join),
    st.sampled_from(["markdown", "text", "vtt", "srt"]),
    st.dates(date(1901, 1, 1), date(2998, 12, 31)),
)
def test_any_text_is_read_and_every_span_stands_in_it(text, written, held_on):
    note = make_note(text, format=written)

    reading = EmbeddedEngine().read(note, ReadingContext(make_mentorship(), held_on))

    found = [
        *reading.of(FactSignal),
        *reading.of(CommitmentSignal),
        *reading.of(OutcomeSignal),
        *reading.of(MeetingSignal),
    ]
    for span in [*found, *reading.of(AbsenceSignal)]:
        assert 0 <= span.start < span.end <= len(text)
        assert any(sign.isalnum() for sign in text[span.start : span.end])
    for promise in reading.of(CommitmentSignal):
        assert promise.due is None or promise.due >= held_on


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---", "|", "# "], ids=repr)
def test_a_note_without_words_says_nothing(text):
    reading = EmbeddedEngine().read(
        make_note(text), ReadingContext(make_mentorship(), date(2026, 3, 4))
    )

    assert reading.of(FactSignal) == ()
    assert reading.of(CommitmentSignal) == ()
