"""The promises of a printed page, worked by hand."""

import pytest

from coach.model.answers import Section
from coach.model.facts import Statement
from evals.cases.labels import OutcomeLabel
from evals.metrics.counts import Ratio
from evals.metrics.promises import measure_promises, promise_leans, same_words


@pytest.mark.parametrize(
    ("action", "fragment"),
    [
        ("do it by 6 October", True),
        ("Anirudh: “I'll tell them this week”", True),
        ("the other half by Friday", True),
        ("Trustees", True),
        ("Nora: “> me”", True),
        ("call Ana Sunday", False),
        ("send Ana the plan", False),
        ("tell the manager on Monday 16 February", False),
        ("write that's-life cards for Ana", False),
    ],
    ids=str,
)
def test_a_promise_that_cannot_stand_alone_is_found_by_its_form(action, fragment):
    assert promise_leans(action) == fragment


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            "fill in the form for the course & send it off by 31 January",
            "He'll fill in the form for the course & send it off by 31 January.",
            True,
            id="as somebody told it",
        ),
        pytest.param(
            "TP to resign from the depot forum", "Depot forum in November", False, id="one subject"
        ),
        pytest.param("call Ana", "call Ana", False, id="too few words to tell"),
    ],
)
def test_nearly_the_same_words_are_the_same_promise(one, other, same):
    assert same_words(one, other) == same


class Retelling:
    """Gives a page that is changed by hand, and is else the subject that it is made of."""

    def __init__(self, subject, change) -> None:
        self._subject = subject
        self._change = change

    def __getattr__(self, name):
        return getattr(self._subject, name)

    def brief(self, *asked):
        return self._change(self._subject.brief(*asked))


def told_on(page_as, case, subject, outcome_of):
    checkpoint = case.labels.checkpoints[0]
    return outcome_of(measure_promises, case, Retelling(subject, page_as), checkpoint)


def test_a_promise_told_once_is_counted_once(case, subject, outcome_of):
    outcome = outcome_of(measure_promises, case, subject, case.labels.checkpoints[0])

    assert outcome.ratio("promises told twice on a page") == Ratio(0, 1)
    assert outcome.ratio("promises that cannot stand alone") == Ratio(0, 1)
    assert outcome.misses == ()


def test_a_line_that_tells_a_listed_promise_again_is_a_miss(case, subject, outcome_of):
    def also_a_goal(page):
        (promise,) = page.commitments.open
        line = Statement(
            id="again", text="He promised the draft.", kind="topic", citations=(promise.made_in,)
        )
        section = Section(kind="goals", title="Goals", statements=(line,))
        return page.model_copy(update={"sections": (*page.sections, section)})

    outcome = told_on(also_a_goal, case, subject, outcome_of)

    assert outcome.ratio("promises told twice on a page") == Ratio(1, 1)
    (miss,) = outcome.misses
    assert (miss.kind, miss.day) == ("told twice", "2026-01-06")
    assert (miss.said, miss.wanted) == (
        "send the draft of the talk to Ana by 12 January",
        "He promised the draft.",
    )


def carried(page):
    """Return the page with its promise a second time, in other words.

    It is made where the note tells of slides.
    """
    (promise,) = page.commitments.open
    quote = "his slides are far too long"
    cited = promise.made_in
    start = cited.start - len("his slides are far too long.\n")
    elsewhere = cited.model_copy(update={"start": start, "end": start + len(quote), "quote": quote})
    again = promise.model_copy(update={"action": "shorten the slides", "made_in": elsewhere})
    lists = page.commitments.model_copy(update={"open": (promise, again)})
    return page.model_copy(update={"headline": None, "sections": (), "commitments": lists})


def test_two_promises_in_other_words_are_one_only_by_the_labels(case, subject, outcome_of):
    (made,) = case.labels.commitments
    outcome = OutcomeLabel(session="s1", status="not_done", quote="his slides are far too long")
    labelled = case.model_copy(
        update={
            "labels": case.labels.model_copy(
                update={"commitments": (made.model_copy(update={"outcomes": (outcome,)}),)}
            )
        }
    )

    apart = told_on(carried, case, subject, outcome_of)
    one = told_on(carried, labelled, subject, outcome_of)

    assert apart.ratio("promises told twice on a page") == Ratio(0, 2)
    assert one.ratio("promises told twice on a page") == Ratio(1, 2)
