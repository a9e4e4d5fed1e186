"""The page in plain words without a model.

Labels and openers go, a promise gets its person, what somebody noted is quoted.
"""

import re

from coach.language.phrasing import addressed
from coach.language.words import count
from coach.model.material import Material, PageLine, Worded, Wording
from coach.model.people import Side

_LABEL = re.compile(
    r"^[^\W\d_][\w '’/&-]{1,24}(?:\([^)]{1,20}\))?(?:, \w+)?\s*(?::|\s[-–—])\s+(?=\S)"
)
_LABEL_WORDS = re.compile(
    r"(?<!\w)(?:wins?|happy|proud|good|highlights?|worr(?:y|ies)|concerns?|problems?|blockers?|risks?|doubts?|questions?|unsure|changes?|news|updates?|tried|attempts?|"
    r"asks?(?: for next time)?|decisions?|decided|agreed|feedback|insights?|learn(?:ed|t|ing)s?"
    r"|lessons?|stoppers?|patterns?|actions?|to ?do|next steps?|topics?|notes?)(?!\w)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^(?:(?:and|but|so|also|then|well|anyway|oh|ok|okay|plus|right|now),?\s+)+(?=\w)",
    re.IGNORECASE,
)
_I_WILL = re.compile(
    r"^(?:i['’]ll|i will|i shall|i['’]m going to|i am going to)\s+(?=\w)", re.IGNORECASE
)
_FIRST_OR_SECOND = re.compile(
    r"(?<!\w)(?:i|i['’](?:m|ll|ve|d)|me|my|mine|myself|we|we['’](?:re|ll|ve|d)|us|our|ours|you|yours?|you['’](?:re|ll|ve|d))(?!\w)",
    re.IGNORECASE,
)
_FEWEST = 3
_NEUTRAL = "last_time"
"""The heading that says nothing of its lines: there every line is what somebody noted."""


def in_sentences(material: Material) -> Wording:
    """Every chosen line as a sentence for its reader."""
    chosen = [n for n, line in enumerate(material.lines) if line.chosen]
    return Wording(
        tuple(
            Worded(_sentence(material, material.lines[n], opens=n == material.opening), (n,))
            for n in chosen
        ),
        chosen.index(material.opening) if material.opening in chosen else None,
    )


def _sentence(material: Material, line: PageLine, *, opens: bool) -> str:
    """A line in words; what opens the page has no heading above, so that its own label stays."""
    text = line.statement.text
    bare = _untied(text) if opens else _bare(text)
    speaker = line.said_by
    if speaker is None:
        return bare
    who = _called(material, speaker)
    promised = _I_WILL.match(bare)
    if promised and not _FIRST_OR_SECOND.search(bare, promised.end()):
        return f"{who} will {bare[promised.end() :]}"
    own = line.section == _NEUTRAL or _FIRST_OR_SECOND.search(bare)
    return f"{who}: {_quoted(bare)}" if own else bare


def _quoted(text: str) -> str:
    """What somebody said between quote marks, unless there are some in it."""
    said = text.strip('“”"')
    return text if set(said) & set('“”"') else f"“{said}”"


def _called(material: Material, side: Side) -> str:
    called = addressed(material.mentorship, side, material.audience)
    return called[:1].upper() + called[1:]


def _bare(text: str) -> str:
    """The words without what the heading says, and without what tied them to the words before."""
    label = _LABEL.match(text)
    rest = text[label.end() :] if label and _LABEL_WORDS.search(label[0]) else text
    return _untied(rest) if count(_OPENER.sub("", rest)) >= _FEWEST else text


def _untied(text: str) -> str:
    """The words without the one that tied them to the sentence before, unless too few are left."""
    rest = _OPENER.sub("", text)
    if count(rest) < _FEWEST:
        return text
    return rest[:1].upper() + rest[1:]
