"""Questions that are worth asking."""

from typing import Literal

from coach.model.citations import Citation
from coach.model.people import Side
from coach.model.values import Value

Intent = Literal[
    "progress", "learning", "exploration", "goal", "commitment", "confirm", "teach_back"
]


class Question(Value):
    """One open question to one person."""

    id: str
    ask_of: Side
    text: str
    intent: Intent
    about: str | None = None
    carried: bool = False
    citations: tuple[Citation, ...]
