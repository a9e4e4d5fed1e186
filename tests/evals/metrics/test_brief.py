"""What a page must hold, worked by hand."""

import pytest

from evals.cases.labels import MustCover
from evals.metrics.brief import leans, likeness, measure_brief, weighted_cover
from evals.metrics.counts import Ratio


@pytest.mark.parametrize(
    ("found", "cover"),
    [
        pytest.param([], 1.0, id="nothing to find"),
        pytest.param([True, True], 1.0, id="all"),
        pytest.param([False], 0.0, id="none"),
        pytest.param([True, False, True], 4 / 6, id="3 + 1 of 6"),
        pytest.param([False, False, True], 1 / 6, id="the least important of three"),
    ],
)
def test_the_first_of_a_list_weighs_most(found, cover):
    assert weighted_cover(found) == pytest.approx(cover)


def test_likeness_is_the_share_of_common_stems():
    assert likeness("The boat is sinking", "Boats sink slowly") == pytest.approx(2 / 3)
    assert likeness("The boat is sinking", "A sinking boat") == 1
    assert likeness("The boat", "The kiln") == 0
    assert likeness("the", "of the") == 0


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        ("Before the 18th.", True),
        ("Do it by 6 October", True),
        ("Have them", True),
        ("Ben: “They don't, I checked with Sarah.”", True),
        ("It went to the printer in Rotterdam.", True),
        ("Ben: “I'm worried about the release date.”", False),
        ("The courier contract fell through.", False),
    ],
    ids=str,
)
def test_a_line_that_cannot_stand_alone_is_found_by_its_form(line, fragment):
    assert leans(line) == fragment


def test_a_line_is_under_the_right_heading_where_its_place_has_that_label(
    case, subject, outcome_of
):
    outcome = outcome_of(measure_brief, case, subject, case.labels.checkpoints[0])

    headings = outcome.ratio("brief lines under the right heading")
    misses = [miss for miss in outcome.misses if miss.what.startswith("heading: ")]
    assert headings.of - headings.hits == len(misses)


def test_what_a_page_must_hold_is_looked_for_and_what_it_must_not_say_is_kept_to_judge(
    case, subject, outcome_of
):
    promised = "Ben will send the draft of the talk to Ana by 12 January."
    greeting = "his slides"
    covers = tuple(MustCover(session="s1", quote=each, why="news") for each in (promised, greeting))
    checkpoint = case.labels.checkpoints[0].model_copy(
        update={"must_cover": covers, "must_not_state": ("Ben has sent the draft",)}
    )

    outcome = outcome_of(measure_brief, case, subject, checkpoint)

    hits = outcome.ratio("brief must-cover")
    assert (hits.of, hits.hits >= 1) == (2, True)
    assert outcome.ratio("brief must-cover, weighted").share >= 2 / 3
    assert outcome.ratio("brief words").hits > 5
    assert outcome.ratio("brief statements on a labelled fact").of > 0
    (row,) = (miss for miss in outcome.misses if miss.is_to_judge)
    assert (row.wanted, "draft" in row.said) == ("Ben has sent the draft", True)


class Silent:
    """Gives an empty page, and is else the subject that it is made of."""

    def __init__(self, subject) -> None:
        self._subject = subject

    def __getattr__(self, name):
        return getattr(self._subject, name)

    def brief(self, *asked):
        brief = self._subject.brief(*asked)
        return brief.model_copy(update={"headline": None, "sections": ()})


def test_what_a_page_lacks_is_a_miss_that_says_why_it_matters(case, subject, outcome_of):
    cover = MustCover(session="s1", quote="Zorbulax may close the team", why="a private fear")
    checkpoint = case.labels.checkpoints[0].model_copy(update={"must_cover": (cover,)})

    outcome = outcome_of(measure_brief, case, Silent(subject), checkpoint)

    assert outcome.ratio("brief must-cover") == Ratio(0, 1)
    assert [(miss.what, miss.wanted) for miss in outcome.misses] == [
        ("not in the brief of 2026-01-06", f"{cover.quote} (a private fear)")
    ]
