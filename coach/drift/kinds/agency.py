"""D9 agency: the mentor drives, and the mentee brings nothing of what was agreed.

Definition: against a line of the mentee's role, the mentee brings no agenda, no questions or no
attempts of their own.

Needs: passages against that line in two sessions, or one plain passage (low).

Traps: a reserved style, another culture or language, the first sessions, short notes. What is
merely not noted never counts.

Source: "Your mentor cannot guess how to help you"; "asking for specific help"; "Reach out and take
the initiative".
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, severity_of, warning
from coach.model.drift import Drift


def agency(evidence: Evidence) -> Iterator[Drift]:
    """Warn of sessions to which the mentee did not bring what was agreed."""
    found = matter(evidence, "role_mentee")
    if found is None:
        return
    words = Words(
        seen="tell of sessions that went without it" if not found.once else "tell otherwise",
        innocent="A full week may have left no room for it, or it was brought and not noted.",
        question="What do you want from the next session, in one specific ask?",
        return_to=f"Begin the next session with it: “{found.clause.clause.text}”",
        amend_to=(
            "Agree on a smaller part that fits a full week, such as one question on the day before."
        ),
    )
    yield warning(evidence, "agency", found, words, severity=severity_of(found))
