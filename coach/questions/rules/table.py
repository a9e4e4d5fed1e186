"""What a good question is: rules with the ids of the field's checklist.

They are gates on what is asked. They find what makes a question bad; passing them does not make
one good.
"""

from collections.abc import Callable

from coach.questions.grammar import unquoted
from coach.questions.rules.blame import no_blame
from coach.questions.rules.brevity import concise
from coach.questions.rules.fault import Fault
from coach.questions.rules.form import one_question, open_question
from coach.questions.rules.leading import not_leading
from coach.questions.rules.register import register

_NOT = r"n['’]t"

RULES: dict[str, Callable[[str], Fault | None]] = {
    "Q1": one_question,
    "Q2": open_question,
    "Q3": concise,
    "Q4": not_leading,
    "Q5": no_blame,
    "Q21": register,
}
"""The rules that a question's text alone decides; each sees it with what it quotes blanked out."""

NOT_CHECKED = tuple(
    f"Q{number}" for number in range(1, 25) if f"Q{number}" not in RULES and number != 20
)
"""The rules of the checklist that need the notes, the contract or a person to decide."""


def faults(text: str) -> tuple[Fault, ...]:
    """Every rule that one question breaks, with places in code points."""
    blanked = unquoted(text)
    said = dict.fromkeys(RULES, blanked) | {"Q3": text}
    return tuple(fault for name, rule in RULES.items() if (fault := rule(said[name])))
