"""The results for one size of history."""

from dataclasses import dataclass, field


@dataclass
class SizeMeasurement:
    """What is measured with so many sessions held, in milliseconds unless named otherwise.

    `cold` are briefs right after a new session, `warm` the same briefs again.
    """

    sessions: int
    posted: int = 0
    words_posted: int = 0
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    posting_seconds: float = 0.0
    resident_mb: float | None = None
    start_seconds: float = 0.0
    index_ready_seconds: float = 0.0
    rebuild_passages_per_second: float = 0.0
