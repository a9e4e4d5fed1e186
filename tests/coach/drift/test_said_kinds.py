"""What passages say of a clause, counted over sessions.

The tests cover what is raised, and every trap that is not.
"""

from datetime import date, timedelta

import pytest

from coach.drift.detection import detect
from coach.model.contract import Roles
from coach.questions.rules.table import faults
from tests.builders import make_mentorship
from tests.coach.drift.told import (
    CLAUSES,
    CONTRACT,
    SERIOUS,
    START,
    Passage,
    against,
    make_told,
    raised,
)

LESSER = [kind for kind in CLAUSES if kind not in SERIOUS]
NOTHING: list[Passage] = []


def unsure(clause, **fields):
    return against(clause, likelihood=0.6, **fields)


@pytest.mark.parametrize("kind", CLAUSES)
def test_one_plain_passage_is_enough_to_speak(kind):
    (warning,) = raised(make_told(NOTHING, [against(CLAUSES[kind])]), kind)

    assert warning.severity == (
        "high" if kind in {"confidentiality", "boundary"} else "medium" if kind == "role" else "low"
    )
    assert warning.status == "open"


@pytest.mark.parametrize("kind", CLAUSES)
def test_one_passage_that_is_not_plain_is_left_alone(kind):
    assert raised(make_told(NOTHING, [unsure(CLAUSES[kind])]), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_two_sessions_that_say_so_are_warned_of_with_both_quotes(kind):
    told = make_told([unsure(CLAUSES[kind])], NOTHING, [unsure(CLAUSES[kind])])

    (warning,) = raised(told, kind)

    assert [each.held_on for each in warning.seen] == [START, START + timedelta(days=28)]
    assert {each.quote for each in warning.seen} == {"This hour tells of it."}
    assert warning.since == START
    wanted = "high" if kind in SERIOUS else "low" if kind == "reciprocity" else "medium"
    assert warning.severity == wanted


@pytest.mark.parametrize("kind", CLAUSES)
def test_twice_in_one_session_is_still_one_session(kind):
    twice = [unsure(CLAUSES[kind]), unsure(CLAUSES[kind], text="And this one does.")]

    assert raised(make_told(NOTHING, twice), kind) == []


@pytest.mark.parametrize("kind", [each for each in CLAUSES if each != "exit"])
def test_strains_alone_are_no_drift(kind):
    strain = against(CLAUSES[kind], says="strains")

    assert raised(make_told([strain], [strain], [strain]), kind) == []


def test_an_agreed_sign_for_change_that_shows_twice_is_worth_a_review():
    sign = against("change_signs.0", says="strains")

    (warning,) = raised(make_told([sign], [sign]), "exit")

    assert "sign" in warning.message


@pytest.mark.parametrize("says", ["keeps", "talks", "excuses", "amends", "settles"])
@pytest.mark.parametrize("kind", CLAUSES)
def test_what_is_not_against_a_clause_is_no_drift(kind, says):
    passage = against(CLAUSES[kind], says=says)

    assert raised(make_told([passage], [passage], [passage]), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_an_excuse_in_the_next_sentence_takes_the_weight(kind):
    excused = [
        against(CLAUSES[kind]),
        against(CLAUSES[kind], text="Agreed before.", says="excuses"),
    ]

    assert raised(make_told(excused, excused), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_an_excuse_elsewhere_in_the_note_is_of_something_else(kind):
    apart = [
        against(CLAUSES[kind], text="Agreed before.", says="excuses"),
        Passage("Then we looked at the rota."),
        against(CLAUSES[kind]),
    ]

    assert len(raised(make_told(apart), kind)) == 1


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_the_two_agreed_anew_later_is_no_drift(kind):
    amended = against(CLAUSES[kind], says="amends")

    assert raised(make_told([against(CLAUSES[kind])], [amended]), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_what_a_later_session_puts_right_is_settled(kind):
    settled = against(CLAUSES[kind], says="settles")

    assert raised(make_told([against(CLAUSES[kind])], [settled]), kind) == []


@pytest.mark.parametrize("kind", CLAUSES)
def test_a_settled_matter_comes_back_with_new_evidence_alone(kind):
    clause = CLAUSES[kind]
    history = make_told([against(clause)], [against(clause, says="settles")], [against(clause)])

    (warning,) = raised(history, kind)

    assert [each.held_on for each in warning.seen] == [START + timedelta(days=28)]


@pytest.mark.parametrize("kind", SERIOUS)
def test_an_apology_in_the_same_breath_makes_a_grave_matter_less_grave_and_not_silent(kind):
    clause = CLAUSES[kind]
    sorry = against(clause, text="He said sorry.", says="settles")

    (warning,) = raised(make_told(NOTHING, [against(clause), sorry]), kind)

    assert warning.severity == "medium"


@pytest.mark.parametrize("kind", LESSER)
def test_what_is_not_grave_is_settled_by_an_apology_in_the_same_breath(kind):
    clause = CLAUSES[kind]
    sorry = against(clause, text="He said sorry.", says="settles")

    assert raised(make_told(NOTHING, [against(clause), sorry]), kind) == []


@pytest.mark.parametrize("kind", LESSER)
def test_a_clause_that_is_kept_again_resolves_by_itself(kind):
    clause = CLAUSES[kind]

    assert raised(make_told([against(clause)], [against(clause, says="keeps")]), kind) == []


@pytest.mark.parametrize("kind", SERIOUS)
def test_a_grave_matter_is_not_undone_by_the_next_quiet_session(kind):
    clause = CLAUSES[kind]

    assert raised(make_told([against(clause)], [against(clause, says="keeps")]), kind)


@pytest.mark.parametrize("kind", [each for each in LESSER if each != "goal_neglect"])
def test_what_nobody_came_back_to_is_past(kind):
    assert raised(make_told([against(CLAUSES[kind])], *[NOTHING] * 3), kind) == []


@pytest.mark.parametrize("kind", SERIOUS)
def test_a_grave_matter_stands_longer_and_not_for_ever(kind):
    clause = CLAUSES[kind]

    assert raised(make_told([against(clause)], *[NOTHING] * 5), kind)
    assert raised(make_told([against(clause)], *[NOTHING] * 6), kind) == []


def second(**fields):
    """Version 2 of the contract, in force from the second session on."""
    return CONTRACT.model_copy(
        update={"version": 2, "effective_from": START + timedelta(days=14), **fields}
    )


def test_a_clause_that_a_new_version_keeps_in_its_words_is_the_same_clause():
    changed = second(confidentiality="Nothing leaves this room.")
    history = make_told(
        [unsure("roles.mentor.1")],
        [unsure("roles.mentor.1", version=2)],
        contracts=[CONTRACT, changed],
    )

    (warning,) = raised(history, "role")

    assert (warning.clause.version, len(warning.seen)) == (2, 2)


def test_what_was_said_of_a_clause_that_is_no_more_does_not_count():
    reworded = second(roles=Roles(mentor=("gives guidance", "helps with the work")))
    history = make_told([against("roles.mentor.1")], NOTHING, contracts=[CONTRACT, reworded])

    assert detect(history, []) == ()


def test_a_passage_before_its_version_took_effect_does_not_count():
    history = make_told(
        [against("roles.mentor.1", version=2)], NOTHING, contracts=[CONTRACT, second()]
    )

    assert detect(history, []) == ()


def test_a_session_dated_ahead_proves_nothing_yet():
    history = make_told(NOTHING, [against("confidentiality")], as_of=START + timedelta(days=3))

    assert detect(history, []) == ()


@pytest.mark.parametrize("kind", CLAUSES)
def test_missing_notes_lower_confidence_and_leave_the_severity(kind):
    clause = CLAUSES[kind]
    noted = make_told([unsure(clause)], NOTHING, [unsure(clause)])
    bare = make_told([unsure(clause)], None, [unsure(clause)])

    (told,), (doubted,) = raised(noted, kind), raised(bare, kind)

    assert doubted.confidence < told.confidence
    assert doubted.severity == told.severity


@pytest.mark.parametrize("kind", CLAUSES)
def test_a_warning_says_the_clause_its_version_and_the_day_and_repeats_no_quote(kind):
    words = "the words nobody else may read"
    history = make_told(NOTHING, [against(CLAUSES[kind], text=f"It went on about {words}.")])

    (warning,) = raised(history, kind)

    assert warning.clause.text in warning.message
    assert "version 1" in warning.message
    assert "19 January 2026" in warning.message
    said = f"{warning.message} {warning.question} {warning.innocent_explanation} {warning.options}"
    assert words not in said
    assert words in warning.seen[0].quote
    assert warning.options.return_to != warning.options.amend_to


@pytest.mark.parametrize("kind", CLAUSES)
def test_a_warning_says_which_engine_its_words_rest_on(kind):
    clause = CLAUSES[kind]
    (own,) = raised(make_told(NOTHING, [against(clause)]), kind)
    (model,) = raised(make_told(NOTHING, [against(clause, by="llm")]), kind)
    (both,) = raised(make_told([against(clause)], [against(clause, by="llm")]), kind)

    assert (own.by, model.by, both.by) == ("embedded", "llm", "embedded")


def test_a_warning_names_whose_doing_it_is_and_that_it_is_one_view():
    history = make_told(NOTHING, [against("roles.mentor.1", whose="mentor")], author="mentee")

    (warning,) = raised(history, "role")

    assert warning.about_person == "mentor"
    assert "This is how Ben tells it; Ana may have seen it otherwise." in (
        warning.innocent_explanation
    )


@pytest.mark.parametrize("whose", ["both", "unassigned", None])
def test_what_is_nobodys_own_doing_is_about_nobody(whose):
    (warning,) = raised(make_told(NOTHING, [against("cadence", whose=whose)]), "cadence")

    assert warning.about_person is None


@pytest.mark.parametrize(
    ("author", "audience", "shown"),
    [
        ("mentee", "mentee", True),
        ("mentee", "mentor", False),
        ("mentee", "tool", False),
        ("mentor", "mentor", True),
    ],
)
def test_trust_is_told_to_the_person_who_spoke_alone(author, audience, shown):
    history = make_told(NOTHING, [against("text.2")], author=author, audience=audience)

    found = raised(history, "trust")

    assert [each.about_person for each in found] == ([author] if shown else [])


def test_in_a_protocol_the_one_whose_words_they_are_has_spoken():
    history = make_told(
        NOTHING, [against("text.2", whose="mentor")], author="tool", audience="mentor"
    )

    assert len(raised(history, "trust")) == 1


@pytest.mark.parametrize("status", ["paused", "ended"])
@pytest.mark.parametrize("kind", ["cadence", "exit"])
def test_a_paused_or_ended_mentorship_has_no_rhythm_and_no_end_to_keep(kind, status):
    history = make_told(
        NOTHING, [against(CLAUSES[kind])], mentorship=make_mentorship(status=status)
    )

    assert raised(history, kind) == []


# one matter is one warning


def with_one_more(history, **fields):
    """The history in which the passage of its last note says something of another clause too."""
    note = history.sessions[-1].notes[0]
    reading = history.readings[note.id]
    other = reading.signals[-1].model_copy(update=fields)
    more = reading.model_copy(update={"signals": (*reading.signals, other)})
    return history.model_copy(update={"readings": {**history.readings, note.id: more}})


@pytest.mark.parametrize("kind", [each for each in CLAUSES if each != "confidentiality"])
def test_of_two_equal_clauses_the_graver_one_takes_a_passage(kind):
    history = make_told(NOTHING, [against(CLAUSES[kind])])

    (warning,) = detect(with_one_more(history, clause="confidentiality", likelihood=0.95), [])

    assert warning.kind == "confidentiality"


def test_a_passage_belongs_to_the_clause_that_it_is_likeliest_against():
    history = make_told(NOTHING, [against("channels", likelihood=0.95)])

    (warning,) = detect(with_one_more(history, clause="roles.mentor.1", likelihood=0.6), [])

    assert warning.kind == "channel"


def test_two_lines_of_one_role_are_one_warning_under_the_likelier_line():
    history = make_told(NOTHING, [against("roles.mentor.1")])

    (warning,) = detect(with_one_more(history, clause="roles.mentor.0", likelihood=0.7), [])

    assert warning.clause.text == "The mentor does not do the mentee's work"


def test_two_matters_in_one_note_are_two_warnings():
    both = [against("channels"), against("roles.mentor.1", text="He wrote the plan for me.")]

    assert {each.kind for each in detect(make_told(NOTHING, both), [])} == {"channel", "role"}


# goals

GOAL_WAYS = {
    "goal_neglect": "We left it lying once more.",
    "goal_displacement": "The whole hour went to the office move.",
    "relevance_loss": "With the other job it no longer matters.",
    "goal_vagueness": "We still have no number for it.",
}


@pytest.mark.parametrize("kind", GOAL_WAYS)
def test_a_passage_against_a_goal_is_one_kind_by_its_words(kind):
    passage = against("goals.g2", text=GOAL_WAYS[kind])

    (warning,) = detect(make_told([passage], [passage]), [])

    assert (warning.kind, warning.about) == (kind, "g2")
    assert "Negotiate pay" in warning.clause.text


def test_a_goal_that_is_kept_does_not_settle_another_one():
    left = against("goals.g2", text=GOAL_WAYS["goal_neglect"])
    history = make_told([left], [against("goals.g1", says="keeps")])

    assert len(raised(history, "goal_neglect")) == 1


def every_warning():
    """A warning of each kind, with its variants."""
    for kind, clause in CLAUSES.items():
        yield from raised(make_told(NOTHING, [against(clause)]), kind)
        yield from raised(make_told([against(clause)], [against(clause)]), kind)
    for text in GOAL_WAYS.values():
        yield from detect(make_told([against("goals.g2", text=text)]), [])
    yield from detect(make_told([against("text.4")], [against("ends_on")]), [])


def test_every_question_keeps_the_rules_of_good_questions():
    found = list(every_warning())

    assert len({each.question for each in found}) >= len(CLAUSES)
    assert {each.question: faults(each.question) for each in found if faults(each.question)} == {}


def test_a_session_without_passages_is_no_drift():
    assert detect(make_told(NOTHING, NOTHING), []) == ()


def test_no_contract_is_no_drift():
    assert detect(make_told([against("confidentiality")], contracts=()), []) == ()


def test_the_same_matter_has_the_same_id_on_later_days_and_with_more_evidence():
    clause = CLAUSES["feedback"]
    one = make_told([against(clause)], as_of=date(2026, 1, 6))
    later = make_told([against(clause)], [against(clause)])
    later = later.model_copy(
        update={
            "sessions": (*one.sessions, *later.sessions[1:]),
            "readings": {**later.readings, **one.readings},
        }
    )

    assert [each.id for each in raised(one, "feedback")] == [
        each.id for each in raised(later, "feedback")
    ]


@pytest.mark.parametrize(
    ("quote", "likelihood", "counts"),
    [
        ("Nobody said a word of the weather.", 0.7, False),
        ("Nobody said a word of the weather.", 0.95, True),
        ("Nothing came of the goal again.", 0.7, True),
    ],
)
def test_what_holds_no_word_of_a_goal_speaks_against_it_only_where_it_is_sure(
    quote, likelihood, counts
):
    told = [against("goals.g1", quote, likelihood=likelihood)]

    found = raised(make_told(told, told), "goal_neglect")

    assert bool(found) == counts


def test_what_is_against_another_clause_is_not_against_a_goal_too():
    told = [against("goals.g1", "We met on the phone again.", likelihood=0.95)]
    history = with_one_more(make_told(NOTHING, told), clause="channels", likelihood=0.7)

    assert raised(make_told(NOTHING, told), "goal_neglect")
    assert raised(history, "goal_neglect") == []
