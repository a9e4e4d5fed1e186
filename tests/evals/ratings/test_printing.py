"""A page as people read it to judge it."""

from datetime import date

from coach.model.contract import Cadence, Contract, FeedbackClause, Goal, Roles
from coach.use_cases.casefile import CaseFile
from evals.ratings.printing import printed
from tests.builders import make_mentorship, make_note, make_session


def test_every_item_stands_in_it_with_its_number_and_the_end_of_its_id(page):
    text = printed(page)

    for item in page.items:
        mark = item.id.rpartition("/")[2]
        assert f"- **{item.number}** `{mark}` {item.text}\n" in text


def test_the_notes_are_there_in_full_with_who_may_read_them(page):
    text = printed(page)

    for note in page.case.notes.values():
        for line in note.text.splitlines():
            assert f"    {line}\n" in text
    assert "By the tool; both may read it:" in text
    assert "By the mentor; the mentor alone may read it:" in text


def test_nothing_labelled_is_there_but_what_the_notes_say(page):
    labels = page.case.labels
    silly = labels.checkpoints[0].model_copy(update={"must_not_state": ("Ben is a heron",)})
    case = page.case.model_copy(
        update={"labels": labels.model_copy(update={"checkpoints": (silly,)})}
    )

    assert printed(page._replace(case=case)) == printed(page)


def test_what_comes_after_the_day_is_left_out(page):
    early, late = (
        make_session(on, make_note(text, id=text), id=text)
        for on, text in ((date(2026, 1, 5), "early words"), (date(2026, 2, 5), "late words"))
    )
    first, second = (
        Contract(version=number, effective_from=on, point_a=f"agreed {number}")
        for number, on in ((1, date(2026, 1, 1)), (2, date(2026, 2, 1)))
    )
    file = CaseFile(make_mentorship(), (first, second), (early, late), {})

    text = printed(page._replace(case=page.case.model_copy(update={"file": file})))

    assert "early words" in text
    assert "late words" not in text
    assert "agreed 1" in text
    assert "agreed 2" not in text
    assert "Version 1, from 1 January 2026, in force" in text


def test_an_agreement_is_told_clause_by_clause_and_in_its_own_words(page):
    contract = Contract(
        version=1,
        effective_from=date(2026, 1, 1),
        goals=(
            Goal(id="g1", statement="Price", success_criteria="two", target_date=date(2026, 5, 1)),
        ),
        roles=Roles(mentor=("listens", "tells"), mentee=("writes",)),
        cadence=Cadence(every_days=21),
        feedback=FeedbackClause(every_sessions=3),
        ends_on=date(2026, 12, 1),
        text="Thursdays.\nAt seven.",
    )
    file = page.case.file._replace(contracts=(contract,))

    text = printed(page._replace(case=page.case.model_copy(update={"file": file})))

    for line in (
        "- Goal g1: Price (reached when: two), by 1 May 2026",
        "- The mentor: listens; tells",
        "- Rhythm: every 21 days",
        "- Feedback: every 3 sessions, no way said",
        "- Ends on: 1 December 2026",
        "    Thursdays.\n    At seven.",
    ):
        assert line in text
