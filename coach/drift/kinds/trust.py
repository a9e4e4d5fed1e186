"""D17 trust and fit: somebody says that it does not work, but not in the way the two agreed on.

Definition: somebody expresses discomfort, a mismatch or holding back in explicit words, against the
clause on how to say so.

Needs: that clause and the person's own explicit words; one plain passage, or two sessions. Only the
person who spoke is warned, whatever the note's visibility.

Traps: the awkward first sessions; disagreement, which is useful. Mood is never inferred.

Source: "Trust should develop between you"; "how you will communicate if tutoring isn't working
out"; Eby (2000) on match.
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, Said, matter
from coach.drift.wording import Words, severity_of, warning
from coach.model.drift import Drift
from coach.model.people import Side


def trust(evidence: Evidence) -> Iterator[Drift]:
    """Warn the person who spoke, and nobody else, that there is an agreed way to say it."""
    reader = evidence.history.audience
    found = matter(evidence, "trust_route", about=lambda said: _speaker(said) == reader)
    if found is None:
        return
    words = Words(
        seen="hold words of yours that this clause is made for",
        innocent="It may have been one bad day, or you may have said it since.",
        question="How would you like to use the way that you agreed on for this?",
        return_to="Use the way you both agreed on: one sentence is enough to begin.",
        amend_to="Suggest another way to say such things, such as a third person to turn to.",
    )
    drift = warning(evidence, "trust", found, words, severity=severity_of(found))
    yield drift.model_copy(update={"about_person": _speaker(found.against[-1])})


def _speaker(said: Said) -> Side | None:
    """Return the side whose own words these are, or None.

    It is the author of the note. In a note by neither it is the side whose words they are. A model
    also tells whose unease it is. If one of the two writes about the other's, it is nobody's own
    word.
    """
    whose = said.signal.whose if said.signal.whose in {"mentor", "mentee"} else None
    if said.note.author == "tool":
        return whose
    if said.signal.by == "llm" and whose not in {None, said.note.author}:
        return None
    return said.note.author
