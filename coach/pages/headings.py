"""Chooses the heading of a fact: that of its kind where the kind is certain, or the neutral one."""

from coach.model.answers import SectionKind
from coach.model.facts import FactKind
from coach.model.readings import FactSignal
from coach.notes.kinds import sure_of_kind

SECTION_OF: dict[FactKind, SectionKind] = {
    "topic": "last_time",
    "feedback": "last_time",
    "insight": "last_time",
    "win": "happy_about",
    "concern": "concerns",
    "change": "changed",
    "attempt": "tried",
    "doubt": "doubts",
    "commitment": "commitments",
    "decision": "decisions",
    "ask": "asks",
    "stopper": "stoppers",
}


def heading(finding: FactSignal, text: str) -> SectionKind:
    """Return the section of a fact.

    It is that of its kind where the reader is certain or the words say so, else the neutral one.
    """
    return SECTION_OF[finding.kind] if sure_of_kind(finding, text) else "last_time"
