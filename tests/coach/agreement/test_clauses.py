import pytest

from coach.agreement.clauses import agreed_clauses
from coach.agreement.prose import LONGEST_PROSE
from tests.builders import make_contract, make_goal


def clauses(text, **fields) -> list[tuple[str, str]]:
    """Return what a contract with this prose agrees: kinds and words."""
    contract = make_contract(**{"cadence": None, **fields, "text": text})
    return [(each.kind, each.clause.text) for each in agreed_clauses(contract)]


# cutting prose


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "We meet every second Tuesday. Notes are written within a week.",
            ["cadence", "notes_kept"],
        ),
        ("We meet weekly; what is said stays between us.", ["cadence", "confidentiality"]),
        ("- We meet weekly\n- Feedback every third session", ["cadence", "feedback"]),
        (
            "1. The parties shall sit every third week.\n2. Health goes to a doctor.",
            ["cadence", "boundary"],
        ),
        ("We help each other: the mentor hears of new tools in return.", ["reciprocity"]),
        ("If something is wrong between us we say so.", ["trust_route"]),
        ("Who cannot come says so in good time and reschedules.", ["respect_time"]),
        ("The mentor gives guidance. The mentee does the work.", ["role_mentor", "role_mentee"]),
        ("The mentee drafts, the mentor marks.", ["role_mentee"]),
        ("We end on 31 July 2026.", ["ends_on"]),
        ("A sign for change: the talk gets general.", ["change_signs"]),
        ("Written on a sunny day.", []),
        ("", []),
    ],
)
def test_prose_is_cut_into_clauses_of_a_kind(text, kinds):
    assert [kind for kind, _ in clauses(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "We meet every second Tuesday. If one of us travels we skip it.",
        "We meet every second Tuesday; if one of us travels we skip it.",
        "We meet every second Tuesday, at 14.00 approx. an hour. Unless one of us is ill.",
        "Nothing goes to the manager. Except what both of us have agreed on.",
        "Nothing goes to the manager; only what both of us have agreed on.",
        "We write by e-mail between sessions. Not at the weekend.",
    ],
)
def test_conditions_and_exceptions_stay_with_their_clause(text):
    ((_, words),) = clauses(text)
    assert words == text


def test_a_condition_that_agrees_on_something_else_is_a_clause_of_its_own():
    text = "We meet every second Tuesday. If something is wrong between us we say so."
    assert [kind for kind, _ in clauses(text)] == ["cadence", "trust_route"]


def test_a_list_belongs_to_the_line_that_leads_it():
    text = "The mentor:\n- gives honest advice\n- opens doors\nThe mentee:\n- does the work"
    assert clauses(text) == [
        ("role_mentor", "gives honest advice"),
        ("role_mentor", "opens doors"),
        ("role_mentee", "does the work"),
    ]


def test_what_stands_under_a_heading_is_about_it():
    text = (
        "## Confidentiality\nWhat we hear we keep.\n## Feedback\nTen minutes, in both directions."
    )
    assert [kind for kind, _ in clauses(text)] == ["confidentiality", "feedback"]


def test_what_is_struck_out_is_not_agreed():
    assert clauses("~~We meet every week.~~ Feedback every third session.") == [
        ("feedback", "Feedback every third session.")
    ]


def test_a_key_names_the_place_in_the_prose_whatever_is_given():
    text = "We meet weekly. Health goes to a doctor."
    alone = agreed_clauses(make_contract(cadence=None, text=text))
    beside = agreed_clauses(make_contract(text=text))
    assert [each.key for each in alone] == ["text.0", "text.1"]
    assert [each.key for each in beside] == ["cadence", "text.1"]


# given clauses with prose


def test_prose_that_says_a_given_clause_again_is_left_out():
    said = clauses(
        "We meet every other Thursday for an hour. What is said here stays between the two.",
        cadence={"every_days": 14, "duration_minutes": 60},
        confidentiality="What is said here stays between the two.",
    )
    assert said == [
        ("cadence", "The two meet every 14 days, 60 minutes"),
        ("confidentiality", "What is said here stays between the two."),
    ]


def test_an_exception_in_the_prose_stands_behind_the_words_of_its_clause():
    said = clauses(
        "School holidays we skip. Nothing is passed on, except to the head of the school.",
        cadence={"every_days": 14},
        confidentiality="What is said here stays between the two",
    )
    assert said == [
        ("cadence", "The two meet every 14 days. School holidays we skip."),
        (
            "confidentiality",
            "What is said here stays between the two. "
            "Nothing is passed on, except to the head of the school.",
        ),
    ]


def test_another_line_of_a_role_is_a_clause_beside_the_given_ones():
    said = clauses(
        "The mentor opens doors. The mentor does no work of hers, only in an emergency.",
        roles={"mentor": ["does not do the mentee's work"]},
    )
    assert said == [
        (
            "role_mentor",
            "The mentor does not do the mentee's work."
            " The mentor does no work of hers, only in an emergency.",
        ),
        ("role_mentor", "The mentor opens doors."),
    ]


def test_a_given_goal_is_not_repeated_from_the_prose():
    said = clauses("The goal is to lead a release.", goals=[make_goal("Lead a release")])
    assert said == [("goals", "Lead a release.")]


# cost


def test_a_very_long_prose_is_read_in_part():
    sentence = "Feedback every third session. "
    whole = clauses(sentence * (LONGEST_PROSE // len(sentence)))
    assert clauses(sentence * (2 * LONGEST_PROSE // len(sentence)))[:-1] == whole
