"""Every page there is: to add one, write its file and name it here."""

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from api.negotiation import preferred
from api.problems import http_error
from api.web import (
    agreement,
    before,
    data,
    home,
    left,
    over_time,
    planning,
    promises,
    record,
    refusing,
    samples,
    searching,
    sessions,
    setting_up,
    styles,
    understanding,
    welcome,
)

PAGES = (
    styles.router,
    welcome.router,
    welcome.devices_router,
    home.router,
    setting_up.router,
    samples.router,
    before.router,
    planning.router,
    sessions.router,
    understanding.router,
    promises.router,
    agreement.router,
    left.router,
    over_time.router,
    searching.router,
    data.router,
    record.router,
)


def install(app: FastAPI) -> None:
    """Add the pages to the application; the API's documentation does not list them.

    A browser that asks for an address that leads nowhere gets a page too, but below /v1.
    """
    for router in PAGES:
        app.include_router(router)

    def lost(request: Request, error: Exception) -> Response:
        wants_page = preferred(request.headers.get("accept")) == "text/html"
        if (
            wants_page
            and not request.url.path.startswith("/v1")
            and isinstance(error, HTTPException)
        ):
            return refusing.not_there(request, error.status_code)
        return http_error(request, error)

    app.add_exception_handler(HTTPException, lost)
