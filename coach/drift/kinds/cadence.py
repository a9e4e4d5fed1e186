"""D6 cadence: the two meet less often than they agreed, and nobody said why."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from coach.agreement.clauses import cadence_clause
from coach.ids import derived_id
from coach.language.phrasing import day, days
from coach.model.commitments import Commitment
from coach.model.contract import Cadence, Contract
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.readings import AbsenceSignal, MeetingSignal, Reading
from coach.model.sessions import Session


class _Stretch(NamedTuple):
    """The days between two sessions, or from the last one to today."""

    since: date
    until: date
    running: bool

    @property
    def length(self) -> int:
        return (self.until - self.since).days


def cadence(history: History, _: Sequence[Commitment]) -> Iterator[Drift]:
    """Warn while the newest stretch is too long: a meeting missed twice over, or two long ones in a row.

    Stretches count from the day the contract took effect. The tolerance is the contract's, else half an
    interval. Leave, holidays and dates agreed ahead excuse a stretch.
    """
    contract = history.contract
    if contract is None or contract.cadence is None or history.mentorship.status != "active":
        return
    stretches = _stretches(history, contract)
    said = _Said(history)
    long = [_too_long(said, each, contract.cadence) for each in stretches]
    late = [each for each, is_long in zip(stretches, long, strict=True) if is_long]
    if not stretches or not (long[-1] or (len(long) > 1 and long[-2])):
        return
    newest = late[-1]
    missed_twice = newest.length >= 2 * contract.cadence.every_days + _tolerance(contract.cadence)
    in_a_row = any(one and two for one, two in pairwise(long[-3:]))
    if missed_twice or in_a_row:
        yield _warning(history, contract, late[-2:] if in_a_row else [newest])


def _stretches(history: History, contract: Contract) -> list[_Stretch]:
    start = max(contract.effective_from, history.mentorship.started_on or date.min)
    held = [session.held_on for session in history.sessions]
    began = max([each for each in held if each <= start], default=start)
    points = sorted({began, *(each for each in held if each > began)})
    between = [_Stretch(one, two, running=False) for one, two in pairwise(points)]
    return [*between, _Stretch(points[-1], history.as_of, running=True)]


class _Said:
    """What the sessions of a day say of meetings to come, without looking through all sessions."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._held: dict[date, list[Session]] = {}
        for session in history.sessions:
            self._held.setdefault(session.held_on, []).append(session)

    def around(self, stretch: _Stretch) -> list[Session]:
        """The sessions that a stretch begins and ends with."""
        days = dict.fromkeys((stretch.since, stretch.until))
        return [session for on in days for session in self._held.get(on, ())]


def _too_long(said: _Said, stretch: _Stretch, agreed: Cadence) -> bool:
    allowed = agreed.every_days + _tolerance(agreed)
    return stretch.length > allowed and not _excused(said, stretch, agreed)


def _tolerance(agreed: Cadence) -> int:
    if agreed.tolerance_days is not None:
        return agreed.tolerance_days
    return max(3, agreed.every_days // 2)


def _excused(said: _Said, stretch: _Stretch, agreed: Cadence) -> bool:
    """Whether somebody said ahead or behind that there would be no meeting, or agreed on a later one."""
    slack = timedelta(days=_tolerance(agreed))
    for session in said.around(stretch):
        for reading in _readings(said.history, session):
            if any(
                each.until is None and not stretch.running for each in reading.of(AbsenceSignal)
            ):
                return True
            named = [each.until for each in reading.of(AbsenceSignal) if each.until]
            if session.held_on == stretch.since:
                named += [each.on for each in reading.of(MeetingSignal)]
            if any(stretch.since < each and stretch.until <= each + slack for each in named):
                return True
            if (
                stretch.until == session.held_on
                and not stretch.running
                and reading.of(AbsenceSignal)
            ):
                return True
    return False


def _readings(history: History, session: Session) -> list[Reading]:
    return [history.readings[note.id] for note in session.notes if note.id in history.readings]


def _warning(history: History, contract: Contract, late: list[_Stretch]) -> Drift:
    clause = cadence_clause(contract)
    agreed = contract.cadence
    if clause is None or agreed is None:
        raise ValueError("cadence drift needs an agreed cadence")
    newest = late[-1]
    told = (
        f"{days(newest.length)} since the session of {day(newest.since)}"
        if newest.running
        else f"{days(newest.length)} passed between {day(newest.since)} and {day(newest.until)}"
    )
    return Drift(
        id=derived_id("drift", history.mentorship.id, "cadence", newest.since),
        kind="cadence",
        clause=clause,
        severity="medium" if newest.length >= 3 * agreed.every_days or len(late) > 1 else "low",
        confidence=0.8 if newest.length >= 2 * agreed.every_days else 0.6,
        since=newest.since + timedelta(days=agreed.every_days),
        seen=tuple(
            Computed(
                computed=f"{days(each.length)} {'since' if each.running else 'from'} {each.since.isoformat()}"
                f"{'' if each.running else f' to {each.until.isoformat()}'}; agreed every {agreed.every_days}"
            )
            for each in late
        ),
        message=f"You agreed to meet every {days(agreed.every_days)}; {told}.",
        innocent_explanation="A session may have been held without notes, or you may have agreed on a break elsewhere.",
        question="What rhythm suits you both now?",
        options=DriftOptions(
            return_to=f"Book the next session and keep to every {days(agreed.every_days)}.",
            amend_to="Agree on a longer interval, or on a pause with an end.",
        ),
    )
