"""D8 boundary and safety: mentoring deals with something that the two agreed belongs elsewhere.

Definition: a health crisis, harassment, a legal dispute or dependency is dealt with here, although
a clause sends it to somebody else.

Needs: that clause and explicit words. One plain passage is enough, otherwise two sessions.

Traps: idioms ("dying to finish"), quotes of other people, past events. Feelings are never inferred
from tone. The warning makes no diagnosis, gives no score and repeats nothing.

Source: "maintain a healthy amount of objectivity"; ICF code 1.6; the boundaries of the mentoring
agreement templates.
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, warning
from coach.model.drift import Drift, Severity


def boundary(evidence: Evidence) -> Iterator[Drift]:
    """Warn of what may need other support than mentoring."""
    found = matter(evidence, "boundary", serious=True)
    if found is None:
        return
    words = Words(
        seen="tell of something that may need other support than mentoring",
        innocent="It may have been shared in passing, with help from elsewhere already there.",
        question="Who else could be there for this?",
        return_to="Name the place that you agreed on for such matters, and the first step there.",
        amend_to="Write down what may be spoken of here, and what goes to whom.",
    )
    severity: Severity = "medium" if found.put_right else "high"
    yield warning(evidence, "boundary", found, words, severity=severity)
