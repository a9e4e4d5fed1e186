"""What is wrong with a form, in words of the form."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from coach.errors import Invalid

_Body = TypeVar("_Body", bound=BaseModel)


def taken(body: type[_Body], values: Mapping[str, object], words: Mapping[str, str]) -> _Body:
    """Return the body that the API would take.

    Raises Invalid in the form's words, about the first field that is wrong.
    """
    try:
        return body.model_validate(values)
    except ValidationError as error:
        place = error.errors(include_input=False)[0]["loc"]
        name = str(place[0]) if place else ""
        raise Invalid(
            words.get(name, "Something in the form is not right"), pointer=f"/{name}"
        ) from None
