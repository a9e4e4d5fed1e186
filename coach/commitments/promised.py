"""A commitment while its history is being followed."""

from dataclasses import dataclass, field
from datetime import date

from coach.model.commitments import CommitmentEvent, Owner
from coach.model.people import Side


@dataclass
class Promised:
    """A commitment while its history is being followed; `number` counts them in reading order."""

    id: str
    number: int
    owner: Owner
    action: str
    made_on: date
    told: str
    stems: frozenset[str]
    head: frozenset[str]
    events: list[CommitmentEvent] = field(default_factory=list)
    spoken_of: bool = False
    said_on_day: int = 0
    added_by: Side | None = None

    @property
    def due(self) -> date | None:
        """The newest day that was said."""
        return next((event.due for event in reversed(self.events) if event.due), None)

    @property
    def note_id(self) -> str:
        """The note in which it was made."""
        return self.events[0].citation.note_id

    @property
    def closed(self) -> bool:
        """Whether the last word was that it is done or dropped."""
        return self.events[-1].status in {"done", "dropped"}
