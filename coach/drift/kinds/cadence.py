"""D6 cadence: the two meet less often, or much shorter or longer, than agreed, without a reason.

Definition: the gap between sessions exceeds the agreed interval plus its tolerance, or the sessions
are much shorter or longer than agreed.

Needs: the recorded days and minutes. Otherwise passages in two sessions, or one plain passage.

Traps: stated leave and holidays, a quarterly contract, a pause, sessions that nobody recorded, a
date agreed ahead, one long or short session.

Source: "Determine how to interact and how often"; "These contacts should be of high priority to
both of you"; "arrange it into a schedule and put in writing".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from coach.agreement.clauses import cadence_clause
from coach.drift.signals import Evidence, held_sessions, matter
from coach.drift.wording import Words, agreed, listed, severity_of, warning
from coach.ids import derived_id
from coach.language.phrasing import day, days
from coach.model.contract import Cadence, Contract
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.readings import AbsenceSignal, MeetingSignal, Reading
from coach.model.sessions import Session


class _Stretch(NamedTuple):
    """The days between two sessions, or from the last session to today."""

    since: date
    until: date
    running: bool

    @property
    def length(self) -> int:
        return (self.until - self.since).days


_FAR_OFF = 2.0
"""A session is far off from this factor: half or double the agreed minutes.

Less than that is a talk that ran on. Chosen by hand; not measured.
"""
_FAR_OFF_SESSIONS = 3
"""So many of the last four sessions with a length must be far off: a habit, not one day.

