"""Ranks sessions and passages for a query, by words and by cosines.

In a trial on LoCoMo (1,982 questions over long two-person histories), this way of scoring had a
recall of 90.0 % among five sessions, BM25 alone 86.5 %. For single turns it was 63.5 % and 54.7 %.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from coach.model.citations import Citation
from coach.model.search import Context, Passage, SessionHit
from coach.model.sessions import Session
from retrieval.fusion import Scores, fused
from retrieval.lexical import Words, bm25, scored
from retrieval.passages import PassageSpan
from retrieval.shelf import Place, Shelf, Told

# A screenful a session; also said in the API. Chosen by hand; not measured.
PASSAGES_A_SESSION = 5
# Sessions whose passages are scored together. Chosen by hand; not measured.
_AMONG = 50
# A session's cosine is the mean of its best three passages, as measured on LoCoMo (see above).
_BEST = 3
_FAINT = 0.2
"""A passage with none of the query's words is about something else below this cosine.

Chosen by hand; not measured.
"""
_FAINT_BY_A_NAME = 0.3
"""The same for a query of one word, which names a thing.

Tried with 25 such words that 20 mentorships never use. A third of them had a passage above 0.2, one
in thirty a passage above 0.3.
"""
# Words in a query that names a thing.
_A_NAME = 1
# The session's words, and the mean of its best cosines: equal, as measured on LoCoMo (see above).
_SESSION_WEIGHTS = (0.5, 0.5)
# The passage's words, those of its neighbours too, and its cosine: equal, as measured on LoCoMo.
_PASSAGE_WEIGHTS = (1.0, 1.0, 1.0)


class _Scored(NamedTuple):
    """The score of each item, and whether it matches the query at all."""

    scores: Scores
    fits: list[bool]


def best(
    shelf: Shelf, query: Words, cosines: Mapping[str, float], *, limit: int
) -> list[SessionHit]:
    """Return the best sessions of a shelf, best first; of equals the newest first.

    Without cosines the words alone decide. The list is empty when no session matches. When one
    does, sessions that do not match may follow it.
    """
    near = _cosines(shelf, cosines)
    sessions = _scored_sessions(shelf, query, near, dense=bool(cosines))
    if not any(sessions.fits):
        return []
    # Sessions are in order from oldest to newest, so a higher place is a newer session.
    ranked = sorted(
        range(len(shelf.sessions)), key=lambda at: (_rounded(float(sessions.scores[at])), at)
    )[::-1]
    # Score passages against more sessions than are shown: among five, any word is rare.
    among = sorted(ranked[: max(_AMONG, limit)])
    passages = _scored_passages(shelf, query, near, among=among, dense=bool(cosines))
    return [_hit(shelf, sessions, passages, at) for at in ranked[:limit]]


def _scored_sessions(shelf: Shelf, query: Words, near: Scores, *, dense: bool) -> _Scored:
    of_session = bm25(shelf.by_session, query)
    best_three = np.array([_mean_of_best(near[start:end]) for start, end in shelf.runs])
    nearest = np.array([near[start:end].max() for start, end in shelf.runs])
    return _Scored(
        fused([of_session, best_three][: 1 + dense], _SESSION_WEIGHTS[: 1 + dense]),
        ((of_session > 0) | (nearest >= _faint(query))).tolist(),
    )


def _scored_passages(
    shelf: Shelf, query: Words, near: Scores, *, among: Sequence[int], dense: bool
) -> dict[int, tuple[float, bool]]:
    """Return the score of each passage among those of these sessions, and whether it matches."""
    rows = [row for at in among for row in range(*shelf.runs[at])]
    passages = _Passages([told for at in among for told in shelf.notes[at]])
    of_passage = scored(passages.lengths, passages.count, query)
    of_window = scored(passages.beside(passages.lengths), passages.count_beside, query)
    close = near[rows]
    scores = fused([of_passage, of_window, close][: 2 + dense], _PASSAGE_WEIGHTS[: 2 + dense])
    fits = (of_window > 0) | (close >= _faint(query))
    return {
        row: (_rounded(float(score)), bool(fit))
        for row, score, fit in zip(rows, scores, fits, strict=True)
    }


def _faint(query: Words) -> float:
    """Return the least cosine of a match for a passage with none of the query's words."""
    return _FAINT_BY_A_NAME if len(query) <= _A_NAME else _FAINT


class _Passages:
    """Passages of several notes in a row, with word counts alone and with their neighbours."""

    def __init__(self, notes: Sequence[Told]) -> None:
        self._notes = notes
        sizes = [len(told.pieces) for told in notes]
        self._starts = [0, *accumulate(sizes)]
        self.lengths: Scores = np.concatenate([told.lengths for told in notes])
        of_note = np.repeat(np.arange(len(notes)), sizes)
        self._joined = of_note[1:] == of_note[:-1]

    def count(self, word: str) -> Scores:
        """Return how often each passage has a word."""
        found = np.zeros(self._starts[-1])
        for start, told in zip(self._starts, self._notes, strict=False):
            if bearing := told.bearing.get(word):
                found[[start + at for at in bearing]] = list(bearing.values())
        return found

    def count_beside(self, word: str) -> Scores:
        """Return how often each passage and its neighbours in the note have a word."""
        return self.beside(self.count(word))

    def beside(self, numbers: Scores) -> Scores:
        """Return each number plus those of the neighbouring passages in the note."""
        found = numbers.copy()
        found[:-1] += numbers[1:] * self._joined
        found[1:] += numbers[:-1] * self._joined
        return found


def _cosines(shelf: Shelf, cosines: Mapping[str, float]) -> Scores:
    """Return one cosine for each passage; those not among the nearest get the lowest one known."""
    known = {shelf.rows[id_]: cosine for id_, cosine in cosines.items() if id_ in shelf.rows}
    near = np.full(len(shelf.places), min(known.values(), default=0.0))
    near[list(known)] = list(known.values())
    return near


def _mean_of_best(cosines: Scores) -> float:
    return float(np.sort(cosines)[-_BEST:].mean())


def _hit(
    shelf: Shelf, sessions: _Scored, passages: Mapping[int, tuple[float, bool]], at: int
) -> SessionHit:
    session = shelf.sessions[at]
    return SessionHit(
        session_id=session.id,
        held_on=session.held_on,
        score=_rounded(float(sessions.scores[at])),
        passages=_passages(shelf, passages, at),
    )


def _passages(
    shelf: Shelf, passages: Mapping[int, tuple[float, bool]], at: int
) -> tuple[Passage, ...]:
    """Return the best matching passages of a session, or the single best when none matches."""
    ranked = sorted(range(*shelf.runs[at]), key=lambda row: (-passages[row][0], row))
    fitting = [row for row in ranked if passages[row][1]] or ranked[:1]
    return tuple(
        _passage(shelf.sessions[at], shelf.places[row], passages[row][0])
        for row in fitting[:PASSAGES_A_SESSION]
    )


def _passage(session: Session, place: Place, score: float) -> Passage:
    start, end, quote = place.piece
    return Passage(
        citation=Citation(
            session_id=session.id,
            held_on=session.held_on,
            note_id=place.note.id,
            start=start,
            end=end,
            quote=quote,
        ),
        score=score,
        context=_context(place),
    )


def _context(place: Place) -> Context | None:
    start, end = place.around
    if place.around == PassageSpan(place.piece.start, place.piece.end):
        return None
    return Context(start=start, end=end, text=place.note.text[start:end])


def _rounded(score: float) -> float:
    # Equal scores must stay equal whatever the order of the sums; six digits are exact enough.
    return round(score, 6)
