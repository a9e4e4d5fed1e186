"""Promises by the words that make them: `I'll …`, `Ana to …`, `me: …`, a task list, a table of actions."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coach.engines.embedded import cues
from coach.engines.embedded.deeds import TASKS
from coach.engines.embedded.outcome_words import reports, status_said
from coach.language.dates import days_said
from coach.language.deadlines import deadline
from coach.language.names import Writer, other, owner_of
from coach.model.commitments import Owner
from coach.model.people import Side
from coach.notes.sentences import Unit
from coach.notes.tasks import LEAD

_NAMED = r"[^\W\d_a-zà-ÿ][\w’'-]{0,60}"
_CALLED = r"[^\W\d_][\w’'.-]{0,60}"
"""How somebody is named; no name is longer, so no run of letters is read on to its end from each of its places."""
_FUTURE = (
    r"(?:['’]ll|[ \t]?ll|m[ \t](?:gonna|going[ \t]to)|[ \t](?:gotta|have[ \t]got[ \t]to)|[ \t]will|[ \t]shall|(?:['’]m|['’]re|['’]s|[ \t]am|[ \t]are|[ \t]is)[ \t](?:going[ \t]to|gonna|to)|[ \t]gonna|"
    r"[ \t](?:promised?|promises|offered|offers|committed|commits)[ \t]to)(?=[ \t])"
)
_SUBJECT = re.compile(
    r"(?<![\w'’])((?i:i|we(?:[ \t]both)?|both(?:[ \t]of[ \t]us)?|you|she|he|they)|"
    + f"{_NAMED})(?i:{_FUTURE})"
)
_PRESENT = re.compile(
    r"(?:^|[,;:.(–-][ \t]*|(?<!\w)(?:and|so|then|that|before|also|only|tomorrow|tonight)[ \t]+|=>[ \t]*)"
    rf"((?i:i|we(?:[ \t]both)?|both|you|she|he)|{_NAMED})[ \t]+(?:also[ \t]|then[ \t]|both[ \t]|just[ \t])?([a-z]{{2,}})(?=[ \t])"
)
_NOT_PRESENT = re.compile(
    r"[a-z]{2,}(?:ed|ing)|was|were|had|did|has|have|is|are|am|been|be|got|said|says|say|went|came|made|took|gave|told|asked|sent|saw|found|felt|knew|thought|think|thinks|know|"
    r"knows|want|wants|need|needs|like|likes|feel|feels|see|sees|mean|means|remember|can|could|would|should|may|might|must|do|does|don|didn|won|wrote|read|put|kept|left|met|ran|sat|"
    r"stood|spoke|bought|brought|built|began|broke|chose|drove|fell|got|grew|heard|held|lost|paid|rang|sold|slept|spent|taught|understood|wore|won|and|or|of|in|on|at|to|for|with|the|a|not|never|no|"
    r"hope|hopes|wish|wishes|plan|plans|love|loves|hate|hates|agree|agrees|worry|worries|wonder|wonders|suppose|guess"
)
_AHEAD = re.compile(
    r"(?<!\w)(?:tonight|tomorrow|tmrw|this week|next week|next time|next \w+|by|before|until|till|on|from)(?!\w)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?<!\w)(?:by|before|until|till|due)(?!\w)", re.IGNORECASE)
_FEARED = re.compile(
    r"(?<!\w)(?:worr(?:y|ied|ies)|afraid|scared|fear(?:s|ed)?|doubt(?:s|ed)?|hop(?:e|es|ed|ing)|wonder(?:s|ed|ing)?|suppose|guess|pretend|dream(?:s|ed|t)?)"
    r"(?:[ \t]+(?:that|if|whether))?[ \t]*$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?:no|not|nope|none|nothing|yes|done|still|never|ok)(?!\w)", re.IGNORECASE)
_LONGEST_BLANK = 2
_FEWEST_WORDS = 3
_SAID = re.compile(
    rf"(?<![^\W\d_])({_CALLED})[ \t]*(?:(?:said|says|offered|promised|answered|wrote|replied)(?:[ \t]*[:,])?|:)[ \t]*$",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(r"(?<![\w'’])(?:I|my)(?![\w])")
_SAID_AFTER = re.compile(
    r"^[^\w\n]{0,4}[-–—(,][ \t]*(?:says?[ \t]+|said[ \t]+)?([^\W\d_][\w’'.-]*)[)\s.]*$"
)
_SAID_BEHIND = re.compile(
    rf"(?:\((?:(?:says?|said|promised|offered)[ \t]+)?(?P<inside>{_CALLED})(?:[ \t]+(?:says?|said|promised|offered))?\)|,[ \t]+(?:says|said)[ \t]+(?P<behind>{_CALLED}))[\s.!]*$",
    re.IGNORECASE,
)
"""Who says a whole sentence, told at its end: `… (says Ana)`, `… (her)`, `…, says Ana`."""
_NAME_TO = re.compile(
    r"(?:\W*)([^\W\d_][\w’'.-]*(?:[ \t](?:and|&|\+)[ \t][^\W\d_][\w’'.-]*)?)[ \t]to[ \t](?!(?:him|her|them|me|us|you|it|the|a|an|my|his|our|your|their)\b)(?=[a-z]{2,})"
)
_LABELLED = re.compile(
    r"\W*(?:(?i:owner|assigned[ \t]to|assignee|for)[ \t]{0,3}:?[ \t]{1,3})?([^\W\d_][\w’'.&+/, -]{0,30}?)[ \t]*(?::|[ \t][-–—][ \t]|->|→)[ \t]*(?=\S)"
)
_TRAILING = re.compile(
    r"(?:[ \t][-–—][ \t]*|[(\[,@/][ \t]*|->[ \t]*|→[ \t]*)([^\W\d_][\w’'.&+ -]{0,30}?)[)\]]?[ \t.!]*$"
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:will|is to|are to|must|has to|have to|needs? to)[ \t]be[ \t]\w+|(?<!\w)(?:has|have|needs?) to \w+",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(
    r"(?<!\w)(?:won['’]?t|will not|['’]ll not|not going to|['’]ll (?:never|see|be fine|think about it)|will (?:see|be fine|never)|not promising|no promise|(?:prepare|promise|bring|do|send|say|need) nothing|nothing to (?:prepare|bring|do|send))(?!\w)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"(?<!\w)(?:i|you|we|he|she|it)(?!\w)", re.IGNORECASE)
_TOLD = re.compile(r"(?:i|it|that|this|was|is|no|not|yes)\b", re.IGNORECASE)
_CLOSED = re.compile(r"[\"”]")
_WHAT = re.compile(r"what|task|action|item|commitment|todo|to do|step", re.IGNORECASE)
_TASK = re.compile(r"task|action|todo|to do|commitment|step", re.IGNORECASE)
_WHO = re.compile(r"who|owner|by whom|responsible|person", re.IGNORECASE)
_WHEN = re.compile(r"when|due|deadline|by|date|until", re.IGNORECASE)


_FRONT = re.compile(
    r"[*_\"]{0,3}(?:[\[(]@?(?P<boxed>[^()\[\]\n]{1,40})[\])]|@(?P<at>[^\W\d_][\w'’.-]{0,40})|(?P<bold>[^\W\d_][\w'’. -]{0,40})(?:\*\*|__))[*_]{0,2}[ \t:–—-]{0,4}(?=\S)"
)
"""`[Ana] …`, `(Ana) …`, `@ana …`, `**Ana** …` in front of a task."""
_BESIDE = re.compile(
    r"[(\[](?P<inside>[^()\[\]\n]{1,60})[)\]]|(?<![\w.])@(?P<at>[^\W\d_][\w'’-]{0,40})|(?:[-–—|]|->|→|=>)[ \t]*(?P<tail>[^\W\d_][\w'’.& ]{0,40}?)[ \t]*(?=[,;:|–—(.-]|$|(?:by|before|on|until|till|due)(?!\w))",
)
_ASSIGNED = re.compile(
    r"(?:owners?|who|assigned to|assignee|responsible|resp|lead|by)[ \t]*:?[ \t]+", re.IGNORECASE
)
_NAME_DOES = re.compile(rf"\W*({_NAMED})[ \t]+(?:to[ \t]+|will[ \t]+)?([a-z]{{2,}})(?![\w'’])")
_EVENT = re.compile(
    r"^\W{0,5}(?:[\w’'-]{1,30} ){1,4}?(?:evening|morning|night|day|party|meeting|fair|exam|show|concert|visit|call|session)\b[^.]{0,20},",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,60}")
_PARTED = re.compile(r"[,;|]")
_FOR = re.compile(r"^\W*(?:for|what)[ \t]+", re.IGNORECASE)
_SETTLED = frozenset({"done", "dropped"})


class Owned(NamedTuple):
    """Who will do it, and what; `sure` where a mark or a list says outright that it is a task."""

    owner: Owner
    action: str
    sure: bool = False


def owned(
    units: Sequence[Unit], said_by: Sequence[Side | None], writer: Writer
) -> list[Owned | None]:
    """Unit for unit, who will do what it says; None where its words promise nothing."""
    found: list[Owned | None] = []
    for before, unit, speaker in zip((None, *units), units, said_by, strict=False):
        if found and before is not None and _goes_on(before, unit):
            found[-1] = _assigned(found[-1], before, unit, writer)
        if unit.kind == "heading" or unit.text.endswith("?"):
            found.append(None)
        elif unit.kind == "cell":
            found.append(_cell_owner(unit, units, writer))
        else:
            alone = _alone(unit) if _goes_on(before, unit) else unit
            found.append(_owner(alone, speaker, writer))
    return found


def _assigned(owned: Owned | None, unit: Unit, behind: Unit, writer: Writer) -> Owned | None:
    """A task whose owner is told in a sentence of its own behind it, as in `Owner: Ana`."""
    lead = _ASSIGNED.match(behind.text)
    owner = owner_of(behind.text[lead.end() :], writer.author, writer.people) if lead else None
    task = owner is not None and not settled(unit) and (unit.mark or _listed(unit))
    return Owned(owner, unit.text, sure=True) if owner and task else owned


def _goes_on(before: Unit | None, unit: Unit) -> bool:
    """Whether a sentence stands behind another one in the same bullet."""
    if before is None or not before.kind == unit.kind == "bullet":
        return False
    return unit.start - before.end <= _LONGEST_BLANK


def _alone(unit: Unit) -> Unit:
    """A sentence without its list: behind a bullet's task it is a remark, and promises only what it says itself."""
    return unit._replace(kind="prose", heading="", checked=None, mark=None, over=())


