"""Which candidates a page holds."""

from collections.abc import Iterable, Sequence

from coach.agreement.contract import active_goals
from coach.language.words import count, stems
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

MOST_WORDS = 250

_MOST_SPARE = 40

_REPEATED = 0.7


def brief_lines(known: Known, *, alone: Known | None = None, most: int = MOST_COMPARED) -> Material:
    """The lines of a brief before the next session: those chosen fill a page, the others may be added.

    What fills the page is chosen from `alone`, what the embedded reader knows by itself, so that nothing a
    model says can push it off; how it is called, and what may be added, comes from all that is known. At most
    `most` candidates are compared.
    """
    offered = brief_candidates(known)
    base = brief_candidates(alone) if alone else offered
    return _laid_out(known.history, offered, chosen_from=base, most=most)


def recap_lines(
    known: Known, session: Session, *, alone: Known | None = None, most: int = MOST_COMPARED
) -> Material:
    """The lines of one session."""
    offered = session_candidates(known, session)
    base = session_candidates(alone, session) if alone else offered
    return _laid_out(known.history, offered, chosen_from=base, most=most)


def _laid_out(
    history: History,
    offered: Iterable[Candidate],
    *,
    chosen_from: Iterable[Candidate],
    most: int,
) -> Material:
    """The weightiest candidates that fill a page, then as many that may be added.

    The weightiest of all opens the page; an ask stays where the reader looks for it.
    """
    called = {_place(each): each for each in sorted(offered, key=lambda each: each.weight)}
    taken: list[Candidate] = []
    room = MOST_WORDS
    for candidate in _weightiest(chosen_from, most):
        length = count(candidate.statement.text) + bool(candidate.said_by)  # who says it
        if length <= room and not _told_already(candidate, taken) and not _full(candidate, taken):
            known = called.get(_place(candidate))
            taken.append(known if known and candidate.section in FROM_FACTS else candidate)
            room -= length
    spare: list[Candidate] = []
    for candidate in _weightiest(called.values(), most):
        if len(spare) < _MOST_SPARE and not _told_already(candidate, [*taken, *spare]):
            spare.append(candidate)
    private = _private(history)
    lines = [
        PageLine(each.section, each.statement, each.said_by, chosen, _place(each)[0] not in private)
        for group, chosen in ((taken, True), (spare, False))
        for each in group
    ]
    opening = (
        n for n, each in enumerate(lines) if each.chosen and each.section not in {"asks", "goals"}
    )
    return Material(
        mentorship=history.mentorship,
        audience=history.audience,
        as_of=history.as_of,
        lines=tuple(lines),
        opening=next(opening, None),
        goals=active_goals(history),
        most_words=MOST_WORDS,
    )


def _weightiest(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    return sorted(candidates, key=lambda each: -each.weight)[:most]


def _private(history: History) -> frozenset[str]:
    """The notes and preparations that only one side may read."""
    own: list[Note | Preparation] = [*history.preparations]
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
    """Whether two lines tell nearly the same: the one that was chosen first stays."""
    return len(one & other) > _REPEATED * len(one | other)


def _full(candidate: Candidate, taken: Sequence[Candidate]) -> bool:
    return sum(each.section == candidate.section for each in taken) >= MOST_A_SECTION
