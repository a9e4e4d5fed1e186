"""What headings make of the lines below them, and words that leave a thing open or deny it."""

import re
from re import Pattern

from coach.model.facts import Certainty, FactKind


def _any(*alternatives: str) -> Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


HEADINGS: dict[FactKind, Pattern[str]] = {
    "win": _any(
        r"wins?",
        r"went well",
        r"good",
        r"happy(?: about| with)?",
        r"highlights?",
        r"achiev\w+",
        r"proud",
        r"progress",
        r"done",
        r"\+",
    ),
    "concern": _any(
        r"concerns?",
        r"worr\w+",
        r"problems?",
        r"blockers?",
        r"issues?",
        r"risks?",
        r"bad",
        r"challenges?",
        r"difficult\w*",
        r"stuck",
    ),
    "change": _any(r"changes?", r"news", r"what'?s new", r"updates?", r"since last"),
    "attempt": _any(
        r"tried", r"attempts?", r"experiments?", r"activities", r"what i did", r"work done"
    ),
    "doubt": _any(r"doubts?", r"questions?", r"unsure", r"open points?"),
    "decision": _any(r"decisions?", r"decided", r"agreed", r"agreements?", r"conclusions?"),
    "feedback": _any(r"feedback", r"review"),
    "ask": _any(
        r"asks?(?: for (?:next time|you|this time))?", r"help", r"for you", r"requests?", r"wants?"
    ),
    "stopper": _any(r"stoppers?", r"patterns?", r"habits?"),
    "insight": _any(
        r"insights?", r"learn\w*", r"lessons?", r"take-?aways?", r"reflections?", r"aha"
    ),
    "topic": _any(r"topics?", r"agenda", r"discuss\w*", r"talked about", r"attend\w*"),
}
"""What a heading makes of the lines below it."""

ACTIONS = _any(
    r"home ?work",
    r"actions?(?: items?| points?)?",
    r"to[- ]?do'?s?",
    r"todo",
    r"next steps?",
    r"commitments?",
    r"tasks?",
    r"for next time",
    r"before (?:our |the )?next \w+",
    r"until next",
    r"by next",
    r"promis\w+",
    r"who does what",
    r"follow[- ]?ups?",
    r"deliverables?",
    r"plan for (?:next|the coming|this)\w*",
    r"next week",
    r"(?:still )?(?:open|outstanding) (?:items?|points?|tasks?)",
    r"still open",
    r"outstanding",
    r"carried over",
    r"last time'?s (?:list|actions?|tasks?)",
    r"(?:list|actions?|tasks?) from last (?:time|session|week)",
)
"""Headings over lists of what somebody will do."""

AGENDA = _any(
    r"agenda",
    r"talking points?",
    r"topics?",
    r"(?:to|for) (?:discuss|discussion|talk about|cover|raise)",
    r"(?:points?|things?) to (?:discuss|raise|cover|talk about)",
)
"""Headings over lists of what is to be talked about; a box there that is not ticked was not."""

TENTATIVE = _any(
    r"maybe",
    r"perhaps",
    r"might",
    r"possibly",
    r"probably",
    r"not sure",
    r"i think",
    r"could be",
    r"would be",
    r"not promising",
    r"thinking (?:of|about)",
    r"considering",
    r"toying",
    r"if i",
    r"hopefully",
    r"i guess",
    r"i suppose",
    r"not decided",
    r"some ?day",
)
HYPOTHETICAL = re.compile(
    r"(?:^|[\s,;(])(?:if|unless|in case|were i|suppose|imagine)\s|(?<!\w)(?:would|could|might"
    r"|i'd|he'd|she'd|we'd|they'd|you'd|should)(?!\w)",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?<!\w)(?:not|never|no longer|won't|wont|cannot|can't|didn't|don't|doesn't|isn't|wasn't"
    r"|haven't|hasn't|nobody|nothing)(?!\w)",
    re.IGNORECASE,
)
SMALL_TALK = re.compile(
    r"(?:hi|hey|hello|hallo|bye|ok|okay|yes|yeah|yep|no|nope|sure|right|good|great"
    r"|thanks?(?: you)?|cheers|grand|sorry|hmm+|uh|ah|oh|ha(?:ha)*|lol|mm+|"
    r"see you|talk soon|speak soon|take care|good (?:morning|evening|afternoon)|how are you"
    r"|can you hear me)\b[\s\w,!.?'’]{0,24}",
    re.IGNORECASE,
)


def certainty(text: str) -> Certainty:
    """`tentative` where the writer leaves it open."""
    return "tentative" if TENTATIVE.search(text) or text.rstrip().endswith("?") else "stated"


LABEL = re.compile(r"\W{0,4}([^\W\d_][\w '()/-]{1,30}?)[ \t]*(?::|[ \t][-–—])[ \t]+(?=\S)")


def named_kind(text: str, heading: str) -> FactKind | None:
    """The kind that a sentence's own label (`Worry: …`) names, else the one its heading does."""
    label = LABEL.match(text)
    for name in (label[1].split("(")[0].strip() if label else "", heading.strip()):
        for kind, pattern in HEADINGS.items():
            if name and pattern.fullmatch(name):
                return kind
    return None


_LABELS: dict[FactKind, str] = {
    "win": r"wins?|happy|happy (?:about|with)|pleased(?: about| with)?|proud(?: of)?|highlights?"
    "|went well|what went well",
    "concern": r"worr(?:y|ies|ied)(?: about)?|concerns?|fears?|what (?:worries|troubles) (?:me"
    "|him|her)|still worried",
    "doubt": r"doubts?|unsure|open doubts?",
    "change": r"changes?|what(?:['’]s| has) changed|news",
    "attempt": r"tried|what (?:i|he|she|we) tried",
    "ask": r"asks?(?: for next time| for me| for you)?|for next time",
    "decision": r"decisions?|decided|we decided",
    "stopper": r"stoppers?|what (?:stops|stopped) (?:me|him|her)",
}
"""Labels that say outright what stands behind them."""
_LABELLED = {
    kind: re.compile(
        rf"\W{{0,4}}(?:{words})(?:[ \t]*\([^()\n]{{1,20}}\)|,[ \t]\w{{1,12}})?[ \t]*(?::"
        rf"|[ \t][-–—])[ \t]+(?=\S)",
        re.IGNORECASE,
    )
    for kind, words in _LABELS.items()
}


def labelled_kind(text: str) -> FactKind | None:
    """The kind that a sentence's own label says outright, as in `Worry: …`, `Doubt, again: …`.

    A heading above a list is less sure: on unseen notes three lines under one were not what it
    says, and none was.
    """
    return next((kind for kind, label in _LABELLED.items() if label.match(text)), None)
