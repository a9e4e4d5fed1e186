"""D14 reciprocity and respect: one side does not give what it owes, in help or in time.

Definition: against a clause that each gives something, or that both come on time, one side only
takes or the other is kept waiting.

Needs: such a clause in the contract's prose, and explicit words in two sessions, or one plain
passage. Always low: a prompt and never a score.

Traps: notes leave courtesies out; customs of power; a paid contract.

Source: "A mentoring relationship is a two-way street"; "Always ask how you can help"; "respect
their time"; "Always show up on time for meetings and consultations".
"""

from collections.abc import Iterator

from coach.drift.signals import Evidence, matter
from coach.drift.wording import Words, warning
from coach.model.drift import Drift


def reciprocity(evidence: Evidence) -> Iterator[Drift]:
    """Warn of give and take, or of time, that the notes say is not kept."""
    found = matter(evidence, "reciprocity", "respect_time")
    if found is None:
        return
    time = found.clause.kind == "respect_time"
    words = Words(
        seen="tell of a time that was not kept" if time else "tell of a part that was left out",
        innocent="Notes often leave out what went well between people, and a day can go wrong.",
        question="What would make the hour easy to keep for you both?"
        if time
        else "What could each of you offer the other next time?",
        return_to=f"Say it once more to each other: “{found.clause.clause.text}”",
        amend_to="Agree on another hour, or on how long one waits."
        if time
        else "Agree on what each gives that fits now, or that one side gives for a while.",
    )
    yield warning(evidence, "reciprocity", found, words, severity="low")
