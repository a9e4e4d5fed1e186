"""Variants of ten sessions, a fortnight apart."""

from datetime import date, timedelta

from coach.model.contract import Contract
from coach.model.people import Mentorship, Person
from coach.model.sessions import Session
from evals.drift_cases.variant import Variant


def make_variant(**fields) -> Variant:
    given = {
        "id": "v",
        "mentorship": Mentorship(id="p", mentor=Person(name="Ana"), mentee=Person(name="Ben")),
        "contracts": (Contract(version=1, effective_from=date(2026, 1, 1)),),
        "sessions": tuple(
            Session(id=f"s{number}", held_on=date(2026, 1, 5) + timedelta(days=14 * number))
            for number in range(10)
        ),
        "second_at": 4,
    }
    return Variant(**{**given, **fields})


def make_neglected(**fields) -> Variant:
    return make_variant(
        **{
            "injected": "goal_neglect",
            "at_session": 3,
            "about": "g1",
            "clauses": ("goals",),
            **fields,
        }
    )
