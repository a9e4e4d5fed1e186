"""Tells which goal a sentence is about, by words that other goals do not have.

Words of every trade count half.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.language.words import stems, words
from coach.model.contract import Goal
from coach.model.people import Mentorship

# Weight of a word by where the goal has it. Chosen by hand; not measured.
_STATEMENT_WEIGHT = 1.0
_CRITERIA_WEIGHT = 1.0
_GENERIC_WEIGHT = 0.5
GENERIC = stems(
    "ask speak talk say tell work team hand run lead learn write read make use build get give take "
    "month year day time people person first "
    "one part good better best new own without least understand know show hold keep start finish "
    "each every alone whole real regular plan"
)
# Sum of the weights from which a sentence is about a goal. Chosen by hand; not measured.
_ENOUGH = 1.0
_THINGS = stems("talk speech read write plan team work lead hand run")
"""Common words that can also name a thing: "the talk" may be a goal, "we talked about" is not."""
_MEASURES = stems(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "hundred half dozen minute hour percent"
)
"""Words that goals are counted in; they tell no goal from another."""
_DOER = frozenset(
    "i you we they he she it to can could will would should must might may let us who not "
    "don't".split()
)
_DONE_WITH = frozenset("about to with through over of on at for together".split())
_ALL_GOALS = stems("goal aim objective target")
_BOTH = frozenset("both all two three four each neither either".split())
_MOVED = frozenset(
    "moved move moving are is went go going on are advanced progressed stalled rested well "
    "further".split()
)


class GoalWords(NamedTuple):
    """The words that tell goals apart: each goal's stems with their weights.

    A stem that several goals share weighs less. `told` maps a stem to its goals, in their order.
    """

    weights: dict[str, dict[str, float]]
    told: dict[str, list[str]]

    def about(self, text: str) -> str | None:
        """Return the id of the goal that a sentence is about, or None."""
        said = stems(text)
        meant = {goal for stem in said for goal in self.told.get(stem, ())}
        scores = {goal: self._score(goal, said) for goal in self.weights if goal in meant}
        best = max(scores, key=lambda goal: scores[goal], default=None)
        return best if best is not None and scores[best] >= _ENOUGH else None

    def may_be_about(self, text: str) -> frozenset[str]:
        """Return every goal that a sentence might be about.

        It misses none, so it can show that nobody speaks of a goal. One word of the goal is enough.
        A word that several goals share tells of all of them, unless another word tells of one.
        "Both goals moved" tells of all.
        """
        said = stems(text)
        if said & _ALL_GOALS or _all_of_them(text):
            return frozenset(self.weights)
        telling = [self.told[stem] for stem in self._telling(text, said)]
        own = {goals[0] for goals in telling if len(goals) == 1}
        shared = {goal for goals in telling if not own & set(goals) for goal in goals}
        return frozenset(own | shared)

    def can_be_told(self, goal: str) -> bool:
        """Whether a goal has any word of its own."""
        return any(_tells(stem) for stem in self.weights.get(goal, ()))

    def _telling(self, text: str, said: frozenset[str]) -> frozenset[str]:
        known = said & self.told.keys()
        things = known & _THINGS
        return frozenset(filter(_tells, known)) | (
            things & _named_things(text) if things else frozenset()
        )

    def _score(self, goal: str, said: frozenset[str]) -> float:
        weights = self.weights[goal]
        return sum(weights[stem] for stem in said & weights.keys())


def goal_words(goals: Sequence[Goal], mentorship: Mentorship) -> GoalWords:
    """Return the words that tell these goals apart, without the two people's names."""
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


def _tells(stem: str) -> bool:
    """Whether a word is neither a common one nor a number."""
    return stem not in GENERIC and stem not in _MEASURES and not stem.isdigit()


def _all_of_them(text: str) -> bool:
    """Whether a sentence says that all of the goals moved, or did not, without naming one."""
    said = words(text)
    return any(one in _BOTH and two in _MOVED for one, two in pairwise(said))


def _named_things(text: str) -> frozenset[str]:
    """Return the common words that stand for a thing: "the talk", not "we talk about"."""
    said = ["", *words(text), ""]
    return frozenset(
        stem
        for before, word, after in zip(said, said[1:], said[2:], strict=False)
        if word and before not in _DOER and after not in _DONE_WITH
        for stem in stems(word) & _THINGS
        if not word.endswith(("ed", "ing"))
    )


def _weights(goal: Goal, names: frozenset[str]) -> dict[str, float]:
    criteria = dict.fromkeys(stems(goal.success_criteria or ""), _CRITERIA_WEIGHT)
    told = {**criteria, **dict.fromkeys(stems(goal.statement), _STATEMENT_WEIGHT)}
    return {
        stem: weight * (_GENERIC_WEIGHT if stem in GENERIC else 1.0)
        for stem, weight in told.items()
        if stem not in names
    }
