"""D10 feedback: agreed feedback is left out, one-sided, or given in another way.

Definition: the notes say that the agreed feedback is missing, comes from one side, or differs from
its clause.

Needs: passages against the clause in two sessions, or one plain passage (low).

Traps: feedback by another channel, a private part that cannot be read here. Notes that are silent
about feedback prove nothing and never count.

Source: "Find the best ways to exchange feedback"; "how real your chances are"; the partnership
agreement's feedback and evaluation.
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, severity_of, warning
from coach.model.drift import Drift


def feedback(evidence: Evidence) -> Iterator[Drift]:
    """Warn of feedback that the notes say was not given as agreed."""
    found = matter(evidence, "feedback")
    if found is None:
        return
    words = Words(
        seen="say that it went otherwise",
        innocent="It may have been given some other time, in writing, or by word of mouth.",
        question="How do you both want to exchange feedback now?",
        return_to="Keep the last minutes of the next session for feedback, as agreed.",
        amend_to="Agree on another rhythm or form, such as a line in writing after each session.",
    )
    yield warning(evidence, "feedback", found, words, severity=severity_of(found))
