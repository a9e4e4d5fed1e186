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
