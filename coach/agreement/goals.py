"""Which goal a sentence is about: it shares words that other goals do not have; words of every trade count half."""

from collections.abc import Sequence
from typing import NamedTuple

from coach.language.words import stems
from coach.model.contract import Goal
from coach.model.people import Mentorship

_STATEMENT_WEIGHT = 1.0
_CRITERIA_WEIGHT = 1.0
_GENERIC_WEIGHT = 0.5
GENERIC = stems(
    "ask speak talk say tell work team hand run lead learn write read make use build get give take month year day time people person first "
    "one part good better best new own without least understand know show hold keep start finish each every alone whole real regular plan"
)
_ENOUGH = 1.0


class GoalWords(NamedTuple):
    """What each goal is told by: its stems, those that several goals share counting less.

    `told` names the goals that a stem tells of, in the goals' order.
    """

    weights: dict[str, dict[str, float]]
    told: dict[str, list[str]]

    def about(self, text: str) -> str | None:
        """The id of the goal that a sentence is about, or None."""
        said = stems(text)
        meant = {goal for stem in said for goal in self.told.get(stem, ())}
        scores = {goal: self._score(goal, said) for goal in self.weights if goal in meant}
        best = max(scores, key=lambda goal: scores[goal], default=None)
        return best if best is not None and scores[best] >= _ENOUGH else None

    def _score(self, goal: str, said: frozenset[str]) -> float:
        weights = self.weights[goal]
        return sum(weights[stem] for stem in said & weights.keys())


def goal_words(goals: Sequence[Goal], mentorship: Mentorship) -> GoalWords:
    """The words to tell these goals by; the two people's names tell none."""
    names = stems(f"{mentorship.mentor.name} {mentorship.mentee.name}")
    told = {goal.id: _weights(goal, names) for goal in goals}
    telling: dict[str, list[str]] = {}
    for goal, weights in told.items():
        for stem in weights:
            telling.setdefault(stem, []).append(goal)
    return GoalWords(
        {
            goal: {stem: weight / len(telling[stem]) ** 2 for stem, weight in weights.items()}
            for goal, weights in told.items()
        },
        telling,
    )


def _weights(goal: Goal, names: frozenset[str]) -> dict[str, float]:
    criteria = dict.fromkeys(stems(goal.success_criteria or ""), _CRITERIA_WEIGHT)
    told = {**criteria, **dict.fromkeys(stems(goal.statement), _STATEMENT_WEIGHT)}
    return {
        stem: weight * (_GENERIC_WEIGHT if stem in GENERIC else 1.0)
        for stem, weight in told.items()
        if stem not in names
    }
