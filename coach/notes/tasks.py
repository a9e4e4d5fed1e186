"""Reads how the state of a task is marked.

Marks are boxes, signs, words before and after, fields, and columns of tables. Every pattern is
linear in the length of a line.
"""

import re
from typing import Literal

TaskMark = Literal["open", "done", "partly", "not_done", "dropped", "moved"]

SETTLED: frozenset[TaskMark | None] = frozenset({"done", "dropped"})
"""The marks behind which nothing is left to do."""
BOX = re.compile(
    r"(?:[-*+][ \t]+)?\[([ xX✓✔☑✅/~.><!?*❌✗✘-]?)\][ \t]+|([☐⬜□◻☑☒✅✔✓❌✗✘🚫🔄🚧])\ufe0f?[ \t]*"
)
"""A box or a sign that opens a task."""
_SIGNS: dict[str, TaskMark] = {
    **dict.fromkeys("xX✓✔☑✅☒", "done"),
    **dict.fromkeys("/~.🔄🚧", "partly"),
    **dict.fromkeys("-🚫", "dropped"),
    **dict.fromkeys("❌✗✘", "not_done"),
    ">": "moved",
}
_WORDS: dict[TaskMark, str] = {
    "not_done": (
        r"not[ \t](?:yet[ \t])?(?:done|started|begun|yet)|pending|outstanding"
        r"|still[ \t](?:open|to[ \t]do)|overdue"
    ),
    "partly": (
        r"(?:half|partly|partially|mostly|nearly|almost)[ \t-]?(?:done|finished|complete|there)"
        r"|half-?way|in[ \t-]progress|doing|started|partly|partially|half|ongoing|under[ \t]way|wip"
    ),
    "dropped": (
        r"dropped|cancell?ed|scrapped|abandoned|won['’]?t[ \t]do|wont[ \t]do"
        r"|not[ \t](?:doing|needed)(?:[ \t]any[ \t]?more)?|no[ \t]longer[ \t]needed|obsolete"
        r"|withdrawn"
    ),
    "moved": r"moved|postponed|deferred|rescheduled|carried[ \t](?:over|forward)",
    "done": r"(?:all[ \t])?done|completed?|finished|closed",
}
_STATE = "|".join(f"(?P<{mark}>{words})" for mark, words in _WORDS.items())
_BEHIND = re.compile(
    rf"(?:[-–—:(→\[]|->|=>|\.\.\.|…)[ \t]*(?:{_STATE})(?=[ \t]*(?:$|[,.;:)\]!–—-]))",
    re.IGNORECASE,
)
_IN_FRONT = re.compile(
    rf"[*_ \t]{{0,4}}[(\[]?(?:{_STATE})[)\]]?[*_]{{0,2}}[ \t]*(?::|[-–—][ \t])", re.IGNORECASE
)
_KEYWORD = re.compile(
    r"[*_ \t]{0,4}(?:(?P<done>DONE)|(?P<partly>DOING|STARTED|IN[- ]PROGRESS|WIP)"
    r"|(?P<dropped>CANCELL?ED|DROPPED|WON'?TDO)|(?P<moved>DEFERRED|MOVED)"
    r"|TODO|LATER|NOW|NEXT|WAITING)(?![\w:'’-])[*_]{0,2}[ \t]+(?=\S)"
)
"""The words in capitals that Org and similar formats put before a task."""
LEAD = re.compile(
    r"[*_ \t@]{0,4}(?:(?:TODO|AI|AP|ACTION(?:[ \t](?:ITEM|POINT))?|TASK|To-?[ \t]?do|Todo|todo"
    r"|to-?do|[Aa]ction(?:[ \t](?:[Ii]tem|[Pp]oint))?|[Tt]ask)[*_]{0,2}[ \t]{0,3}"
    r"(?:\((?P<named>[^()\n]{1,40})\)[*_]{0,2}[ \t]{0,3}:?|:)"
    r"|(?:AI|AP|ACTION)(?=[ \t]{1,4}[^\W\d_a-z][\w’'-]{0,40}:)"
    r"|(?:TODO|LATER|NOW|NEXT|WAITING|@todo)(?![\w:'’-]))[*_]{0,2}[ \t]*(?=\S)"
)
"""A word that says that a task follows, perhaps with its owner: `TODO(ana):`, `Action: …`."""
_FIELD = re.compile(
    r"[\[(](?P<name>\w{1,20})::[ \t]*[^\])\n]{0,40}[\])]"
    r"|(?P<sign>[✅❌])\ufe0f?[ \t]*(?:\d{4}-\d\d-\d\d)?(?=[ \t]*(?:$|[\[(]))"
)
_FIELD_MARKS: dict[str, TaskMark] = {
    **dict.fromkeys(("dropped", "cancelled", "canceled", "❌"), "dropped"),
    **dict.fromkeys(("completion", "completed", "done", "✅"), "done"),
}
FIELDS = re.compile(
    r"[\[(]\w{1,20}::[^\])\n]{0,40}[\])]"
    r"|(?:[📅📆🗓⏳⌛🛫➕✅❌🔁⏫🔼🔽🔺⏬🆔⛔]\ufe0f?)+[ \t]*(?:\d{4}-\d\d-\d\d)?"
    r"|(?<!\w)(?:due|t|scheduled):\d{4}-\d\d-\d\d"
)
"""What task tools write after a task: dates, priorities, ids."""
STATUS_COLUMN = re.compile(
    r"(?:current[ \t])?(?:status|state|progress|done|completed?|outcome)\??", re.IGNORECASE
)
_CELL = re.compile(rf"\W*(?:{_STATE})(?=[ \t]*(?:$|[.,;:!)–—]))", re.IGNORECASE)
_CELL_TELLS = re.compile(
    r"\W*(?:sent|handed[ \t](?:in|over)|paid|signed|posted|delivered|booked|submitted"
    r"|received)(?!\w)",
    re.IGNORECASE,
)
"""How a column's remark begins that tells in words that the row is done."""
_YES = frozenset("yes y x ✓ ✔ ✅ ☑ ☒ 100%".split())
_NO = frozenset("no n ❌ ✗ ✘ 0%".split())
_SHARE = re.compile(r"\d{1,2}[ \t]?%")
_STRUCK = re.compile(r"~~([^~\n]{1,2000})~~")
_BULLET_OPENS = re.compile(r"[ \t>]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_MOST_BESIDE_STRUCK = 3
"""Most words beside the struck-out ones of an item. Chosen by hand; not measured."""
_LONGEST_STATE = 4
"""`waiting for the bank` is a state; a sentence of more words remarks on something."""


def box_mark(box: re.Match[str]) -> TaskMark:
    """Return the state of a task by the sign in its box, or by the sign in place of a box."""
    return _SIGNS.get((box[1] or box[2] or "").strip(), "open")


def said_mark(text: str) -> TaskMark | None:
    """Return the state of a task by its fields or the words around it, None where they say none."""
    for field in _FIELD.finditer(text):
        if mark := _FIELD_MARKS.get((field["name"] or field["sign"]).lower()):
            return mark
    word = _KEYWORD.match(text) or _BEHIND.search(text) or _IN_FRONT.match(text)
    return _named(word) if word and word.lastgroup else None


def without_state(text: str) -> str:
    """Return a task's words without its state and without what task tools write after it."""
    lead = _KEYWORD.match(text) or _IN_FRONT.match(text) or LEAD.match(text)
    return _BEHIND.sub(" ", FIELDS.sub(" ", text[lead.end() :] if lead else text))


def _named(word: re.Match[str]) -> TaskMark | None:
    return next((mark for mark in _WORDS if word.groupdict().get(mark)), None)


def cell_mark(text: str) -> TaskMark | None:
    """Return the state of a row by the text in its table's status column.

    None where the text only remarks on something.
    """
    plain = text.strip().lower()
    if plain in _YES:
        return "done"
    if plain in _NO:
        return "not_done"
    if _SHARE.fullmatch(plain):
        return "partly"
    if _CELL_TELLS.match(text):
        return "done"
    word = _CELL.match(text)
    if word:
        return _named(word)
    return "open" if len(text.split()) <= _LONGEST_STATE else None


def struck_item(line: str) -> bool:
    """Whether a line is an item of a list that is struck out whole.

    Its mark and a few words may stay.
    """
    bullet = _BULLET_OPENS.match(line)
    if bullet is None or "~~" not in line:
        return False
    rest = line[bullet.end() :]
    box = BOX.match(rest)
    left = FIELDS.sub("", _STRUCK.sub("", rest[box.end() :] if box else rest))
    return left != rest and len(left.split()) <= _MOST_BESIDE_STRUCK
