"""Tells what a sentence of a contract is about, by its words."""

import re

from coach.model.contract import ClauseKind

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
# A sentence has the kind with the most matches; on a tie the first one here wins.
_CUES: tuple[tuple[ClauseKind, str], ...] = (
    (
        "trust_route",
        r"wrong between|uneasy|not at ease|(?:un|not )happy|n['’]t (?:happy|working|work|fit)\b"
        r"|not work(?:ing)?(?: out)?\b|fit is wrong"
        r"|don['’]t fit|coordinator|(?:programme|program|guild) office|volunteer desk|mediator"
        r"|another pair",
    ),
    (
        "boundary",
        r"health|famil(?:y|ies)|therap|psycholog|physio|legal|doctor|crisis|counsell"
        r"|private (?:matters|life|numbers)"
        r"|professional (?:help|matters)|goes? to a professional|harass|unwell",
    ),
    (
        "reciprocity",
        r"(?:help|helps|from|teach|support) (?:each other|one another)|in return|gives? back"
        r"|both ways: |goes both ways|two-way"
        r"|both (?:sides |of us )?(?:learn|gain)|nothing back",
    ),
    (
        "notes_kept",
        r"(?<!for )notes\b|minutes (?:of (?:each|every|the|our)|are|shall)|the minutes|record of"
        r"|page in the folder|the record\b|logbook|the red book",
    ),
    (
        "confidentiality",
        r"confidential|in confidence\b|(?<!wrong )between (?:us|the two)\b"
        r"|stays? (?:here|in the room|between|private|confidential)|nobody else|passe?d? on"
        r"|nothing (?:goes|is passed|to the)|no(?:body is)? name[ds]?\b|without names|masked"
        r"|hears nothing|written consent|secret",
    ),
    (
        "feedback",
        r"feedback|what help(?:s|ed) and what|one thing (?:right|to keep|to change|that)"
        r"|strong points|exchange of observations",
    ),
    ("change_signs", r"\bsigns?\b|run its course|time to (?:change|look at the end)"),
    ("respect_time", r"on time|punctual|\blate\b|cancel|reschedul|short notice|notice of"),
    (
        "phase",
        r"only listen|listening|look(?:ing|ed)? (?:a?round|at where)|orientation"
        r"|get(?:ting)? to know|find out|diagnos|\btrial\b|a plan\b|the plan\b"
        r"|by plan|first (?:two|three|2|3|meetings|sessions|months|evenings)",
    ),
    (
        "ends_on",
        r"\bends? (?:on|at|in|by|with|after|it|the)\b|\b(?:finish(?:es)?|laps(?:es|ing))\b"
        r"|last (?:session|call|meeting)|runs? (?:until|to|till)"
        r"|\A(?:until|till|to the end of|over) [^,;.]{1,40}\.?\Z|how to end|renew"
        r"|how (?:it|we) goe?s? on|sit down (?:with [a-z]{1,12} )?and decide"
        r"|we (?:end|close|stop)\b|go on until|mentorship ends",
    ),
    (
        "goals",
        r"\bgoals?\b|\baims?\b|\bobjectives?\b|what (?:it|this) is (?:all )?(?:about|for)"
        r"|wants? to (?:become|learn|lead)",
    ),
    (
        "cadence",
        r"(?:every|each|once (?:a|in|every|per|each)) (?:[\w-]{1,10} )?(?:days?|weeks?|months?"
        r"|quarters?|"
        + _WEEKDAY
        + r")\b|weekly|fortnight|monthly|quarterly|\b(?:we|two|shall|will) (?:meet|see each"
        r"|(?:sit|speak|talk)(?! (?:about|of|down)))\b|\bmin(?:ute)?s\b(?! (?:of|are|shall))"
        r"|\b(?:an|one|half an) hour\b|holidays?\b|vacations?\b|\bskip\b|falls? out|"
        + _WEEKDAY
        + r"\b",
    ),
    (
        "channels",
        r"zoom|\bteams\b|on meet\b|google meet|skype|discord|slack|phone|whatsapp|in person"
        r"|face to face|e-?mail|\bchat\b|\btexts?\b|texting|by letter|video|channel",
    ),
    ("role_mentor", r"\bmentor(?:['’]s)?\b"),
    ("role_mentee", r"\bmentee(?:['’]s)?\b"),
)
_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _CUES)
_ROLE = re.compile(r"\bmente(?=e)|\bmento(?=r)", re.IGNORECASE)
_LONGEST = 1000
"""Characters of a sentence that are looked at; its first words tell what it is about.

Chosen by hand; not measured.
"""


def kind_of(text: str) -> ClauseKind | None:
    """Return what a sentence of a contract is about, None for no known subject."""
    shown = text[:_LONGEST]
    counted = [(len(words.findall(shown)), kind) for kind, words in _KINDS]
    most = max(count for count, _ in counted)
    if most == 0:
        return None
    kind = next(kind for count, kind in counted if count == most)
    return _role(shown) if kind in {"role_mentor", "role_mentee"} else kind


def _role(text: str) -> ClauseKind:
    """Return whose role a sentence is about that names both: the first one named acts."""
    first = _ROLE.search(text)
    return "role_mentee" if first and first[0].lower() == "mente" else "role_mentor"
