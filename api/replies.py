"""Makes JSON answers with their ETag."""

from collections.abc import Sequence

from fastapi import Response
from pydantic import BaseModel

from api.conditional import etag


def answer(value: BaseModel, *, status: int = 200) -> Response:
    """Return a value as JSON with its ETag."""
    return as_json(value.model_dump_json().encode(), status=status)


def answer_list(values: Sequence[BaseModel]) -> Response:
    """Return values as a bare JSON array with its ETag."""
    return as_json(
        b"[" + b",".join(each.model_dump_json().encode() for each in values) + b"]", status=200
    )


def as_json(body: bytes, *, status: int) -> Response:
    """Return a response of bytes that are JSON already."""
    return Response(
        body, status_code=status, media_type="application/json", headers={"ETag": etag(body)}
    )
