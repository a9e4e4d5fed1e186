"""Chooses the format of an answer from the Accept header."""

from typing import Literal

Format = Literal["application/json", "text/markdown", "text/html"]
_OFFERED: tuple[Format, ...] = ("application/json", "text/markdown", "text/html")


def preferred(accept: str | None) -> Format | None:
    """Return the offered format with the highest quality, None when none is accepted.

    It is JSON when all are equal.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")]
    best = max(_OFFERED, key=lambda offered: _quality(offered, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.lower().startswith("q="):
            try:
                return name.lower(), float(parameter[2:])
            except ValueError:
                return name.lower(), 0.0
    return name.lower(), 1.0


def _quality(offered: Format, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that names a format."""
    kind = offered.partition("/")[0]
    for name in (offered, f"{kind}/*", "*/*"):
        for each, quality in ranges:
            if each == name:
                return quality
    return 0.0
