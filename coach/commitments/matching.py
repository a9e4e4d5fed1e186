"""Which open promise a later sentence speaks of: shared words, rare ones counting more."""

import math
from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

from coach.commitments.naming import says_what, telling_of
from coach.commitments.promised import Promised
from coach.model.commitments import OutcomeStatus, Owner

_ENOUGH = -1.6
"""The log odds from which on a sentence speaks of a promise; higher leaves more promises open."""
_NOTHING_YET = -2.7
_REPORTS = 0.75
_RARE_WORDS = 0.8
_WHAT_IT_IS = 0.9
_ALL_OF_IT = 1.1
_SPOKEN_OF_BEFORE = 0.7
_MOST_BEFORE = 2.0
_RATHER_THAN_OTHERS = 0.7
_FROM_LAST_TIME = 0.7
_OF_THE_STATUS: Mapping[OutcomeStatus, float] = {"not_done": -0.6, "rescheduled": 1.2}
_LONG_PROMISE = -0.8
_LONG = 6
"""Logistic regression over 1,675 pairs of a report and an open promise in the labelled mentorships
that teach and choose, those of the second counted three times. Of a promise of more than six
words, some stand in any sentence."""
MOST_MATCHED = 100
"""How many promises one sentence is held against.

In 200 sessions of ordinary length no sentence meets more than 20.
"""
_FEWEST_IN_COMMON = 2
_ALIKE = 0.7
"""How much of the longer of two promises of one day the shorter must have.

Of `send Ana the plan`, `send Ben the plan` two in three.
"""
_REMEMBERED_DAYS = 26
"""On how many days with notes a promise that nobody speaks of is still listened for.

Half a year of weekly talks.
"""


class Said(NamedTuple):
    """A sentence that reports on something.

    Its words, those just before, and how surely it does.
    """

    words: frozenset[str]
    before: frozenset[str]
    status: OutcomeStatus
    weight: float

    @property
    def telling(self) -> frozenset[str]:
        """All words that may tell which promise it speaks of."""
        return self.words | self.before


class Spoken(NamedTuple):
    """A promise that a sentence may speak of, and how much speaks for it."""

    promise: Promised
    evidence: float


class _OwnWords(NamedTuple):
    """The stems of a promise, those that tell it from others, and those that tell what it is."""

    stems: frozenset[str]
    telling: frozenset[str]
    what: frozenset[str]


