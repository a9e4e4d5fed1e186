"""Which sessions and passages answer a query best, from words and from cosines."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from coach.model import Citation, Context, Passage, Session, SessionHit
from retrieval.fusion import Scores, fused
from retrieval.lexical import Words
from retrieval.passages import Span
from retrieval.shelf import Place, Shelf

PASSAGES_A_SESSION = 5
_BEST = 3
_FAINT = 0.2
"""A cosine below which a passage without a word of the query is about something else."""
_SESSION_WEIGHTS = (0.5, 0.5)
_PASSAGE_WEIGHTS = (1.0, 1.0, 1.0)


class _Scored(NamedTuple):
    """How well each passage and each session fits, and which of them fit at all."""

    passages: Scores
    sessions: Scores
    passage_fits: list[bool]
    session_fits: list[bool]


def best(
    shelf: Shelf, query: Words, cosines: Mapping[str, float], *, limit: int
) -> list[SessionHit]:
    """Return the best sessions of a shelf, best first; among equals the newest comes first.

    Without cosines the words alone decide. Nothing is returned where nothing fits; where something does, the
    sessions that fit less come after it.
    """
    scored = _scored(shelf, query, cosines)
    fitting = range(len(shelf.sessions)) if any(scored.session_fits) else range(0)
    # Sessions stand from oldest to newest, so a higher place is a newer session.
    ranked = sorted(fitting, key=lambda at: (_rounded(float(scored.sessions[at])), at))
    return [_hit(shelf, scored, at) for at in ranked[::-1][:limit]]


def _scored(shelf: Shelf, query: Words, cosines: Mapping[str, float]) -> _Scored:
    near = _cosines(shelf, cosines)
    of_passage, of_window = shelf.by_passage.scores(query), shelf.by_window.scores(query)
    of_session = shelf.by_session.scores(query)
    best_three = np.array([_mean_of_best(near[start:end]) for start, end in shelf.runs])
    nearest = np.array([near[start:end].max() for start, end in shelf.runs])
    dense = bool(cosines)
    return _Scored(
        fused([of_passage, of_window, near][: 2 + dense], _PASSAGE_WEIGHTS[: 2 + dense]),
        fused([of_session, best_three][: 1 + dense], _SESSION_WEIGHTS[: 1 + dense]),
        ((of_window > 0) | (near >= _FAINT)).tolist(),
        ((of_session > 0) | (nearest >= _FAINT)).tolist(),
    )


def _cosines(shelf: Shelf, cosines: Mapping[str, float]) -> Scores:
    """One cosine a passage; what was not among the nearest is taken for as far as the farthest."""
    known = {shelf.rows[id_]: cosine for id_, cosine in cosines.items() if id_ in shelf.rows}
    near = np.full(len(shelf.places), min(known.values(), default=0.0))
    near[list(known)] = list(known.values())
    return near


def _mean_of_best(cosines: Scores) -> float:
    return float(np.sort(cosines)[-_BEST:].mean())


def _hit(shelf: Shelf, scored: _Scored, at: int) -> SessionHit:
    session = shelf.sessions[at]
    return SessionHit(
        session_id=session.id,
        held_on=session.held_on,
        score=_rounded(float(scored.sessions[at])),
        passages=_passages(shelf, scored, at),
    )


def _passages(shelf: Shelf, scored: _Scored, at: int) -> tuple[Passage, ...]:
    """The best of a session that fit, or the least bad one when only its day was asked for."""
    run = shelf.runs[at]
    ranked = sorted(
        range(*run), key=lambda place: (-_rounded(float(scored.passages[place])), place)
    )
    fitting = [place for place in ranked if scored.passage_fits[place]] or ranked[:1]
    return tuple(
        _passage(shelf.sessions[at], shelf.places[place], _rounded(float(scored.passages[place])))
        for place in fitting[:PASSAGES_A_SESSION]
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
    if place.around == Span(place.piece.start, place.piece.end):
        return None
    return Context(start=start, end=end, text=place.note.text[start:end])


def _rounded(score: float) -> float:
    return round(score, 6)
