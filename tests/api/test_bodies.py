"""A body is at most a megabyte of strict JSON; all else is refused, and fast."""

import gzip
import json
import time

import pytest

from tests.api.world import as_note, problem_of

_JSON = {"Content-Type": "application/json"}


def _session(text: str = "Words.", **fields) -> dict:
    return {"held_on": "2026-06-01", "notes": [as_note(text)], **fields}


def _send(pair, body: bytes, **headers: str):
    return pair.send("mentor", "POST", "/sessions", content=body, headers={**_JSON, **headers})


def _sized(size: int) -> bytes:
    empty = json.dumps(_session("")).encode()
    # Blank text: reading a megabyte of prose takes long, and is not what this is about.
    return json.dumps(_session(" " * (size - len(empty)))).encode()


def test_a_body_of_a_megabyte_is_taken(fresh_pair):
    assert _send(fresh_pair, _sized(1_000_000)).status_code == 201


def test_a_byte_more_is_not(pair):
    problem_of(_send(pair, _sized(1_000_001)), 413)


def test_nor_is_it_in_chunks(pair):
    body = _sized(1_000_001)
    chunks = (body[start : start + 65_536] for start in range(0, len(body), 65_536))

    answer = pair.send("mentor", "POST", "/sessions", content=chunks, headers=_JSON)

    problem_of(answer, 413)


def test_what_is_too_large_is_refused_before_it_is_read(pair):
    began = time.perf_counter()

    answer = _send(pair, b"[" * 50_000_000)

    problem_of(answer, 413)
    assert len(answer.content) < 1000
    assert time.perf_counter() - began < 2


def _nested(depth: int) -> bytes:
    # The object itself is one level.
    return b'{"notes":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


def test_a_depth_of_64_is_read(pair):
    problem = problem_of(_send(pair, _nested(64)), 422)

    assert all("nested" not in each["detail"] for each in problem["errors"])


@pytest.mark.parametrize("depth", [65, 100_000])
def test_more_depth_is_refused_fast(depth, pair):
    began = time.perf_counter()

    problem = problem_of(_send(pair, _nested(depth)), 422)

    assert problem["detail"] == "nested deeper than 64"
    assert time.perf_counter() - began < 0.2


_TEXT = json.dumps(_session())
REFUSED = {
    "NaN": (422, _TEXT.replace('"Words."', "NaN").encode()),
    "infinity": (422, _TEXT.replace('"Words."', "-Infinity").encode()),
    "too large a float": (422, _TEXT.replace('"Words."', "1e999").encode()),
    "5,000 digits": (422, _TEXT.replace('"Words."', "1" * 5000).encode()),
    "two to the 63": (422, _TEXT.replace('"Words."', str(2**63)).encode()),
    "a lone surrogate": (422, _TEXT.replace("Words.", "\\ud800").encode()),
    "the other half": (422, _TEXT.replace("Words.", "\\uDFFFx").encode()),
    "halves in the wrong order": (422, _TEXT.replace("Words.", "\\udc00\\ud800").encode()),
    "a surrogate in a key": (422, _TEXT.replace("held_on", "\\ud800").encode()),
    "NUL": (422, _TEXT.replace("Words.", "a\\u0000b").encode()),
    "NUL in a key": (422, _TEXT.replace("held_on", "\\u0000").encode()),
    "a raw NUL": (400, _TEXT.replace("Words.", "a\x00b").encode()),
    "a raw surrogate": (400, _TEXT.replace("Words.", "a\ud800b").encode(errors="surrogatepass")),
    "a key twice": (422, _TEXT.replace("{", '{"held_on":"2026-01-01",', 1).encode()),
    "a key twice within": (422, _TEXT.replace('{"author"', '{"text":"x","author"').encode()),
    "a key twice, once escaped": (422, _TEXT.replace("{", '{"h\\u0065ld_on":1,', 1).encode()),
    "a byte order mark": (400, b"\xef\xbb\xbf" + _TEXT.encode()),
    "UTF-16": (400, _TEXT.encode("utf-16")),
    "UTF-16 without a mark": (400, _TEXT.encode("utf-16-le")),
    "UTF-32": (400, _TEXT.encode("utf-32")),
    "Latin-1": (400, _TEXT.replace("Words", "Größe").encode("latin-1")),
    "overlong UTF-8": (400, _TEXT.encode().replace(b"Words", b"\xc0\xaf")),
    "a second value": (400, _TEXT.encode() + b"{}"),
    "a trailing comma": (400, _TEXT.encode()[:-1] + b",}"),
    "a comment": (400, _TEXT.encode() + b"// x"),
    "single quotes": (400, _TEXT.replace('"', "'").encode()),
    "an open string": (400, b'{"held_on": "2026'),
    "a raw line break in a string": (400, _TEXT.replace("Words.", "a\nb").encode()),
    "nothing but space": (400, b"  \n"),
    "nothing": (422, b""),
    "null": (422, b"null"),
    "a list": (422, b"[]"),
    "a string": (422, b'"held_on"'),
    "a number": (422, b"1"),
    "80,000 keys": (422, json.dumps(dict.fromkeys(map(str, range(80_000)), 0)).encode()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_strict_json_is_refused_fast(name, pair):
    status, body = REFUSED[name]
    began = time.perf_counter()

    answer = _send(pair, body)

    problem_of(answer, status)
    assert len(answer.content) < 5000
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/json",
        "application/merge-patch+json",
    ],
    ids=lambda each: each or "none",
)
def test_only_json_is_taken(content_type, pair):
    problem_of(_send(pair, _TEXT.encode(), **{"Content-Type": content_type}), 415)


@pytest.mark.parametrize(
    "content_type", ["Application/JSON", "application/json; charset=utf-8"], ids=["case", "charset"]
)
def test_json_is_taken_by_its_other_spellings(content_type, pair):
    assert _send(pair, _TEXT.encode(), **{"Content-Type": content_type}).status_code == 201


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "identity, gzip"])
def test_compressed_bodies_are_not_taken(coding, pair):
    body = gzip.compress(_TEXT.encode())

    problem_of(_send(pair, body, **{"Content-Encoding": coding}), 415)
