"""Where the sessions have left what the two agreed: one small pure function a kind, named in a table.

A warning needs a clause or a commitment in force, a quote or a date computation, and two sessions.
"""

from collections.abc import Mapping, Sequence

from coach.agreement.contract import active_goals
from coach.agreement.goals import goal_words
from coach.drift.kinds.table import RULES
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.drift import Drift
from coach.model.history import History
from coach.model.readings import FactSignal
from coach.notes.lines import cite, read_notes

_FAINTER = 0.5

_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def detect(history: History, commitments: Sequence[Commitment]) -> tuple[Drift, ...]:
    """Every warning that holds at the end of the history's day, the gravest first."""
    found = [drift for rule in RULES.values() for drift in rule(history, commitments)]
    return tuple(sorted(found, key=lambda each: (_SEVERITY[each.severity], -each.confidence)))


def weighed(
    history: History,
    commitments: Sequence[Commitment],
    commitments_without_model: Sequence[Commitment],
) -> tuple[Drift, ...]:
    """The warnings where a model has read too: none falls silent because of it.

    What only the model's reading silences is to be confirmed, with the words it silences it by; what only the
    model's reading raises has passed the same rules, and is to be confirmed as well.
    """
    told = {each.id: each for each in detect(history, commitments)}
    own = {each.id: each for each in detect(history.without_model, commitments_without_model)}
    known = {each.id: each for each in commitments}
    found = [
        *(each if each.id in own else _to_confirm(each) for each in told.values()),
        *(_silenced(history, each, known) for each in own.values() if each.id not in told),
    ]
    return tuple(sorted(found, key=lambda each: (_SEVERITY[each.severity], -each.confidence)))


def _to_confirm(drift: Drift, *seen: Citation) -> Drift:
    return drift.model_copy(
        update={
            "status": "to_confirm",
            "confidence": min(_FAINTER, drift.confidence),
            "seen": (*drift.seen, *(each for each in seen if each not in drift.seen)),
        }
    )


def _silenced(history: History, drift: Drift, commitments: Mapping[str, Commitment]) -> Drift:
    """A warning that a model's reading would silence, with the newest words that do so."""
    if drift.about is not None and drift.about in commitments:
        said = [each.citation for each in commitments[drift.about].history if each.by == "llm"]
    else:
        goals = goal_words(active_goals(history), history.mentorship)
        said = [
            cite(read.session, read.note, each.start, each.end)
            for read in read_notes(history)
            for each in read.reading.of(FactSignal)
            if each.by == "llm"
            and goals.about(read.note.text[each.start : each.end]) == drift.about
        ]
    if not said:
        return _to_confirm(drift)
    quote = " ".join(said[-1].quote.split())
    return _to_confirm(drift, said[-1]).model_copy(
        update={"question": f"The notes say “{quote}”. What does that settle?"}
    )
