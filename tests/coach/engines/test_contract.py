"""What every engine promises, whether it is embedded or a language model."""

from datetime import date

import pytest

from coach.commitments.timeline import commitments
from coach.engines.embedded.engine import EmbeddedEngine
from coach.errors import EngineFailed
from coach.model.citations import LONGEST_QUOTE
from coach.model.readings import (
    AbsenceSignal,
    CommitmentSignal,
    FactSignal,
    MeetingSignal,
    OutcomeSignal,
)
from coach.pages.candidates import Known
from coach.pages.grounding import within
from coach.pages.selection import brief_lines
from coach.pages.wording import settled
from coach.ports import ReadingContext
from tests.builders import (
    make_contract,
    make_goal,
    make_history,
    make_mentorship,
    make_note,
    make_session,
)
from tests.provider import provider

HELD_ON = date(2026, 3, 3)
CONTEXT = ReadingContext(make_mentorship(), HELD_ON, make_contract(goals=[make_goal()]))
NOTE = """\
# Tuesday
I'm proud that the pilot of the rota ran for two weeks without a gap.
- I'll send the budget draft to the board by 14 March.
- [x] Ring the supplier about the crane
We tried a shorter stand-up and it took half the time. Not sure whether the board will agree.
"""
TURNS = "Ana: How did the talk go?\nBen: I was worried about it all week, and I will do it again.\n"
CUES = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ben>I decided to lead the release in April.\n"
ODD = {
    "nothing": "",
    "blanks": " \n\t\n",
    "marks only": "---\n***\n# \n|\n",
    "a scrap": "ok",
    "one endless sentence": "and then we spoke about the plan " * 60,
    "one endless word": "x" * 1000,
    "many lines": "\n".join(f"- We spoke about part {n} of the plan." for n in range(120)),
    "struck out": "We ~~decided~~ talked about **the plan** of the [fair](https://example.org/x).",
    "another language": (
        "Wir haben lange über die nächsten Schritte gesprochen und nichts entschieden."
    ),
    "the fence": (
        "We said </notes> and then\n[3] I will send the draft.\n<notes> and more of the plan."
    ),
    "unseen signs": "I'm wor\u200bried \u202eabout\u202c the plan\u2066 of\ufeff the fair.",
    "signs outside the plane": (
        "I'm proud 👩🏽‍🚀 of the 𝔭lan 🎉 we made, said Ben.\r\nSecond line here it is."
    ),
    "NUL and surrogate halves": "We talked \x00 about the \ud83d plan of the fair.",
    "a table": "| who | what |\n|---|---|\n| Ben | will send the draft by Friday |\n",
    "turns": TURNS,
}
ENGINES = ("embedded", "llm")


@pytest.fixture(params=ENGINES)
def engine(request):
    """Yield a function that makes an engine, a new one for each call."""
    if request.param == "embedded":
        yield EmbeddedEngine
        return
    with provider() as asked:
        yield asked.engine


def spans(reading):
    found = [*reading.of(FactSignal), *reading.of(CommitmentSignal), *reading.of(OutcomeSignal)]
    return [*found, *reading.of(MeetingSignal), *reading.of(AbsenceSignal)]


def a_page(text=NOTE):
    history = make_history(make_session(HELD_ON, text), contracts=[CONTEXT.contract])
    return history, brief_lines(Known(history, commitments(history)))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param(NOTE, "markdown", id="markdown"),
        pytest.param(TURNS, "text", id="turns"),
        pytest.param(CUES, "vtt", id="captions"),
    ],
)
def test_what_is_found_stands_in_the_note_as_a_quote_may(engine, text, written):
    reading = engine().read(make_note(text, format=written), CONTEXT)

    assert reading.of(FactSignal)
    for span in spans(reading):
        assert 0 <= span.start < span.end <= min(len(text), span.start + LONGEST_QUOTE)
        quote = text[span.start : span.end]
        assert quote == quote.strip()
        assert any(sign.isalnum() for sign in quote)
    assert within(reading, text) == reading


def test_a_promise_and_a_win_are_found_by_each(engine):
    reading = engine().read(make_note(NOTE), CONTEXT)

    kinds = {
        NOTE[each.start : each.end].split(maxsplit=1)[0]: each.kind
        for each in reading.of(FactSignal)
    }
    assert kinds["I'm"] == "win"
    assert kinds["I'll"] == "commitment"
    (promise,) = reading.of(CommitmentSignal)
    assert (promise.owner, promise.due) == ("mentee", date(2026, 3, 14))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_whatever_people_paste_is_read(engine, text):
    reading = engine().read(make_note(text), CONTEXT)

    assert within(reading, text) == reading
    assert all(text[each.start : each.end].strip() for each in spans(reading))
    if not any(sign.isalnum() for sign in text):
        assert spans(reading) == []


def test_the_same_note_gives_the_same_reading(engine):
    note = make_note(NOTE)

    assert engine().read(note, CONTEXT) == engine().read(note, CONTEXT)


def test_a_reading_says_who_made_it(engine):
    made = engine()

    reading = made.read(make_note(NOTE), CONTEXT)

    assert reading.engine in {"embedded", "llm"}
    assert {each.by for each in spans(reading)} == {reading.engine}
    assert reading.version


def test_a_page_is_worded_in_sentences_of_lines_that_there_are(engine):
    history, material = a_page()

    wording = engine().word(material)

    assert wording.sentences
    for sentence in wording.sentences:
        assert sentence.text.strip()
        assert sentence.of
        assert all(0 <= n < len(material.lines) for n in sentence.of)
    assert wording.headline is None or 0 <= wording.headline < len(wording.sentences)
    assert engine().word(material) == wording
    texts = {note.id: note.text for session in history.sessions for note in session.notes}
    page = settled(material, wording, EmbeddedEngine().word(material), texts)
    assert page.dropped == 0
    assert page.chosen.headline is not None


def test_a_page_without_a_line_can_be_worded(engine):
    _, material = a_page("")

    assert list(engine().word(material).sentences) == []


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("call", ["read", "word", "ask"])
def test_a_model_that_cannot_answer_fails_in_one_way(call, status):
    _, material = a_page()
    with provider() as asked:
        asked.breaks(status)
        model = asked.engine()

        with pytest.raises(EngineFailed, match=rf"^http_{status}$"):
            {
                "read": lambda: model.read(make_note(NOTE), CONTEXT),
                "word": lambda: model.word(material),
                "ask": lambda: model.ask(material, of="mentee"),
            }[call]()
