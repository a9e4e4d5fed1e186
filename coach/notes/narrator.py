"""Tells who speaks in a note that a tool wrote without naming a speaker, such as a spoken memo.

Whoever says `I` and speaks of Ana as of somebody else is not Ana. Where both are spoken of, or
neither, nobody can tell.
"""

import re
from collections.abc import Sequence

from coach.language.names import People, other
from coach.model.people import Side
from coach.notes.sentences import Unit

_FEWEST = 3
"""Fewest sentences with `I` in them, since fewer may be quoted. Chosen by hand; not measured."""
_I = re.compile(r"(?<![\w'’])I(?:['’]\w{1,2})?(?![\w'’])|(?:^|[ \t])i(?:['’]?(?:ll|m|ve|d))?[ \t]")
_NAMED = re.compile(r"(?<![\w@'’-])([^\W\d_a-z][\w’'-]{1,40})")
_CALLED_TO = re.compile(
    r"(?:^|[,;.!?])[ \t]*(?:(?:hi|hey|hello|dear|thanks|thank you|so|and|well|ok|okay|bye"
    r"|cheers)[ \t,]+)?$",
    re.IGNORECASE,
)
_CALLED_TO_BEHIND = re.compile(r"[ \t]*(?:[,!?]|$)")
_MYSELF = re.compile(r"(?:(?<!\w)(?:this is|i am|i['’]m|it['’]s|name is)[ \t]+)$", re.IGNORECASE)
_HERE = re.compile(r"[ \t]+(?:here|speaking)(?!\w)")


def narrator(units: Sequence[Unit], people: People) -> Side | None:
    """Return who says `I` throughout a note that names no speaker, None where nobody can tell."""
    if any(unit.label or unit.by or unit.kind in {"turn", "quote"} for unit in units):
        return None
    spoken = [unit.text for unit in units if unit.kind != "heading"]
    if sum(bool(_I.search(text)) for text in spoken) < _FEWEST:
        return None
    named = [mention for text in spoken for mention in _mentions(text, people)]
    own = {side for side, myself in named if myself}
    others = {side for side, myself in named if not myself}
    if len(own) == 1:
        return own.pop()
    return other(others.pop()) if len(others) == 1 and not own else None


def _mentions(text: str, people: People) -> list[tuple[Side, bool]]:
    """Return which of the two a sentence names, and whether as the speaker.

    A name that is only called to is left out.
    """
    found: list[tuple[Side, bool]] = []
    for name in _NAMED.finditer(text):
        side = people.side(name[1])
        if side is None:
            continue
        before, behind = text[: name.start()], text[name.end() :]
        myself = bool(_MYSELF.search(before) or (not before.strip() and _HERE.match(behind)))
        called = _CALLED_TO.search(before) and _CALLED_TO_BEHIND.match(behind)
        if myself or not called:
            found.append((side, myself))
    return found
