"""Measures briefs, searches and posts with a given number of sessions."""

import time
from datetime import date, timedelta

from evals.bench.client import Client, expected
from evals.bench.held import HeldMentorship
from evals.bench.histories import queries
from evals.bench.measurement import SizeMeasurement

# Rounds of one new session and its briefs: the P95 of twenty is the second slowest.
_ROUNDS = 20
# A median of five rounds still means something where answers are slow.
_LEAST_ROUNDS = 5
# Warm briefs a round, so that sixty stand beside twenty cold ones.
_WARM_BRIEFS = 3
# Searches of one size, enough for a P95. Chosen by hand; not measured.
_QUERIES = 40
# Limits the rounds of one size; three sizes, with their posting, then take some minutes.
ROUNDS_SECONDS = 25.0


def measure_answers(mentorship: HeldMentorship, port: int, made: SizeMeasurement) -> None:
    """Post new sessions, each followed by its brief, once cold and then warm; then search."""
    began_at = time.monotonic()
    with Client(port, mentorship.key) as client:
        for number in range(_ROUNDS):
            if number >= _LEAST_ROUNDS and time.monotonic() - began_at > ROUNDS_SECONDS:
                break
            (session,) = mentorship.next_sessions(1)
            made.posts.append(mentorship.post(client, session, made))
            tomorrow = session.held_on + timedelta(days=1)
            made.cold.append(_brief_milliseconds(client, mentorship, tomorrow))
            made.warm += [
                _brief_milliseconds(client, mentorship, tomorrow) for _ in range(_WARM_BRIEFS)
            ]
        for query in queries(_QUERIES):
            asked = client.get(f"{mentorship.path}/search?q={query.replace(' ', '+')}")
            made.search.append(expected(asked, 200).milliseconds)


def _brief_milliseconds(client: Client, mentorship: HeldMentorship, as_of: date) -> float:
    return expected(client.get(f"{mentorship.path}/brief?as_of={as_of}"), 200).milliseconds
