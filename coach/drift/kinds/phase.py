"""D12 phase: the first stage goes on past its day, or the next one begins otherwise than agreed.

Definition: the last day of getting to know each other has passed and no goal is agreed, or the
notes say that a stage did not end or begin as agreed.

Needs: that day, a contract without goals and two sessions with notes since. Otherwise passages that
say so in two sessions, or one plain passage (low).

Traps: contracts with short goals, a late start, a plan kept elsewhere. A note that is silent about
a plan proves nothing.

Source: "the stage of diagnosis and study of each other"; "diagnosis takes 1 to 2 months"; "You draw
up a development plan for a year".
"""

from collections.abc import Iterator
from datetime import date

from coach.drift.signals import Evidence, matter, noted_sessions
from coach.drift.wording import Words, agreed, listed, severity_of, warning
from coach.ids import derived_id
from coach.language.phrasing import day, days
from coach.model.contract import Clause
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.sessions import Session

_SESSIONS_PAST = 2
"""Sessions with notes past the day, before a warning: the first may end the stage.

Chosen by hand; not measured.
"""


def phase(evidence: Evidence) -> Iterator[Drift]:
    """Warn of a first stage that ended without a goal, else of what the notes say."""
    found = (*_without_goals(evidence), *_told(evidence))
    yield from found[:1]


def _without_goals(evidence: Evidence) -> Iterator[Drift]:
    """Warn if the first stage is past its day and the contract names no goal."""
    history = evidence.history
    contract = history.contract
    until = contract.phase.diagnosis_until if contract and contract.phase else None
    if contract is None or until is None or contract.goals:
        return
    answers = {"keeps", "excuses", "amends", "settles"}
    if any(each.signal.says in answers for each in evidence.said.of(["phase"])):
        return
    begins = max(until, contract.effective_from)
    past = [each for each in noted_sessions(history) if each.held_on > begins]
    if len(past) >= _SESSIONS_PAST:
        yield _warning(evidence, until, past)


def _warning(evidence: Evidence, until: date, past: list[Session]) -> Drift:
    history = evidence.history
    version = history.contract.version if history.contract else 1
    clause = Clause(
        name="phase",
        version=version,
        text=f"Getting to know the situation until {until.isoformat()}",
    )
    gone = days((history.as_of - until).days)
    held = listed([day(each.held_on) for each in past[-_SESSIONS_PAST:]])
    return Drift(
        id=derived_id("drift", history.mentorship.id, "phase", until),
        kind="phase",
        clause=clause,
        severity="low",
        confidence=0.7,
        since=until,
        seen=(
            Computed(
                computed=f"{gone} past {until.isoformat()}, no goal in version {version}, "
                f"{len(past)} sessions since"
            ),
        ),
        message=(
            f"{agreed(clause.text, clause.version)} That day was {gone} ago, "
            f"the contract names no goal yet, and you have met since, last on {held}."
        ),
        innocent_explanation=(
            "The goals may be written down elsewhere, or you began later than planned."
        ),
        question="What would you both like to work towards first?",
        options=DriftOptions(
            return_to=(
                "Write the first goal with its day and its sign into the contract in the next "
                "session."
            ),
            amend_to="Give the first stage another day in the next version of the contract.",
        ),
        by="data",
    )


def _told(evidence: Evidence) -> Iterator[Drift]:
    found = matter(evidence, "phase")
    if found is None:
        return
    words = Words(
        seen="tell of a stage that went otherwise",
        innocent="You may have begun later than planned, or the plan may be kept elsewhere.",
        question="What is still open before the next stage?",
        return_to=(
            "Close the stage in the next session: what was found, and what is planned from it."
        ),
        amend_to="Give the stage another day, or say that you go on without it.",
    )
    yield warning(evidence, "phase", found, words, severity=severity_of(found))
