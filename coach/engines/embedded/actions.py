"""What is to be done, so that it can be understood alone.

`send Ana the plan`, else the words as they were said.
"""

import re

from coach.engines.embedded.deeds import TASKS, base_form
from coach.engines.embedded.forms import Worded
from coach.language.names import Writer, other
from coach.language.words import stems
from coach.model.commitments import Owner
from coach.model.people import Side
from coach.notes.lines import plain
from coach.notes.tasks import without_state

_VAGUE = re.compile(
    r"(?:[a-z]{2,12}(?:[ \t](?:about|after|at|back|down|for|in|into|off|on|out|over|through|to|up"
    r"|with)"
    r"){0,2}[ \t]+(?:it|that|this|them|these|those|so|both)"
    r"|[a-z]{2,12}[ \t]+the (?:other|rest|same|first|second)(?: half| one| part)?)"
    r"(?!\w)(?![ \t]+(?!before|after|until|within|during|tomorrow|tonight)[a-z]{4,})",
    re.IGNORECASE,
)
"""`do it`, `go through them`, `send the other half`: what is meant stands before the sentence."""
_TO = re.compile(r"^\W*(?:to[ \t]+)?(?=\w)", re.IGNORECASE)
_PERSON = re.compile(r"(?<![\w'’])(my|me|you|your)(?![\w'’])", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(?:^|[^\w])([a-z]+)[ \t]+$", re.IGNORECASE)
_TAKES_A_PERSON = TASKS | frozenset("to for with from at by about behind beside than let".split())
"""Words behind which `you` and `me` are whom something is done to, and never who does it."""
_OWN_WORDS = re.compile(
    r"(?<![\w'’])(?:i|we|us|our|ours|mine|myself|yours|yourself|(?:i|you|we)['’]\w{1,2})(?![\w'’])",
    re.IGNORECASE,
)
_LONGEST_QUOTED = 120
"""Longer actions are cut where they are shown, and a quotation that is cut has lost its end."""
_LONGEST_WORD = 24
_CLAUSE = re.compile(r"[;:–—][ \t]+|,[ \t]+")
_DOER = (
    r"\W{0,3}(?:(?:[Aa]nd|[Ss]o|[Tt]hen|[Aa]lso)[ \t]+)?(?:(?:Miss|Mr|Mrs|Ms|Dr)\.?[ \t]+)?"
    r"[^\W\d_a-z][\w’'-]{0,30}\.?"
)
_SAYS_WILL = re.compile(
    rf"(?:\W{{0,3}}(?:(?:[Aa]nd|[Ss]o|[Tt]hen|[Aa]lso)[ \t]+)?(?:[Ss]he|[Hh]e"
    rf"|[Tt]hey)[ \t]+(?:says?|said|promised)[ \t]+(?:that[ \t]+)?(?:she|he|they)"
    rf"|{_DOER})(?:['’]ll|[ \t]+(?:will|to|is[ \t]+to"
    rf"|is[ \t]+going[ \t]+to))[ \t]+(?=[a-z]{{2,}}[ \t])"
)
_NAMED_DOES = re.compile(rf"{_DOER}[ \t]+([a-z]{{2,}}s)(?=[ \t])")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}[.)]|\([a-z0-9]{1,2}\))[ \t]+(?=\S)")
_MARKS = " .,;:-–—*_~|"


def action_of(said: Worded, owner: Owner, writer: Writer) -> str:
    """The action of a promise.

    Where its words hang on others, all that was said, in quotation marks.
    """
    whole = " ".join(without_state(said.unit.text).split()).strip(_MARKS) or said.unit.text
    whole = _promising(_NUMBERED.sub("", _paired(whole)), said)
    bare = _NUMBERED.sub("", bare_action(said))
    speaker = _speaker(said)
    if not bare or _VAGUE.match(bare) or not stems(plain(bare)):
        return _quoted(whole, _name(said, speaker, writer))
    if speaker is None and _PERSON.search(bare):
        return _quoted(whole, _name(said, speaker, writer))
    if _OWN_WORDS.search(bare) or any(_does(bare, person) for person in _PERSON.finditer(bare)):
        return _quoted(whole, _name(said, speaker, writer))
    return _in_third_person(bare, speaker, writer)