class OpenPromises:
    """The promises that are not settled yet, findable by their stems.

    Only a later day can speak of a promise, so those of one day are taken in when the next one
    begins. A sentence is held against at most `most` of them; `names` are the words of the names
    of the two.
    """

    def __init__(self, *, most: int = MOST_MATCHED, names: frozenset[str] = frozenset()) -> None:
        self._most = most
        self.names = names
        self._by_stem: dict[str, dict[str, Promised]] = defaultdict(dict)
        self._days_with: dict[str, int] = defaultdict(int)
        self._last_with: dict[str, int] = {}
        self._by_id: dict[str, Promised] = {}
        self._own: dict[str, _OwnWords] = {}
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
            if self._last_with.get(stem) != self._day:
                self._last_with[stem] = self._day
                self._days_with[stem] += 1

    def turn_to(self, on: date) -> None:
        """Let what was said before a day be spoken of, though no note of the day is heard."""
        if on > self._on:
            self._take_in_yesterday()

    def add(self, promise: Promised) -> None:
        """Take a promise in."""
        promise.said_on_day = self._day
        self._today.append(promise)

    def said_again(self, promise: Promised) -> None:
        """Keep listening for a promise that is being spoken of."""
        promise.spoken_of = True
        promise.said_on_day = self._day

    def named(self, commitment_id: str) -> Promised | None:
        """The promise of an earlier day with that id, settled or not."""
        return self._by_id.get(commitment_id)

    def replace(self, promise: Promised, *, by: Promised) -> None:
        """Listen for another promise in the place of one, and know it by the name of both."""
        self.close(promise)
        self._today = [each for each in self._today if each is not promise]
        self._by_id[promise.id] = by
        self.add(by)

    def close(self, promise: Promised) -> None:
        """Listen for it no more."""
        for stem in promise.stems:
            self._by_stem[stem].pop(promise.id, None)

    def spoken_of(self, said: Said) -> list[Spoken]:
        """The promises that a sentence may speak of.

        What counts was fitted to labelled mentorships: shared words, rare ones, those that say what
        is to be done, those that stand just before, and that no other promise shares as many.
        """
        met = self._met(said.words | said.before)
        common = {each: len(promise.stems & said.words) for each, promise in met.items()}
        if not common:
            return []
        most, *others = sorted(common.values(), reverse=True)[:2]
        second = others[0] if others else 0
        found = []
        for each, shared in common.items():
            rest = second if shared == most else most
            evidence = self._evidence(met[each], said) + _RATHER_THAN_OTHERS * (shared - rest)
            if evidence >= _ENOUGH:
                found.append(Spoken(met[each], evidence))
        return found

    def _evidence(self, promise: Promised, said: Said) -> float:
        own = self._own_words(promise)
        common = own.telling & said.words
        before = (own.what & said.before) - said.words
        what = own.what & said.words
        of_all = len(own.what)
        return (
            _NOTHING_YET
            + _REPORTS * _log_odds(said.weight)
            + _OF_THE_STATUS.get(said.status, 0)
            + _RARE_WORDS * self._rarity(common)
            + _WHAT_IT_IS * bool(promise.head & what)
            + _ALL_OF_IT * len(what) / max(1, of_all)
            + _SPOKEN_OF_BEFORE * min(_MOST_BEFORE, self._rarity(before))
            + _FROM_LAST_TIME * (self._day - promise.said_on_day == 1)
            + _LONG_PROMISE * max(0, len(promise.stems) - _LONG) / _LONG
        )

    def _own_words(self, promise: Promised) -> _OwnWords:
        """Return the words that tell a promise from others, found once for each."""
        known = self._own.get(promise.id)
        if known is None or known.stems is not promise.stems:
            stems, names = promise.stems, self.names
            telling = telling_of(stems, names=names)
            known = _OwnWords(stems, telling, says_what(stems, names=names))
            self._own[promise.id] = known
        return known

    def _rarity(self, common: frozenset[str]) -> float:
        """How much words tell: each counts less the more days it was heard on."""
        return sum(1 / max(1, self._days_with[stem]) for stem in sorted(common))

    def same(self, said: frozenset[str], *, enough: float) -> Promised | None:
        """The promise that these words promise once more, perhaps in fewer words."""
        best: tuple[float, float, int] = (0.0, 0.0, 0)
        found: Promised | None = None
        for promise in self._met(said).values():
            common = promise.stems & said
            share = _share(promise, len(common), len(said))
            if share < enough:
                continue
            rarity = sum(1 / len(self._by_stem[stem]) for stem in sorted(common))
            rank = (share, rarity, promise.number)
            if rank > best:
                best, found = rank, promise
        return found

    def meant(self, said: frozenset[str], *, owner: Owner) -> Promised | None:
        """The open promise of that owner that was just spoken of, in these words.

        None where it may be several.
        """
        met = [
            (len(says_what(promise.stems & said, names=self.names)), promise)
            for promise in self._met(said).values()
            if promise.owner == owner
        ]
        most = max((common for common, _ in met), default=0)
        best = [promise for common, promise in met if common == most]
        return best[0] if most >= _FEWEST_IN_COMMON and len(best) == 1 else None

    def said_today(self, promise: Promised) -> Promised | None:
        """The promise of the same day that says the same.

        A note that was sent twice, a transcript beside the notes.
        """
        newest = islice(reversed(self._today), self._most)
        return next((each for each in newest if _same_day(each, promise)), None)

    def _met(self, said: frozenset[str]) -> dict[str, Promised]:
        """The promises that share words with a sentence.

        Where these are too many, those with its rarest words, the newest first: what a hundred
        promises share tells none of them from the others.
        """
        bearing = [(len(bearers), stem) for stem in said if (bearers := self._by_stem.get(stem))]
        met: dict[str, Promised] = {}
        for size, stem in sorted(bearing):
            room = self._most - len(met)
            bearers = self._by_stem[stem]
            met |= bearers if size <= room else dict(islice(reversed(bearers.items()), room))
        return met

    def _take_in_yesterday(self) -> None:
        for promise in self._today:
            self._by_id[promise.id] = promise
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


def _same_day(one: Promised, other: Promised) -> bool:
    """Whether two promises of one day are one: alike in words, and the same in owner and day.

    Where a person has put one of them in, the day that the person gave counts.

    In one note more is asked for: there people list what differs in a word.
    """
    if "unassigned" not in {one.owner, other.owner} and one.owner != other.owner:
        return False
    put_in = "person" in {one.events[-1].by, other.events[-1].by}
    if not put_in and one.due and other.due and one.due != other.due:
        return False
    words = [
        frozenset(stem for stem in each.stems if not stem[0].isdigit()) for each in (one, other)
    ]
    common = len(words[0] & words[1])
    if common < _FEWEST_IN_COMMON:
        return False
    if one.note_id == other.note_id:
        return words[0] == words[1]
    return common >= _ALIKE * max(map(len, words)) or common == min(map(len, words))


def _log_odds(weight: float) -> float:
    kept = min(0.99, max(0.01, weight))
    return math.log(kept / (1 - kept))


def _share(promise: Promised, common: int, most: int) -> float:
    """How much of a promise is in the common words.

    One word alone is not enough of a longer one.
    """
    if common < min(2, len(promise.stems)):
        return 0.0
    return common / min(len(promise.stems), most)
