"""Questions on what the asked side promised: in its own words, and only while no note has told.

A promise whose day had passed before the last session is not asked about. Where the notes are
silent on it then, it was mostly done, dropped or moved: of 16 such promises of unseen mentorships
13 were. Nobody asks about what is known to be done or late either: the notes tell it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from coach.ids import derived_id
from coach.language.dates import days_said
from coach.language.deadlines import deadline
from coach.language.phrasing import day
from coach.language.words import count, stems
from coach.model.commitments import Commitment
from coach.model.people import Side
from coach.model.questions import Question
from coach.notes.alone import has_verb
from coach.notes.lines import plain
from coach.questions.coming import next_talk
from coach.questions.quotes import LEANS_ON, NO_START, lines_of, openings
from coach.questions.rules.brevity import LONGEST
from coach.questions.templates import Offer, Writer
from prompts import question

_MOST_WORDED = 50
"""How many promises are worded for a set of questions, of which one is asked.

To hold a question against the rules takes 0.3 ms.
"""
_ASKED_FOR = timedelta(days=60)
"""How long after its day a promise is asked about: what is open for longer, the warnings tell."""
_AGREED = re.compile(
    r"^\W*(?:(?:it was|it is|we have|we) (?:agreed|decided|settled|resolved) that |that "
    r"|[^\W\d_]{1,12}\.?:[ \t]+)",
    re.IGNORECASE,
)
"""What leads up to a promise, or labels it: a question has no room for it."""
_PROMISED = re.compile(
    r"(?<![\w'’“\"])(?:I|we|she|he|they)(?:['’]ll|[ \t]+(?:will|shall)|['’](?:m|re|s) going to"
    r"|[ \t]+(?:am|is|are) going to|['’]m to|[ \t]+(?:am|is|are) to)[ \t]+",
    re.IGNORECASE,
)
"""What a promise begins with in a sentence; what is to be done stands behind it."""
_LEADS_TO_DAY = re.compile(
    r"[\s,;:(–-]{0,4}(?:(?:by|before|until|till|on|for|due)\s{1,3})?(?:the\s{1,3})?"
    r"(?:(?:mon|tues?|wednes|wed|thu|thurs?|fri|sat|satur|sun)(?:day)?[\s,]{1,3}(?:the\s{1,3})?)?$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?<!\w)(?:I|I['’]\w+|my|me|mine|myself|we|our|us)(?!\w)", re.IGNORECASE)
"""Words that only who said them may hear as their own."""
_OF_SOMEBODY = re.compile(r"(?<!\w)(?:he|him|his|she|her|hers|they|their)(?!\w)", re.IGNORECASE)
"""Words for the asked side in what somebody noted of it: they read oddly outside a quotation."""
_MEETS = re.compile(
    r"(?:i(?:['’]?ll)? )?(?:ring|call|phone|meet|see|visit|text|mail|e-mail|email|message|dm"
    r"|write(?: to)?|talk (?:to|with)|speak (?:to|with)|let) (?:you|me|them)\b",
    re.IGNORECASE,
)
"""Only to meet or ring the other, who knows best what came of that."""
_NEXT = re.compile(r"(?<!\w)next (?:is|one|time|meeting|session|call)(?!\w)", re.IGNORECASE)
"""When the two meet: that is nothing to be done."""
_SHORTHAND = re.compile(r"->|→|\w/(?=\s)|\s/\s")
"""Signs that only who wrote a note reads aloud."""
_ASIDE = re.compile(r";|\s\(")
"""Another matter, or one told beside it."""
_PUT_IN = 2
"""A name, and a word that a reader's action has in place of `my` or `you`."""
_JOINED = re.compile(r"\s{0,4}(?:and|but|so|also|then)\s{1,4}", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\W{0,8}([^\W\d_]{1,40})")


def on_open(writer: Writer, prompt: str, commitments: Sequence[Commitment]) -> Iterator[Offer]:
    """One question on each promise that is open.

    First those whose day came last, then the nearest day ahead, then those without a day.
    """
    mine = [each for each in commitments if _is_to_ask(writer, each)]
    as_of = writer.history.as_of
    passed = [each for each in mine if each.due and each.due < as_of]
    ahead = [each for each in mine if each.due and each.due >= as_of]
    some_day = [each for each in mine if not each.due]
    passed.sort(key=lambda each: each.due or date.min, reverse=True)
    ahead.sort(key=lambda each: each.due or date.max)
    named = (("due", passed), ("ahead", ahead), ("open", some_day))
    offers = ((f"{prompt}_{when}", each) for when, group in named for each in group)
    for name, each in islice(offers, _MOST_WORDED):
        if asked := _worded(writer, name, each):
            yield name, asked


def _of_the_other(writer: Writer, said: str, said_by: Side | None) -> bool:
    """Whether a promise is by its own words what somebody else will do: “she'll ask Bex”."""
    lead = _PROMISED.search(said)
    subject = lead[0] if lead else _JOINED.sub("", _AGREED.sub("", said, count=1), count=1)
    first = _FIRST_WORD.match(subject)
    return first is not None and writer.sides.of_the_other(first[1], said_by)


def _is_to_ask(writer: Writer, commitment: Commitment) -> bool:
    """Whether the asked side promised it, can see where, and no note could tell of it yet."""
    mine = commitment.owner in {writer.ask_of, "both"}
    if not mine or commitment.made_in.note_id not in writer.seen or not writer.history.sessions:
        return False
    if commitment.status not in {"open", "overdue"} or commitment.overdue_because == "said":
        return False
    said_by = writer.said_by(commitment.made_in)
    if _of_the_other(writer, plain(commitment.made_in.quote), said_by):
        return False
    last = writer.history.sessions[-1]
    told_last = commitment.history[-1].held_on >= last.held_on
    if commitment.due is None:
        return told_last
    long_past = commitment.due < writer.history.as_of - _ASKED_FOR
    return not long_past and last.held_on <= commitment.due <= next_talk(writer.history)


def _worded(writer: Writer, prompt: str, commitment: Commitment) -> Question | None:
    near = writer.history.as_of
    due, made = commitment.due, commitment.made_in.held_on
    when = f" for {day(due, near=near)}" if due else f" on {day(made, near=near)}"
    blanks = {"other": writer.sides.other}
    around = question(prompt, version=None, promise="", when=when, **blanks)
    promise = _promise(writer, commitment, around)
    if promise is None:
        return None
    if due and _names(promise, due):
        when = ""
    return Question(
        id=derived_id("question", prompt, commitment.id),
        ask_of=writer.ask_of,
        text=question(prompt, version=None, promise=promise, when=when, **blanks),
        intent="commitment",
        about=commitment.id,
        carried=len(commitment.history) > 1,
        citations=(commitment.made_in,),
    )


def _names(promise: str, due: date) -> bool:
    """Whether words name their day in full themselves, so that it is not told twice."""
    return f"{due:%b}".lower() in promise.lower() and str(due.day) in promise


def _promise(writer: Writer, commitment: Commitment, around: str) -> str | None:
    """What is to be done; in quotation marks where the note says it in these words.

    Its day is left out where enough is left, and words are put together only where they read well.
    """
    said = _line_of(commitment)
    room = LONGEST - count(around) + 1
    action = plain(commitment.action)
    whole = [_to_do(each) for each in ([action, said] if _same(action, said) else [said])]
    for told in [*(_without_day(each, commitment) for each in whole), *whole]:
        for quote in openings(told, longest=room):
            if _fits(writer, commitment, quote, as_said=quote in said):
                return f"“{quote}”" if quote in said else quote
    return None


def _line_of(commitment: Commitment) -> str:
    """The line of a note that has the promise, of several that were read as one sentence."""
    lines = [plain(each) for each in lines_of(commitment.made_in.quote)]
    dated = (each for each in lines if _due_in(each, commitment))
    return next(dated, lines[0] if lines else "")


def _due_in(line: str, commitment: Commitment) -> bool:
    said = deadline(line, commitment.made_in.held_on)
    return said is not None and said.day == commitment.due


def _same(action: str, said: str) -> bool:
    """Whether an action says no more than one line of its note, be it in other words."""
    new = stems(action) - stems(said)
    return len(new) <= _PUT_IN and new != stems(action)


def _fits(writer: Writer, commitment: Commitment, quote: str, *, as_said: bool) -> bool:
    """Whether words can be put to the asked side: understood, their own, and of this promise."""
    said_by = writer.said_by(commitment.made_in)
    days = {each.day for each in days_said(quote, commitment.made_in.held_on)}
    # An action begins with its verb; anything else without one was cut short.
    whole = quote[:1].islower() or has_verb(quote)
    if not whole or not days <= {commitment.due} or _says_nothing(writer, quote):
        return False
    own = as_said and said_by == writer.ask_of
    of_somebody = _OF_SOMEBODY.search(quote) is not None
    if (_FIRST.search(quote) and not own) or (of_somebody and not commitment.due):
        return False
    if not as_said and (of_somebody or writer.sides.own_name in quote):
        return False
    known = f"{quote} by {commitment.due}" if commitment.due else quote
    return writer.understood(known, said_by)


def _says_nothing(writer: Writer, quote: str) -> bool:
    """Whether words are no task: shorthand, a date of the two, or only to ring who asks."""
    return bool(
        _SHORTHAND.search(quote)
        or _NEXT.search(quote)
        or NO_START.match(quote)
        or _MEETS.match(writer.sides.put_as_you(quote))
    )


def _to_do(told: str) -> str:
    """The words of a promise from its verb on, up to another matter."""
    promised = _PROMISED.search(told)
    told = _AGREED.sub("", told[promised.end() :] if promised else told, count=1)
    told = _ASIDE.split(told)[0] or told
    return _JOINED.sub("", told, count=1) if _JOINED.match(told) else told


def _without_day(told: str, commitment: Commitment) -> str:
    said = deadline(told, commitment.made_in.held_on) if commitment.due else None
    if said is None:
        return told
    before, behind = _LEADS_TO_DAY.sub("", told[: said.start]), told[said.end :]
    if LEANS_ON.search(before):
        return told
    without = f"{before.rstrip(' ,')}{behind}" if before.strip() else behind.lstrip(" ,")
    return " ".join(without.split())