def _name(said: Worded, speaker: Side | None, writer: Writer) -> str:
    """What a speaker is called; one who is not known as one of the two by their label."""
    if speaker:
        return writer.people.called.get(speaker, "")
    spoken = said.unit.kind == "turn" or (said.unit.kind == "quote" and said.unit.said)
    return said.unit.by or (said.unit.label if spoken else "")


def _promising(whole: str, said: Worded) -> str:
    """A sentence too long to quote, from the clause that promises on and up to the end of one."""
    if len(whole) <= _LONGEST_QUOTED:
        return whole
    action = " ".join(said.owned.action.split())[:_LONGEST_WORD] if said.owned else ""
    at = max(0, whole.find(action)) if action else 0
    starts = [each.end() for each in _CLAUSE.finditer(whole, 0, at)]
    kept = whole[starts[-1] if starts else 0 :]
    if len(kept) <= _LONGEST_QUOTED:
        return kept
    ends = [each.start() for each in _CLAUSE.finditer(kept, _LONGEST_WORD, _LONGEST_QUOTED - 2)]
    cut = ends[-1] if ends else kept.rfind(" ", 0, _LONGEST_QUOTED - 2)
    return kept[:cut].rstrip(_MARKS) + " …"


def _speaker(said: Worded) -> Side | None:
    """Who says a promise: whoever is quoted, else who speaks or writes."""
    if said.owned is None or (said.owned.by is None and not said.owned.quoted):
        return said.speaker
    return said.owned.by


def bare_action(said: Worded) -> str:
    """The words that say what is to be done, as they stand in the note."""
    bare = without_state(
        said.owned.action if said.owned else _without_doer(_NUMBERED.sub("", said.unit.text))
    )
    return _TO.sub("", _paired(" ".join(bare.split()))).strip(_MARKS)


def _paired(text: str) -> str:
    """A text without the quotation mark at its end, or its beginning, that has lost its other."""
    bare = text.strip(_MARKS)
    if bare.count('"') % 2 == 0 and bare.count("“") == bare.count("”"):
        return text
    return bare.strip('"“”').strip(_MARKS)


def _without_doer(text: str) -> str:
    """`S. is to ring the ward` as `ring the ward`, `Sam sends a list` as `send a list`."""
    if said := _SAYS_WILL.match(text):
        return text[said.end() :]
    does = _NAMED_DOES.match(text)
    base = base_form(does[1]) if does else ""
    return base + text[does.end() :] if does and base in TASKS else text


def _does(text: str, person: re.Match[str]) -> bool:
    """Whether `you` or `me` at a place may be who does something."""
    if person[1].lower() in {"my", "your"}:
        return False
    before = _WORD_BEFORE.search(text[max(0, person.start() - _LONGEST_WORD) : person.start()])
    return before is None or before[1].lower() not in _TAKES_A_PERSON


def _in_third_person(action: str, speaker: Side | None, writer: Writer) -> str:
    """`send you my plan` as `send Ana the plan`: it reads alike to both."""
    if speaker is None:
        return action
    own, others = (writer.people.called.get(side, "") for side in (speaker, other(speaker)))
    told = {"my": "the", "me": own, "you": others, "your": f"{others}’s"}
    return _PERSON.sub(lambda word: told[word[1].lower()] or word[0], action)


def _quoted(text: str, name: str) -> str:
    """What somebody said, whole, behind the name."""
    if set(text) & set('“”"') or len(text) > _LONGEST_QUOTED:
        return text
    return f"{name}: “{text}”" if name else f"“{text}”"
