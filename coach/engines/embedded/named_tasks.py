"""Tasks that say whose they are around them: `Ana to …`, `me: …`, `… - me`, `[Ana] …`, a label."""

import re

from coach.engines.embedded import cues
from coach.engines.embedded.deeds import TASKS
from coach.engines.embedded.outcome_words import reports
from coach.engines.embedded.owned import Owned
from coach.engines.embedded.spoken import NOT_PRESENT, says_i_will
from coach.language.dates import days_said
from coach.language.deadlines import deadline
from coach.language.names import Writer, owner_of
from coach.model.commitments import Owner
from coach.notes.sentences import Unit

_NAMED = r"[^\W\d_a-zà-ÿ][\w’'-]{0,60}"
"""How somebody is named.

No name is longer, so no run of letters is read on to its end from each of its places.
"""
BY = re.compile(r"(?<!\w)(?:by|before|until|till|due)(?!\w)", re.IGNORECASE)
_NAME_TO = re.compile(
    r"(?:\W*)([^\W\d_][\w’'.-]*(?:[ \t](?:and|&|\+)[ \t][^\W\d_][\w’'.-]*)?)[ \t]to[ \t]"
    r"(?!(?:him|her|them|me|us|you|it|the|a|an|my|his|our|your|their)\b)(?=[a-z]{2,})"
)
_LABELLED = re.compile(
    r"\W*(?:(?i:owner|assigned[ \t]to|assignee|for)[ \t]{0,3}:?[ \t]{1,3})?"
    r"([^\W\d_][\w’'.&+/, -]{0,30}?)[ \t]*(?::|[ \t][-–—][ \t]|->|→)[ \t]*(?=\S)"
)
_TRAILING = re.compile(
    r"(?:[ \t][-–—][ \t]*|[(\[,@/][ \t]*|->[ \t]*|→[ \t]*)"
    r"([^\W\d_][\w’'.&+ -]{0,30}?)[)\]]?[ \t.!]*$"
)
_SOMEBODY = re.compile(r"(?<!\w)(?:i|you|we|he|she|it)(?!\w)", re.IGNORECASE)
_TOLD = re.compile(r"(?:i|it|that|this|was|is|no|not|yes)\b", re.IGNORECASE)
_FRONT = re.compile(
    r"[*_\"]{0,3}(?:[\[(]@?(?P<boxed>[^()\[\]\n]{1,40})[\])]|@(?P<at>[^\W\d_][\w'’.-]{0,40})"
    r"|(?P<bold>[^\W\d_][\w'’. -]{0,40})(?:\*\*|__))[*_]{0,2}[ \t:–—-]{0,4}(?=\S)"
)
"""`[Ana] …`, `(Ana) …`, `@ana …`, `**Ana** …` in front of a task."""
_BESIDE = re.compile(
    r"[(\[](?P<inside>[^()\[\]\n]{1,60})[)\]]|(?<![\w.])@(?P<at>[^\W\d_][\w'’-]{0,40})"
    r"|(?:[-–—|]|->|→|=>)[ \t]*(?P<tail>[^\W\d_][\w'’.& ]{0,40}?)[ \t]*"
    r"(?=[,;:|–—(.-]|$|(?:by|before|on|until|till|due)(?!\w))",
)
_ASSIGNED = re.compile(
    r"(?:owners?|who|assigned to|assignee|responsible|resp|lead|by)[ \t]*:?[ \t]+", re.IGNORECASE
)
_NAME_DOES = re.compile(rf"\W*({_NAMED})[ \t]+(?:to[ \t]+|will[ \t]+)?([a-z]{{2,}})(?![\w'’])")
_EVENT = re.compile(
    r"^\W{0,5}(?:[\w’'-]{1,30} ){1,4}?(?:evening|morning|night|day|party|meeting|fair|exam|show"
    r"|concert|visit|call|session)\b[^.]{0,20},",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,60}")
_PARTED = re.compile(r"[,;|]")
_FOR = re.compile(r"^\W*(?:for|what)[ \t]+", re.IGNORECASE)


