"""Bytes that no client library would send: refused, in time, and none of them repeated."""

import contextlib
import json
import re
import socket
import time

import pytest

from tests.api.served import served
from tests.api.world import ADMIN_KEY, as_note, canary

_BODY = json.dumps({"held_on": "2026-06-01", "notes": [as_note("Words.")]}).encode()


@pytest.fixture(scope="module", params=["h11", "httptools"])
def server(request, tmp_path_factory):
    """A server on each of uvicorn's two HTTP readers."""
    if request.param == "httptools":
        pytest.importorskip("httptools")
    with served(tmp_path_factory.mktemp(request.param), "--http", request.param) as running:
        yield running


@pytest.fixture(scope="module")
def target(server):
    """A path to post sessions to, with a key to it."""
    mentorship_id, keys = server.pair()
    return f"/v1/mentorships/{mentorship_id}/sessions".encode(), keys["mentor"].encode()


def _post(target: tuple[bytes, bytes], *headers: bytes, body: bytes = b"") -> bytes:
    path, key = target
    lines = [b"POST %s HTTP/1.1" % path, b"Host: x", b"Authorization: Bearer " + key, *headers]
    return b"\r\n".join([*lines, b"", body])


def _statuses(told: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3})", told)]


_JSON = b"Content-Type: application/json"
_LENGTH = b"Content-Length: %d" % len(_BODY)
CHUNKED = b"Transfer-Encoding: chunked"
ODD = {
    "64 KB of one header": ((b"X-Long: " + b"x" * 65_536,), b""),
    "1,000 headers": (tuple(b"X-%d: 1" % number for number in range(1000)), b""),
    "30 KB of key": ((b"Idempotency-Key: " + b"k" * 30_000,), b""),
    "two lengths that differ": ((_JSON, _LENGTH, b"Content-Length: 2"), _BODY),
    "a length that is no number": ((_JSON, b"Content-Length: ten"), _BODY),
    "a negative length": ((_JSON, b"Content-Length: -1"), _BODY),
    "a huge length": ((_JSON, b"Content-Length: 99999999999"), b"{"),
    "length and chunks that are none": ((_JSON, _LENGTH, CHUNKED), _BODY + b"\r\n\r\n"),
    "chunks that are none": ((_JSON, CHUNKED), b"zz\r\n{}\r\n0\r\n\r\n"),
    "a header without a name": ((b": x",), b""),
    "a space before the colon": ((b"X-Bad : x",), b""),
    "NUL in a header": ((b"X-Bad: a\x00b",), b""),
    "compressed": ((_JSON, b"Content-Encoding: gzip", _LENGTH), _BODY),
    "nothing": ((b"Content-Length: 0",), b""),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_requests_are_refused(name, server, target):
    headers, body = ODD[name]
    began = time.perf_counter()

    told = server.raw(_post(target, *headers, body=body))

    statuses = _statuses(told)
    assert statuses, told
    assert all(400 <= each < 500 for each in statuses), told
    assert b"x" * 50 not in told
    assert time.perf_counter() - began < 5
    for problem in re.findall(rb"\{.*\}", told):
        assert json.loads(problem)["instance"].startswith("urn:uuid:")


LINES = {
    "no path": b"GET  HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line break in the path": b"GET /v1\r\nX: y/mentorships HTTP/1.1\r\nHost: x\r\n\r\n",
    "no HTTP": b"hello\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40,
    "a version to come": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a path of 70 KB": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an encoded way up": b"GET /v1/..%2f..%2fetc/passwd%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "an absolute address": b"GET http://e.example/v1/mentorships HTTP/1.1\r\nHost: x\r\n\r\n",
    "a star": b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    "raw bytes in the path": b"GET /v1/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "a bad escape in the query": b"GET /healthz?%zz=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
}


@pytest.mark.parametrize("name", LINES)
def test_odd_request_lines_are_refused(name, server):
    told = server.raw(LINES[name])

    assert all(400 <= each < 500 for each in _statuses(told)), told[:300]
    assert b"e.example" not in told
    assert b"passwd" not in told
    assert server.send("GET", "/healthz", None)[0] == 200


def test_a_line_break_in_a_header_adds_none(server, target):
    word = canary("crlf").encode()
    tail = b"\r\nX-Injected: " + word

    told = server.raw(_post(target, _JSON, b"If-Match: a" + tail, b"X-Request-Id: b" + tail))

    assert word not in told
    assert b"x-injected" not in told.lower()


def test_chunks_are_read_and_counted(server, target):
    whole = b"%x\r\n%s\r\n0\r\n\r\n" % (len(_BODY), _BODY)
    piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"

    taken = server.raw(_post(target, _JSON, CHUNKED, body=whole))
    refused = server.raw(_post(target, _JSON, CHUNKED), *[piece] * 17)

    assert _statuses(taken) == [201]
    assert _statuses(refused)[:1] == [413]


_NO_KEY = (b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n", b"\r\n")


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Content-Length: 900000", b""),
        (b"Content-Length: 900000\r\nExpect: 100-continue", b""),
        (b"Content-Length: 900000", b" " * 900_000),
        (CHUNKED, b"10\r\n" + b" " * 16 + b"\r\n"),
        (CHUNKED, (b"10000\r\n" + b" " * 65_536 + b"\r\n") * 40),
    ],
    ids=["none of it sent", "asked first", "all of it", "a chunk", "more than is ever taken"],
)
def test_who_has_no_key_is_told_so_and_the_connection_closes(header, body, server, target):
    first, last = _NO_KEY

    told = server.raw(first % target[0] + header + b"\r\n" + last, body)

    assert _statuses(told) == [401]
    assert b"connection: close" in told.lower()
    assert told.endswith(b"}")
    assert server.send("GET", "/healthz", None)[0] == 200


