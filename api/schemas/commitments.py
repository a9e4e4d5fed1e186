"""Bodies and queries about commitments."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, model_validator

from api.schemas.fields import Body, Day, Short, fields_said
from api.schemas.queries import AsOf
from coach.model.commitments import (
    AddedCommitment,
    CommitmentStatus,
    CorrectedField,
    CorrectedStatus,
    Correction,
    Owner,
)
from coach.model.people import Visibility

_CORRECTED: tuple[CorrectedField, ...] = ("action", "due", "owner", "status")


class CommitmentPatch(Body):
    """What a person puts right of a commitment; null takes the due day back."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    owner: Annotated[Owner | None, AfterValidator(fields_said)] = None
    due: Day | None = None
    action: Annotated[Short | None, AfterValidator(fields_said)] = None
    status: Annotated[CorrectedStatus | None, AfterValidator(fields_said)] = None

    @model_validator(mode="after")
    def says_something(self) -> "CommitmentPatch":
        """Refuse a correction of nothing."""
        if not self.model_fields_set:
            raise ValueError("name at least one of action, due, owner, status")
        return self

    def value(self) -> Correction:
        """The domain's value, still without an id and its commitment."""
        said = tuple(name for name in _CORRECTED if name in self.model_fields_set)
        return Correction(id="", commitment_id="", note_id="", said=said, **self.model_dump())


class NewCommitment(Body):
    """A promise that is added by hand."""

    owner: Owner
    action: Short
    due: Day | None = None
    visibility: Visibility = "shared"

    def value(self) -> AddedCommitment:
        """The domain's value, still without an id, its day and who added it."""
        return AddedCommitment(id="", made_on=date.min, **self.model_dump())


class CommitmentsQuery(AsOf):
    """Commitments of every status, or of one."""

    status: CommitmentStatus | None = None