def named(unit: Unit, writer: Writer, *, listed: bool) -> Owned | None:
    """`Ana to send …`, `me: the list`, `the list - me`."""
    if unit.kind == "turn" and (owner := owner_of(unit.label, writer.author, writer.people)):
        bare = not _SOMEBODY.search(unit.text)
        due = BY.search(unit.text) and deadline(unit.text, writer.held_on)
        if bare and due and not reports(unit.text):
            return Owned(owner, unit.text)
    for mark, sure in ((_NAME_TO.match(unit.text), True), (_LABELLED.match(unit.text), False)):
        if mark and (owner := owner_of(mark[1], writer.author, writer.people)):
            action = unit.text[mark.end() :]
            if not sure and says_i_will(action):
                return None  # the label is who speaks
            if sure or listed or unit.kind == "bullet" or days_said(action, writer.held_on):
                return Owned(owner, action) if _acts(action, listed=listed) else None
    return _trailing(unit, writer, listed=listed)


def _trailing(unit: Unit, writer: Writer, *, listed: bool) -> Owned | None:
    """`the list by Friday - me`."""
    trailing = _TRAILING.search(unit.text)
    task = listed or unit.kind == "bullet" or bool(days_said(unit.text, writer.held_on))
    if not trailing or not task or len(unit.text[: trailing.start()].split()) <= 2:
        return None
    owner = owner_of(trailing[1], writer.author, writer.people)
    return Owned(owner, unit.text[: trailing.start()]) if owner else None


def _acts(action: str, *, listed: bool) -> bool:
    return len(action.split()) > 1 and (listed or not _TOLD.match(action))


def named_beside(unit: Unit, writer: Writer) -> Owned | None:
    """`[Ana] send it`, `Ana send it`, `send it @ana by Friday`, `send it (owner: Ana, Friday)`."""
    front = _FRONT.match(unit.text)
    name = (front["boxed"] or front["at"] or front["bold"]) if front else ""
    if front and (owner := owner_of(name, writer.author, writer.people)):
        return Owned(owner, unit.text[front.end() :])
    does = _NAME_DOES.match(unit.text)
    if does and not NOT_PRESENT.fullmatch(does[2]) and (side := writer.people.side(does[1])):
        return Owned(side, unit.text[does.start(2) :])
    for beside in _BESIDE.finditer(unit.text):
        said = beside["inside"] or beside["at"] or beside["tail"]
        for part in _PARTED.split(_ASSIGNED.sub("", said)):
            if owner := owner_of(part, writer.author, writer.people):
                return Owned(owner, unit.text[: beside.start()] + unit.text[beside.end() :])
    return None


def named_above(unit: Unit, writer: Writer) -> Owner | None:
    """Whose tasks the nearest label above names, as in `Ana's actions`, `For you`."""
    for label in reversed(unit.over):
        bare = _FOR.sub("", cues.ACTIONS.sub(" ", label)).strip(" :-–—()*_") or "-"
        if owner := owner_of(bare, writer.author, writer.people):
            return owner
        sides = {writer.people.side(word) for word in _WORD.findall(bare) if len(word) > 1} - {None}
        if len(sides) == 1:
            return sides.pop()
    return None


def below_a_name(unit: Unit, writer: Writer) -> Owned | None:
    """An item with a day ahead in the list below a name alone.

    `Ana` and below it `print the flyers by Friday`.
    """
    if unit.kind != "bullet" or not unit.over or reports(unit.text):
        return None
    owner = owner_of(unit.over[-1], writer.author, writer.people)
    due = owner and BY.search(unit.text) and deadline(unit.text, writer.held_on)
    return Owned(owner, unit.text, sure=True) if owner and due else None


def named_behind(unit: Unit, writer: Writer) -> Owner | None:
    """Whom a sentence of its own behind a task names, as in `Owner: Ana`."""
    lead = _ASSIGNED.match(unit.text)
    return owner_of(unit.text[lead.end() :], writer.author, writer.people) if lead else None


def is_event(text: str) -> bool:
    """Whether an item names an event, box or not.

    A task begins with what is to be done, not with a thing.
    """
    first = _WORD.search(text)
    return _EVENT.search(text) is not None and (first is None or first[0].lower() not in TASKS)
