"""The schema that strict servers are sent, and which text counts as an answer."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field

from coach.engines.gateway.prompt import checked, schema_of
from coach.errors import EngineFailed


class Cat(BaseModel):
    """An animal."""

    kind: Literal["cat"] = "cat"
    lives: int = Field(default=9, ge=0)


class Dog(BaseModel):
    """Another."""

    kind: Literal["dog"]
    default: str | None = None


class Zoo(BaseModel):
    """Who lives there."""

    title: str = Field(description="its name", max_length=9)
    star: Cat = Field(default=Cat(), description="the best of them")
    animals: list[Cat | Dog] = Field(default=[], max_length=3)
    pet: Cat | Dog = Field(discriminator="kind")


def every(schema: object) -> list[dict[str, object]]:
    """Every schema in a schema."""
    if isinstance(schema, list):
        return [found for each in schema for found in every(each)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(found for each in schema.values() for found in every(each))]


def test_every_field_is_required_and_no_other_allowed():
    objects = [each for each in every(schema_of(Zoo)) if each.get("type") == "object"]

    assert len(objects) == 3
    for each in objects:
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_nothing_is_said_that_strict_servers_refuse():
    schema = schema_of(Zoo)

    star = schema["properties"]["star"]
    assert star == {"description": "the best of them", "anyOf": [{"$ref": "#/$defs/Cat"}]}
    assert "oneOf" not in str(schema)
    assert "discriminator" not in str(schema)
    assert "default" not in schema["$defs"]["Cat"]["properties"]["lives"]


def test_names_bounds_and_descriptions_stay():
    schema = schema_of(Zoo)

    assert schema["title"] == "Zoo"
    assert schema["description"] == "Who lives there."
    assert schema["properties"]["title"] == {
        "type": "string",
        "description": "its name",
        "maxLength": 9,
    }
    assert schema["properties"]["animals"]["maxItems"] == 3
    assert "default" in schema["$defs"]["Dog"]["properties"]


class Said(BaseModel):
    """A sentence."""

    text: str = Field(max_length=30)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('{"text": "Zoë \\ud83d\\ude00"}', "Zoë 😀"),
        (r'{"text": "a \\u0000 spelled out"}', r"a \u0000 spelled out"),
        (r'{"text": "\\\\u0000"}', r"\\u0000"),
    ],
    ids=["beyond the basic plane", "no NUL", "no NUL either"],
)
def test_any_text_is_taken(content, text):
    assert checked(content, Said).text == text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"text": "a\\u0000"}', id="a NUL"),
        pytest.param(r'{"text": "\\\u0000"}', id="a NUL behind a backslash"),
        pytest.param('{"text": "ok", "\\u0000": 1}', id="a NUL in a name"),
        pytest.param('{"text": "a\0"}', id="a NUL as it is"),
        pytest.param('{"text": "a\\ud800"}', id="half a letter"),
        pytest.param('{"text": "a\ud800"}', id="half a letter as it is"),
        pytest.param('{"text": "' + "a" * 31 + '"}', id="longer than asked"),
        pytest.param('```json\n{"text": "a"}\n```', id="a fence around"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param("1" * 100_000, id="a huge number"),
        pytest.param("", id="nothing"),
        pytest.param("{}", id="nothing in it"),
    ],
)
def test_what_is_not_as_asked_is_refused_and_not_quoted(content):
    with pytest.raises(EngineFailed) as failed:
        checked(content, Said)

    assert str(failed.value) == "not_as_asked"
    assert failed.value.__context__ is None
