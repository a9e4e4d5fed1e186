"""Who said they will do what, and by when; an owner or a day that is not said is not guessed.

The rules of `promise_words` and the wording of a sentence are weighed together; the weights were
learned from labelled notes.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, repeat

from coach.engines.embedded.actions import action_of, bare_action
from coach.engines.embedded.deeds import TASKS
from coach.engines.embedded.forms import Worded, absolute
from coach.engines.embedded.jests import in_jest
from coach.engines.embedded.named_tasks import is_event
from coach.engines.embedded.outcome_words import reports
from coach.engines.embedded.owned import Owned
from coach.engines.embedded.promise_words import settled
from coach.engines.embedded.quoting import said_behind, somebody_else_says
from coach.engines.embedded.task_tables import due_column
from coach.engines.embedded.weights import logit, weights
from coach.language.dates import DaySaid, days_said
from coach.language.deadlines import at_next_meeting, deadline
from coach.language.names import Writer
from coach.language.words import stems
from coach.model.commitments import Owner
from coach.model.readings import CommitmentSignal
from coach.notes.sentences import Unit

_ENOUGH = 0.35
_ENOUGH_IN_A_TABLE = 0.04
"""Where a table has a column for tasks and one for people, a cell needs less to be a promise."""
_ENOUGH_OUTRIGHT = 0.1
_ENOUGH_REPORTED = 0.5
"""A sentence that tells what was done, and names no day, promises more rarely."""
_OUTRIGHT = re.compile(
    r"(?:and |so |then |also )?(?:i|we)(?:['’]ll| will| shall| am going to"
    r"|['’]m going to) (?:both |also )?([a-z]+) (?!it\b|that\b)\w+ \w+",
    re.IGNORECASE,
)
"""`I'll send the plan …`: a side, a verb that names work, and what it is done to."""
_THIRD = re.compile(
    r"\W{0,3}(?:(?:and|so|but|then) )?(?:[A-Z][\w’'-]+|(?:my|his|her|their|our"
    r"|the) [\w-]+)(?: [\w-]+)?(?:['’]ll| will| is going to| are going to"
    r"| (?:has )?promised)(?!\w)"
)
"""`Sam will …`, `my boss will …`: somebody beside the two, where the rules know no side."""
_BOTH = re.compile(
    r"\W{0,3}(?:and |so |then )?(?:both(?: of us| sides)?|we (?:will )?(?:both|each)"
    r"|each of us) (?:will |to )?(" + "|".join(sorted(TASKS)) + r")(?!\w)",
    re.IGNORECASE,
)
_DEEDS = stems(" ".join(TASKS)) | stems("one two three four five six seven eight nine ten hundred")
_THERE = re.compile(r"(?<![\w'’])(?:that|there|so)(?![\w'’])", re.IGNORECASE)
_A_THING = re.compile(
    r"(?<![\w'’])(?:it|them|(?:the|an?|my|your|his|her|their|our|some|both|all) \w+)(?![\w'’])",
    re.IGNORECASE,
)
_GOING_ON = re.compile(
    r"\W{0,3}(?:I['’]m|we['’]re|I am|we are) (?!going to)\w+ing(?!\w)", re.IGNORECASE
)
_FEWEST_THINGS = 3
_FIGURE = re.compile(r"\d")
_WHO = re.compile(
    r"(?<!\w)(?:i|we|you|he|she|they)(?!\w)(?![ \t]+(?:said|says|promised)\W*$)", re.IGNORECASE
)
_LONGEST_DAY = 60
_OF_A_DAY = stems("new date day latest earliest deadline final promised")
"""Words that only say of a day that it is one: `New date Thu March 26`."""
_SCRAPS_BEHIND = 2
_LONGEST_SCRAP = 6
_LONGEST_BLANK = 2
_DELIVERS = re.compile(
    r"(?:by|before|on|until|till|for|this|next|(?:you|he|she|they|i|we|it)(?:['’]ll|['’]s| will"
    r"| gets?| have| has| comes?| goes?)) ",
    re.IGNORECASE,
)


def promises(
    told: Sequence[Worded], writer: Writer, scores: Sequence[float] | None = None
) -> list[CommitmentSignal]:
    """Every commitment of a note.

    `scores` gives another reader's probability that a unit is a commitment, unit for unit; both
    then count alike.
    """
    units = [each.unit for each in told]
    owners = [
        None if _only_a_day(each.unit, writer) else _owner(each, score, writer)
        for each, score in zip(told, scores or repeat(None), strict=False)
    ]
    made = (
        _promise(told[at], owner, writer, due_text=_due_text(units, at, writer))
        for at, owner in enumerate(owners)
        if owner is not None
    )
    return [each for each in made if _says_something(each)]


def _says_something(promise: CommitmentSignal) -> bool:
    """Whether a promise names a thing or a day.

    `I'll count to five`, `I'm running it` and `I will go there` are talk.
    """
    if promise.due or promise.due_options or promise.due_at_next:
        return True
    said = promise.words or promise.action
    things = [each for each in stems(said) if each not in _DEEDS and not each[0].isdigit()]
    if _THERE.search(said) or _GOING_ON.match(said):
        return len(things) >= _FEWEST_THINGS
    return bool(things) or _A_THING.search(said) is not None


def _owner(said: Worded, score: float | None, writer: Writer) -> Owner | None:
    """Whose promise a sentence is; None when it is none."""
    if said.unit.kind == "heading" or settled(said.unit) or in_jest(said.unit.text):
        return None
    if said.owned is None and _is_no_promise(said.unit, writer):
        return None
    if said.owned is not None and said.owned.sure:
        return said.owned.owner
    likely = weights("promises").probabilities(said.seen)
    none = likely.pop("none")
    if said.owned is None and _THIRD.match(said.unit.text):
        score = None  # the other reader knows a promise by its sound, not who makes it
    sure = logit(1 - none) if score is None else (logit(1 - none) + logit(score)) / 2
    if sure < logit(_enough(said, writer)):
        return None
    return _whose(said, max(likely, key=lambda owner: likely[owner]), writer)


def _is_no_promise(unit: Unit, writer: Writer) -> bool:
    """Whether a sentence in which the rules see no promise is something else outright."""
    return is_event(unit.text) or somebody_else_says(unit, writer)


def _whose(said: Worded, likeliest: str, writer: Writer) -> Owner:
    """Whose a promise is.

    The reader's guess, but for a table, for who is named as saying it, and for what both do.
    """
    if said.owned is not None and _names_its_owner(said, said.owned, writer):
        return said.owned.owner
    if _BOTH.match(said.unit.text):
        return "both"
    owner = absolute(likeliest, said.own)
    if said.speaker is None and owner in {"mentor", "mentee"}:
        return said.owned.owner if said.owned else "unassigned"
    return owner


def _names_its_owner(said: Worded, owned: Owned, writer: Writer) -> bool:
    """Whether the words leave no doubt whose a promise is, or that nobody can tell."""
    by_place = said.unit.kind == "cell" or owned.quoted or owned.plainly
    return by_place or said_behind(said.unit, writer) is not None


def _only_a_day(unit: Unit, writer: Writer) -> bool:
    """Whether a sentence says when and nothing else, as `By Friday` does."""
    if len(unit.text) > _LONGEST_DAY or _WHO.search(unit.text):
        return False
    rest, at = "", 0
    for day in days_said(unit.text, writer.held_on):
        rest += unit.text[at : day.start] + " "
        at = day.end
    told = stems(rest + unit.text[at:]) - _OF_A_DAY
    return at > 0 and not [each for each in told if not each.isdigit()]


def _enough(said: Worded, writer: Writer) -> float:
    """How likely a sentence must be a promise: less where its form leaves little doubt."""
    if said.owned is None:
        told = reports(said.unit.text) and deadline(said.unit.text, writer.held_on) is None
        return _ENOUGH_REPORTED if told else _ENOUGH
    if said.unit.kind == "cell":
        return _ENOUGH_IN_A_TABLE
    outright = _OUTRIGHT.match(said.unit.text)
    return _ENOUGH_OUTRIGHT if outright and outright[1].lower() in TASKS else _ENOUGH


def _due_text(units: Sequence[Unit], at: int, writer: Writer) -> str:
    """Where the day of a promise is said.

    Its row's column, the sentence, else a scrap behind, as in `By Friday`.
    """
    unit = units[at]
    if column := due_column(unit, units):
        return column
    if deadline(unit.text, writer.held_on) or at_next_meeting(unit.text):
        return unit.text
    for before, behind in pairwise(units[at : at + 1 + _SCRAPS_BEHIND]):
        if behind.kind != unit.kind or behind.start - before.end > _LONGEST_BLANK:
            break
        short = len(behind.text.split()) <= _LONGEST_SCRAP
        if (short or _DELIVERS.match(behind.text)) and deadline(behind.text, writer.held_on):
            return behind.text
    return unit.text


def _promise(said: Worded, owner: Owner, writer: Writer, *, due_text: str) -> CommitmentSignal:
    unit = said.unit
    day = _day(due_text, unit, writer)
    at_next = day is None and (at_next_meeting(due_text) or at_next_meeting(unit.heading))
    return CommitmentSignal(
        start=unit.start,
        end=unit.end,
        owner=owner,
        action=action_of(said, owner, writer),
        due=day.day if day else None,
        said_by=said.speaker,
        due_options=day.options if day else None,
        due_at_next=at_next,
        words=bare_action(said),
    )


def _day(text: str, unit: Unit, writer: Writer) -> DaySaid | None:
    """The day something is due.

    In a mail it is counted from when that was written, and from no other day.
    """
    if unit.kind != "quote" and not unit.by:
        return deadline(text, writer.held_on)
    written = [each.day for each in days_said(unit.said, writer.held_on) if each.day]
    day = deadline(text, written[0] if written else writer.held_on)
    named = day is not None and _FIGURE.search(text[day.start : day.end])
    return day if written or named else None
