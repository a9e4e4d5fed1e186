"""What was asked in a siege, what came back, and what must hold of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evals.metrics.statistics import percentile

NO_ANSWER = frozenset({"timeout", "closed"})
LATER = "503 later"
"""A 503 that says when to come again."""


class Asked(NamedTuple):
    """One request: who asked what, when it began, and what became of it."""

    who: str
    what: str
    label: str
    began: float
    outcome: str
    milliseconds: float

    @property
    def failed(self) -> bool:
        """Whether the server broke: 503 with Retry-After is a fair answer."""
        return self.outcome[0] == "5" and self.outcome != LATER


class Times(NamedTuple):
    """What the milliseconds of some requests came to."""

    number: int
    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> "Times":
        """Those of these requests."""
        taken = [each.milliseconds for each in asked]
        shares = [round(percentile(taken, share), 1) for share in (0.5, 0.95, 0.99, 1.0)]
        return cls(len(taken), *shares)


class Goal(NamedTuple):
    """What must hold: how often it was tried and failed, the worst seen and the most allowed."""

    name: str
    rounds: int
    failures: int
    worst: str
    limit: str

    @property
    def missed(self) -> bool:
        """Without a round nothing was shown."""
        return self.failures > 0 or self.rounds == 0


class Sample(NamedTuple):
    """What the server held at a moment, in seconds since the siege began."""

    at: float
    rss_mb: float
    threads: int
    files: int
    cpu_seconds: float


@dataclass
class Promise:
    """Something that is tried in rounds."""

    limit: str
    rounds: int = 0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """Everything that a siege saw."""

    asked: list[Asked] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    promises: dict[str, Promise] = field(default_factory=dict)
    locked: list[tuple[float, float]] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)

    def promise(self, name: str, limit: str) -> None:
        """Name what will be tried, so that it is missed when it never is."""
        self.promises.setdefault(name, Promise(limit))

    def tried(self, name: str, fault: str | None = None, *, worst: float = 0.0) -> None:
        """One round of a promise, and what was wrong in it."""
        kept = self.promises[name]
        kept.rounds += 1
        kept.worst = max(kept.worst, worst)
        if fault is not None:
            kept.faults.append(fault)

    def of(self, who: str) -> list[Asked]:
        """The requests of one kind of caller."""
        return [each for each in self.asked if each.who == who]


def worst_minute(asked: Sequence[Asked]) -> Times:
    """The times of the minute whose 95th percentile is the highest."""
    minutes: dict[int, list[Asked]] = defaultdict(list)
    for each in asked:
        minutes[int(each.began // 60)].append(each)
    return max(map(Times.of, minutes.values()), key=lambda each: each.p95, default=Times.of([]))


def slowest(asked: Sequence[Asked], most: int) -> list[Asked]:
    """The slowest request of each label, the slowest label first."""
    by_label: dict[str, Asked] = {}
    for each in sorted(asked, key=lambda each: each.milliseconds):
        by_label[f"{each.what} {each.label}"] = each
    return sorted(by_label.values(), key=lambda each: -each.milliseconds)[:most]


def grouped(
    asked: Iterable[Asked], key: Callable[[Asked], tuple[str, str]]
) -> dict[tuple[str, str], list[Asked]]:
    """Requests by what they have in common, in order."""
    found: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in asked:
        found[key(each)].append(each)
    return dict(sorted(found.items()))
