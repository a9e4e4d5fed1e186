"""What became of things, by the words that say it: done, half done, not done, dropped or moved."""

import re

from coach.engines.embedded import cues
from coach.language.words import PAST_FORMS, words
from coach.model.commitments import OutcomeStatus

_STATUS: tuple[tuple[OutcomeStatus, re.Pattern[str]], ...] = (
    (
        "rescheduled",
        re.compile(
            r"(?<!\w)(?:moved|pushed|postponed|rescheduled|delayed|put back|new date|slipped to"
            r"|shifted|extended|carried(?: over)?|now (?:by|due|for|on))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "dropped",
        re.compile(
            r"(?<!\w)(?:dropped|scrapped|called off|cancelled|canceled|abandoned|given up"
            r"|gave up|not going to|no longer (?:needed|doing|going|want)|forget (?:it|that)"
            r"|won['’]t (?:do|happen|be)|off the (?:list|table))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "partly",
        re.compile(
            r"(?<!\w)(?:(?:half|partly|partially|almost|nearly|mostly) (?:done|written|finished"
            r"|there|way|ready|through|of (?:it|them|the))|half of (?:it|them|the)|halfway|"
            r"(?:some|most|one|two|three) of (?:it|them|the)|in progress|begun"
            r"|\d+ of (?:the )?\d+|not all|first (?:part|half) (?:is |of )|partly|only (?:half"
            r"|part|one|two|some))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "not_done",
        re.compile(
            r"(?<!\w)(?:didn['’]?t|did not|haven['’]?t|have not|hasn['’]?t|has not|not yet"
            r"|not done|not (?:\w+ ){0,3}yet|not (?:been )?(?:\w+ed|written|sent|rung|begun|done"
            r"|made|bought|built|put|read|shown|taken|met|found)|"
            r"still (?:not|no|to do|open|nothing|waiting|missing|on my list|due)|never (?:got|did"
            r"|sent|rang|called|happened|wrote|came)|forgot|nobody (?:rang|called|did|sent|asked"
            r"|wrote|came|went|answered|replied)|"
            r"no (?:page|draft|list|date|call|progress)|nothing (?:sent|done|yet)|didnt|havent"
            r"|hasnt|untouched)(?!\w)|:[ \t]*no\b",
            re.IGNORECASE,
        ),
    ),
    (
        "done",
        re.compile(
            r"(?<!\w)(?:done|finished|completed|sent|posted|submitted|delivered|handed in|signed"
            r"|rang|called|booked|paid|wrote|written|went|got|came|met|asked|spoke|talked|"
            r"sat|made|built|ran|read|bought|put|gave|took|found|fixed|shipped|published|is in"
            r"|are in|went out|ready|arrived|ticked|sorted|settled|showed|shown|approved|answered|"
            r"tried|had|did|started|moved in|turned into|(?!(?:promis|agre|decid|want|need|plan"
            r"|hop|ask|talk|discuss|wonder|worri|stuck|suppos|expect|mention|offer|call off"
            r"|suggest|remind|feel|look|seem|happen|learn|realis|realiz|notic|chang|laugh|pleas"
            r"|interest|annoy|tir|bor|scar|confus|mov|postpon|delay)[a-z]*ed)[a-z]{3,}ed)(?!\w)"
            r"|[✓✔✅☑]",
            re.IGNORECASE,
        ),
    ),
)
_OUTRIGHT: tuple[tuple[OutcomeStatus, re.Pattern[str]], ...] = (
    (
        "dropped",
        re.compile(
            r"(?<!\w)(?:(?:does|do|did)(?:n['’]?t| not) (?:need|have|want) to|no longer (?:needs?"
            r"|has|have|wants?|wish(?:es)?) to|(?:no|not) longer (?:needed|necessary|required)|"
            r"decided (?:against|not to)|(?:did|do|have|has)(?:n['’]?t| not)[^.;]{0,20} (?:and"
            r"|nor)(?: [a-z]+)? (?:will not|won['’]?t|will never)|(?:won['’]?t|will not"
            r"|wont) (?:do|be doing|bother)|not going to (?:do|bother)|changed (?:my|his|her|our"
            r"|their) minds? about|no need (?:to|for)|(?:is|are) off(?=[\s]*(?:[,.;:!]|$|then|now"
            r"|again))|no point (?:now|any ?more|in)|"
            r"(?:not|isn['’]?t) (?:needed|necessary|required|worth it"
            r"|going ahead)(?: any ?more)?|off the (?:list|table)|(?:dropped|scrapped|shelved"
            r"|abandoned|called off|gave up on|given up on|let go of) (?:the|it|that|this|my|his"
            r"|her|our|their))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "not_done",
        re.compile(
            r"(?:^\W*|[.!?;:][ \t]{1,3})(?:(?:i|we|he|she|they)[ \t])?(?:still[ \t])?(?:did|have"
            r"|has)(?:n['’]?t| not)(?!\w)|"
            r"(?<!\w)still[ \t](?:have|has)(?:n['’]?t| not)(?!\w)|(?<!\w)(?:(?:did|has"
            r"|have)(?:n['’]?t| not)|never) (?:happen(?:ed)?|tak(?:e|en) place|took place"
            r"|come off|came off|go ahead|went ahead|been (?:done|sent|written|asked|made|rung"
            r"|built|bought|paid|signed|started|found|booked))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "partly",
        re.compile(
            r"(?<!\w)(?:(?:half|partly|partially|only half|mostly|nearly|almost)[ -](?:done"
            r"|written|finished|complete|through|drafted|there)|half of (?:it|them|the)"
            r"|half-?way (?:through|there|done)|"
            r"(?:only |just )?(?:one|1) (?:out )?of (?:the )?(?:two|three|four|five|six|seven"
            r"|eight|nine|ten|[2-9]|\d\d)|(?:only |just )?(?:two"
            r"|2) (?:out )?of (?:the )?(?:three|four|five|six|seven|eight|nine|ten|[3-9]"
            r"|\d\d))(?!\w)",
            re.IGNORECASE,
        ),
    ),
)
"""Words that leave no doubt, whatever the wording around them."""
_ARRIVED = re.compile(
    r"(?<!\w)(?:arrived|reached (?:me|him|her|us|you|them)|through the letterbox|in (?:my|his|her"
    r"|your) (?:inbox|hands|mailbox)|on (?:my|his|her|your) (?:desk|table) since|"
    r"(?:is|are|was|were|been) (?:attached|enclosed|done|finished|signed|delivered|submitted"
    r"|handed (?:in|over))|(?:is|are) with (?:me|\w+) since|handed (?:in|over) (?:on|to|by"
    r"|yesterday)|"
    r"given (?:back |in )?(?:on|to) |sent (?:on|off|out|in) |went (?:out|off|in) (?:on|yesterday"
    r"|last)|all (?:\d+|of them) (?:are|were) (?:in|there|done)|posted (?:to|on))",
    re.IGNORECASE,
)
"""What says that a thing is where it was promised to be."""
_REFUSED = re.compile(r"(?<!\w)(?:won['’]?t|will not|not going to)(?!\w)", re.IGNORECASE)
_AFTER_ALL = re.compile(r"(?<!\w)(?:after all|any ?more|any longer)(?!\w)", re.IGNORECASE)
_AHEAD = re.compile(
    r"(?<!\w)(?:will|['’]ll|going to|gonna|to do|want(?:s|ed)? to|hope[sd]? to|meant to|(?:i|we"
    r"|you|he|she|they) plan(?:s|ned)? to|shall|ask(?:s|ed)? (?:how|why|what|whether|if|me)"
    r"|(?:my|her|his|the) question)(?!\w)",
    re.IGNORECASE,
)


_PLACE = r"(?:with|on|in|at|by|under|over|up|back|out|off|through|there|here)"
_THERE = re.compile(
    # where it is now
    r"(?<!\w)(?:is|are|was|were|has|have|it['’]s|they['’]re)[ \t](?:gone|off|out|up|over|through"
    r"|now|"
    r"in place|there|agreed|live|back|here|yours|hers|his|mine|real|ready|safe|settled)(?!\w)"
    rf"|(?<!\w){_PLACE}[ \t](?:[\w'’.]+[ \t]){{1,4}}since(?!\w)"
    r"|(?<!\w)(?:been )?(?:live|there|up|back|out|mine|hers|his|yours) since(?!\w)"
    # who has it
    r"|(?<!\w)(?:agreed (?:with|by)|(?:have|has|had) (?:a|an|the|all|both|my|her|his|\d+)|full|"
    r"in (?:my|her|his|their|our|your) (?:hands?|inbox|drawer|mailbox|bag)|yes to|exists?|"
    r"(?:say|says|said) yes|a yes from|attached|enclosed|here is|here are)(?!\w)"
    # that somebody has seen, or it has come
    r"|(?<!\w)(?:saw|seen|done|gone|given|became|become|lay|lain|left|(?:has|have|had) come|"
    r"come (?:in|back|up|by)|came)(?!\w)"
    r"|(?<!\w)(?:has|have|had|['’]ve)[ \t](?:\w+ly[ \t])?\w{3,}(?:ed|en|wn)(?!\w)"
    # so many of so many
    r"|(?<!\w)\d+ of \d+|(?<![\w/.])(\d{1,4})[ \t]?(?:/|of|out of)[ \t]?\1(?![\w/.])"
    r"|(?<!\w)all (?:\d+|of them|three|four|five|six|seven|eight|nine|ten)(?!\w)",
    re.IGNORECASE,
)
_PARTICIPLE = (
    r"(?:\w{3,}ed|asked|begun|bought|brought|built|chosen|come|done|drawn|eaten|found|given|gone|"
    r"heard|held|kept|made|met|paid|played|put|read|rung|seen|sent|shown|signed|spoken|started|"
    r"taken|told|typed|written)"
)
_FAILED = re.compile(
    rf"(?<!\w)(?:not (?:quite |even |yet )?(?:been )?(?:ready|finished|complete|signed"
    rf"|{_PARTICIPLE})|"
    rf"(?:is|was|were|been|are) never (?:{_PARTICIPLE})|never (?:made|came|went|got|came back"
    rf"|sent|rang|asked)|"
    r"n?either did (?:i|he|she|we|they)|nor did (?:i|he|she|we|they)|"
    r"could(?:n['’]?t| not) (?:go|come|make|do|get|find|reach|finish)|none of (?:the|them|it)|"
    r"(?:did|have|has|had)(?:n['’]?t| not)|did(?:nt)|havent|hasnt)(?!\w)|(?<!\w)(?:pages?"
    r"|drafts?|items?)?[ \t]?= ?0(?!\w)",
    re.IGNORECASE,
)
"""What says that something was not done, whatever else the sentence tells."""


def tells_of_failure(text: str) -> bool:
    """Whether a sentence says in words that something was not done."""
    return _FAILED.search(text) is not None


def status_said(text: str) -> OutcomeStatus | None:
    """What a sentence's words say became of something; None where they say nothing."""
    return next((status for status, pattern in _STATUS if pattern.search(text)), None)


def status_outright(text: str) -> OutcomeStatus | None:
    """What a sentence says became of something in words that leave no doubt."""
    if _REFUSED.search(text) and _AFTER_ALL.search(text):
        return "dropped"
    told = next((status for status, pattern in _OUTRIGHT if pattern.search(text)), None)
    if told is None and _ARRIVED.search(text) and not unreal(text):
        return "done"
    return told


def tells_of_done(text: str) -> bool:
    """Whether a sentence has words for something that is past or there.

    Never done by its subject alone.
    """
    return status_said(text) is not None or bool(
        _THERE.search(text) or PAST_FORMS & set(words(text))
    )


def reports(text: str) -> bool:
    """Whether a sentence tells of what is past."""
    return status_said(text) is not None


def unreal(text: str) -> bool:
    """Whether a sentence plans, supposes or denies."""
    return bool(_AHEAD.search(text) or cues.HYPOTHETICAL.search(text) or cues.NEGATED.search(text))
