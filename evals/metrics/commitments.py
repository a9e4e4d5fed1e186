"""Commitments: are they found, whose are they and due when, and which are open on a day."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from coach.model.commitments import Commitment, OutcomeStatus, Owner
from coach.model.people import Audience
from evals.cases import Case, Checkpoint
from evals.metrics.counts import Ratio
from evals.metrics.metric import OWN, Metric, comparison
from evals.metrics.note_spans import match_score, matches, set_score
from evals.metrics.outcome import Tally
from evals.metrics.per_kind import ratios_by_kind
from evals.subject import PEOPLE, Subject

_OPEN = frozenset({"open", "partly", "overdue"})
_OVERDUE = frozenset({"overdue"})
_PER_CHECKPOINT = "ids at all checkpoints together, as sets"

FOUND = comparison(
    "commitments",
    group="commitments",
    how="commitments and labels matched one for one by the words they were made in",
    column="commitments, F1",
)
OPEN = comparison(
    "open at checkpoints",
    group="commitments",
    how=f"{_PER_CHECKPOINT}, of what is open, partly done or overdue",
    column="open on the day, F1",
)
OVERDUE = comparison(
    "overdue at checkpoints",
    group="commitments",
    how=f"{_PER_CHECKPOINT}, of what is overdue",
)
DONE = comparison(
    "done at checkpoints",
    group="commitments",
    how=f"{_PER_CHECKPOINT}, of what is done by the last labelled outcome",
)
DROPPED = comparison(
    "dropped at checkpoints",
    group="commitments",
    how=f"{_PER_CHECKPOINT}, of what is dropped by the last labelled outcome",
)
SAID_OVERDUE = Metric(
    name="called overdue, and it is",
    group="commitments",
    direction="higher",
    unit="share",
    how="commitments said to be overdue that are labelled so, of all such at checkpoints",
    source=OWN,
)
OWNER = Metric(
    name="commitment owner",
    group="commitments",
    direction="higher",
    unit="share",
    how="commitments with the labelled owner, of those found",
    source=OWN,
    column="their owner",
)
DUE_DATE = Metric(
    name="commitment due date",
    group="commitments",
    direction="higher",
    unit="share",
    how="commitments whose first due date is the labelled one, of those found",
    source=OWN,
    column="their due date",
)
PER_1000_WORDS = Metric(
    name="commitments per 1,000 words",
    group="commitments",
    direction="none",
    unit="per 1,000 words",
    how="commitments that the mentor is given, by thousands of words in the notes",
    source=OWN,
)
PER_1000_WORDS_BY_OWNER: dict[Owner, Metric] = {
    owner: PER_1000_WORDS.of_kind(owner) for owner in get_args(Owner)
}
WITH_OWNER = Metric(
    name="commitments with an owner",
    group="commitments",
    direction="higher",
    unit="share",
    how="commitments that are not unassigned, of all",
    source=OWN,
)
WITH_DUE_DATE = Metric(
    name="commitments with a due date",
    group="commitments",
    direction="higher",
    unit="share",
    how="commitments that are due on a day, of all",
    source=OWN,
)

OF_LABELLED_CASES = (
    *FOUND.metrics,
    OWNER,
    DUE_DATE,
    *OPEN.metrics,
    *OVERDUE.metrics,
    *DONE.metrics,
    *DROPPED.metrics,
    SAID_OVERDUE,
)
OF_NOTES = (PER_1000_WORDS, *PER_1000_WORDS_BY_OWNER.values(), WITH_OWNER, WITH_DUE_DATE)


def measure_commitments(case: Case, subject: Subject, tally: Tally) -> None:
    """Add the commitments at the end, and which are open or overdue at each checkpoint."""
    made = _of_both_sides(lambda side: subject.commitments(side, subject.end))
    said = [subject.span(each.made_in) for each in made]
    gold = [case.span(each.note, each.quote) for each in case.labels.commitments]
    pairs = matches(said, gold)
    tally.add_score(FOUND, match_score(len(said), len(gold), pairs))
    for position, number in pairs.items():
        _compare(made[position], case, number, tally)
    _add_misses(case, made, pairs, tally)
    names = {made[at].id: case.labels.commitments[number].id for at, number in pairs.items()}
    for checkpoint in case.labels.checkpoints:
        _measure_states(case, subject, checkpoint, names=names, tally=tally)


def _compare(made: Commitment, case: Case, number: int, tally: Tally) -> None:
    """Add whether a commitment has the owner and the first due date of its label."""
    label = case.labels.commitments[number]
    first_due = made.history[0].due
    tally.add_ratio(OWNER, made.owner == label.owner)
    tally.add_ratio(DUE_DATE, first_due == label.due)
    if made.owner != label.owner:
        tally.add_miss("wrong owner", said=made.owner, wanted=f"{label.owner}: {label.quote}")
    if first_due != label.due:
        tally.add_miss("wrong due date", said=str(first_due), wanted=f"{label.due}: {label.quote}")


def _add_misses(
    case: Case, made: Sequence[Commitment], pairs: Mapping[int, int], tally: Tally
) -> None:
    for number, label in enumerate(case.labels.commitments):
        if number not in pairs.values():
            wanted = f"{label.owner}, {label.due}: {label.quote}"
            tally.add_miss("commitment not found", wanted=wanted)
    for position, each in enumerate(made):
        if position not in pairs:
            said = f"{each.owner}, {each.due}: {each.made_in.quote}"
            tally.add_miss("commitment not made", said=said)


def _measure_states(
    case: Case, subject: Subject, checkpoint: Checkpoint, *, names: Mapping[str, str], tally: Tally
) -> None:
    made = _of_both_sides(lambda side: subject.commitments(side, checkpoint.as_of))
    last = _last_outcomes(case, checkpoint)
    for metric, statuses, gold in (
        (OPEN, _OPEN, checkpoint.open_commitments),
        (OVERDUE, _OVERDUE, checkpoint.overdue_commitments),
        (DONE, frozenset({"done"}), _with_status(last, "done")),
        (DROPPED, frozenset({"dropped"}), _with_status(last, "dropped")),
    ):
        said = [names.get(each.id, each.id) for each in made if each.status in statuses]
        tally.add_score(metric, set_score(said, gold))
    late = [names.get(each.id) for each in made if each.overdue_because == "said"]
    right = sum(name in checkpoint.overdue_commitments for name in late)
    tally.add_ratio(SAID_OVERDUE, right, len(late))


def _last_outcomes(case: Case, checkpoint: Checkpoint) -> dict[str, OutcomeStatus]:
    """Return the last word of the notes up to a checkpoint on each labelled commitment."""
    return {
        label.id: outcome.status
        for label in case.labels.commitments
        for outcome in label.outcomes
        if case.sessions[outcome.session].held_on <= checkpoint.as_of
    }


def _with_status(last: Mapping[str, OutcomeStatus], status: OutcomeStatus) -> list[str]:
    return [name for name, said in last.items() if said == status]


def _of_both_sides(ask: Callable[[Audience], Sequence[Commitment]]) -> list[Commitment]:
    found = {each.id: each for side in PEOPLE for each in ask(side)}
    return list(found.values())


def count_commitments(made: Sequence[Commitment], *, thousand_words: float) -> dict[str, Ratio]:
    """Return how many commitments come in so many words, and how many have an owner and a day."""
    owners = Counter(each.owner for each in made)
    dated = sum(each.due is not None for each in made)
    return {
        **ratios_by_kind(PER_1000_WORDS, PER_1000_WORDS_BY_OWNER, owners, of=thousand_words),
        WITH_OWNER.name: Ratio(len(made) - owners["unassigned"], len(made)),
        WITH_DUE_DATE.name: Ratio(dated, len(made)),
    }
