"""Bodies about mentorships."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from api.schemas.fields import Body, Day, Label, Short, fields_said
from coach.model.people import Mentorship, Person


class PersonBody(Body):
    """One of the two people: by name, or by the id of their account, which says the rest."""

    name: Annotated[Short | None, AfterValidator(fields_said)] = None
    pronouns: Label | None = None
    email: Label | None = None
    person_id: Annotated[Short | None, AfterValidator(fields_said)] = None

    @model_validator(mode="after")
    def one_of_both(self) -> "PersonBody":
        """Refuse a person without a name, and an account with other words about it."""
        by_account = "person_id" in self.model_fields_set
        if by_account and len(self.model_fields_set) > 1:
            raise ValueError("person_id stands alone: the account says the rest")
        if not by_account and self.name is None:
            raise ValueError("give a name, or the person_id of an account")
        return self

    def value(self) -> Person:
        """The domain's value; of an account its id alone."""
        return Person(
            id=self.person_id, name=self.name or "", pronouns=self.pronouns, email=self.email
        )


class NewMentorship(Body):
    """Two people who begin to work together."""

    mentor: PersonBody
    mentee: PersonBody
    started_on: Day | None = None
    timezone: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$")] = "UTC"
    language: Annotated[
        str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ] = "en"

    def value(self) -> Mentorship:
        """The domain's value, still without an id."""
        return Mentorship(
            id="",
            mentor=self.mentor.value(),
            mentee=self.mentee.value(),
            started_on=self.started_on,
            timezone=self.timezone,
            language=self.language,
        )


class MentorshipPatch(Body):
    """What to change; null resumes what was paused or ended.

    `erasure_asked: false` takes back one's own wish to erase.
    """

    paused_until: Day | None = None
    ended_on: Day | None = None
    external_llm: bool | None = None
    erasure_asked: Annotated[Literal[False] | None, AfterValidator(fields_said)] = None
