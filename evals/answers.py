"""What a coach answers at the end of a case, and what those answers cite."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from coach.model.citations import Citation
from coach.model.people import Audience
from evals.subject import Subject


def answers(subject: Subject, audiences: Sequence[Audience]) -> Iterator[BaseModel]:
    """Every answer at the end, for each of these audiences."""
    for audience in audiences:
        yield subject.brief(audience, subject.end)
        yield subject.export(audience)
        yield from subject.reports(audience)
        yield subject.search(audience, "what did we agree on")
        if audience == "mentee":
            yield subject.reflection(subject.end)


def citations(value: object) -> Iterator[Citation]:
    """Every citation inside an answer."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from citations(getattr(value, name))
    elif isinstance(value, Iterable) and not isinstance(value, (str, dict)):
        for each in value:
            yield from citations(each)
