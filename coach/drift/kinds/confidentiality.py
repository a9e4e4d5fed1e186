"""D13 confidentiality and consent: something went further than the two agreed.

Definition: against the clause, what the two said is passed on, a third person's data come in, or
consent is missing.

Needs: that clause and one plain passage, or two sessions. It is serious.

Traps: a disclosure with permission, public facts, titles instead of names. The warning names the
clause and the day, never the content. The quote is there for those who may read the note anyway.

Source: "preserve confidentiality regarding both work-related and personal matters"; ICF code of
ethics 2.5.
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, warning
from coach.model.drift import Drift, Severity


def confidentiality(evidence: Evidence) -> Iterator[Drift]:
    """Warn of something that went further than agreed, without saying what."""
    found = matter(evidence, "confidentiality", serious=True)
    if found is None:
        return
    words = Words(
        seen="tell of something that may have gone further than that",
        innocent="There may have been a permission, or it was known already.",
        question="What should stay between the two of you from here on?",
        return_to=(
            "Name between the two of you what went further and to whom, and hold to the clause "
            "from here."
        ),
        amend_to="Write down what may be passed on, to whom, and who is asked before.",
    )
    severity: Severity = "medium" if found.put_right else "high"
    yield warning(evidence, "confidentiality", found, words, severity=severity)
