"""Tells whether a fact is certain to be of its kind, so that a heading or a question may use it.

Measured on the labelled development cases, where a careful reader gave each line its kind. The
teaching cases are not used, because the reader knows their sentences by heart. Over a whole page
0.31 of the lines under a heading of their own kind are right with the reader's best guess, and all
11 with this rule.
"""

import re

from coach.model.facts import FactKind
from coach.model.readings import FactSignal

_SURE = 0.7
"""The reader's certainty from which its kind counts alone.

8 of 9 such lines of the development cases are right (at 0.6: 19 of 29).
"""
_NAMED = 0.3
"""The reader's certainty that is enough where the words name the kind themselves.

24 of 28 such lines of the development cases are right, and 73 of 84 of the teaching cases.
"""


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


_NOT = r"(?:not|n['’]t)"
_NAMES_ITSELF: dict[FactKind, re.Pattern[str]] = {
    "concern": _words(
        r"worr(?:y|ies|ied|ying)",
        r"afraid",
        r"fears?",
        r"fear(?:ed|ing)",
        r"dread(?:s|ed|ing)?",
        r"scared",
        r"frightened",
        r"anxious",
        r"concern(?:s|ed)?",
        r"nervous",
    ),
    "win": _words(
        r"proud(?:est)?",
        r"happy",
        r"pleased",
        r"glad",
        r"delighted",
        r"thrilled",
        r"passed",
        r"won",
        r"finally",
        r"for the first time",
        r"first \w+ ever",
        r"went (?:really |very |so )?well",
        r"signed",
        r"praised",
        r"thanked",
        r"success\w*",
    ),
    "doubt": _words(
        rf"\w*{_NOT} (?:really )?(?:sure|certain)",
        rf"\w*{_NOT} know (?:if|whether|how|what)",
        r"unsure",
        r"undecided",
        r"wonder(?:s|ed|ing)?",
        r"doubts?",
        r"torn between",
        r"in two minds",
        r"can['’]?t (?:decide|work out)",
    ),
    "attempt": _words(
        r"tried", r"tries", r"trying out", r"attempted", r"experimented", r"had a go"
    ),
    "change": _words(
        r"news",
        r"new (?:boss|manager|director|job|head|chair\w*|owner|lead|system|contract|role)",
        r"(?:is|are|was|were|has|have|had|been) (?:moved|leaving|left|closed|closing|merged"
        r"|promoted|appointed|gone|cancelled|replaced)",
        r"no longer",
        r"resigned",
        r"put off to",
        r"postponed",
        r"moved to",
    ),
    "ask": _words(
        r"(?:could|can|would|will) you", r"please", r"asks?", r"wants? to know", r"wants me to"
    ),
    "decision": _words(
        r"decided", r"decision", r"we agreed", r"agreed (?:that|to|on)", r"settled on"
    ),
    "stopper": _words(
        r"keeps? \w+ing",
        r"kept \w+ing",
        r"every (?:single )?(?:time|week|day|evening|night)",
        r"again and again",
        r"each time",
        r"always",
        r"three times",
    ),
}
_LIFTED = re.compile(
    r"(?<!\w)(?:no longer|not|never|\w+n['’]t|stopped|used to be|less|nobody) (?:\w+ ){0,2}?"
    r"(?:worr\w+|afraid|scared|anxious|nervous|concerned|happy|pleased|glad|proud)",
    re.IGNORECASE,
)


def sure_of_kind(finding: FactSignal, text: str) -> bool:
    """Whether a fact is certain enough to be of its kind: four of five such sentences are.

    A model's kind is always taken.
    """
    if finding.by == "llm" or finding.weight >= _SURE:
        return True
    named = _NAMES_ITSELF.get(finding.kind)
    return (
        named is not None
        and finding.weight >= _NAMED
        and bool(named.search(text))
        and not _LIFTED.search(text)
    )
