"""What a model is asked before a warning that rests on its own signals counts.

And what it answered.
"""

import hashlib
from datetime import date
from typing import Literal

from coach.model.contract import Clause
from coach.model.drift import DriftKind
from coach.model.readings import Span
from coach.model.values import Value


class CaseLine(Span):
    """A passage of a note that belongs to a warning's case.

    `against` where the warning rests on it, `who` says it.
    """

    note_id: str
    held_on: date
    who: str
    text: str
    against: bool


class Case(Value):
    """All that the notes hold about one warning, oldest first.

    `agreement` is the prose of the contract that the clause stands in, for what it says around it.
    """

    mentor: str
    mentee: str
    kind: DriftKind
    clause: Clause
    agreement: str = ""
    lines: tuple[CaseLine, ...]

    @property
    def digest(self) -> str:
        """The name of this evidence: another word in it, and it is another case."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def note_ids(self) -> tuple[str, ...]:
        """The notes that it shows, each once."""
        return tuple(dict.fromkeys(each.note_id for each in self.lines))


Verdict = Literal["stands", "weakened", "innocent"]


class Challenge(Value):
    """What came of looking for the innocent reading of a case.

    `innocent` where the notes themselves explain it, `weakened` where they make it doubtful,
    `stands` where they hold
    nothing for it. `note_id` and the offsets are the words that say so, null where it stands or
    nothing could be quoted.
    """

    verdict: Verdict
    note_id: str | None = None
    span: Span | None = None
