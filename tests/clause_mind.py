"""A model's answers about clauses, from a few blunt words.

And how a question about a case is answered.
"""

import re
from collections.abc import Mapping

from tests.faults.minds import Answer, Asked

_CLAUSE = re.compile(r"^(\d+)\. ([^:]+): (.*)$", re.MULTILINE)
_SAYS = {
    "told his boss": ("confidentiality", "breaks", "mentor"),
    "kept it between us": ("confidentiality", "keeps", "both"),
    "on whatsapp": ("channels", "breaks", "both"),
    "every three weeks from may": ("rhythm and length", "amends", "both"),
    "did the slides": ("what the mentor does or does not do", "breaks", "mentor"),
    "as i had asked": ("confidentiality", "excuses", "mentor"),
}
STANDS: Answer = {"verdict": "stands", "n": None, "quote": None}


def clauses_of(asked: Asked) -> dict[str, int]:
    """The number of the last clause of each kind that was shown."""
    return {kind: int(number) for number, kind, _ in _CLAUSE.findall(asked.text)}


def signal(clause: int, n: int, quote: str, **said: object) -> Answer:
    """One thing that is said of a clause."""
    given = {"says": "breaks", "whose": "mentor", "way": None, "certainty": "plain"}
    return {"clause": clause, "n": n, "quote": quote, **given, **said}


class ClauseMind:
    """Reads blunt words, and answers a challenge as it was told to.

    `told` names what quote makes which verdict.
    """

    def __init__(self, verdicts: Mapping[str, str] | None = None) -> None:
        self.verdicts = dict(verdicts or {})

    def __call__(self, asked: Asked) -> Answer:
        if asked.call == "clauses":
            return {"signals": list(self._signals(asked))}
        for quote, verdict in self.verdicts.items():
            if found := [n for n, text in asked.passages if quote in text]:
                return {"verdict": verdict, "n": found[0], "quote": quote}
        return STANDS

    def _signals(self, asked: Asked):
        numbers = clauses_of(asked)
        for n, text in asked.passages:
            for words, (kind, says, whose) in _SAYS.items():
                if words in text.lower() and kind in numbers:
                    yield signal(numbers[kind], n, text, says=says, whose=whose)


def saying(*signals: Answer):
    """A mind that says these of whatever note it is shown."""
    return lambda asked: {"signals": list(signals)} if asked.call == "clauses" else STANDS
