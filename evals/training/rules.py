"""Rules that tell kinds of facts by their words, kept to compare the trained reader with."""

import re
from re import Pattern

from coach.engines.embedded.cues import HEADINGS, LABEL, SMALL_TALK
from coach.model.facts import FactKind
from coach.model.people import Side
from coach.notes.sentences import Unit


def _any(*alternatives: str) -> Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


STRONG: dict[FactKind, Pattern[str]] = {
    "win": _any(
        r"proud",
        r"happy (?:about|with|that)",
        r"(?:so|very|really) (?:happy|pleased|glad|chuffed)",
        r"delighted",
        r"went (?:really |very |quite |so )?well",
        r"finally",
        r"first time",
        r"managed to",
        r"nailed",
        r"shipped",
        r"(?:is|was|got|been|were) (?:approved|accepted|published|signed|merged|promoted|offered"
        r"|invited|thanked)",
        r"passed",
        r"(?:good|great|best|big) (?:thing|news|bit|part|week|day|win)",
        r"success\w*",
        r"celebrat\w+",
        r"it work(?:s|ed)",
        r"done (?:and|&) dusted",
        r"yay",
        r"hurra[hy]",
        r"achiev\w+",
        r"beat (?:my|the|our)",
        r"on time",
        r"ahead of",
        r"rang me to say",
        r"thank(?:ed|s) (?:me|us|her|him)",
        r"said yes",
        r"milestone",
    ),
    "concern": _any(
        r"worr(?:y|ied|ies|ying)",
        r"afraid",
        r"anxious",
        r"scared",
        r"nervous",
        r"(?:i'?m|am|is|are|was|got|get|still|feel(?:s|ing)?) stuck",
        r"block(?:ed|er|ing)",
        r"overwhelm\w*",
        r"struggl\w+",
        r"burn(?:t|ed|ing)? ?out",
        r"frustrat\w+",
        r"exhaust\w+",
        r"risk\w*",
        r"(?:a|the|big|main|real|biggest|only) (?:problem|trouble|issue|snag|catch|concern)",
        r"concern(?:ed|s)?",
        r"behind (?:with|on|schedule)",
        r"can'?t (?:defend|cope|keep|sleep|face|see how|afford)",
        r"too much",
        r"not (?:going|good) (?:well|enough)",
        r"(?:is|was|are) (?:late|missing|failing|broken|a mess)",
        r"nobody",
        r"no (?:reply|answer|progress|time|news|date)",
        r"still (?:no|not|nothing|haven'?t|hasn'?t|waiting|open)",
        r"running out",
        r"losing",
        r"fell (?:over|through|apart)",
        r"pressure",
        r"didn'?t (?:happen|feel fine|go)",
    ),
    "doubt": _any(
        r"not sure",
        r"unsure",
        r"wonder(?:ing|ed)? (?:if|whether|why|how)",
        r"don'?t know (?:if|whether|how|what|why|where|who)",
        r"no idea",
        r"should i",
        r"am i",
        r"do i (?:want|need|really|even|have)",
        r"is it (?:cheating|wrong|normal|ok|okay|too|worth|even)",
        r"(?:in|of) two minds",
        r"torn",
        r"can'?t decide",
        r"doubt\w*",
        r"going round in circles",
        r"what if",
        r"maybe i'?m",
        r"hesitat\w+",
        r"is that (?:enough|normal|wrong)",
        r"would (?:they|a|anyone|she|he) (?:see|even|want)",
    ),
    "decision": _any(
        r"(?:we|have|i|both|it was|they) (?:all |both )?(?:agreed|decided|settled|chose)",
        r"agreed",
        r"decided",
        r"decision",
        r"from now on",
        r"going with",
        r"go(?:es)? with",
        r"parked",
        r"we (?:moved|pushed|postponed|swapped|drop(?:ped)?|keep|kept|cut|put) (?:it|the|that)",
        r"(?:we|i|it|it's|it is|it was) moved (?:it |this |that )?to",
        r"instead of",
        r"settled",
        r"no longer (?:do|going|part)",
        r"so it'?s",
        r"final(?:ly)? answer",
        r"=>",
        r"will not",
        r"won'?t",
        r"rule(?:d)? out",
    ),
    "change": _any(
        r"reorg\w*",
        r"(?:new|another) (?:boss|manager|job|role|team|contract|client|baby|flat|house|school"
        r"|director|lead|landlord|supplier)",
        r"(?:has|have|is|are|was|were|been|got) (?:changed|moved|cancelled|canceled|closed"
        r"|announced|promoted|replaced|transferred|laid off)",
        r"no longer",
        r"(?:left|leaves|leaving|quit|resign\w*|retir\w+)",
        r"(?:joined|joins|starts|started|starting) (?:as|on|at|in|next|this|last|with|the|a)",
        r"moves? (?:in|to|beside|house|from)",
        r"since (?:last|the|our|then|monday|january|we)",
        r"from (?:monday|next|january|february|march|april|may|june|july|august|september|october"
        r"|november|december|\d)",
        r"announced",
        r"on (?:holiday|leave|maternity)",
        r"off (?:sick|till|until|from)",
        r"away (?:from|until|till|on|in|next)",
        r"freeze",
        r"redundan\w+",
        r"now (?:have|has|is|are|on|in|works?|runs?)",
        r"took over",
        r"takes over",
        r"has to be in by",
        r"means that",
    ),
    "attempt": _any(
        r"tried",
        r"try(?:ing)? (?:to|out|it|the)",
        r"attempt\w*",
        r"gave it a (?:go|shot|try)",
        r"experiment\w*",
        r"test(?:ed|ing)",
        r"(?:i|we) (?:asked|talked|spoke|rang|called|emailed|e-mailed|mailed|wrote|sent|met|sat"
        r"|practi[sc]ed|visited|went|drafted|sketched|built|made|did|ran|rewrote|started|read)",
        r"talked to",
        r"spoke (?:to|with)",
        r"reached out",
        r"had a go",
        r"practi[sc]ed",
        r"rehears\w+",
        r"took (?:me|us) \w+ (?:goes|tries|attempts)",
        r"sat (?:with|beside|down with)",
        r"first draft",
        r"worked (?:on|through)",
        r"prototype\w*",
    ),
    "feedback": _any(
        r"feedback",
        r"told (?:me|her|him|them|us)(?: that)? (?:i|he|she|my|his|her|they|to)",
        r"(?:she|he|they) (?:said|says|thinks?|reckons?) (?:i|my|it'?s|it was|that i|you)",
        r"(?:liked|loved|hated|praised|criticis\w+|criticiz\w+|complimented|noticed) (?:the|my|how"
        r"|that|your|his|her)",
        r"well done",
        r"good job",
        r"(?:more|less) of (?:that|this)",
        r"you (?:are|were|did|do|go|talk|explain|tend)",
        r"that is new",
        r"comments? from",
        r"review(?:ed)? (?:my|the|it)",
        r"(?:her|his|their|my) (?:verdict|comment|criticism|praise|impression)",
        r"strong(?:est)?",
        r"weak(?:est|ness)?",
    ),
    "ask": _any(
        r"(?:can|could|would|will) you",
        r"what i (?:want|need|would like|'d like)",
        r"i(?:'d| would) like (?:you|us|her|him|help|to (?:talk|hear|know|discuss))",
        r"i (?:want|need) (?:you|your|help|us)",
        r"please",
        r"help me",
        r"help with",
        r"(?:my )?ask(?: for (?:you|next|today))?[:=]",
        r"question for (?:you|her|him)",
        r"next time(?: i)?(?: want|:)",
        r"asked (?:for|if i|me (?:to|for)|her (?:to|for|if)|him (?:to|for|if))",
        r"advice (?:on|about)",
        r"wants? (?:me|her|him|you) to",
    ),
    "stopper": _any(
        r"every (?:single )?time",
        r"keep(?:s)? (?:doing|putting|saying|avoiding|going|on|forgetting|pushing)",
        r"kept (?:putting|avoiding|pushing|finding)",
        r"as usual",
        r"same (?:pattern|old|mistake|story|excuse)",
        r"avoid(?:s|ed|ing)?",
        r"put(?:ting)? (?:it|that|this|things) off",
        r"procrastinat\w+",
        r"hid(?:e|es|ing) (?:in|behind)",
        r"(?:second|third|fourth) time",
        r"that'?s twice",
        r"can'?t say no",
        r"default to",
        r"habit",
        r"end up",
        r"gone around",
        r"instead of (?:asking|saying|writing|doing|calling)",
        r"again\.?$",
        r"always",
        r"go quiet",
        r"easier to",
        r"i never",
        r"relief",
        r"at it again",
        r"perfectionis\w+",
    ),
    "insight": _any(
        r"reali[sz]\w+",
        r"learn(?:ed|t|ing|s)?",
        r"turns? out",
        r"turned out",
        r"(?:i|she|he|we) (?:noticed|saw|see|understood|understand|get it) (?:that|now|why|how)",
        r"clicked",
        r"lesson",
        r"the (?:point|real|trick|difference|thing|answer|reason|truth) (?:is|was|isn'?t|thing)",
        r"made me (?:think|see)",
        r"never (?:knew|thought|occurred)",
        r"hadn'?t (?:thought|seen|realised)",
        r"it'?s not (?:about|the|that)",
        r"so (?:the|that'?s) (?:answer|why|reason)",
        r"fear of",
        r"means i",
        r"now i (?:see|know|get)",
        r"if (?:it'?s|i|you) .{1,60} (?:then|can)",
        r"the honest answer",
        r"what i (?:took|take)",
        r"aha",
    ),
    "topic": _any(
        r"talked about",
        r"we discussed",
        r"discuss(?:ed|ion)",
        r"went (?:through|over)",
        r"spoke about",
        r"agenda",
        r"topic",
    ),
}
"""Words that show the kind by themselves."""


