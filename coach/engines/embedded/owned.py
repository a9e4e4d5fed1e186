"""What the words of a sentence make of it: who will do what, and who says so."""

from typing import NamedTuple

from coach.model.commitments import Owner
from coach.model.people import Side


class Owned(NamedTuple):
    """Who will do it, and what.

    `sure` where a mark or a list says outright that it is a task; `plainly` where a person and a
    future leave no doubt whose it is, should it be a promise. `by` is who says it; `quoted`
    where the words stand between quotation marks and nobody is named for them.
    """

    owner: Owner
    action: str
    sure: bool = False
    plainly: bool = False
    quoted: bool = False
    by: Side | None = None
