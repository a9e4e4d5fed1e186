"""What became of things.

Sentences that may report on something promised earlier, and how surely they do.

Which promise they speak of, if any, is for the domain to say: here they are read without knowing
what was promised.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import repeat

from coach.engines.embedded.forms import Worded
from coach.engines.embedded.outcome_words import (
    status_outright,
    status_said,
    tells_of_done,
    tells_of_failure,
)
from coach.engines.embedded.task_tables import names_a_task
from coach.engines.embedded.weights import logit, probability, weights
from coach.language.dates import days_said
from coach.model.commitments import OutcomeStatus
from coach.model.readings import OutcomeSignal

_TO_COME = re.compile(
    r"(?<!\w)(?:now|new|moved?|moving|pushed|postponed|put (?:off|back|down)|shifted|instead|next"
    r"|make it|then|will|going to|fixed|carried|ready|expected|promis\w+|stays?"
    r"|remains?)(?!\w)[^.;!?]{0,60}$"
    r"|['’]ll(?!\w)[^.;!?]{0,60}$|(?:(?<!\w)(?:by|until|till|to|before)(?!\w)|->|→|=>|[:,(–-])[^.;!?]{0,16}$",
    re.IGNORECASE,
)
"""What leads to a day that is still to come, with the day behind it."""
_FAINTEST = 0.06
_TICKED = 0.9
_OUTRIGHT = 0.6
"""How surely words that leave no doubt report on something, whatever the wording around them."""
Likely = Mapping[OutcomeStatus, float]
"""How likely a sentence tells of each outcome; what is missing to one is that it tells of none."""
_STATUSES: dict[str, OutcomeStatus] = {"done": "done", "partly": "partly", "dropped": "dropped"}
_SHORT_IN_WORDS = 0.5
_SHORT_BY_WORDING = 1.3
"""How likely it must be, against done, that something was not done as promised.

Less where words say so.
"""


def outcomes(
    told: Sequence[Worded],
    held_on: date,
    *,
    promised: Collection[int] = (),
    scores: Sequence[Likely] | None = None,
) -> list[OutcomeSignal]:
    """Every sentence that may tell what became of a promise.

    `promised` says where those stand that promise anew. `scores` gives another reader's
    probabilities, sentence for sentence; both readers then count alike.
    """
    return [
        found
        for said, also in zip(told, scores or repeat(None), strict=False)
        if said.unit.kind != "heading"
        and (said.unit.start not in promised or said.unit.mark not in {None, "open"})
        if (found := _marked(said, held_on) or _outcome(said, held_on, also))
    ]


def _marked(said: Worded, held_on: date) -> OutcomeSignal | None:
    """What a task's own mark says: a box, a sign, a word behind it, a column of a table."""
    unit = said.unit
    if unit.mark in {None, "open"} or (unit.kind == "cell" and not names_a_task(unit)):
        return None
    new_due = _new_due(unit.text, held_on) if unit.mark == "moved" else None
    status = _STATUSES.get(unit.mark or "", "not_done")
    if unit.mark == "moved" and new_due:
        status = "rescheduled"
    return _signal(said, status, new_due, _TICKED)


def _outcome(said: Worded, held_on: date, also: Likely | None) -> OutcomeSignal | None:
    unit = said.unit
    outright = status_outright(unit.text)
    likely = weights("outcomes").probabilities(said.seen)
    sure = max(_sure(1 - likely["none"], also), _OUTRIGHT * (outright is not None))
    if sure < _FAINTEST or unit.text.endswith("?") or unit.mark == "open":
        return None
    status: OutcomeStatus = outright or _status(unit.text, likely, also)
    if status == "done" and not tells_of_done(unit.text):
        return None
    new_due = _new_due(unit.text, held_on) if status != "done" else None
    if status in {"rescheduled", "not_done"}:
        status = "rescheduled" if new_due else "not_done"
    return _signal(said, status, None if status == "dropped" else new_due, sure)


def _sure(likely: float, also: Likely | None) -> float:
    """How surely a sentence reports, by one reader or by both."""
    if also is None:
        return likely
    return probability((logit(likely) + logit(sum(also.values()))) / 2)


def _signal(
    said: Worded, status: OutcomeStatus, new_due: date | None, sure: float
) -> OutcomeSignal:
    return OutcomeSignal(
        start=said.unit.start,
        end=said.unit.end,
        status=status,
        new_due=new_due,
        said_by=said.speaker,
        weight=round(sure, 2),
    )


def _status(text: str, likely: Mapping[str, float], also: Likely | None) -> OutcomeStatus:
    """What became of it, by the words that say it and by the wording."""
    said = status_said(text)
    failed = tells_of_failure(text)
    in_words = failed or (said is not None and said != "done")
    enough = _SHORT_IN_WORDS if in_words else _SHORT_BY_WORDING
    if _short(likely, also) <= logit(enough / (1 + enough)):
        return "done"
    if said is not None and said != "done":
        return said
    return "not_done"


def _short(likely: Mapping[str, float], also: Likely | None) -> float:
    """The log odds that something was not done as promised, against done, by one reader or both."""
    odds = logit(likely["short"] / (likely["short"] + likely["done"]))
    if also is None:
        return odds
    return (odds + logit(1 - also["done"] / sum(also.values()))) / 2


def _new_due(text: str, held_on: date) -> date | None:
    """The day that something has moved to.

    One that words for what is to come lead to, not the one that was missed.
    """
    ahead = [
        said.day
        for said in days_said(text, held_on)
        if said.day and said.day >= held_on and _TO_COME.search(text[: said.end])
    ]
    return ahead[-1] if ahead else None
