"""How many sentences pass that say what notes say in other words, and how many that do not."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.material import Material, PageLine
from coach.pages.otherwise import SaidOtherwise
from retrieval.alike import Alike
from retrieval.embedders.wordllama import WordLlamaEmbedder
from tests.builders import make_goal, make_mentorship

ENTRIES = yaml.safe_load(Path(__file__).with_name("said_otherwise.yaml").read_text("utf-8"))
NUMBERS = make_goal(
    "Have the numbers on churn in front of the board", id="numbers", target_date=date(2026, 3, 23)
)
ALIKE = Alike(WordLlamaEmbedder())


def a_line(number: int, written: str) -> PageLine:
    day, who, text = re.fullmatch(r"(?:(\S+) )?(Ben|Ana): (.*)", written).groups()
    held_on = date.fromisoformat(day) if day else date(2026, 3, 3)
    place = Citation(
        session_id="s",
        held_on=held_on,
        note_id=f"n{number}",
        start=0,
        end=len(text),
        quote=text,
    )
    statement = Statement(id=f"s{number}", text=text, kind="topic", citations=(place,))
    return PageLine("last_time", statement, "mentee" if who == "Ben" else "mentor", chosen=True)


def a_page(*written: str) -> Material:
    lines = tuple(a_line(n, each) for n, each in enumerate(written))
    return Material(make_mentorship(), "mentor", date(2026, 3, 13), lines, 0, goals=(NUMBERS,))


def stands(page: Material, said: str, *, alike=ALIKE) -> bool:
    cited = tuple(each for line in page.lines for each in line.statement.citations)
    statement = Statement(id="s", text=said, kind="topic", citations=cited)
    return SaidOtherwise(page, alike)(statement, page.lines)


def share(sort: str, *, alike=ALIKE) -> float:
    judged = [
        stands(a_page(*entry["lines"]), said, alike=alike)
        for entry in ENTRIES
        for said in entry[sort]
    ]
    assert len(judged) == 120
    return sum(judged) / len(judged)


def test_most_plain_paraphrases_pass_and_few_distortions_do():
    assert share("same") >= 0.9
    assert share("other") <= 0.05


def test_words_of_one_meaning_let_more_paraphrases_pass():
    assert share("same", alike=None) < share("same")


SHUT = ("2026-02-03 Ben: I haven't opened Metabase.", "2026-02-17 Ben: Metabase not opened.")


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("Metabase has stayed shut for two sessions.", True),
        ("Metabase has stayed shut for three sessions.", False),
        ("Metabase has stayed shut, and the numbers goal is due in ten days.", True),
        ("Metabase has stayed shut, and the numbers goal is due in eleven days.", False),
        ("Metabase has stayed shut, and the numbers goal is due in 20 days.", False),
        ("Metabase has stayed shut, and the numbers goal is due on 23 March.", True),
        ("Metabase has stayed shut, and the numbers goal is due on 24 March.", False),
        ("Metabase has stayed shut since 3 February.", True),
        ("Metabase has stayed shut since 4 February.", False),
    ],
)
def test_what_follows_by_counting_may_be_said_and_nothing_else(said, passes):
    assert stands(a_page(*SHUT), said) == passes


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("Ben will send Ana the plan.", True),
        ("Ben plans to send Ana the plan.", True),
        ("You will send Ben the plan.", False),
        ("Ana will send Ben the plan.", False),
        ("Ben sent Ana the plan.", False),
        ("Ben will not send Ana the plan.", False),
        ("Ben will send Marta the plan.", False),
        ("Ben will send Ana the plan and the budget.", False),
        ("I will send Ana the plan of Ben.", False),
        ("She will be sent the plan.", False),
        ("", False),
        ("It is so.", False),
    ],
)
def test_a_doer_a_plan_and_a_name_stay_what_they_are(said, passes):
    assert stands(a_page("Ben: I'll send you the plan."), said) == passes


TERSE = "2026-03-03 Ana: Never once asks how the wrist is."
ASKED = "2026-03-03 Ana: Ben was asked by Madam Okoye what she would keep."
LETTER = "2026-03-03 Ana: A letter from the Manager, granting the morning, was shown."
THIRTIETH = "2026-04-07 Ben: Harbour bid went in on the 30th, a day early."
NOBODY = "2026-03-03 Ben: Rang nobody else. Three weeks. It's the same tidying again"


@pytest.mark.parametrize(
    ("written", "said", "passes"),
    [
        pytest.param(TERSE, "Ben never once asks how the wrist is.", True, id="of another"),
        pytest.param(TERSE, "Ana never once asks how the wrist is.", False, id="not of who writes"),
        pytest.param(ASKED, "Madam Okoye asked Ben what she would keep.", True, id="with a title"),
        pytest.param(ASKED, "Ana asked Ben what she would keep.", False, id="another asker"),
        pytest.param(
            LETTER, "A letter from the Manager grants the morning.", True, id="participle"
        ),
        pytest.param(THIRTIETH, "The Harbour bid went in on 30 March.", True, id="a day gone by"),
        pytest.param(THIRTIETH, "The Harbour bid went in on 29 March.", False, id="another day"),
        pytest.param(THIRTIETH, "The Harbour bid went in on 30 January.", False, id="too far"),
        pytest.param(
            NOBODY, "Ben rang nobody else for three weeks: the same tidying again.", True, id="time"
        ),
        pytest.param(
            "2025-11-13 Ben: Came at 7.40.", "Ben came at 7.40 on 13 November.", True, id="no year"
        ),
        pytest.param(
            "2025-11-13 Ben: Came at 7.40.", "Ben came on 13 November 2026.", False, id="its year"
        ),
        pytest.param(
            "2026-03-03 Ben: who does the caulking on the deck? no idea",
            "Ben has no idea who does the caulking on the deck.",
            True,
            id="no idea",
        ),
        pytest.param("2026-03-03 Ben: It took 44 hrs.", "It took 44 hours.", True, id="hrs"),
        pytest.param("2026-03-03 Ben: It took 44 hrs.", "It took 46 hours.", False, id="more"),
    ],
)
def test_terse_notes_may_be_said_in_whole_sentences(written, said, passes):
    assert stands(a_page(written), said) == passes


def test_what_one_line_denies_and_another_says_may_be_said():
    page = a_page(
        "2026-03-03 Ben: I'm worried I'll sign for the hall before it is tested.",
        "2026-03-03 Ben: Never sign full repairing. The landlord wants a yes or no by 20 March.",
    )

    assert stands(
        page,
        "Ben worries that he will sign for the hall before it is tested, "
        "and the landlord wants a yes or no by 20 March.",
    )


BY_THE_TENTH = "2026-03-03 Ben: send Leonie the number by 10 March"


@pytest.mark.parametrize(
    ("silent", "passes"), [pytest.param(True, True, id="silent"), pytest.param(False, False, id="")]
)
def test_that_the_notes_do_not_tell_is_said_only_where_they_do_not(silent, passes):
    page = a_page(BY_THE_TENTH)
    page = page._replace(lines=(page.lines[0]._replace(silent=silent),))
    said = "Ben was to send Leonie the number by 10 March; the notes do not tell what became of it."

    assert stands(page, said) == passes


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        pytest.param("Ben is to hand in Review 3 by 16 March.", True, id="its task"),
        pytest.param("Ana is to hand in Review 3 by 16 March.", False, id="of the other"),
        pytest.param("Ben is to hand in Review 4 by 16 March.", False, id="another task"),
    ],
)
def test_what_a_promise_is_to_do_may_be_said_where_its_line_says_only_when(said, passes):
    page = a_page("2026-03-03 Ana: The 16th was settled upon.")
    line = page.lines[0]._replace(task="Ben will hand in Review 3")

    assert stands(page._replace(lines=(line,)), said) == passes