def scores(text: str, heading: str) -> dict[FactKind, float]:
    """Return how strongly each kind's words are in a sentence.

    A label that opens it (`Worry: …`) counts most, its heading half as much as a word.
    """
    label = LABEL.match(text)
    return {
        kind: len(pattern.findall(text))
        + (0.5 if heading and HEADINGS[kind].search(heading) else 0.0)
        + (2.0 if label and HEADINGS[kind].fullmatch(label[1].split("(")[0].strip()) else 0.0)
        for kind, pattern in STRONG.items()
    }


_PRIORITY: tuple[FactKind, ...] = (
    "doubt",
    "ask",
    "stopper",
    "insight",
    "win",
    "concern",
    "decision",
    "feedback",
    "change",
    "attempt",
    "topic",
)
"""Of kinds with equally many words, the rarer one is meant."""


def kind_by_words(unit: Unit, *, said_by: Side | None, promised: bool) -> FactKind | None:
    """Return the kind of fact that a sentence's words show; None for greetings and scraps too."""
    if unit.kind == "heading" or SMALL_TALK.fullmatch(unit.text):
        return None
    if promised:
        return "commitment"
    scored = scores(unit.text, unit.heading)
    best = max(_PRIORITY, key=lambda kind: (scored[kind], -_PRIORITY.index(kind)))
    if len(unit.text.split()) < (4 if scored[best] == 0 else 3):
        return None
    if scored[best] == 0:
        return "doubt" if unit.text.endswith("?") and said_by == "mentee" else "topic"
    return best
