"""Query parameters."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.schemas.fields import Day, Named


class Query(Named):
    """Query parameters; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid")


class AsOf(Query):
    """The day at whose end the answer is given; today when absent."""

    as_of: Day | None = None


class FactsQuery(AsOf):
    """Facts of all sessions, or of one.

    Facts that a person has hidden come only where `hidden` asks for them.
    """

    session_id: Annotated[str, Field(max_length=100)] | None = None
    hidden: bool = False


class DriftQuery(AsOf):
    """Open warnings, or all of them."""

    status: Literal["open", "all"] = "open"


class SearchQuery(AsOf):
    """What to look for, in how many sessions at most, and in sessions of which days."""

    q: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    limit: Annotated[int, Field(ge=1, le=50)] = 5
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Annotated[Day | None, Field(alias="to")] = None


class PageQuery(Query):
    """A page of a list."""

    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NoQuery(Query):
    """No query parameters."""
