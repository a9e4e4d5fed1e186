"""A session as it is sent."""

import json
from itertools import islice

from evals.bench.histories import history
from evals.bench.mentorship import session_body


def test_a_session_is_sent_without_ids():
    (session,) = islice(history(), 1)

    body = json.loads(session_body(session))

    assert "id" not in body
    assert [sorted(note) for note in body["notes"]] == [
        sorted(set(note.model_dump()) - {"id"}) for note in session.notes
    ]
