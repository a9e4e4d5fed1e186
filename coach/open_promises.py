"""Which open promise a later sentence speaks of: shared words, rare ones counting more."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date

from coach.model import CommitmentEvent, Owner

_RARE_ENOUGH = 0.34
_REMEMBERED_DAYS = 26
"""On how many days with notes a promise that nobody speaks of is still listened for: half a year of weekly talks."""


@dataclass
class Promised:
    """A commitment while its history is being followed; `number` counts them in reading order."""

    id: str
    number: int
    owner: Owner
    action: str
    made_on: date
    stems: frozenset[str]
    head: frozenset[str]
    events: list[CommitmentEvent] = field(default_factory=list)
    spoken_of: bool = False

    @property
    def due(self) -> date | None:
        """The newest day that was said."""
        return next((event.due for event in reversed(self.events) if event.due), None)

    @property
    def closed(self) -> bool:
        """Whether the last word was that it is done or dropped."""
        return self.events[-1].status in {"done", "dropped"}


class OpenPromises:
    """The promises that are not settled yet, findable by their stems.

    Only a later day can speak of a promise, so those of one day are taken in when the next one begins.
    """

    def __init__(self) -> None:
        self._by_stem: dict[str, dict[str, Promised]] = defaultdict(dict)
        self._days_with: dict[str, int] = defaultdict(int)
        self._today: list[Promised] = []
        self._listened_for: deque[tuple[int, Promised]] = deque()
        self._day = 0
        self._on = date.min

    def hear(self, said: frozenset[str], *, on: date) -> None:
        """Count the words of one more note of a day."""
        if on > self._on:
            self._on, self._day = on, self._day + 1
            self._take_in_yesterday()
            self._forget_the_silent()
        for stem in said:
            self._days_with[stem] += 1

    def add(self, promise: Promised) -> None:
        """Take a promise in."""
        self._today.append(promise)

    def close(self, promise: Promised) -> None:
        """Listen for it no more."""
        for stem in promise.stems:
            self._by_stem[stem].pop(promise.id, None)

    def rare(self, said: frozenset[str]) -> Promised | None:
        """The promise that shares words which nearly no day has.

        One of them is among the first of its action: what is done, not for whom or where.
        """
        best: tuple[float, int, Promised] | None = None
        for stem in said:
            for promise in self._by_stem.get(stem, {}).values():
                if stem not in promise.head:
                    continue
                rare = sum(1 / max(1, self._days_with[each]) for each in promise.stems & said)
                if rare >= _RARE_ENOUGH and (best is None or (rare, promise.number) > best[:2]):
                    best = (rare, promise.number, promise)
        return best[2] if best else None

    def best(self, said: frozenset[str], *, enough: float, again: bool = False) -> Promised | None:
        """The promise that these words speak of most.

        `again` asks for the same promise said once more, which may be said in fewer words.
        """
        common: dict[str, int] = defaultdict(int)
        rarity: dict[str, float] = defaultdict(float)
        met: dict[str, Promised] = {}
        for stem in sorted(said):
            bearers = self._by_stem.get(stem)
            if bearers:
                met |= bearers
                for each in bearers:
                    common[each] += 1
                    rarity[each] += 1 / len(bearers)
        best: tuple[float, float, int] = (0.0, 0.0, 0)
        found: Promised | None = None
        for each, count in common.items():
            promise = met[each]
            rank = (_share(promise, count, len(said) if again else 5), rarity[each], promise.number)
            if rank[0] >= enough and rank > best:
                best, found = rank, promise
        return found

    def _take_in_yesterday(self) -> None:
        for promise in self._today:
            for stem in promise.stems:
                self._by_stem[stem][promise.id] = promise
            self._listened_for.append((self._day, promise))
        self._today.clear()

    def _forget_the_silent(self) -> None:
        while self._listened_for and self._listened_for[0][0] <= self._day - _REMEMBERED_DAYS:
            _, promise = self._listened_for.popleft()
            if promise.spoken_of:
                promise.spoken_of = False
                self._listened_for.append((self._day, promise))
            else:
                self.close(promise)


def _share(promise: Promised, common: int, most: int) -> float:
    """How much of a promise is in the common words; one word alone is not enough of a longer one."""
    if common < min(2, len(promise.stems)):
        return 0.0
    return common / min(len(promise.stems), most)
