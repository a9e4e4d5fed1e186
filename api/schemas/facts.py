"""Bodies about facts."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, model_validator

from api.schemas.fields import Body, fields_said
from coach.model.facts import CorrectedFactField, FactKind, FactWord

_CORRECTED: tuple[CorrectedFactField, ...] = ("hidden", "kind")


class FactPatch(Body):
    """What a person puts right of a fact; a null kind takes their word on the kind back."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    kind: FactKind | None = None
    hidden: Annotated[bool | None, AfterValidator(fields_said)] = None

    @model_validator(mode="after")
    def says_something(self) -> "FactPatch":
        """Refuse a correction of nothing."""
        if not self.model_fields_set:
            raise ValueError("name at least one of hidden, kind")
        return self

    def value(self) -> FactWord:
        """The domain's value."""
        return FactWord(
            said=tuple(name for name in _CORRECTED if name in self.model_fields_set),
            kind=self.kind,
            hidden=bool(self.hidden),
        )
