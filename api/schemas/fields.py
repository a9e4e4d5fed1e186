"""What may be sent: strict, and nothing that is not named here."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise ValueError("there is no such day") from None
        if _FIRST <= found <= _LAST:
            return found
        raise ValueError("a day between 1900-01-01 and 2999-12-31 is needed")
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:[Zz]|[+-]\d{2}:\d{2})"
)


def _moment(value: object) -> datetime:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            found = datetime.fromisoformat(value.upper())
        except ValueError:
            raise ValueError("there is no such time") from None
        if _FIRST.year <= found.year <= _LAST.year:
            return found
        raise ValueError("a time between 1900 and 2999 is needed")
    raise ValueError("a time is written as in RFC 3339: 2026-07-01T10:00:00Z")


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]

Short = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]

Long = Annotated[str, Field(max_length=200_000)]

Label = Annotated[str, Field(max_length=300)]


class Named(BaseModel):
    """Takes the fields that it names.

    The refusal of others names the known fields, never what was sent.
    """

    @model_validator(mode="before")
    @classmethod
    def only_known(cls, sent: object) -> object:
        """Refuse what has a field that is not named here."""
        known = {each.alias or name for name, each in cls.model_fields.items()}
        if isinstance(sent, dict) and not sent.keys() <= known:
            raise ValueError(f"unknown field; known here: {', '.join(sorted(known)) or 'none'}")
        return sent


class Body(Named):
    """A request body."""

    model_config = ConfigDict(extra="forbid", strict=True)


def fields_said(value: object) -> object:
    """Return the value; ValueError where a field is sent as null."""
    if value is None:
        raise ValueError("null is not taken here: leave out what is right")
    return value


class Nothing(Body):
    """A body without fields."""
