"""Logs tell what happened, with ids and numbers: never a word of anyone, never a key."""

import logging
import re
import sqlite3
from contextlib import redirect_stderr
from io import StringIO

import pytest

from api.logs import EventFormatter
from tests.api.served import served
from tests.api.tour import Tour, toured
from tests.api.world import ADMIN_KEY, as_note, canary, opened_world, problem_of

# The test's own client, which writes down the addresses it asks for.
_CLIENT = ("httpx2", "httpcore2", "httpx", "httpcore")


class _Everything(logging.Handler):
    """Keeps all that a record carries, whatever a formatter would make of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record):
        if record.name.partition(".")[0] not in _CLIENT:
            self.lines.append(f"{logging.Formatter().format(record)} {record.__dict__}")

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def heard():
    """All that any logger says at DEBUG."""
    handler = _Everything()
    loggers = [logging.getLogger(name) for name in ("", "uvicorn", "uvicorn.error", "coach")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield handler
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def stderr():
    """What the process writes to standard error."""
    with redirect_stderr(StringIO()) as written:
        yield written


@pytest.fixture
def loud_world(tmp_path, heard, stderr):
    with opened_world(tmp_path / "data", log_level="DEBUG") as world:
        logging.getLogger("coach").addHandler(heard)
        yield world


def assert_silent(told: str, tour: Tour) -> None:
    lowered = told.lower()
    assert [word for word in tour.words if word.lower() in lowered] == []
    assert [key for key in tour.keys if key in told or key.split("_")[-2:][0] in told] == []
    assert not re.search(r"msc_(live|test)_", told)


def test_no_word_and_no_key_is_logged_in_the_process(loud_world, heard, stderr):
    def send(method: str, path: str, key: str | None, **request) -> tuple[int, bytes]:
        if "json" in request:
            request["content"] = _json(request.pop("json"))
            request["headers"] = {
                "Content-Type": "application/json",
                **request.get("headers", {}),
            }
        answer = loud_world.send(method, path, key, **request)
        return answer.status_code, answer.content

    tour = toured(send)

    assert {200, 201, 204, 401, 404, 405, 406, 412, 422} <= set(tour.statuses)
    assert max(tour.statuses) < 500
    assert heard.text.count("answered") >= len(tour.statuses)
    assert '"event": "answered"' in stderr.getvalue()
    assert_silent(heard.text + stderr.getvalue(), tour)


def _json(value: object) -> bytes:
    from json import dumps  # noqa: PLC0415 - a surrogate is sent as an escape

    return dumps(value).encode()


def test_no_word_and_no_key_is_logged_by_a_server(tmp_path):
    with served(tmp_path, "--log-level", "trace", log_level="DEBUG") as server:
        tour = toured(server.send)
    # Only now: the line on an answer is written after the answer is sent.
    told = server.log.read_text()

    assert {200, 201, 204, 401, 404, 405, 406, 412, 422} <= set(tour.statuses)
    assert max(tour.statuses) < 500
    assert told.count('"answered"') == len(tour.statuses)
    assert_silent(told, tour)


def _damaged(world, statement: str, *values: str) -> None:
    """Change the database behind the application's back."""
    with sqlite3.connect(world.data_dir / "coach.db") as database:
        database.execute(statement, values)
    database.close()


@pytest.mark.parametrize(
    "path", ["/facts", "/commitments", "/brief", "/drift", "/export", "/search?q=plan"]
)
def test_a_failure_is_told_without_what_failed(path, loud_world, heard, stderr):
    pair = loud_world.pair()
    pair.note("mentor")
    word = canary("failed")
    _damaged(loud_world, "UPDATE readings SET reading = ?", f'{{"engine": "{word}"}}')

    answer = pair.get("mentor", path)

    assert word not in answer.text + str(answer.headers)
    problem_of(answer, 500)
    told = heard.text + stderr.getvalue()
    assert "request failed" in told
    assert answer.headers["x-request-id"] in told
    assert word not in told


def test_a_failure_is_not_told_by_a_log_that_cannot_be_written(loud_world):
    pair = loud_world.pair()
    pair.note("mentor")
    word = canary("failed")
    _damaged(loud_world, "UPDATE readings SET reading = ?", f'{{"engine": "{word}"}}')
    closed = StringIO()
    closed.close()
    logging.getLogger("coach").handlers[0].setStream(closed)

    with redirect_stderr(StringIO()) as written:
        answer = pair.get("mentor", "/facts")

    problem_of(answer, 500)
    assert "Logging error" in written.getvalue()
    assert word not in written.getvalue()


def test_a_failure_while_writing_is_told_without_words_and_may_be_tried_again(loud_world, heard):
    pair = loud_world.pair()
    word = canary("failed")
    body = {"held_on": "2026-06-01", "notes": [as_note(f"We spoke of {word}.")]}
    _damaged(loud_world, "ALTER TABLE readings RENAME TO elsewhere")

    failed = pair.post("mentor", "/sessions", body, **{"Idempotency-Key": "again"})
    _damaged(loud_world, "ALTER TABLE elsewhere RENAME TO readings")
    again = pair.post("mentor", "/sessions", body, **{"Idempotency-Key": "again"})

    problem_of(failed, 503)
    assert failed.headers["retry-after"]
    assert again.status_code == 201
    assert len(pair.get("mentor", "/sessions").json()) == 1
    assert word not in heard.text + failed.text


def test_the_scan_would_hear_a_word(heard):
    tour = Tour(["a canary"], [ADMIN_KEY], [])
    logging.getLogger("coach.somewhere").setLevel(logging.DEBUG)
    logging.getLogger("anything").debug("said", extra={"note": "A CANARY"})

    with pytest.raises(AssertionError):
        assert_silent(heard.text, tour)
    with pytest.raises(AssertionError):
        assert_silent(f"key {ADMIN_KEY}", tour)


def test_a_line_holds_only_allowed_fields():
    record = logging.makeLogRecord({"msg": "answered", "status": 200, "note": "words"})

    line = EventFormatter().format(record)

    assert '"status": 200' in line
    assert "words" not in line
