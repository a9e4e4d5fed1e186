"""What became of things: sentences that say something was done, half done, not done, dropped or moved."""

import re
from datetime import date

from coach.engines.embedded import cues
from coach.engines.embedded.dates import days_said
from coach.model import Outcome, OutcomeStatus, Side
from coach.structure import Unit

_STATUS: tuple[tuple[OutcomeStatus, re.Pattern[str]], ...] = (
    (
        "rescheduled",
        re.compile(
            r"(?<!\w)(?:moved|pushed|postponed|rescheduled|delayed|put back|new date|slipped to|shifted|extended|carried(?: over)?|now (?:by|due|for|on))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "dropped",
        re.compile(
            r"(?<!\w)(?:dropped|scrapped|called off|cancelled|canceled|abandoned|given up|gave up|not going to|no longer (?:needed|doing|going|want)|forget (?:it|that)|won['’]t (?:do|happen|be)|off the (?:list|table))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "partly",
        re.compile(
            r"(?<!\w)(?:(?:half|partly|partially|almost|nearly|mostly) (?:done|written|finished|there|way|ready|through|of (?:it|them|the))|half of (?:it|them|the)|halfway|"
            r"(?:some|most|one|two|three) of (?:it|them|the)|in progress|begun|\d+ of (?:the )?\d+|not all|first (?:part|half) (?:is |of )|partly|only (?:half|part|one|two|some))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "not_done",
        re.compile(
            r"(?<!\w)(?:didn['’]?t|did not|haven['’]?t|have not|hasn['’]?t|has not|not yet|not done|not (?:\w+ ){0,3}yet|not (?:been )?(?:\w+ed|written|sent|rung|begun|done|made|bought|built|put|read|shown|taken|met|found)|"
            r"still (?:not|no|to do|open|nothing|waiting|missing|on my list|due)|never (?:got|did|sent|rang|called|happened|wrote|came)|forgot|nobody (?:rang|called|did|sent|asked|wrote|came|went|answered|replied)|"
            r"no (?:page|draft|list|date|call|progress)|nothing (?:sent|done|yet)|didnt|havent|hasnt|untouched)(?!\w)|:[ \t]*no\b",
            re.IGNORECASE,
        ),
    ),
    (
        "done",
        re.compile(
            r"(?<!\w)(?:done|finished|completed|sent|posted|submitted|delivered|handed in|signed|rang|called|booked|paid|wrote|written|went|got|came|met|asked|spoke|talked|"
            r"sat|made|built|ran|read|bought|put|gave|took|found|fixed|shipped|published|is in|are in|went out|ready|arrived|ticked|sorted|settled|showed|shown|approved|answered|"
            r"tried|had|did|started|moved in|turned into|(?!(?:promis|agre|decid|want|need|plan|hop|ask|talk|discuss|wonder|worri|stuck|suppos|expect|mention|offer|call off|suggest|remind|feel|look|seem|happen|learn|realis|realiz|notic|chang|laugh|pleas|interest|annoy|tir|bor|scar|confus|mov|postpon|delay)[a-z]*ed)[a-z]{3,}ed)(?!\w)|[✓✔✅☑]",
            re.IGNORECASE,
        ),
    ),
)
_AHEAD = re.compile(
    r"(?<!\w)(?:will|['’]ll|going to|gonna|to do|want(?:s|ed)? to|hope[sd]? to|meant to|(?:i|we|you|he|she|they) plan(?:s|ned)? to|shall|ask(?:s|ed)? (?:how|why|what|whether|if|me)|(?:my|her|his|the) question)(?!\w)",
    re.IGNORECASE,
)


def outcome(unit: Unit, *, said_by: Side | None, held_on: date) -> Outcome | None:
    """What a sentence may say of something promised earlier; None for plans and questions."""
    if unit.kind == "heading" or unit.text.endswith("?"):
        return None
    status: OutcomeStatus | None = "done" if unit.checked else _status(unit.text)
    if status is None or (status == "done" and not unit.checked and _unreal(unit.text)):
        return None
    new_due = (
        _new_due(unit.text, held_on) if status in {"rescheduled", "not_done", "partly"} else None
    )
    if status == "rescheduled" and new_due is None:
        status = "not_done"
    return Outcome(start=unit.start, end=unit.end, status=status, new_due=new_due, said_by=said_by)


def reports(text: str) -> bool:
    """Whether a sentence tells of what is past."""
    return _status(text) is not None


def _status(text: str) -> OutcomeStatus | None:
    return next((status for status, pattern in _STATUS if pattern.search(text)), None)


def _unreal(text: str) -> bool:
    return bool(_AHEAD.search(text) or cues.HYPOTHETICAL.search(text) or cues.NEGATED.search(text))


def _new_due(text: str, held_on: date) -> date | None:
    ahead = [said.day for said in days_said(text, held_on) if said.day and said.day >= held_on]
    return ahead[-1] if ahead else None