def _owner(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """The owner of what a sentence promises; None when it promises nothing."""
    if settled(unit) or _NO_PROMISE.search(unit.text):
        return None
    listed = _listed(unit)
    if unit.mark is not None or (listed and unit.kind == "bullet"):
        return _task(unit, speaker, writer)
    if named := _named(unit, writer, listed=listed):
        return named
    if cues.TENTATIVE.search(unit.text):
        return None
    return _spoken(unit, speaker, writer) or _below_a_name(unit, writer)


def _below_a_name(unit: Unit, writer: Writer) -> Owned | None:
    """An item with a day ahead in the list below a name alone: `Ana` and below it `print the flyers by Friday`."""
    if unit.kind != "bullet" or not unit.over or reports(unit.text):
        return None
    owner = owner_of(unit.over[-1], writer.author, writer.people)
    due = owner and _BY.search(unit.text) and deadline(unit.text, writer.held_on)
    return Owned(owner, unit.text, sure=True) if owner and due else None


def settled(unit: Unit) -> bool:
    """Whether a mark says that nothing is left to do, or that it is no task: whatever the words sound like."""
    return unit.struck or unit.mark in _SETTLED or planned(unit)


def _listed(unit: Unit) -> bool:
    """Whether a sentence stands under a heading of tasks."""
    above = unit.over or (unit.heading,)
    written = unit.kind in {"bullet", "prose", "quote"}
    return written and any(cues.ACTIONS.search(each) for each in above)


def planned(unit: Unit) -> bool:
    """Whether a sentence is a point of an agenda that was not talked about: its box is not ticked."""
    above = unit.over or (unit.heading,)
    return unit.mark == "open" and any(cues.AGENDA.search(each) for each in above)


def names_a_task(unit: Unit) -> bool:
    """Whether a cell stands in a column of tasks."""
    return _WHAT.search(unit.label) is not None


def _task(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """What an item of a list of tasks, or one with a task's mark, asks of whom."""
    lead = LEAD.match(unit.text)
    bare = unit._replace(text=unit.text[lead.end() :]) if lead else unit
    if lead and lead["named"] and (owner := owner_of(lead["named"], writer.author, writer.people)):
        return Owned(owner, bare.text, sure=True)
    if beside := _named(bare, writer, listed=True) or _named_beside(bare, writer):
        return beside._replace(sure=True)
    if cues.TENTATIVE.search(bare.text):
        return None
    if spoken := _spoken(bare, speaker, writer):
        return spoken._replace(sure=unit.mark is not None)
    return _nobodys(bare, writer)


def _nobodys(unit: Unit, writer: Writer) -> Owned | None:
    """A task that names nobody: it belongs to whom the label above names, else to nobody yet."""
    marked = unit.mark is not None
    said = status_said(unit.text)
    past = said == "dropped" if not marked else said == "done" and unit.mark == "not_done"
    if (
        past
        or is_event(unit.text)
        or _REMARK.match(unit.text)
        or len(unit.text.split()) < _FEWEST_WORDS - marked
    ):
        return None
    above = _named_above(unit, writer)
    plainly = said is None and any(map(cues.ACTIONS.fullmatch, unit.over[-1:]))
    sure = marked or above is not None or plainly
    return Owned(above or "unassigned", unit.text, sure=sure)


def is_event(text: str) -> bool:
    """Whether an item names an event, box or not: a task begins with what is to be done, not with a thing."""
    first = _WORD.search(text)
    return _EVENT.search(text) is not None and (first is None or first[0].lower() not in TASKS)


def _named_beside(unit: Unit, writer: Writer) -> Owned | None:
    """`[Ana] send it`, `Ana send it`, `send it @ana by Friday`, `send it (owner: Ana, Friday)`."""
    front = _FRONT.match(unit.text)
    name = (front["boxed"] or front["at"] or front["bold"]) if front else ""
    if front and (owner := owner_of(name, writer.author, writer.people)):
        return Owned(owner, unit.text[front.end() :])
    does = _NAME_DOES.match(unit.text)
    if does and not _NOT_PRESENT.fullmatch(does[2]) and (side := writer.people.side(does[1])):
        return Owned(side, unit.text[does.start(2) :])
    for beside in _BESIDE.finditer(unit.text):
        said = beside["inside"] or beside["at"] or beside["tail"]
        for part in _PARTED.split(_ASSIGNED.sub("", said)):
            if owner := owner_of(part, writer.author, writer.people):
                return Owned(owner, unit.text[: beside.start()] + unit.text[beside.end() :])
    return None


def _named_above(unit: Unit, writer: Writer) -> Owner | None:
    """Whose tasks the nearest label above names, as in `Ana's actions`, `For you`."""
    for label in reversed(unit.over):
        bare = _FOR.sub("", cues.ACTIONS.sub(" ", label)).strip(" :-–—()*_") or "-"
        if owner := owner_of(bare, writer.author, writer.people):
            return owner
        sides = {writer.people.side(word) for word in _WORD.findall(bare) if len(word) > 1} - {None}
        if len(sides) == 1:
            return sides.pop()
    return None


def _named(unit: Unit, writer: Writer, *, listed: bool) -> Owned | None:
    """`Ana to send …`, `me: the list`, `the list - me`."""
    if unit.kind == "turn" and (owner := owner_of(unit.label, writer.author, writer.people)):
        bare = not _SOMEBODY.search(unit.text)
        due = _BY.search(unit.text) and deadline(unit.text, writer.held_on)
        if bare and due and not reports(unit.text):
            return Owned(owner, unit.text)
    for mark, sure in ((_NAME_TO.match(unit.text), True), (_LABELLED.match(unit.text), False)):
        if mark and (owner := owner_of(mark[1], writer.author, writer.people)):
            action = unit.text[mark.end() :]
            if sure or listed or unit.kind == "bullet" or days_said(action, writer.held_on):
                return Owned(owner, action) if _acts(action, listed=listed) else None
    trailing = _TRAILING.search(unit.text)
    task = listed or unit.kind == "bullet" or bool(days_said(unit.text, writer.held_on))
    if (
        trailing
        and task
        and len(unit.text[: trailing.start()].split()) > 2
        and (owner := owner_of(trailing[1], writer.author, writer.people))
    ):
        return Owned(owner, unit.text[: trailing.start()])
    return None


def _acts(action: str, *, listed: bool) -> bool:
    return len(action.split()) > 1 and (listed or not _TOLD.match(action))


def _spoken(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """`I'll …`, `you'll …`, `Ana will …`, `we'll both …`; a third person's promise is nobody's here."""
    for mark in _SUBJECT.finditer(unit.text):
        before = unit.text[: mark.start()]
        after = unit.text[mark.end() :]
        if cues.HYPOTHETICAL.search(before[-40:]) or cues.HYPOTHETICAL.search(after[:24]):
            continue
        if _FEARED.search(before):
            continue
        owner = _subject(mark[1], _quoted_speaker(unit, mark.start(), speaker, writer), writer)
        if owner is not None:
            return Owned(owner, after.strip())
    if _SUBJECT.search(unit.text) or not days_said(unit.text, writer.held_on):
        return None
    if planned := _planned(unit, speaker, writer):
        return planned
    return Owned("unassigned", unit.text) if _PASSIVE.search(unit.text) else None


def _planned(unit: Unit, speaker: Side | None, writer: Writer) -> Owned | None:
    """`I ring her on Friday`: the present tense, a person of the two, and a day ahead."""
    if cues.HYPOTHETICAL.search(unit.text) or deadline(unit.text, writer.held_on) is None:
        return None
    for mark in _PRESENT.finditer(unit.text):
        if _NOT_PRESENT.fullmatch(mark[2].lower()) or not _AHEAD.search(unit.text):
            continue
        told = _quoted_speaker(unit, mark.start(), speaker, writer)
        if owner := _subject(mark[1], told, writer):
            return Owned(owner, unit.text[mark.start(2) :].strip())
    return None


def _quoted_speaker(unit: Unit, at: int, speaker: Side | None, writer: Writer) -> Side | None:
    """Who says the words at a place: whoever is named before or behind the quotation they stand in."""
    opened = max(unit.text.rfind(sign, 0, at + 1) for sign in '"“:')
    if opened < 0:
        return said_behind(unit, writer) or speaker
    before = _SAID.search(unit.text[: opened + (unit.text[opened] == ":")])
    closed = _CLOSED.search(unit.text, at)
    behind = _SAID_AFTER.match(unit.text[closed.end() :]) if closed else None
    for name in (before, behind):
        if name is None:
            continue
        if side := writer.people.side(name[1]) or writer.people.pronouns.get(name[1].lower()):
            return side
    return said_behind(unit, writer) or speaker


def said_behind(unit: Unit, writer: Writer) -> Side | None:
    """Which of the two is named at the end of a sentence as the one who says it."""
    told = _SAID_BEHIND.search(unit.text)
    if told is None or not _OF_ONESELF.search(unit.text):
        return None
    name = (told["inside"] or told["behind"]).rstrip(".")
    meant = {"him": "he", "her": "she"}.get(name.lower(), name.lower())
    return writer.people.side(name) or writer.people.pronouns.get(meant)


def _subject(word: str, speaker: Side | None, writer: Writer) -> Owner | None:
    plain = word.lower()
    if plain == "i":
        return speaker or "unassigned"
    if plain == "you":
        return "unassigned" if speaker is None else other(speaker)
    if plain.startswith(("we", "both")):
        return "both"
    if plain in {"she", "he", "they"}:
        meant = writer.people.pronouns.get(plain)
        return None if meant == writer.author else meant
    return writer.people.side(word)


def _cell_owner(unit: Unit, units: Sequence[Unit], writer: Writer) -> Owned | None:
    """A table row's task, where the table has a column for tasks and one for people."""
    if not _WHAT.search(unit.label) or unit.mark in _SETTLED:
        return None
    who = _row_text(unit, units, _WHO)
    when = _row_text(unit, units, _WHEN)
    task = days_said(when, writer.held_on) or _TASK.search(unit.label) or unit.mark
    if not who or not task:
        return None
    owner = owner_of(who, writer.author, writer.people) or "unassigned"
    return Owned(owner, unit.text, sure=unit.mark is not None)


def due_column(unit: Unit, units: Sequence[Unit]) -> str:
    """What a cell's row says of when; empty where it says nothing, or is no cell."""
    return _row_text(unit, units, _WHEN) if unit.kind == "cell" else ""


def _row_text(unit: Unit, units: Sequence[Unit], column: re.Pattern[str]) -> str:
    """What a cell's row says in a column; empty where it has no such column."""
    for each in units:
        if (
            each.row == unit.row >= 0
            and each.heading == unit.heading
            and each is not unit
            and column.search(each.label)
        ):
            return each.text
    return ""
