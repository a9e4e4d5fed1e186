"""D2 goal displacement: the time goes to something outside every goal.

Definition: what fills the sessions is none of the agreed goals, and the goals get too little time.

Needs: passages that say so in two sessions, or one plain passage (low).

Traps: an explicit change of the contract, urgent help, a means to the goal, the orientation
session, what the mentee asked for. Shares of topics are not counted, because notes tell too little
about how long the two spoke of something.

Source: "the mentoring process can get off track"; ICF 3: "unless the client indicates otherwise".
"""

from collections.abc import Iterator

from coach.drift.goal_talk import way_of
from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, severity_of, warning
from coach.model.drift import Drift


def goal_displacement(evidence: Evidence) -> Iterator[Drift]:
    """Warn of sessions that the notes say went to something other than the goals."""
    found = matter(evidence, "goals", about=lambda said: way_of(said) == "goal_displacement")
    if found is None:
        return
    words = Words(
        seen="tell of time that went to something else",
        innocent=(
            "It may have been urgent, wished for, or a step towards the goal that the note does "
            "not name."
        ),
        question="What should the next session be for?",
        return_to=(
            "Give the goal the first half of the next session, and the other topic what is left."
        ),
        amend_to=(
            "Add the topic as a goal in the next version, with a day and a sign that it is met."
        ),
    )
    yield warning(evidence, "goal_displacement", found, words, severity=severity_of(found))
