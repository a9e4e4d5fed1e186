"""Every page there is: to add one, write its file and name it here."""

from fastapi import FastAPI

from api.web import (
    agreement,
    before,
    data,
    home,
    left,
    promises,
    searching,
    sessions,
    setting_up,
    styles,
    welcome,
)

PAGES = (
    styles.router,
    welcome.router,
    welcome.devices_router,
    home.router,
    setting_up.router,
    before.router,
    sessions.router,
    promises.router,
    agreement.router,
    left.router,
    searching.router,
    data.router,
)


def install(app: FastAPI) -> None:
    """Add the pages to the application; the API's documentation does not list them."""
    for router in PAGES:
        app.include_router(router)
