"""Selects the candidates that a page holds."""

from collections.abc import Iterable, Sequence

from coach.agreement.contract import active_goals
from coach.language.words import count, stems
from coach.model.commitments import AddedCommitment
from coach.model.history import History
from coach.model.material import Material, PageLine
from coach.model.sessions import Note, Preparation, Session
from coach.pages.candidates import (
    FROM_FACTS,
    MOST_A_SECTION,
    MOST_COMPARED,
    Candidate,
    Known,
    brief_candidates,
    session_candidates,
    statement_of,
)
from coach.pages.explicit import ExplicitPromises
from coach.pages.whole import WholeLines

MOST_WORDS = 232
"""Most words of the chosen lines, so that a page stays one page when printed.

An answer may have 250 words; whole lines fill 215 of these 232 on average.
"""

_MOST_SPARE = 40
"""Most lines that may be added to the chosen ones. Chosen by hand; not measured."""

_REPEATED = 0.7
"""Share of words in common above which two lines tell the same. Chosen by hand; not measured."""

_STAYS = frozenset({"asks", "goals", "commitments"})
"""Sections that a page does not open with: their lines stay where the reader looks for them."""


def brief_lines(known: Known, *, most: int = MOST_COMPARED) -> Material:
    """Return the lines of a brief before the next session: the chosen ones, then others to add.

    The chosen ones fill a page. At most `most` candidates are compared.
    """
    return _laid_out(known, brief_candidates(known), most=most)


def recap_lines(known: Known, session: Session, *, most: int = MOST_COMPARED) -> Material:
    """Return the lines of one session, the chosen ones first; at most `most` are compared."""
    return _laid_out(known, session_candidates(known, session), most=most)


def _laid_out(known: Known, offered: Iterable[Candidate], *, most: int) -> Material:
    """Return the weightiest candidates that fill a page, then as many that may be added.

    The weightiest piece of news opens the page.
    """
    history = known.history
    candidates = list(offered)
    called = {_place(each): each for each in sorted(candidates, key=lambda each: each.weight)}
    page = _Filled(WholeLines(history), room=MOST_WORDS)
    for found in _weightiest([each for each in candidates if not each.to_word], most):
        same = called.get(_place(found))
        page.take(same if same and found.section in FROM_FACTS else found)
    taken = page.taken
    spare = _Filled(WholeLines(history), room=None, beside=taken)
    for found in _weightiest(called.values(), most):
        spare.take(found)
    private = _private(history)
    explicit = ExplicitPromises(known)
    lines = [
        PageLine(
            each.section,
            each.statement,
            each.said_by,
            chosen,
            shared=_place(each)[0] not in private,
            must=chosen and explicit.holds(each),
        )
        for group, chosen in ((taken, True), (spare.taken, False))
        for each in group
    ]
    return Material(
        mentorship=history.mentorship,
        audience=history.audience,
        as_of=history.as_of,
        lines=tuple(lines),
        opening=_opening(lines),
        goals=active_goals(history),
        most_words=MOST_WORDS,
    )


def _opening(lines: Sequence[PageLine]) -> int | None:
    """Return the weightiest line to open with, None without one.

    It is no ask and no goal, and a promise only where there is nothing else.
    """
    news = [n for n, each in enumerate(lines) if each.chosen and each.section not in _STAYS]
    promised = [n for n, each in enumerate(lines) if each.chosen and each.section == "commitments"]
    return next(iter([*news, *promised]), None)


class _Filled:
    """The lines of a page while it is filled.

    `room` is the number of words left, None for spare lines, which have a limit of their own.
    """

    def __init__(
        self, lines: WholeLines, *, room: int | None, beside: Sequence[Candidate] = ()
    ) -> None:
        self._lines = lines
        self._room = room
        self._beside = beside
        self.taken: list[Candidate] = []

    def take(self, found: Candidate) -> None:
        """Take one more line, unless it has no room, is not understood, or repeats another."""
        full = len(self.taken) >= _MOST_SPARE if self._room is None else self._has_no_room(found)
        if full or (self._room is not None and _full(found, self.taken)):
            return
        line = self._new(self._lines.whole(found))
        if line is None and self._room is None and found.by_model:
            line = self._new(self._lines.to_word(found))
        if line is None:
            return
        if self._room is not None:
            if self._has_no_room(line):
                return
            self._room -= _length(line)
        self.taken.append(line)

    def _new(self, line: Candidate | None) -> Candidate | None:
        """Return a line that no other tells already, else None."""
        told = line is None or _told_already(line, [*self._beside, *self.taken])
        return None if told else line

    def _has_no_room(self, line: Candidate) -> bool:
        return self._room is not None and _length(line) > self._room


def _length(candidate: Candidate) -> int:
    """Return how many words a line takes, with the name of who says it."""
    return count(candidate.statement.text) + bool(candidate.said_by)


def _weightiest(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    return sorted(candidates, key=lambda each: -each.weight)[:most]


def _private(history: History) -> frozenset[str]:
    """Return the ids of notes, preparations and added promises that only one side may read."""
    own: list[Note | Preparation | AddedCommitment] = [*history.preparations, *history.added]
    own += [note for session in history.sessions for note in session.notes]
    return frozenset(each.id for each in own if each.visibility != "shared")


def _place(candidate: Candidate) -> tuple[str, int]:
    return statement_of(candidate.statement.citations[0])


def _told_already(candidate: Candidate, taken: Sequence[Candidate]) -> bool:
    new = candidate.statement.citations[0]
    said = stems(candidate.statement.text)
    return any(
        (new.note_id == old.note_id and new.start < old.end and old.start < new.end)
        or candidate.statement.text == each.statement.text
        or _the_same(said, stems(each.statement.text))
        for each in taken
        for old in each.statement.citations
    )


def _the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lines tell nearly the same; the one that was chosen first stays."""
    return len(one & other) > _REPEATED * len(one | other)


def _full(candidate: Candidate, taken: Sequence[Candidate]) -> bool:
    """Whether a section of the ritual has all its lines; the neutral one has no limit."""
    if candidate.section == "last_time":
        return False
    return sum(each.section == candidate.section for each in taken) >= MOST_A_SECTION
