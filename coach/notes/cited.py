"""Finds what was read at a cited place of a note."""

from coach.model.citations import Citation
from coach.model.history import History
from coach.model.people import Side
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal


class CitedPlaces:
    """Who speaks and what was found at a cited place; each note's reading is searched once."""

    def __init__(self, history: History) -> None:
        self._readings = history.readings
        self._speakers: dict[str, dict[int, Side | None]] = {}
        self._findings: dict[str, dict[int, FactSignal]] = {}

    def speaker(self, citation: Citation) -> Side | None:
        """Return who says what is cited, None where that is not known."""
        if citation.note_id not in self._speakers:
            self._speakers[citation.note_id] = self._speakers_of(citation.note_id)
        return self._speakers[citation.note_id].get(citation.start)

    def finding(self, citation: Citation) -> FactSignal | None:
        """Return the fact that was found at a cited place, None where none was."""
        if citation.note_id not in self._findings:
            reading = self._readings.get(citation.note_id)
            findings = reversed(reading.of(FactSignal)) if reading else ()
            self._findings[citation.note_id] = {each.start: each for each in findings}
        return self._findings[citation.note_id].get(citation.start)

    def _speakers_of(self, note_id: str) -> dict[int, Side | None]:
        """Return the speaker at each place, by the first signal that was found there."""
        reading = self._readings.get(note_id)
        if reading is None:
            return {}
        own: tuple[FactSignal | CommitmentSignal | OutcomeSignal, ...] = (
            *reading.of(FactSignal),
            *reading.of(CommitmentSignal),
            *reading.of(OutcomeSignal),
        )
        return {each.start: each.said_by for each in reversed(own)}
