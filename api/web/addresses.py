"""Builds links to the pages, with an address that works outside the server."""

from fastapi import Request

from coach.settings import Settings


def base_of(request: Request) -> str:
    """Return the address of the pages, without a slash at its end.

    It is the configured address, or that of the request where none is configured.
    """
    settings: Settings = request.app.state.settings
    return configured(settings) or f"{request.url.scheme}://{request.url.netloc}"


def configured(settings: Settings) -> str | None:
    """The configured address, without a slash at its end."""
    return str(settings.public_url).rstrip("/") if settings.public_url else None


def sign_in_link(base: str, token: str) -> str:
    """The address that signs somebody in once."""
    return f"{base}/welcome/{token}"
