"""The base of every value: frozen, strict, compared by what it holds."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value without surplus fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
