"""Makes the ASGI application: `uvicorn api.app:create_app --factory`."""

import gc
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI

from api import logs, openapi, problems
from api.guard import WorkLimits
from api.mailing import Mailer
from api.middleware import Edge
from api.routes import (
    briefs,
    commitments,
    contracts,
    drift,
    export,
    facts,
    health,
    keys,
    mentorships,
    notes,
    people,
    planning,
    preparations,
    questions,
    search,
    sessions,
)
from api.waiting import AT_ONCE
from api.web import table
from api.web.recent_links import RecentLinks
from coach.bootstrap import now, opened
from coach.errors import Invalid
from coach.ports import Clock
from coach.settings import Settings, from_environment

_log = logging.getLogger("coach.api")
_ABOUT = "Briefs, commitments and contract-drift warnings from mentoring session notes."


def create_app(settings: Settings | None = None, *, clock: Clock = now) -> FastAPI:
    """Return the application; it holds its data directory from start to end.

    Without settings those of the environment are used. A wrong one ends the process with one line.
    """
    chosen = settings or _from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        logs.configure(chosen.log_level)
        # A long history is tens of thousands of small values. To search them all for cycles at
        # every 700 new ones, Python's default, takes a third of a brief's time.
        gc.set_threshold(100_000, 50, 100)
        with opened(chosen, clock=clock) as parts:
            app.state.parts = parts
            app.state.model_threads = CapacityLimiter(AT_ONCE)
            model_seconds = parts.model.seconds if parts.model else 0.0
            app.state.waiting = Counter[str]()
            app.state.looking = None
            app.state.limits = WorkLimits.of(chosen, model_seconds=model_seconds)
            # Computing threads take turns of half a millisecond, not five, so that /healthz does
            # not wait for twelve of them.
            sys.setswitchinterval(0.0005)
            if parts.model is not None:
                parts.model.ready()
                here = "this machine" if parts.model.stays_here else parts.model.host
                _log.info("model", extra={"model": parts.model.model, "host": here})
            app.openapi()  # made at the start, so that no request waits for it
            yield

    app = FastAPI(
        title="Session Coach",
        version="1",
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Spans would carry addresses with their queries, and error texts.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        separate_input_output_schemas=False,
    )
    app.state.clock = clock
    app.state.settings = chosen
    app.state.mailer = Mailer(chosen)
    app.state.links = RecentLinks()
    problems.install(app)
    openapi.install(app)
    for routes in (  # in the order of the documentation
        health,
        people,
        mentorships,
        keys,
        contracts,
        sessions,
        notes,
        preparations,
        planning,
        facts,
        commitments,
        briefs,
        drift,
        search,
        export,
        questions,
    ):
        app.include_router(routes.router)
    app.include_router(people.me_router)
    table.install(app)
    app.add_middleware(_edge())
    return app


def _from_environment() -> Settings:
    try:
        return from_environment()
    except Invalid as error:
        # The server that loads the application prints this line without a traceback.
        raise SystemExit(f"coach: {error}") from None


def _edge() -> Any:
    return Edge
