"""A question to a language model, and the schema that its answer must have."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from coach.errors import EngineFailed

Shape = TypeVar("Shape", bound=BaseModel)
# Keywords that strict servers refuse; they take `anyOf` in place of `oneOf`.
_NOT_TAKEN = frozenset({"default", "discriminator", "title", "uniqueItems"})
_RENAMED = {"oneOf": "anyOf"}
_OF_NAMES = frozenset({"properties", "$defs"})
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class Prompt(NamedTuple):
    """The rules, and the fenced data they apply to; without separate rules, `system` is empty."""

    system: str
    text: str


def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a shape as strict servers want it: all fields required, no others.

    A field with a default is required too; an optional one must allow null.
    """
    return {"title": shape.__name__, **_strict(shape.model_json_schema())}


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema and len(schema) > 1:
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        return _strict({**rest, "anyOf": [{"$ref": schema["$ref"]}]})
    found = {
        _RENAMED.get(name, name): _named(value) if name in _OF_NAMES else _strict(value)
        for name, value in schema.items()
        if name not in _NOT_TAKEN
    }
    if "properties" in found:
        found |= {"required": list(found["properties"]), "additionalProperties": False}
    return found


def _named(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _strict(each) for name, each in schemas.items()}


def checked(content: str, shape: type[Shape]) -> Shape:
    """Return the answer as a value; raises EngineFailed for another shape or for text with NUL."""
    try:
        content.encode()
        if not _NUL.search(content):
            return shape.model_validate_json(content)
    except ValueError:
        pass
    # Raised here and not above, because a validation error quotes its input.
    raise EngineFailed("not_as_asked")
