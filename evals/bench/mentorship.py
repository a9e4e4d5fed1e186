"""The made-up mentorship as requests: how it begins, and how a session is sent."""

import json

from coach.model.sessions import Session
from evals.bench.client import Answer, Client, expected
from evals.bench.histories import agreement, mentorship
from evals.bench.server import ADMIN_KEY


def begin_mentorship(port: int) -> tuple[str, str]:
    """Begin a mentorship with its agreement; its path and the mentor's key."""
    pair = mentorship().model_dump_json(
        include={"mentor", "mentee", "started_on", "timezone", "language"}
    )
    with Client(port, ADMIN_KEY) as admin:
        path = f"/v1/mentorships/{_body(admin.post('/v1/mentorships', pair), 201)['id']}"
        key = _body(admin.post(f"{path}/keys", '{"acts_as": "mentor"}'), 201)["key"]
    agreed = agreement().model_dump_json(
        include={"effective_from", "point_a", "point_b", "goals", "cadence", "feedback"}
    )
    with Client(port, key) as mentor:
        expected(mentor.post(f"{path}/contract", agreed, method="PUT"), 201)
    return path, key


def session_body(session: Session) -> str:
    """A session as the body of a request."""
    return session.model_dump_json(exclude={"id": True, "notes": {"__all__": {"id"}}})


def _body(answer: Answer, status: int) -> dict[str, str]:
    return dict(json.loads(expected(answer, status).body))
