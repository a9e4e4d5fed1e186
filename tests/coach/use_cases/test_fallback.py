"""A model is asked as long as it answers.

Once it has failed, a request does not wait for it again.
"""

from datetime import date

from coach.commitments.timeline import commitments
from coach.pages.candidates import Known
from coach.pages.selection import brief_lines
from coach.use_cases.fallback import Attempts
from tests.builders import make_history, make_session
from tests.provider import provider

NOTE = """\
I'm proud that the pilot of the rota ran for two weeks without a gap.
- I'll send the budget draft to the board by 14 March.
We tried a shorter stand-up and it took half the time. Not sure whether the board will agree.
"""


def a_page():
    history = make_history(make_session(date(2026, 3, 3), NOTE))
    return brief_lines(Known(history, commitments(history)))


def test_where_the_model_answers_there_is_no_reason():
    with provider() as asked:
        attempts = Attempts(asked.engine())

        wording = attempts.word(a_page())

    assert wording is not None
    assert wording.sentences
    assert attempts.reason is None


def test_where_the_model_fails_it_says_nothing_and_the_reason_is_told():
    with provider() as asked:
        asked.breaks(400)
        attempts = Attempts(asked.engine())

        assert attempts.word(a_page()) is None
        assert attempts.ask(a_page(), of="mentee") == ()

    assert attempts.reason == "http_400"


def test_after_a_failure_the_model_is_not_asked_again():
    with provider() as asked:
        asked.breaks(400)
        attempts = Attempts(asked.engine())
        attempts.word(a_page())
        asked.answers_again()

        assert attempts.word(a_page()) is None
        assert attempts.ask(a_page(), of="mentee") == ()

    assert asked.asked == []
