"""What a variant of a series is, and what was warned of on it."""

from typing import Literal, NamedTuple

from coach.model.contract import ClauseName, Contract
from coach.model.drift import DriftKind
from coach.model.people import Mentorship, Side
from coach.model.sessions import Session
from coach.model.values import Value

VariantGroup = Literal["clean", "decoy", "injected"]
"""What is in a variant: nothing, a decoy, a drift."""
_COMPANIONS: dict[DriftKind, tuple[DriftKind, ...]] = {
    "goal_displacement": ("goal_neglect",),
    "goal_neglect": ("goal_displacement",),
}
"""Kinds that may rightly be raised beside the injected one.

Other topics leave a goal only a word now and then, which is also neglect. A goal that is left out
leaves room for other topics.
"""


class Variant(Value):
    """One series, what was put into it, and what a right warning would say.

    `way` names how the drift is put in. `how` names the manner of telling, or what makes a decoy.
    `tempts` is the kind that a decoy must not raise. `at_session` and `second_at` are the indexes
    of the first session that carries it and of the one with the second piece of evidence.
    `promise` holds what is said of the promise that slips or is moved.
    """

    id: str
    mentorship: Mentorship
    contracts: tuple[Contract, ...]
    sessions: tuple[Session, ...]
    injected: DriftKind | None = None
    decoy: str | None = None
    tempts: DriftKind | None = None
    at_session: int = 0
    about: str | None = None
    way: str | None = None
    how: str | None = None
    clauses: tuple[ClauseName, ...] = ()
    promise: tuple[str, ...] = ()
    second_at: int = 0

    def concerns(self, warning: "RaisedWarning") -> bool:
        """Whether a warning is about the thing that was put in."""
        if self.promise and warning.about:
            return any(warning.about in said or said in warning.about for said in self.promise)
        return self.about in {None, warning.about}

    @property
    def audience(self) -> Side:
        """Return who is asked: the mentor for drift in the mentor's own pages, else the mentee."""
        pages = {note.visibility for session in self.sessions for note in session.notes}
        return "mentor" if "mentor" in pages else "mentee"

    @property
    def group(self) -> VariantGroup:
        """Whether it is clean, a decoy or injected."""
        return "injected" if self.injected else "decoy" if self.decoy else "clean"


class RaisedWarning(NamedTuple):
    """A warning as it stood after one session.

    `about` of a slipped commitment quotes where it was made.
    """

    session: int
    kind: DriftKind
    clause: ClauseName | None
    about: str | None = None


class JudgedVariant(NamedTuple):
    """A variant with every warning that was raised on it."""

    variant: Variant
    raised: tuple[RaisedWarning, ...]

    @property
    def found_in_time(self) -> bool:
        """Whether it is found at most one session after the second piece of evidence."""
        return bool(self.right) and self.right[0].session <= self.variant.second_at + 1

    @property
    def names_its_clause(self) -> bool:
        """Whether the first right warning names a right clause; for a slipped promise, none."""
        wanted = self.variant.clauses
        named = self.right[0].clause if self.right else None
        return bool(self.right) and (named in wanted if wanted else named is None)

    @property
    def delay(self) -> int | None:
        """Return the sessions from the first drift to the first right warning; None if never."""
        return self.right[0].session - self.variant.at_session if self.right else None

    @property
    def raises_its_decoy(self) -> bool:
        """Whether a decoy raises the kind it tempts to, about the thing it is made of."""
        return any(
            each.kind == self.variant.tempts
            and self.variant.concerns(each)
            and each.session >= self.variant.at_session
            for each in self.raised
        )

    @property
    def right(self) -> tuple[RaisedWarning, ...]:
        """The warnings of the injected kind about the injected thing, none too early."""
        return tuple(sorted(filter(self._is_right, self.raised), key=lambda each: each.session))

    @property
    def false(self) -> tuple[RaisedWarning, ...]:
        """The other warnings, each once for as long as it stands."""
        wrong = {
            each for each in self.raised if not (self._is_right(each) or self._goes_with(each))
        }
        return tuple(
            sorted(
                (each for each in wrong if each._replace(session=each.session - 1) not in wrong),
                key=lambda each: (each.session, each.kind, each.clause or "", each.about or ""),
            )
        )

    def _goes_with(self, warning: RaisedWarning) -> bool:
        """A careful human may raise it too, so it is neither right nor wrong."""
        wanted = self.variant
        return (
            wanted.injected is not None
            and warning.kind in _COMPANIONS.get(wanted.injected, ())
            and warning.session >= wanted.at_session
        )

    def _is_right(self, warning: RaisedWarning) -> bool:
        wanted = self.variant
        in_place = warning.kind == wanted.injected and warning.session >= wanted.at_session
        return in_place and wanted.concerns(warning)
