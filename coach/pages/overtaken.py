"""What was said earlier and is no news any more: a later note speaks of it, or the two have agreed on it since."""

from collections.abc import Iterable
from datetime import date

from coach.agreement.clauses import agreed_clauses
from coach.language.everyday import telling
from coach.language.words import stems
from coach.model.history import History


class Since:
    """What later notes and newer agreements speak of, by the words that not everybody uses."""

    def __init__(self, history: History) -> None:
        pair = history.mentorship
        self._names = stems(f"{pair.mentor.name} {pair.mentee.name}")
        self._spoken_of: set[str] = set()
        self._agreed = _newly_agreed(history)

    def add(self, told: Iterable[str], *, held_on: date) -> None:
        """Take in what a session tells, the newest session first, and what was agreed since."""
        for text in told:
            self._spoken_of |= telling(text, names=self._names)
        for effective_from, said in self._agreed:
            if effective_from >= held_on:
                self._spoken_of |= said - self._names

    def overtakes(self, earlier: str) -> bool:
        """Whether something that was said earlier is spoken of since, or has no words of its own to tell it by."""
        own = telling(earlier, names=self._names)
        return not own or bool(own & self._spoken_of)


def _newly_agreed(history: History) -> list[tuple[date, frozenset[str]]]:
    """The words that each contract says and the one before did not, from its day on."""
    said = [
        telling(" ".join(each.clause.text for each in agreed_clauses(contract)))
        for contract in history.contracts
    ]
    later = zip(history.contracts[1:], said[1:], said, strict=False)
    return [(contract.effective_from, new - old) for contract, new, old in later]
