"""Under which heading of a page a fact stands: one of its kind only where that is sure, else the neutral one."""

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
    """The section of a fact: its kind's where the reader is sure or the words say so, else the neutral one."""
    return SECTION_OF[finding.kind] if sure_of_kind(finding, text) else "last_time"
