"""D7 role: the mentor does what the two ruled out, or leaves out what they agreed.

Definition: against a line of the mentor's role, the mentor becomes manager, doer, judge or
therapist, only tells, or steps back.

Needs: passages against that line. One plain passage is enough, because the matter is serious;
otherwise two sessions.

Traps: advice is legitimate in mentoring, so only this contract's own lines count; help in a crisis;
the note-taker's style; the mentor as author of the notes.

Source: "knowledge, encouragement, guidance, and feedback" and the starter clause of the mentor's
part; distancing and manipulation among Eby's negative experiences (2000).
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, warning
from coach.model.drift import Drift, Severity


def role(evidence: Evidence) -> Iterator[Drift]:
    """Warn of a mentor who takes another part than the one agreed."""
    found = matter(evidence, "role_mentor", serious=True)
    if found is None:
        return
    words = Words(
        seen="tell of another part than that",
        innocent=(
            "It may have been help in a pinch, or a wish of the mentee that the note leaves out."
        ),
        question="What part should the mentor take from here?",
        return_to=f"Say aloud what it means from the next session on: “{found.clause.clause.text}”",
        amend_to="Write down what the mentor may do beyond that, for what, and until when.",
    )
    severity: Severity = "medium" if found.put_right or found.once else "high"
    yield warning(evidence, "role", found, words, severity=severity)
