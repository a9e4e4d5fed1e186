"""Checks that the labels of a case fit its notes."""

from collections.abc import Iterator

from evals.cases.case import Case

LabelPlace = tuple[str | int, ...]
"""The keys and positions that lead to a label, below `gold`."""


def wrong_labels(case: Case) -> Iterator[tuple[LabelPlace, str]]:
    """Every label that does not fit its notes: its place, and what is wrong with it."""
    for position, fact in enumerate(case.labels.facts):
        yield from _placed(case, ("facts", position), fact.session, fact.note, quote=fact.quote)
    for position, made in enumerate(case.labels.commitments):
        place: LabelPlace = ("commitments", position)
        yield from _placed(case, place, made.session, made.note, quote=made.quote)
        for number, outcome in enumerate(made.outcomes):
            yield from _said(
                case, (*place, "outcomes", number), outcome.session, quote=outcome.quote
            )
    yield from _wrong_searches(case)
    yield from _wrong_canaries(case)
    yield from _wrong_checkpoints(case)


def _wrong_searches(case: Case) -> Iterator[tuple[LabelPlace, str]]:
    for position, search in enumerate(case.labels.searches):
        for session in search.relevant_sessions:
            if session not in case.sessions:
                yield ("searches", position), f"there is no session {session}"
        if not any(search.answer_quote in note.text for note in case.notes.values()):
            yield ("searches", position, "answer_quote"), "is in no note"


def _wrong_canaries(case: Case) -> Iterator[tuple[LabelPlace, str]]:
    private = [note.text for note in case.notes.values() if note.visibility != "shared"]
    for position, canary in enumerate(case.labels.canaries):
        if not any(canary in text for text in private):
            yield ("canaries", position), "is in no private note"


def _wrong_checkpoints(case: Case) -> Iterator[tuple[LabelPlace, str]]:
    known = {made.id for made in case.labels.commitments}
    if len(known) != len(case.labels.commitments):
        yield ("commitments",), "two commitments have the same id"
    for position, checkpoint in enumerate(case.labels.checkpoints):
        place = ("checkpoints", position)
        for number, cover in enumerate(checkpoint.must_cover):
            yield from _said(case, (*place, "must_cover", number), cover.session, quote=cover.quote)
        for name in ("open_commitments", "overdue_commitments"):
            for made in getattr(checkpoint, name):
                if made not in known:
                    yield (*place, name), f"there is no commitment {made}"


def _placed(
    case: Case, place: LabelPlace, session: str, note: str, *, quote: str
) -> Iterator[tuple[LabelPlace, str]]:
    if session not in case.sessions:
        yield (*place, "session"), f"there is no session {session}"
    elif note not in {each.id for each in case.sessions[session].notes}:
        yield (*place, "note"), f"session {session} has no note {note}"
    elif quote not in case.notes[note].text:
        yield (*place, "quote"), "is not in the note, letter for letter"


def _said(
    case: Case, place: LabelPlace, session: str, *, quote: str
) -> Iterator[tuple[LabelPlace, str]]:
    if session not in case.sessions:
        yield (*place, "session"), f"there is no session {session}"
    elif not case.spans_in(session, quote):
        yield (*place, "quote"), "is in no note of the session, letter for letter"
