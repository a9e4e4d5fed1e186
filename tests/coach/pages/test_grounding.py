from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.readings import Absence, Finding, NextMeeting, Outcome, Promise, Reading
from coach.pages import grounding

TEXT = "We met on Monday. Ben sent the draft to 3 people, not to the board. Æ 𝔘 ✓ done."
SAID = "Ben sent the draft to 3 people, not to the board."


def cite(quote: str = SAID, *, text: str = TEXT, start: int | None = None, **fields) -> Citation:
    at = text.index(quote) if start is None else start
    given = {"session_id": "s", "held_on": date(2026, 3, 1), "note_id": "n"}
    return Citation(**{**given, "start": at, "end": at + len(quote), "quote": quote, **fields})


def state(text: str = SAID, *citations: Citation) -> Statement:
    return Statement(id="x", text=text, kind="topic", citations=citations or (cite(),))


def test_a_statement_in_the_words_of_its_note_is_kept():
    assert grounding.stands(state(), {"n": TEXT})


def test_what_is_invented_does_not_stand():
    invented = state("Ben sent the invoice to 3 people, not to the board.")

    assert not grounding.stands(invented, {"n": TEXT})


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Ben sent the draft, not to the board.", id="fewer words"),
        pytest.param("Ben sends drafts, not to boards.", id="other forms of the words"),
        pytest.param("He did not: the draft to the board.", id="small words added"),
    ],
)
def test_fewer_and_other_forms_of_the_cited_words_stand(said):
    assert grounding.stands(state(said), {"n": TEXT})


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Ana sent the draft, not to the board.", id="another name"),
        pytest.param("Ben sent the draft to the board.", id="negation lost"),
        pytest.param("Ben sent the draft to 4 people, not to the board.", id="another number"),
        pytest.param(
            "Ben sent the draft to 3 people by 2026-03-01, not to the board.", id="a date"
        ),
        pytest.param("Ben sent the secret draft, not to the board.", id="a word more"),
    ],
)
def test_what_the_cited_words_do_not_say_does_not_stand(said):
    assert not grounding.stands(state(said), {"n": TEXT})


def test_a_negation_that_the_note_does_not_have_does_not_stand():
    text = "Ben sent the draft."

    assert grounding.covered("Ben sent the draft.", text)
    assert not grounding.covered("Ben never sent the draft.", text)


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("It did not work.", True),
        ("It didn't work.", True),
        ("It didn’t work.", True),
        ("Nobody came.", True),
        ("We went without a plan.", True),
        ("Never again.", True),
        ("The note was notable, nothing else.", True),
        ("A knot in the notation.", False),
        ("It worked.", False),
    ],
    ids=str,
)
def test_denials_are_heard(text, denies):
    assert grounding.negated(text) is denies


@pytest.mark.parametrize(
    ("said", "cited", "stands"),
    [
        pytest.param("paid 1,200", "paid 1,200", True, id="thousands"),
        pytest.param("paid 1200", "paid 1,200", False, id="written otherwise"),
        pytest.param("paid 12", "paid 1,200", False, id="a part of a number"),
        pytest.param("rose 3.5", "rose 3.5 to 4.5", True, id="one of two"),
        pytest.param("on 3/4", "on 4/3", False, id="turned round"),
        pytest.param("at 9:30", "at 9:30", True, id="a time"),
    ],
)
def test_numbers_are_compared_whole(said, cited, stands):
    assert grounding.covered(said, cited) is stands


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param(cite(start=TEXT.index(SAID) + 1), id="one too far right"),
        pytest.param(cite(start=TEXT.index(SAID) - 1), id="one too far left"),
        pytest.param(cite(end=TEXT.index(SAID) + len(SAID) + 1), id="one too long"),
        pytest.param(cite(end=TEXT.index(SAID) + len(SAID) - 1), id="one too short"),
        pytest.param(cite(note_id="another"), id="a note that is not there"),
        pytest.param(cite(start=-len(TEXT), end=-1, quote=TEXT[:-1]), id="counted from behind"),
        pytest.param(cite(start=0, end=0, quote=""), id="empty"),
        pytest.param(cite(start=5, end=2, quote=""), id="backwards"),
        pytest.param(
            cite("done.", end=len(TEXT) + 1),
            id="one past the end",
        ),
        pytest.param(
            cite(start=9999, end=10002, quote=""),
            id="behind the end",
        ),
        pytest.param(cite(quote=SAID.lower(), start=TEXT.index(SAID)), id="other letters"),
    ],
)
def test_a_citation_is_exact_or_does_not_count(citation):
    assert not grounding.exact(citation, {"n": TEXT})
    assert not grounding.stands(state(SAID, cite(), citation), {"n": TEXT})


def test_offsets_count_code_points():
    assert grounding.exact(cite("𝔘 ✓"), {"n": TEXT})


@pytest.mark.parametrize(("length", "stands"), [(330, True), (331, False)], ids=["330", "331"])
def test_a_quote_is_at_most_330_code_points_long(length, stands):
    text = "𝔘" * length

    assert grounding.exact(cite(text, text=text), {"n": text}) is stands


def test_a_statement_without_a_citation_cannot_be_made():
    with pytest.raises(ValidationError):
        Statement(id="x", text="Ben left.", kind="topic", citations=())


SPANS = st.tuples(st.integers(-5, 400), st.integers(-5, 800))


@given(st.lists(SPANS, max_size=6))
def test_a_reading_keeps_only_spans_that_can_be_quoted(spans):
    text = "x" * 380
    reading = Reading(
        engine="llm",
        version="1",
        findings=tuple(Finding(start=a, end=b, kind="topic", said_by=None) for a, b in spans),
        promises=tuple(
            Promise(start=a, end=b, owner="both", action="x", due=None, said_by=None)
            for a, b in spans
        ),
        outcomes=tuple(
            Outcome(start=a, end=b, status="done", new_due=None, said_by=None) for a, b in spans
        ),
        next_meetings=tuple(NextMeeting(start=a, end=b, on=date(2026, 3, 1)) for a, b in spans),
        absences=tuple(Absence(start=a, end=b, until=None) for a, b in spans),
    )

    kept = grounding.within(reading, text)

    fitting = [(a, b) for a, b in spans if 0 <= a < b <= len(text) and b - a <= 330]
    for found in (
        kept.findings,
        kept.promises,
        kept.outcomes,
        kept.next_meetings,
        kept.absences,
    ):
        assert [(each.start, each.end) for each in found] == fitting
