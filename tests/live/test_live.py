"""What holds when a real model answers over real HTTP, whatever it says.

`make live` prints the transcript.
"""

from collections.abc import Iterator

import pytest

from coach.model.answers import Brief, Reflection, Report
from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.pages.grounding import exact, stands
from coach.questions.rules.table import faults
from tests.live.journey import PATIENT_SECONDS, USUAL_SECONDS, Answer, Journey, travelled

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def journey(tmp_path_factory) -> Journey:
    """Two sessions of a sample and every answer about them, told as they come."""
    return travelled(tmp_path_factory.mktemp("live"), print)


def statements(answer: Answer) -> Iterator[Statement]:
    if isinstance(answer, Reflection):
        return
    page = answer if isinstance(answer, Brief) else answer.recap
    if page.headline:
        yield page.headline
    for section in page.sections:
        yield from section.statements


def questions(answer: Answer):
    return answer.prompts if isinstance(answer, Reflection) else answer.questions


def citations(answer: Answer) -> Iterator[Citation]:
    for each in (*statements(answer), *questions(answer)):
        yield from each.citations
    groups = [answer.commitments.open, answer.commitments.overdue] if not report(answer) else []
    for commitment in (each for group in groups for each in group):
        yield commitment.made_in
        yield from (event.citation for event in commitment.history)


def report(answer: Answer) -> bool:
    return isinstance(answer, Report)


def test_every_request_is_answered(journey):
    assert [each.status for each in (*journey.calls, *journey.hurried) if each.status >= 400] == []


def test_the_model_was_really_asked_and_its_server_refused_nothing(journey):
    assert sum(each.tokens.written for each in journey.calls) > 0
    assert [each for each in journey.calls if each.told]
    refused = {"not_usable", "no_completion", "unreachable"}
    reasons = {each.provenance.reason for each in journey.answers}
    assert not [each for each in reasons if each in refused or (each or "").startswith("http_")]


def test_every_citation_is_exact(journey):
    cited = [each for answer in journey.answers for each in citations(answer)]

    assert cited
    assert [each for each in cited if not exact(each, journey.kept)] == []


def test_no_statement_says_what_the_notes_do_not_say(journey):
    said = [each for answer in journey.answers for each in statements(answer)]

    assert said
    assert [each for each in said if not stands(each, journey.kept, besides=journey.names)] == []


def test_every_question_keeps_every_rule(journey):
    asked = [each for answer in journey.answers for each in questions(answer)]

    assert asked
    assert [each.text for each in asked if faults(each.text)] == []


def test_the_notes_are_all_there_after_kill_9(journey):
    assert journey.kept == journey.sent


def test_an_answer_comes_within_its_deadline(journey):
    late = [each for each in journey.calls if each.seconds > PATIENT_SECONDS + 5]
    late += [each for each in journey.hurried if each.seconds > USUAL_SECONDS + 5]

    assert [each.what for each in late] == []


def test_who_is_in_a_hurry_gets_the_answer_without_the_model(journey):
    hurried = [each for each in journey.calls if "wait=0" in each.what]

    assert hurried
    assert [each.what for each in hurried if each.seconds > 10 or each.tokens.written] == []


def test_the_mentor_is_told_nothing_of_what_is_the_mentees_alone(journey):
    mentors = [each.answer for each in journey.calls if each.what.startswith("mentor")]
    cited = {each.note_id for answer in mentors if answer for each in citations(answer)}

    assert len(journey.sent) == 3
    assert len(cited) <= 2
