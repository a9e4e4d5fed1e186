"""Questions on what the asked side promised: in its own words, without reproach, of what is known to be open or done."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from coach.ids import derived_id
from coach.language.deadlines import without_day
from coach.language.phrasing import day
from coach.language.words import count, stems
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.questions import Intent, Question
from coach.notes.alone import has_verb
from coach.notes.lines import plain
from coach.questions.quotes import opening
from coach.questions.rules.brevity import LONGEST
from coach.questions.templates import Offer, Writer
from prompts import question

_MOST_WORDED = 50
"""How many promises are worded for a set of questions, of which one is asked; to hold a question against
the rules takes 0.3 ms."""
_ASKED_FOR = timedelta(days=60)
"""How long after its day a promise is asked about: what is open for longer, the warnings tell."""
_AGREED = re.compile(
    r"^\W*(?:(?:it was|it is|we have|we) (?:agreed|decided|settled|resolved) that |that |[^\W\d_]{1,12}\.?:[ \t]+)",
    re.IGNORECASE,
)
"""What leads up to a promise, or labels it: a question has no room for it."""
_PROMISED = re.compile(
    r"(?<![\w'’“\"])(?:I|we|she|he|they)(?:['’]ll|[ \t]+(?:will|shall)|['’]m going to|['’]re going to|[ \t]+(?:am|is|are) going to)[ \t]",
    re.IGNORECASE,
)
"""Where a promise begins in a sentence that tells other things first."""


def on_open(writer: Writer, prompt: str, commitments: Sequence[Commitment]) -> Iterator[Offer]:
    """One question on each promise that is open: first those whose day came last, then the nearest day ahead, then the newest."""
    mine = [each for each in commitments if _is_open(writer, each)]
    as_of = writer.history.as_of
    passed = [each for each in mine if each.due and timedelta() < as_of - each.due <= _ASKED_FOR]
    ahead = [each for each in mine if each.due and each.due >= as_of]
    some_day = [each for each in mine if not each.due]
    passed.sort(key=lambda each: each.due or date.min, reverse=True)
    ahead.sort(key=lambda each: each.due or date.max)
    some_day.sort(key=lambda each: each.made_in.held_on, reverse=True)
    named = (("due", passed), ("ahead", ahead), ("open", some_day))
    offers = ((f"{prompt}_{when}", each) for when, group in named for each in group)
    for name, each in islice(offers, _MOST_WORDED):
        if asked := _worded(writer, name, each, cited=each.made_in, intent="commitment"):
            yield name, asked


def on_done(writer: Writer, prompt: str, commitments: Iterable[Commitment]) -> Iterator[Offer]:
    """One question on what the last session says was done."""
    last = writer.history.sessions[-1:]
    for each in commitments:
        told = each.history[-1]
        newly = told.status == "done" and any(told.session_id == held.id for held in last)
        if not newly or told.by == "person" or not _is_of(writer, each):
            continue
        if asked := _worded(writer, prompt, each, cited=told.citation, intent="learning"):
            yield prompt, asked
            return


def _is_open(writer: Writer, commitment: Commitment) -> bool:
    return commitment.status in {"open", "partly", "overdue"} and _is_of(writer, commitment)


def _is_of(writer: Writer, commitment: Commitment) -> bool:
    """Whether the asked side promised it, and can see where."""
    mine = commitment.owner in {writer.ask_of, "both"}
    return mine and commitment.made_in.note_id in writer.seen


def _worded(
    writer: Writer, prompt: str, commitment: Commitment, *, cited: Citation, intent: Intent
) -> Question | None:
    near = writer.history.as_of
    blanks: dict[str, str] = {
        "day": day(cited.held_on, near=near),
        "due": day(commitment.due, near=near) if commitment.due else "",
        "other": writer.other,
    }
    quote = _quote(writer, commitment, question(prompt, version=None, quote="", **blanks))
    if quote is None:
        return None
    citations = (
        (commitment.made_in,) if cited == commitment.made_in else (commitment.made_in, cited)
    )
    return Question(
        id=derived_id("question", prompt, commitment.id),
        ask_of=writer.ask_of,
        text=question(prompt, version=None, quote=quote, **blanks),
        intent=intent,
        about=commitment.id,
        carried=_was_due(writer, commitment),
        citations=citations,
    )


def _quote(writer: Writer, commitment: Commitment, around: str) -> str | None:
    """What to quote of a promise: its action, or where that is not what the note says, the note."""
    said, action = plain(commitment.made_in.quote), plain(commitment.action)
    quoted = action if stems(action) <= stems(said) else said
    promised = _PROMISED.search(quoted)
    quoted = quoted[promised.start() :] if promised else quoted
    quoted = _AGREED.sub("", quoted, count=1)
    if commitment.due:
        quoted = without_day(quoted, commitment.made_in.held_on)
    quote = opening(quoted, longest=LONGEST - count(around) + 1)
    if quote is None or not (quote[:1].islower() or has_verb(quote)):
        return None  # an action begins with its verb; anything else without one was cut short
    return quote if writer.understood(quote, writer.ask_of) else None


def _was_due(writer: Writer, commitment: Commitment) -> bool:
    """Whether its day had passed before the last session already, so that it was asked about."""
    held = writer.history.sessions
    return bool(held) and commitment.due is not None and commitment.due < held[-1].held_on
