"""Bodies about questions."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Body


class QuestionsToCheck(Body):
    """Questions that somebody means to ask, as one set."""

    questions: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=100)]
