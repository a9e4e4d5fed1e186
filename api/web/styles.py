"""The stylesheet."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

router = APIRouter(include_in_schema=False)


@router.get("/static/coach.css")
async def stylesheet() -> Response:
    """How the pages look."""
    return Response(_text(), media_type="text/css")


@cache
def _text() -> bytes:
    return (Path(__file__).parent / "static" / "coach.css").read_bytes()
