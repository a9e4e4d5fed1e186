"""Checks whether lines support a sentence in other words: every such check, in one place.

A plain paraphrase passes, an invention does not. Measured on
`tests/coach/pages/said_otherwise.yaml`: 109 of 120 paraphrases pass, and 6 of 120 sentences that
change a name, a number, a day, a doer, a denial or a plan, or add something. Without the words of
one meaning 85 and 5 pass. Where every noun and verb has to occur, 35 and 18 pass. One sentence
costs 0.7 ms of CPU.
"""

from collections.abc import Sequence

from coach.language.words import stems, words
from coach.model.facts import Statement
from coach.model.material import Material, PageLine
from coach.pages.agents import Agents
from coach.pages.figures import Figures
from coach.pages.kept import keeps_plans
from coach.pages.support import Alike, borne_out, keeps_denials, names_stand, turns_round

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

    def __call__(self, statement: Statement, lines: Sequence[PageLine]) -> bool:
        """Whether a statement keeps what its lines say, in whatever words."""
        said = statement.text
        quotes = [" ".join(each.quote for each in one.statement.citations) for one in lines]
        quoted = " ".join(quotes)
        promised = any(line.statement.kind == "commitment" for line in lines)
        return (
            borne_out(said, f"{quoted} {self._agreed}", people=self._people, alike=self._alike)
            and names_stand(said, f"{quoted} {self._agreed} {self._people}")
            and self._figures.stand(said, lines)
            and keeps_denials(said, quoted)
            and not turns_round(said, quoted)
            and keeps_plans(said, quotes, promised=promised)
            and self._agents.keep(said, lines)
            and all(tells_of(said, line, self._alike) for line in lines)
        )


def tells_of(said: str, line: PageLine, alike: Alike | None = None) -> bool:
    """Whether a sentence says enough of a line that it rests on to stand for it."""
    noted = line.statement.text
    there, told = stems(noted), stems(said)
    if not there:
        there, told = frozenset(words(noted)), frozenset(words(said))
    kept = len(there & told)
    if alike is not None and kept < _TOLD_OF * len(there):
        spoken = tuple(words(said))
        kept += sum(alike(each, spoken) for each in words(noted) if stems(each) - told)
    return kept >= max(1, _TOLD_OF * len(there))
