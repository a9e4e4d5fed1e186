"""What a variant of a series is, and what was warned of on it."""

from typing import Literal, NamedTuple

from coach.model.contract import ClauseName, Contract
from coach.model.drift import DriftKind
from coach.model.people import Mentorship
from coach.model.sessions import Session
from coach.model.values import Value

VariantGroup = Literal["clean", "decoy", "injected"]
"""What is in a variant: nothing, a decoy, a drift."""
_COMPANIONS: dict[DriftKind, tuple[DriftKind, ...]] = {"goal_displacement": ("goal_neglect",)}
"""Other topics leave a goal a word now and then, which one may call neglect."""


class Variant(Value):
    """One series, what was put into it, and what a right warning would say.

    `tempts` is the kind that a decoy must not raise; `at_session` and `expected_by` are indexes;
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
    clause: ClauseName | None = None
    promise: tuple[str, ...] = ()
    expected_by: int = 0

    def concerns(self, warning: "RaisedWarning") -> bool:
        """Whether a warning is about the thing that was put in."""
        if self.promise and warning.about:
            return any(warning.about in said or said in warning.about for said in self.promise)
        return self.about in {None, warning.about}

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
