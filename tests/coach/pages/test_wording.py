"""From an engine's sentences to a page: each rule, and what no wording at all can do."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.commitments.timeline import commitments
from coach.language.words import count
from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.material import Material, PageLine, Worded, Wording
from coach.pages import grounding
from coach.pages.candidates import Known
from coach.pages.selection import brief_lines
from coach.pages.wording import as_noted, settled
from tests.builders import (
    make_contract,
    make_goal,
    make_history,
    make_mentorship,
    make_note,
    make_session,
)

HELD_ON = date(2026, 3, 3)


def a_line(
    text, number=0, *, kind="topic", said_by=None, chosen=True, must=False, **fields
) -> PageLine:
    place = Citation(
        session_id="s",
        held_on=HELD_ON,
        note_id=f"n{number}",
        start=0,
        end=len(text),
        quote=text,
    )
    section = "commitments" if kind == "commitment" else "last_time"
    given_fields = {"id": f"st{number}", "text": text, "kind": kind, "citations": (place,)}
    statement = Statement(**{**given_fields, **fields})
    return PageLine(section, statement, said_by, chosen, must=must)


def a_material(*lines: PageLine, **fields) -> Material:
    return Material(make_mentorship(), "mentor", HELD_ON, lines, 0)._replace(**fields)


def page_of(material: Material, *said: tuple[str, tuple[int, ...]], headline=None):
    wording = Wording([Worded(*each) for each in said], headline)
    texts = {
        each.note_id: each.quote for line in material.lines for each in line.statement.citations
    }
    return settled(material, wording, as_noted(material), texts)


def statements(page):
    first = [page.chosen.headline] if page.chosen.headline else []
    return [*first, *(each for section in page.chosen.sections for each in section.statements)]


def texts_of(page):
    return [each.text for each in statements(page)]


def becomes(line: PageLine, said: str) -> str:
    """What stands on the page of one line where a model says this of it."""
    page = page_of(a_material(line), (said, (0,)))
    (text,) = texts_of(page)
    assert page.dropped == (text != " ".join(said.split()))
    return text


@pytest.mark.parametrize(
    ("noted", "said_by", "said"),
    [
        pytest.param(
            "I'm glad that the rota ran for two weeks.",
            "mentee",
            "Ben is glad that the rota ran for two weeks.",
            id="the first person by name",
        ),
        pytest.param(
            "I asked you for the template of the budget.",
            "mentee",
            "Ben asked you for the template of the budget.",
            id="the reader as you",
        ),
        pytest.param(
            "I told Ana about the crane and its driver.",
            "mentee",
            "Ben told Ana about the crane.",
            id="shorter",
        ),
        pytest.param(
            "I'll send the draft to the board by 14 March.",
            "mentee",
            "Ben is going to send the draft to the board by 14 March.",
            id="planned in other words",
        ),
        pytest.param(
            "Not sure whether the board will agree to the plan.",
            "mentee",
            "Ben is not sure whether the board will agree.",
            id="open stays open",
        ),
        pytest.param(
            "The supplier didn't ring about the crane.",
            None,
            "The supplier has not rung about the crane.",
            id="denied in other words",
        ),
    ],
)
def test_what_says_the_same_is_said_that_way(noted, said_by, said):
    assert becomes(a_line(noted, said_by=said_by), said) == said


@pytest.mark.parametrize(
    ("noted", "said_by", "said"),
    [
        pytest.param(
            "I'm glad that the rota ran.", "mentee", "Ana is glad that the rota ran.", id="speaker"
        ),
        pytest.param(
            "Ana will send Ben the book.", None, "Ben will send Ana the book.", id="both swapped"
        ),
        pytest.param(
            "I told Ana about the crane.",
            "mentee",
            "Ana told Ben about the crane.",
            id="turned round",
        ),
        pytest.param(
            "I told Ana about the crane.",
            "mentee",
            "I told Ana about the crane. You did too.",
            id="you",
        ),
        pytest.param(
            "Ben told Ana about the crane.",
            None,
            "I told Ana about the crane.",
            id="an I from nowhere",
        ),
        pytest.param(
            "The crane came on Monday.", "mentee", "Ana says the crane came on Monday.", id="says"
        ),
        pytest.param(
            "I want to lead the release.",
            "mentee",
            "She wants to lead the release.",
            id="a pronoun",
        ),
    ],
)
def test_who_speaks_is_not_swapped(noted, said_by, said):
    assert becomes(a_line(noted, said_by=said_by), said) == noted


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        (
            "I'll send the draft to the board by 14 March.",
            "Ben sent the draft to the board by 14 March.",
        ),
        ("I will send the draft.", "Ben has sent the draft."),
        ("I'm going to lead the release in April.", "Ben led the release in April."),
        ("I'll talk to the board before we meet.", "Ben talked to the board before we met."),
    ],
    ids=["with a day", "without", "going to", "before"],
)
def test_what_is_planned_is_not_told_as_happened(noted, said):
    line = a_line(noted, kind="commitment", said_by="mentee")

    assert becomes(line, said) == noted
    assert becomes(a_line(noted, said_by="mentee"), said) == noted


def test_words_that_are_quoted_of_who_says_them_are_no_plan_told_as_happened():
    noted = "Monday I bring in the offsets book."
    line = a_line(noted, kind="commitment", said_by="mentee")

    assert becomes(line, f"Ben: “{noted}”") == f"Ben: “{noted}”"
    assert becomes(line, f"Ana: “{noted}”") == noted


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("If the board agrees, the draft goes out.", "The draft goes out."),
        ("I'll see that the draft goes out.", "The draft goes out."),
    ],
    ids=["if", "will"],
)
def test_a_part_of_a_line_does_not_make_it_sure(noted, said):
    assert becomes(a_line(noted), said) == noted


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("The crane came on Monday.", "The crane will come on Monday."),
        ("I sent the draft to the board.", "Ben is going to send the draft to the board."),
    ],
    ids=["will", "going to"],
)
def test_what_happened_is_not_told_as_planned(noted, said):
    assert becomes(a_line(noted, said_by="mentee"), said) == noted


def test_of_two_plans_neither_is_told_as_happened():
    material = a_material(
        a_line("Ben will send the draft.", 0), a_line("Ben will ring the supplier.", 1)
    )

    page = page_of(material, ("Ben sent the draft and will ring the supplier.", (0, 1)))
    both = page_of(material, ("Ben will send the draft and will ring the supplier.", (0, 1)))

    assert page.dropped == 1
    assert len(statements(both)) == 1


def test_a_promise_without_a_verb_of_promising_is_not_told_as_happened():
    noted = "Send the draft to the board by 14 March"

    assert becomes(a_line(noted, kind="commitment"), "Ben sent the draft to the board.") == noted
    said = "Ben will send the draft to the board by 14 March."
    assert becomes(a_line(noted, kind="commitment", said_by="mentee"), said) == said


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("I haven't sent the draft to the board.", "Ben sent the draft to the board."),
        ("The board agreed to the plan.", "The board never agreed to the plan."),
        ("Nobody rang about the crane.", "Somebody rang about the crane."),
        ("Ben sent the draft, but did not ring Ana.", "Ben did not send the draft, but rang Ana."),
    ],
    ids=["dropped", "added", "nobody", "moved"],
)
def test_what_is_denied_stays_denied(noted, said):
    assert becomes(a_line(noted), said) == noted


def test_a_denial_does_not_move_from_one_line_to_another():
    material = a_material(
        a_line("Ben sent the draft.", 0), a_line("Ben did not ring the supplier.", 1)
    )

    page = page_of(material, ("Ben did not send the draft but rang the supplier.", (0, 1)))

    assert page.dropped == 1
    assert set(texts_of(page)) == {"Ben sent the draft.", "Ben did not ring the supplier."}


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("I might move to Lisbon.", "Ben moved to Lisbon."),
        ("I might move to Lisbon.", "Ben will move to Lisbon."),
        ("If the board agrees, I start in May.", "The board agrees, Ben starts in May."),
        ("Could we meet the board by May?", "Ben meets the board by May."),
        ("Thinking of leaving the team.", "Ben is to leave the team."),
    ],
    ids=["happened", "planned", "if", "a question", "thinking"],
)
def test_what_is_open_is_not_made_sure(noted, said):
    assert becomes(a_line(noted, said_by="mentee"), said) == noted


def test_a_sentence_of_a_tentative_line_is_tentative():
    sure, open_one = "The plan is on time.", "The crane might come late."
    material = a_material(a_line(sure, 0), a_line(open_one, 1, certainty="tentative"))

    page = page_of(material, ("The plan is on time, but the crane might come late.", (0, 1)))

    (statement,) = statements(page)
    assert statement.certainty == "tentative"
    assert [each.quote for each in statement.citations] == [sure, open_one]


@pytest.mark.parametrize(
    "said",
    [
        "The board said **yes** to the plan.",
        "<b>The board said yes to the plan.</b>",
        "The board said yes to the plan. <script>",
        "[The board](https://evil.example) said yes to the plan.",
        "The board said yes to the plan. https://evil.example",
        "The board said yes to the plan: www.evil.example",
        "`The board` said yes to the plan.",
        "| The board | said yes |",
        "The board said yes to the plan {{ 7 }}.",
    ],
)
def test_markup_and_addresses_stay_outside(said):
    noted = "The board said yes to the plan after all."

    assert becomes(a_line(noted), said) == noted


@pytest.mark.parametrize(
    "said",
    [
        "Der Vorstand hat dem Plan zugestimmt.",
        "Le conseil a dit oui.",
        "Es ist so.",
        "董事会同意了。",
        "The board doubled the budget of the plan.",
        "The board said yes to the plan on 14 March.",
        "The board said yes to 3 plans.",
        "Marta said yes to the plan.",
        "As instructed: the board said yes to the plan.",
        "And so it goes on.",
        "That went well.",
        "",
        "…",
        "The board said yes to the plan " + "to the plan " * 40,
    ],
)
def test_what_the_line_does_not_say_is_not_said(said):
    noted = "The board said yes to the plan after all."

    assert becomes(a_line(noted), said) == noted


def test_the_two_may_be_named_and_nobody_else():
    noted = "I'm glad about the rota."

    assert becomes(a_line(noted, said_by="mentee"), "Ben is glad about the rota.") != noted
    assert becomes(a_line(noted, said_by="mentee"), "Mallory is glad about the rota.") == noted


@pytest.mark.parametrize("of", [(), (7,), (-1,), (0, 7)], ids=str)
def test_a_sentence_of_no_line_is_dropped(of):
    material = a_material(a_line("The crane came on Monday."))

    page = page_of(material, ("The crane came on Monday.", of))

    assert page.dropped == 1
    assert texts_of(page) == ["The crane came on Monday."]


def test_a_sentence_cannot_take_lines_with_it_that_it_does_not_tell():
    lines = ("The crane came on Monday.", "Ben is glad about the rota.", "The hall is too small.")
    material = a_material(*(a_line(text, n) for n, text in enumerate(lines)))

    for said in (lines[0], "And so it goes on."):
        page = page_of(material, (said, (0, 1, 2)))

        assert set(lines) <= set(texts_of(page))


def test_a_line_is_told_once():
    noted = "The crane came on Monday with its driver."
    page = page_of(
        a_material(a_line(noted)), ("The crane came on Monday.", (0,)), ("The driver came.", (0,))
    )

    assert texts_of(page) == ["The crane came on Monday."]
    assert page.dropped == 0


def test_what_must_stand_has_its_room_on_a_page_of_a_model():
    must = a_line("Ben will send the plan of the fair.", 0, kind="commitment", must=True)
    others = [a_line(f"The crane came on day {n}.", n, chosen=False) for n in range(1, 5)]
    material = a_material(must, *others)
    said = [(each.statement.text, (n,)) for n, each in enumerate(others, start=1)]

    roomy, full = page_of(material, *said), page_of(material._replace(most_words=26), *said)

    assert set(texts_of(roomy)) == {must.statement.text, *(text for text, _ in said)}
    assert set(texts_of(full)) == {must.statement.text, *(text for text, _ in said[:3])}


def test_a_model_may_leave_out_what_need_not_stand_and_orders_the_rest():
    lines = [a_line(f"The {what} came late.", n) for n, what in enumerate("abcde")]
    said = [(lines[n].statement.text, (n,)) for n in (4, 1, 3)]

    page = page_of(a_material(*lines), *said, headline=0)

    assert texts_of(page) == [text for text, _ in said]


def test_where_a_sentence_does_not_stand_its_line_does():
    lines = [a_line(f"The {what} came on Monday.", n) for n, what in enumerate("abcdefg")]
    said = [(lines[n].statement.text, (n,)) for n in range(3)]

    page = page_of(a_material(*lines), *said, ("Marta bought the harbour.", (5,)))

    assert set(texts_of(page)) == {*(text for text, _ in said), lines[5].statement.text}


@pytest.mark.parametrize("made_up", [0, 4], ids=["too few", "half of it made up"])
def test_what_is_no_page_gives_way_to_our_own(made_up):
    lines = [a_line(f"The {what} came on Monday.", n) for n, what in enumerate("abcdefg")]
    said = [(lines[n].statement.text, (n,)) for n in range(2 if not made_up else 3)]
    invented = [("Marta bought the harbour.", (n,)) for n in range(made_up)]

    page = page_of(a_material(*lines), *said, *invented)

    assert set(texts_of(page)) == {each.statement.text for each in lines}
    assert page.kept == 0


def test_the_page_opens_with_the_sentence_that_the_model_names_else_with_ours():
    material = a_material(a_line("We spoke of it.", 0), a_line("The crane came on Monday.", 1))
    said = (("We spoke of it.", (0,)), ("The crane came on Monday.", (1,)))

    assert page_of(material, *said, headline=1).chosen.headline.text == "The crane came on Monday."
    for nowhere in (None, 7, -1):
        assert page_of(material, *said, headline=nowhere).chosen.headline.text == "We spoke of it."


def test_a_headline_that_does_not_stand_gives_way_to_ours():
    material = a_material(a_line("We spoke of it.", 0), a_line("The crane came on Monday.", 1))

    page = page_of(material, ("The crane was late.", (1,)), headline=0)

    assert page.chosen.headline.text == "We spoke of it."
    assert set(texts_of(page)) == {"We spoke of it.", "The crane came on Monday."}


# whatever a model says

NOTES = """\
I'm glad that the rota ran for two weeks without a gap. Not sure whether the board will agree.
- I'll send the budget draft to the board by 14 March.
- [x] Ring the supplier about the **crane**
We ~~decided~~ talked about the [hall](https://example.org/x), and 40 people came.
Ana said: "you should ask Marta", which I have not done yet.
We tried a shorter stand-up and it took half the time. Could you watch my rehearsal next week?
""" + "\n".join(
    f"I was worried about the {what} of the {where}, "
    f"because {who} did not answer in time, and it costs {n}00."
    for n, (what, where, who) in enumerate(
        zip(
            (
                "roof crane lease menu poster choir budget contract ladder visa mortgage survey"
            ).split(),
            (
                "school harbour library clinic museum bakery garage chapel orchard theatre "
                "depot kiosk"
            ).split(),
            "Marta Petrov Ngozi Aylin Tomas Ines Farid Greta Hugo Lena Omar Pia".split(),
            strict=True,
        )
    )
)
HISTORY = make_history(
    make_session(date(2026, 2, 3), "I will read the book on feedback by 1 March. We moved house."),
    make_session(HELD_ON, NOTES),
    contracts=[make_contract(goals=[make_goal("Speak in front of the board")])],
)
MATERIAL = brief_lines(Known(HISTORY, commitments(HISTORY)))
TEXTS = {note.id: note.text for session in HISTORY.sessions for note in session.notes}
WORDS = sorted({word for line in MATERIAL.lines for word in line.statement.text.split()})
NUMBERS = st.integers(-1, len(MATERIAL.lines))
LINE_TEXTS = st.sampled_from([line.statement.text for line in MATERIAL.lines])
SAID = st.one_of(
    LINE_TEXTS,
    LINE_TEXTS.map(lambda text: " ".join(text.split()[:6])),
    LINE_TEXTS.map(lambda text: text.replace("I ", "Ben ").replace(" not", "")),
    st.tuples(LINE_TEXTS, LINE_TEXTS).map(" and ".join),
    st.lists(st.sampled_from(WORDS), max_size=50).map(" ".join),
    st.sampled_from(
        ["And so it goes on.", "", ".", "Ben: “”", "They did.", "https://evil.example", "Ana will."]
    ),
    st.text(max_size=40),
)
SENTENCES = st.builds(Worded, SAID, st.lists(NUMBERS, max_size=6).map(tuple))
ON_LINE = st.integers(0, len(MATERIAL.lines) - 1).map(
    lambda n: Worded(MATERIAL.lines[n].statement.text, (n,))
)
WORDINGS = st.builds(
    Wording,
    st.lists(st.one_of(SENTENCES, ON_LINE), max_size=40),
    st.one_of(st.none(), st.integers(-1, 41)),
)
EVERY_LINE = tuple(range(len(MATERIAL.lines)))


@example(Wording([Worded(line.statement.text, (n,)) for n, line in enumerate(MATERIAL.lines)], 0))
@example(Wording([Worded("And so it goes on.", EVERY_LINE)], 0))
@example(Wording([Worded(MATERIAL.lines[0].statement.text, EVERY_LINE)], 0))
@settings(max_examples=200, deadline=None)
@given(WORDINGS)
def test_whatever_a_model_says_what_must_stand_is_on_a_page_of_what_the_notes_say(wording):
    embedded = as_noted(MATERIAL)

    page = settled(MATERIAL, wording, embedded, TEXTS)

    told = statements(page)
    cited = {
        (each.note_id, each.start, each.end) for statement in told for each in statement.citations
    }
    assert any(line.must for line in MATERIAL.lines)
    for line in MATERIAL.lines:
        if line.must:
            for each in line.statement.citations:
                assert (each.note_id, each.start, each.end) in cited
    assert sum(count(each.text) for each in told) <= 250
    for each in told:
        assert all(grounding.exact(place, TEXTS) for place in each.citations)
        cited = " ".join(place.quote for place in each.citations)
        assert set(re.findall(r"\d+", each.text)) <= set(re.findall(r"\d+", cited))
    assert len({each.id for each in told}) == len(told)
    assert page.chosen.headline is not None
    assert settled(MATERIAL, wording, embedded, TEXTS) == page


def test_the_page_that_is_tried_on_is_full_and_has_lines_to_add():
    chosen = [line for line in MATERIAL.lines if line.chosen]

    assert 150 < sum(count(line.statement.text) for line in chosen) <= 250
    assert len(MATERIAL.lines) > len(chosen) > 8


def test_a_sentence_may_rest_on_the_neighbour_of_its_line_and_cites_it_then():
    note = make_note("Rang Leonie about the grant. She asked who else gives, and he was silent.")
    texts = {note.id: note.text}

    def a_line(start, end, **more):
        quote = note.text[start:end]
        place = Citation(
            session_id="s", held_on=HELD_ON, note_id=note.id, start=start, end=end, quote=quote
        )
        told = Statement(id=f"s{start}", text=quote, kind="topic", citations=(place,))
        return PageLine("last_time", told, "mentor", chosen=True, **more)

    rang, asked = a_line(0, 28), a_line(29, len(note.text))
    said = Wording([Worded("Leonie asked who else gives, and Ben was silent.", (0,))], 0)

    def told(line):
        page = Material(make_mentorship(), "mentor", HELD_ON, (line,), 0)
        (statement,) = statements(settled(page, said, as_noted(page), texts))
        return statement.text, [each.start for each in statement.citations]

    assert told(asked) == (asked.statement.text, [29])
    assert told(asked._replace(around=(rang,))) == (said.sentences[0].text, [29, 0])
