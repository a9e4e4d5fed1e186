"""Bodies about the next session."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Body, Label, Moment
from coach.model.sessions import NextSession


class NewNextSession(Body):
    """When the two meet next."""

    starts_at: Moment
    channel: Label | None = None
    duration_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None

    def value(self) -> NextSession:
        """The domain's value."""
        return NextSession(**self.model_dump())
