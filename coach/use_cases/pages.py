"""Makes the pages of answers: brief, reflection and report."""

from coach.commitments.status import closed_in, open_ones, overdue_ones, owned_by
from coach.model.answers import (
    Brief,
    BriefCommitments,
    LastSession,
    OwnCommitments,
    Recap,
    Reflection,
    Report,
)
from coach.model.history import History
from coach.model.search import Passage
from coach.model.sessions import Session
from coach.pages.not_found import not_found
from coach.pages.order import Page
from coach.pages.selection import brief_lines, recap_lines
from coach.ports import Index
from coach.questions import selection
from coach.use_cases.answering import Answering
from coach.use_cases.base import session_in
from coach.use_cases.cited import notes_cited

_PRIOR_PASSAGES = 5
"""Most passages of earlier sessions in a report. Chosen by hand; not measured."""
_QUERY_WORDS = 60
"""Most words of a report's page that earlier sessions are searched for.

Chosen by hand; not measured.
"""


def brief(answering: Answering, *, most: int) -> Brief:
    """Return the page to read before the next session; at most `most` sentences are compared."""
    history, made = answering.current
    last = history.sessions[-1] if history.sessions else None
    material = brief_lines(answering.current, most=most)
    page, asked = answering.told(
        material,
        ask=selection.asked_side(history.audience),
        own=lambda: selection.brief_questions(history, made, most=most),
    )
    promised = BriefCommitments(
        open=open_ones(made),
        overdue=overdue_ones(made),
        closed_since_last=closed_in(made, last),
        not_told=len(answering.commitments) - len(made),
    )
    warnings = answering.drift()
    cited = notes_cited(page.chosen, promised, asked.questions, warnings)
    return Brief(
        mentorship_id=history.mentorship.id,
        audience=history.audience,
        as_of=history.as_of,
        last_session=LastSession(id=last.id, held_on=last.held_on) if last else None,
        headline=page.chosen.headline,
        sections=page.chosen.sections,
        commitments=promised,
        questions=asked.questions,
        drift=warnings,
        not_found=not_found(history, page.chosen),
        provenance=answering.provenance(asked, dropped=page.dropped, cited=cited),
    )


def reflection(answering: Answering, *, most: int) -> Reflection:
    """Return prompts for the mentee to prepare with; at most `most` sentences are compared."""
    history = answering.history
    every = owned_by(answering.commitments, "mentee", "both")
    mine = owned_by(answering.current.commitments, "mentee", "both")
    asked = answering.asked(
        brief_lines(answering.current, most=most),
        of="mentee",
        own=lambda: selection.reflection_prompts(history, mine, most=most),
    )
    own = OwnCommitments(
        open=open_ones(mine), overdue=overdue_ones(mine), not_told=len(every) - len(mine)
    )
    cited = notes_cited(asked.questions, own)
    return Reflection(
        mentorship_id=history.mentorship.id,
        as_of=history.as_of,
        prompts=asked.questions,
        commitments=own,
        provenance=answering.provenance(asked, dropped=0, cited=cited),
    )


def report(answering: Answering, session_id: str, index: Index, *, most: int) -> Report:
    """Return the report on one session; at most `most` sentences are compared."""
    history, made = answering.known
    session = session_in(history.sessions, session_id)
    page, asked = answering.told(
        recap_lines(answering.known, session, most=most),
        ask=selection.asked_side(history.audience),
        own=lambda: selection.session_questions(history, session, made, most=most),
    )
    warnings = answering.drift()
    cited = notes_cited(page.chosen, asked.questions, warnings)
    return Report(
        session=session,
        recap=Recap(
            session_id=session.id,
            held_on=session.held_on,
            headline=page.chosen.headline,
            sections=page.chosen.sections,
        ),
        questions=asked.questions,
        drift=warnings,
        prior=_prior(index, history, session, page.chosen),
        provenance=answering.provenance(asked, dropped=page.dropped, cited=cited),
    )


def _prior(index: Index, history: History, session: Session, page: Page) -> tuple[Passage, ...]:
    """Return what earlier sessions said about the same matters, best first."""
    position = history.sessions.index(session)
    said = [page.headline] if page.headline else []
    said += [statement for section in page.sections for statement in section.statements]
    query = " ".join(" ".join(each.text for each in said).split()[:_QUERY_WORDS])
    if not query or position == 0:
        return ()
    hits = index.search(
        history.mentorship,
        history.audience,
        history.sessions[:position],
        query=query,
        limit=_PRIOR_PASSAGES,
    )
    best = [passage for hit in hits for passage in hit.passages[:2]]
    return tuple(sorted(best, key=lambda each: -each.score)[:_PRIOR_PASSAGES])