@pytest.mark.parametrize("header", [b"Content-Length: 100000", CHUNKED], ids=["length", "chunked"])
def test_a_body_that_drips_is_cut(header, tmp_path):
    with served(tmp_path, settings={"COACH_BODY_DEADLINE_SECONDS": "0.5"}) as server:
        first, last = _NO_KEY
        key = b"Authorization: Bearer " + ADMIN_KEY.encode()
        head = first % b"/v1/mentorships" + header + b"\r\n" + key + b"\r\n" + last
        told, drops = b"", 0
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(head)
            connection.settimeout(0.1)
            while not told and drops < 100:
                connection.sendall(b"1\r\n \r\n")
                drops += 1
                with contextlib.suppress(TimeoutError):
                    told = connection.recv(65_536)
            connection.settimeout(20)
            rest = connection.recv(65_536)

    assert _statuses(told) == [408]
    assert b"connection: close" in told.lower()
    assert _statuses(rest) == []


def test_what_a_client_did_not_finish_is_not_kept(server, target):
    path, key = (each.decode() for each in target)
    before = len(json.loads(server.send("GET", path, key)[1]))

    server.raw(_post(target, _JSON, b"Content-Length: 100000", body=_BODY))

    assert len(json.loads(server.send("GET", path, key)[1])) == before
    assert "request failed" not in server.log.read_text()


def test_a_method_override_is_ignored(server, target):
    path, key = (each.decode() for each in target)
    headers = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"}

    status, told = server.send("GET", path, key, headers=headers)

    assert (status, told[:1]) == (200, b"[")


def test_two_requests_at_once_on_one_connection_are_two_answers(server, target):
    path, key = target
    one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    other = b"GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % (path, key)

    assert _statuses(server.raw(one + other + one)) == [200, 200, 200]


def test_forwarded_headers_change_nothing(server):
    headers = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "e.example", "Host": "e.example"}

    status, told = server.send("GET", "/v1/mentorships/", ADMIN_KEY, headers=headers)

    assert status == 404
    assert b"e.example" not in told