Chosen by hand; not measured.
"""


def cadence(evidence: Evidence) -> Iterator[Drift]:
    """Warn of the gaps between sessions, else of what the notes say, else of the lengths."""
    if evidence.history.mentorship.status == "active":
        found = (*_gaps(evidence), *_told(evidence), *_lengths(evidence.history))
        yield from found[:1]


def _gaps(evidence: Evidence) -> Iterator[Drift]:
    """Warn while the newest stretch is too long.

    Too long is a meeting missed twice over, or two long stretches in a row. Stretches count from
    the day the contract took effect. The tolerance is the contract's, else half an interval. Leave,
    holidays and dates agreed ahead excuse a stretch.
    """
    history = evidence.history
    contract = history.contract
    if contract is None or contract.cadence is None:
        return
    stretches = _stretches(history, contract)
    said = _Said(evidence)
    long = [_too_long(said, each, contract.cadence) for each in stretches]
    late = [each for each, is_long in zip(stretches, long, strict=True) if is_long]
    if not stretches or not (long[-1] or (len(long) > 1 and long[-2])):
        return
    newest = late[-1]
    missed_twice = newest.length >= 2 * contract.cadence.every_days + tolerated_days(
        contract.cadence
    )
    in_a_row = any(one and two for one, two in pairwise(long[-3:]))
    if missed_twice or in_a_row:
        yield _warning(history, contract, late[-2:] if in_a_row else [newest])


def _stretches(history: History, contract: Contract) -> list[_Stretch]:
    """Return the stretches under the contract, oldest first; the last one is still running."""
    start = max(contract.effective_from, history.mentorship.started_on or date.min)
    held = [each.held_on for each in held_sessions(history)]
    began = max([each for each in held if each <= start], default=start)
    points = sorted({began, *(each for each in held if each > began)})
    between = [_Stretch(one, two, running=False) for one, two in pairwise(points)]
    return [*between, _Stretch(points[-1], history.as_of, running=True)]


class _Said:
    """What the sessions of a day say about meetings to come, without a search of all sessions."""

    def __init__(self, evidence: Evidence) -> None:
        history = self.history = evidence.history
        self.excused = {
            each.session.id
            for each in evidence.said.of(["cadence"])
            if each.signal.says in {"excuses", "amends"}
        }
        self._held: dict[date, list[Session]] = {}
        for session in held_sessions(history):
            self._held.setdefault(session.held_on, []).append(session)

    def around(self, stretch: _Stretch) -> list[Session]:
        """Return the sessions at the beginning and the end of a stretch."""
        days = dict.fromkeys((stretch.since, stretch.until))
        return [session for on in days for session in self._held.get(on, ())]


def _too_long(said: _Said, stretch: _Stretch, agreed: Cadence) -> bool:
    """Whether a stretch exceeds the interval and its tolerance, and nothing excuses it."""
    allowed = agreed.every_days + tolerated_days(agreed)
    return stretch.length > allowed and not _excused(said, stretch, agreed)


def tolerated_days(agreed: Cadence) -> int:
    """Return the agreed tolerance in days, else half an interval and at least three days.

    Half an interval is chosen by hand; not measured.
    """
    if agreed.tolerance_days is not None:
        return agreed.tolerance_days
    return max(3, agreed.every_days // 2)


def _excused(said: _Said, stretch: _Stretch, agreed: Cadence) -> bool:
    """Whether somebody announced or explained the gap, or agreed on a later meeting."""
    slack = timedelta(days=tolerated_days(agreed))
    for session in said.around(stretch):
        if session.id in said.excused:
            return True
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
    rhythm = contract.cadence
    if clause is None or rhythm is None:
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
        severity="medium" if newest.length >= 3 * rhythm.every_days or len(late) > 1 else "low",
        confidence=0.8 if newest.length >= 2 * rhythm.every_days else 0.6,
        since=newest.since + timedelta(days=rhythm.every_days),
        seen=tuple(
            Computed(
                computed=f"{days(each.length)} {'since' if each.running else 'from'} "
                f"{each.since.isoformat()}"
                f"{'' if each.running else f' to {each.until.isoformat()}'}; agreed every "
                f"{rhythm.every_days}"
            )
            for each in late
        ),
        message=f"You agreed to meet every {days(rhythm.every_days)}; {told}.",
        innocent_explanation=(
            "A session may have been held without notes, or you may have agreed on a break "
            "elsewhere."
        ),
        question="What rhythm suits you both now?",
        options=DriftOptions(
            return_to=f"Book the next session and keep to every {days(rhythm.every_days)}.",
            amend_to="Agree on a longer interval, or on a pause with an end.",
        ),
        by="data",
    )


def _told(evidence: Evidence) -> Iterator[Drift]:
    """Warn of missed meetings that the notes tell of, if the recorded days show nothing."""
    found = matter(evidence, "cadence")
    if found is None:
        return
    words = Words(
        seen="tell of a meeting that did not go by it",
        innocent="It may have been moved by word of mouth, or something urgent came between.",
        question="What rhythm suits you both now?",
        return_to="Fix the next two days before you part.",
        amend_to="Agree on the rhythm that you both can keep, and write it down.",
    )
    yield warning(evidence, "cadence", found, words, severity=severity_of(found))


def _lengths(history: History) -> Iterator[Drift]:
    """Warn of sessions that are repeatedly half or double as long as agreed."""
    contract = history.contract
    minutes = contract.cadence.duration_minutes if contract and contract.cadence else None
    if contract is None or minutes is None or (clause := cadence_clause(contract)) is None:
        return
    timed = [
        (each.held_on, each.duration_minutes)
        for each in held_sessions(history)
        if each.duration_minutes and contract.effective_from <= each.held_on
    ][-_FAR_OFF_SESSIONS - 1 :]
    off = [each for each in timed if not minutes / _FAR_OFF < each[1] < minutes * _FAR_OFF]
    if len(off) < _FAR_OFF_SESSIONS or off[-1] != timed[-1]:
        return
    told = listed([f"{length} minutes on {day(on)}" for on, length in off])
    usual = sorted(length for _, length in off)[len(off) // 2]
    yield Drift(
        id=derived_id("drift", history.mentorship.id, "cadence", "length", off[0][0]),
        kind="cadence",
        clause=clause,
        severity="low",
        confidence=0.7,
        since=off[0][0],
        seen=tuple(
            Computed(computed=f"{length} minutes on {on.isoformat()}; agreed {minutes}")
            for on, length in off
        ),
        message=f"{agreed(clause.text, clause.version)} The sessions took {told}.",
        innocent_explanation=(
            "The minutes may have been recorded roughly, or what there was to say asked for it."
        ),
        question="How long should a session be for you both?",
        options=DriftOptions(
            return_to=f"Plan the next session for {minutes} minutes and look at the clock halfway.",
            amend_to=f"Agree on about {usual} minutes in the next version of the contract.",
        ),
        by="data",
    )
