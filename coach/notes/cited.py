"""What was read at a place of a note, for those who know only where it stands."""

from coach.model.citations import Citation
from coach.model.history import History
from coach.model.people import Side
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal


class CitedPlaces:
    """Who speaks and what was found where something is cited; each note's reading is looked through once."""

    def __init__(self, history: History) -> None:
        self._readings = history.readings
        self._speakers: dict[str, dict[int, Side | None]] = {}
        self._findings: dict[str, dict[int, FactSignal]] = {}

    def speaker(self, citation: Citation) -> Side | None:
        """Who says what is cited."""
        if citation.note_id not in self._speakers:
            self._speakers[citation.note_id] = self._speakers_of(citation.note_id)
        return self._speakers[citation.note_id].get(citation.start)

    def finding(self, citation: Citation) -> FactSignal | None:
        """What was found where something is cited."""
        if citation.note_id not in self._findings:
            reading = self._readings.get(citation.note_id)
            findings = reversed(reading.of(FactSignal)) if reading else ()
            self._findings[citation.note_id] = {each.start: each for each in findings}
        return self._findings[citation.note_id].get(citation.start)

    def _speakers_of(self, note_id: str) -> dict[int, Side | None]:
        """The first that was found at a place says who speaks there."""
        reading = self._readings.get(note_id)
        if reading is None:
            return {}
        own: tuple[FactSignal | CommitmentSignal | OutcomeSignal, ...] = (
            *reading.of(FactSignal),
            *reading.of(CommitmentSignal),
            *reading.of(OutcomeSignal),
        )
        return {each.start: each.said_by for each in reversed(own)}
