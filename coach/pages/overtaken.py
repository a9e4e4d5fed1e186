"""Tells which earlier words are news no longer: a later note or a newer contract speaks of them."""

from collections.abc import Iterable
from datetime import date

from coach.agreement.clauses import agreed_clauses
from coach.language.everyday import telling
from coach.language.words import stems
from coach.model.history import History


class Since:
    """What later notes and newer contracts speak of, by the words that not everybody uses."""

    def __init__(self, history: History) -> None:
        pair = history.mentorship
        self._names = stems(f"{pair.mentor.name} {pair.mentee.name}")
        self._spoken_of: set[str] = set()
        self._agreed = _newly_agreed(history)

    def add(self, told: Iterable[str], *, held_on: date) -> None:
        """Take in what a session tells and what was agreed since; the newest session is first."""
        for text in told:
            self._spoken_of |= telling(text, names=self._names)
        for effective_from, said in self._agreed:
            if effective_from >= held_on:
                self._spoken_of |= said - self._names

    def overtakes(self, earlier: str) -> bool:
        """Whether later words speak of an earlier line, or the line has no words of its own."""
        own = telling(earlier, names=self._names)
        return not own or bool(own & self._spoken_of)


def _newly_agreed(history: History) -> list[tuple[date, frozenset[str]]]:
    """Return the words that each contract says and the one before did not, with its first day."""
    said = [
        telling(" ".join(each.clause.text for each in agreed_clauses(contract)))
        for contract in history.contracts
    ]
    later = zip(history.contracts[1:], said[1:], said, strict=False)
    return [(contract.effective_from, new - old) for contract, new, old in later]
