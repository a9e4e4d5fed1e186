"""Checks whether lines support a sentence in other words: every such check, in one place.

A plain paraphrase passes, an invention does not. Measured on
`tests/coach/pages/said_otherwise.yaml`: 108 of 120 paraphrases pass, and 6 of 120 sentences that
change a name, a number, a day, a doer, a denial or a plan, or add something. Without the words of
one meaning 85 and 5 pass. Where every noun and verb has to occur, 35 and 18 pass. One sentence
costs 0.7 ms of CPU.
"""

import re
from collections.abc import Sequence

from coach.language.words import stems, words
from coach.model.facts import Statement
from coach.model.material import Material, PageLine
from coach.notes.figures import Figures
from coach.pages.agents import Agents
from coach.pages.kept import keeps_plans
from coach.pages.support import (
    Alike,
    borne_out,
    keeps_denials,
    keeps_own_denials,
    names_stand,
    turns_round,
)

_NOT_TOLD = re.compile(
    r"[,;.]?\s(?:and |but )?the notes do not (?:tell|say) (?:what (?:became|came) of it"
    r"|(?:whether|if) it (?:is|was|has been)(?: done)?)(?=\W*$)",
    re.IGNORECASE,
)
"""What a page says of a promise whose day has passed, as the prompt asks for it."""
_PARTS = re.compile(r"[.;!?]\s")
_FEWEST = 2
"""Fewest words with meaning of a sentence that may stand for its line."""
_TOLD_OF = 0.25
"""Share of a line's words with meaning that a sentence must say to stand for the line.

Chosen by hand; not measured.
"""


class SaidOtherwise:
    """Checks the sentences that a model writes for one page."""

    def __init__(self, material: Material, alike: Alike | None = None) -> None:
        self._alike = alike
        self._agents = Agents(material)
        self._figures = Figures(material)
        pair = material.mentorship
        self._people = f"{pair.mentor.name} {pair.mentee.name}"
        goals = (f"{each.statement} {each.success_criteria or ''}" for each in material.goals)
        self._agreed = " ".join((*goals, *material.clauses))

    def __call__(
        self, statement: Statement, lines: Sequence[PageLine], more: Sequence[PageLine] = ()
    ) -> bool:
        """Whether a statement keeps what its lines say, in whatever words.

        `more` is what it may rest on besides and need not tell.
        """
        said = statement.text
        if any(each.silent for each in lines):
            said = _NOT_TOLD.sub("", said)
        resting = (*lines, *more)
        quotes = [" ".join(each.quote for each in one.statement.citations) for one in resting]
        quoted = " ".join(quotes)
        known = f"{quoted} {self._agreed} {' '.join(each.task for each in lines)}"
        promised = any(line.statement.kind == "commitment" for line in lines)
        return (
            borne_out(said, known, people=self._people, alike=self._alike)
            and names_stand(said, f"{known} {self._people}")
            and self._figures.stand(said, resting)
            and keeps_denials(said, quoted)
            and (not more or keeps_own_denials(said, quotes[: len(lines)], quotes[len(lines) :]))
            and not turns_round(said, quoted)
            and keeps_plans(said, quotes, promised=promised)
            and self._agents.keep(said, lines, more)
            and all(tells_of(said, line, self._alike, self._people) for line in lines)
        )


def tells_of(said: str, line: PageLine, alike: Alike | None = None, people: str = "") -> bool:
    """Whether a sentence says enough of a line, or of its task, to stand for it."""
    noted = line.statement.text
    told_task = stems(line.task) - stems(people)
    if alike is not None and told_task and len(told_task & stems(said)) >= len(told_task) / 2:
        return True
    parts = [each for each in _PARTS.split(noted) if len(stems(each)) >= _FEWEST]
    return any(_tells(said, each, alike) for each in (noted, *(parts if alike else ())))


def _tells(said: str, noted: str, alike: Alike | None) -> bool:
    there, told = stems(noted), stems(said)
    if not there:
        there, told = frozenset(words(noted)), frozenset(words(said))
    kept = len(there & told)
    if alike is not None and kept < _TOLD_OF * len(there):
        spoken = tuple(words(said))
        kept += sum(alike(each, spoken) for each in words(noted) if stems(each) - told)
    return kept >= max(1, _TOLD_OF * len(there))
