"""Documents refusals in OpenAPI, so that clients and testers know them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE, TITLES, Problem, ProblemError

# The statuses that every route may answer with.
_ANY = (400, 401, 403, 405, 408, 413, 415, 422, 429, 431, 500, 503)

# The type that FastAPI has for this argument.
Responses = dict[int | str, dict[str, Any]]


def refusals(*statuses: int) -> Responses:
    """Return the problems that a route may answer with, besides those of every route."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*_ANY, *statuses})
    }


def install(app: FastAPI) -> None:
    """Complete /openapi.json with the problem's schema among the components."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            problem.pop("$defs", None)
            error = ProblemError.model_json_schema()
            schema["components"]["schemas"] |= {"Problem": problem, "ProblemError": error}
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
