"""What is wrong with a question before it is asked."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.auth import Caller
from api.guard import Guarded
from api.idempotency import IdempotencyKey, once
from api.openapi import refusals
from api.replies import answer
from api.schemas.queries import NoQuery
from api.schemas.questions import QuestionsToCheck
from coach.questions.rules.sets import set_faults
from coach.questions.rules.table import NOT_CHECKED, faults

router = APIRouter(prefix="/v1/questions", tags=["questions"], route_class=Guarded)


class QuestionFault(BaseModel):
    """A rule that a question breaks, and where: code points of the question."""

    rule: str
    start: int
    end: int
    why: str


class CheckedQuestion(BaseModel):
    """The rules that one question breaks; none makes it good yet."""

    faults: list[QuestionFault]


class SetFault(BaseModel):
    """A rule that the questions break together."""

    rule: str
    why: str


class Lint(BaseModel):
    """The faults of each question and of the set.

    `not_checked` names the rules that the text alone does not decide.
    """

    questions: list[CheckedQuestion]
    set: list[SetFault]
    not_checked: list[str]


@router.post("/lint", response_model=Lint, responses=refusals(409))
def lint(
    asked: Caller,
    body: QuestionsToCheck,
    _: Annotated[NoQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Check questions against the rules that their text alone decides.

    No part of them is kept or repeated.
    """
    return once(asked, idempotency_key, lambda _: answer(_linted(body.questions)))


def _linted(texts: list[str]) -> Lint:
    return Lint(
        questions=[
            CheckedQuestion(faults=[QuestionFault(**each._asdict()) for each in faults(text)])
            for text in texts
        ],
        set=[SetFault(**each._asdict()) for each in set_faults(texts)],
        not_checked=list(NOT_CHECKED),
    )
