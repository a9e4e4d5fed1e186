"""What stands on the pages of a day, item by item."""

from datetime import date

import pytest

from coach.model.answers import Brief, Reflection
from coach.model.citations import Citation
from coach.model.contract import Clause
from coach.model.drift import Computed, Drift, DriftOptions
from evals.ratings.items import parsed
from evals.ratings.page import days_of, page_of


def kinds(page) -> set[str]:
    return {item.kind for item in page.items}


def test_lines_promises_questions_and_prompts_are_items(page):
    assert {"line", "promise", "question", "prompt"} <= kinds(page)
    (promise,) = (item for item in page.items if item.kind == "promise")
    assert (
        promise.text == "send the draft of the talk to Ana by 12 January (Ben, due 12 January 2026)"
    )
    assert (promise.heading, promise.page) == ("open", "tiny-2026-01-06")


def test_numbers_run_from_one_and_ids_are_each_item_s_own(page):
    assert [item.number for item in page.items] == list(range(1, len(page.items) + 1))
    assert len({item.id for item in page.items}) == len(page.items)


def test_a_promise_that_both_pages_hold_is_one_item(page):
    mentor, mentee, _ = (
        {item.id for group in part.groups for item in group.items if item.kind == "promise"}
        for part in page.parts
    )

    assert mentor == mentee != set()


def test_no_line_tells_again_what_the_lists_of_promises_name(page):
    lines = [item.text for item in page.items if item.kind == "line"]

    assert not any("will send the draft" in line for line in lines)


def test_the_id_says_where_an_item_stands(page):
    for item in page.items:
        name = parsed(item.id)
        assert (name.case, name.day.isoformat()) == ("tiny", "2026-01-06")
        assert (name.kind, name.heading) == (item.kind, item.heading)


class Answers:
    """Answers as another coach would: what it is given, else those of the subject it is made of."""

    def __init__(self, subject, *, warnings=()) -> None:
        self._subject = subject
        self._warnings = warnings

    def brief(self, audience, on) -> Brief:
        return self._subject.brief(audience, on).model_copy(update={"drift": self._warnings})

    def reflection(self, on) -> Reflection:
        return self._subject.reflection(on)

    def drift(self, _audience, _on) -> tuple[Drift, ...]:
        return self._warnings


def make_warning() -> Drift:
    cited = Citation(
        session_id="s1", held_on=date(2026, 1, 5), note_id="n1", start=0, end=9, quote="No sitting."
    )
    return Drift(
        id="d1",
        kind="cadence",
        clause=Clause(name="cadence", version=1, text="every 21 days"),
        severity="low",
        confidence=0.7,
        since=date(2026, 1, 5),
        seen=(cited, Computed(computed="41 days since 5 January")),
        message="The last session is 41 days ago.",
        innocent_explanation="It may be a holiday.",
        question="Did the two agree on it?",
        options=DriftOptions(return_to="Meet.", amend_to="Agree on more days."),
        status="to_confirm",
        by="data",
    )


def test_a_warning_is_one_item_with_all_that_a_page_tells_of_it(case, subject):
    page = page_of(case, Answers(subject, warnings=(make_warning(),)), date(2026, 1, 6))

    (warning,) = (item for item in page.items if item.kind == "warning")
    assert warning.text.split("\n") == [
        "The last session is 41 days ago. (low, 70% sure, to be confirmed)",
        "Clause, version 1: every 21 days",
        "Seen: “No sitting.” (5 January 2026)",
        "Seen: 41 days since 5 January",
        "It may be a holiday.",
        "Did the two agree on it?",
        "Return: Meet.",
        "Amend: Agree on more days.",
    ]
    assert [group.title for group in page.parts[2].groups] == ["To the mentor", "To the mentee"]


@pytest.mark.parametrize(("most", "days"), [(1, [9]), (2, [7, 9]), (5, [3, 7, 9])])
def test_the_last_labelled_days_are_judged(case, most, days):
    (first,) = case.labels.checkpoints
    on = [first.model_copy(update={"as_of": date(2026, 1, day)}) for day in (7, 3, 9)]
    labels = case.labels.model_copy(update={"checkpoints": tuple(on)})

    assert [each.day for each in days_of(case.model_copy(update={"labels": labels}), most)] == days
