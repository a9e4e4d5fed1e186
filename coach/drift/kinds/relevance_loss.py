"""D3 relevance loss: a goal is worked on, and no longer matters.

Definition: the mentee's job, need or wish has changed, and the goal has not.

Needs: passages that say so in two sessions, or one plain passage (low).

Traps: one day of low energy, humour, news about a third person.

Source: "Mentoring must be totally relevant to what is happening for you"; "When relevancy drops,
it's a clue that it's time to change".
"""

from collections.abc import Iterator

from coach.drift.goal_talk import way_of
from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, severity_of, warning
from coach.model.drift import Drift


def relevance_loss(evidence: Evidence) -> Iterator[Drift]:
    """Warn of a goal that the notes say has lost its point."""
    found = matter(evidence, "goals", about=lambda said: way_of(said) == "relevance_loss")
    if found is None:
        return
    words = Words(
        seen="say that it may not matter as it did",
        innocent=(
            "It may have been a tired day, and the goal may still be worth it in another form."
        ),
        question="What matters most to you now?",
        return_to="Say in one sentence what this goal is good for today, and take its next step.",
        amend_to=(
            "Replace the goal in the next version by what matters now, or park it with a day to "
            "look again."
        ),
    )
    yield warning(evidence, "relevance_loss", found, words, severity=severity_of(found))
