"""Bodies about people."""

from api.schemas.fields import Body, Label, Short
from coach.model.people import Person


class NewPerson(Body):
    """Somebody who shall be able to sign in."""

    name: Short
    pronouns: Label | None = None
    email: Label | None = None

    def value(self) -> Person:
        """The domain's value, still without an id."""
        return Person(**self.model_dump())
