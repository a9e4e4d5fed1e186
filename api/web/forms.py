"""Reads the fields and files of a form (RFC 7578), which together take at most 1 MB."""

import re
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, unquote

from api.problems import Refusal

_MOST_PARTS = 400
"""The largest form has 60 fields; a file more is a part more."""
_NAME = re.compile(r'(?:^|[;\s])name="([^"\r\n]*)"')
_FILE_NAME = re.compile(r'(?:^|[;\s])filename="([^"\r\n]*)"')
_BOUNDARY = re.compile(r'boundary="?([^";\s]{1,70})"?')


class Upload(NamedTuple):
    """A file that somebody chose."""

    name: str
    content: bytes


class Form(NamedTuple):
    """Fields by name, each with all its values, and files."""

    fields: dict[str, list[str]]
    files: tuple[Upload, ...] = ()

    @classmethod
    def of(cls, body: bytes, content_type: str) -> Self:
        """The form in a body; Refusal where it is none."""
        kind = content_type.partition(";")[0].strip().lower()
        if kind == "application/x-www-form-urlencoded":
            return cls(_gathered(_pairs(body)))
        boundary = _BOUNDARY.search(content_type)
        if kind == "multipart/form-data" and boundary:
            return cls(*_parts(body, boundary[1].encode()))
        raise Refusal(415, "send a form")

    def get(self, name: str) -> str:
        """The first value of a field, without space around it; empty where it was left out."""
        return self.fields.get(name, [""])[0].strip()

    def text(self, name: str) -> str:
        """The first value of a field as it was written, with line breaks as notes have them."""
        return self.fields.get(name, [""])[0].replace("\r\n", "\n")

    def lines(self, name: str) -> list[str]:
        """What stands in a field, a line each, without the empty ones."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARTS,
        )
    except ValueError as error:
        raise Refusal(400, "the form cannot be read") from error


def _parts(body: bytes, boundary: bytes) -> tuple[dict[str, list[str]], tuple[Upload, ...]]:
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if not parts or not parts[-1].startswith(b"--") or len(parts) > _MOST_PARTS:
        raise Refusal(400, "the form cannot be read")
    pairs: list[tuple[str, str]] = []
    files: list[Upload] = []
    for part in parts[:-1]:
        name, file_name, content = _part(part)
        if file_name is None:
            pairs.append((name, _decoded(content)))
        elif file_name or content:
            files.append(Upload(file_name, content))
    return _gathered(pairs), tuple(files)


def _part(part: bytes) -> tuple[str, str | None, bytes]:
    head, _, content = part.partition(b"\r\n\r\n")
    said = _decoded(head)
    name, file_name = _NAME.search(said), _FILE_NAME.search(said)
    if name is None:
        raise Refusal(400, "the form cannot be read")
    return unquote(name[1]), unquote(file_name[1]) if file_name else None, content


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Refusal(400, "the form is not UTF-8 text") from error


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in value:
            raise Refusal(422, "a NUL character cannot be kept")
        fields.setdefault(name, []).append(value)
    return fields
