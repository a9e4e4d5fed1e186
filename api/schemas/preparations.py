"""Bodies about preparations."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Body
from coach.model.people import Visibility


class NewPreparation(Body):
    """What one side wants from the next session."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    visibility: Visibility
