"""Bodies about keys."""

from typing import Literal

from api.schemas.fields import Body, Day


class NewKey(Body):
    """For whom a key acts."""

    acts_as: Literal["mentor", "mentee", "tool"]
    expires_on: Day | None = None
