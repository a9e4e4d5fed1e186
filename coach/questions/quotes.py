"""Chooses the words of a sentence that a question may quote.

They are few, whole, and such as no other pair would have said.
"""

import re
from collections.abc import Iterator

from coach.agreement.goals import GENERIC
from coach.language.everyday import telling
from coach.language.words import STOP_WORDS, count, stems, words

_SHORTEST = 4
_SHORTEST_TASK = 3
"""What is to be done has a verb and a thing: “tell the manager”."""
LONGEST = 16
_FULL_LINE = 60
"""A shorter line was ended by its author; mail programs wrap at 65 to 80 signs."""
_FEW, _MANY = 2, 3
_LABEL = re.compile(
    r"(?:\d{1,3}[.)]?\s+(?=[A-Z\d]))?(?:\[?\d{1,2}[:.]\d\d\]?\s+)?"
    r"(?:[^\W\d_][\w '()/-]{1,30}:\s+)?"
)
"""A line's number, its time of day, and what it is called: “58 23:44 doubt: …”."""
_OPEN = re.compile(r"doubt|worr|fear|concern|question", re.IGNORECASE)
"""A label by which its author says that something is open: then words of everybody will do."""
_CLAUSE_END = re.compile(r"(?:[;:!.…]|,|\s[-–—])\s+")
_GOES_ON = re.compile(r"\s*[\w(“\"'‘]")
"""What a wrapped line goes on with: no bullet, picture or mark of a list."""
_CONDITION = re.compile(
    r"(?:if|when|unless|once|because|since|although|though|while|until|whether|as long as)\b",
    re.IGNORECASE,
)
"""What a clause hangs on: neither may be quoted without the other."""
_BUT = re.compile(r"(?<![\s,]),?\s+but\s+(?=(?:I|he|she|we|they|it|there)\b)")
"""What follows is what a sentence is about; what stands before may not be quoted without it."""
_NEVER_QUOTED = re.compile(r"[?“”\"()\[\]]")
"""Marks that break a quotation up; the one that ends a question is left out with it."""
_LEANS_BACK = re.compile(
    r"(?:and|but|so|because|which|who|whom|that|whether|then|or|nor|than|if|though|although|while"
    r"|by then|not to)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:I|he|she|we|they|it|nobody|somebody|everybody|there)(?:['’]\w+)?\s")
NO_START = re.compile(
    r"(?:in|on|at|by|from|with|of|for|to|as|over|before|after|until|into|about|under|against"
    r"|between|through|without|like|too|also|just|only|even|please|yes|no|well)\b"
    r"(?! (?:whom?|what|which|whose|where|when)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:(?:for|to|with|from|about|at|in|by) )?(?:who|whom|whose|what|which|where|when|why|how)\b"
    r"|(?:am|is|are|was|were|do|does|did|has|have|can|could|will|would|should|may|must)"
    r" (?:i|we|he|she|they|it|there|the|my|our)\b",
    re.IGNORECASE,
)
_WHOLE_QUESTION = 5
"""A question of so many words says what it asks, in words of everybody too."""
LEANS_ON = re.compile(
    r"\b(?:the|an?|of|to|that|and|or|but|with|for|from|in|on|at|by|my|his|her|our|their|your|is"
    r"|was|are|were|be|has|had|have|will|would|as|if|no|not|so|than|because|when|whether|about"
    r"|like|said|says)$",
    re.IGNORECASE,
)
_MAY_END = re.compile(r"\b(?:to|of|for|with|in|on|at|by|about|like|is|are|be|has|had|have)$")
"""What may stand last where the sentence ends, too: “what training the lead has to have”."""
_SPEAKS_TO = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)

_DAY = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b"
)


def quotable(
    text: str, *, names: frozenset[str] = frozenset(), longest: int = LONGEST
) -> str | None:
    """Return the best few words of a text to quote, None where there are none.

    Names alone tell nothing.
    """
    label, text = text[: _label(text)], text[_label(text) :]
    named = 2 * bool(_OPEN.search(label))
    found = {each: _worth(each, text, names=names) + named for each in _candidates(text, longest)}
    best = max(found, key=lambda each: found[each], default=None)
    return best if best is not None and found[best] > 0 else None


def lines_of(text: str) -> list[str]:
    """Return the lines of a note's text that are sentences of their own.

    A line that ends near the width of a page goes on in the next one.
    """
    joined: list[str] = []
    runs_on = False
    for line in text.splitlines():
        if runs_on and _GOES_ON.match(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        runs_on = len(line) >= _FULL_LINE
    return [each for each in joined if each.strip()]


def openings(text: str, *, longest: int = LONGEST) -> list[str]:
    """The first whole clauses of a text, the most first; none where they tell nothing."""
    text = text[_label(text) :]
    found = _candidates(text, longest, shortest=_SHORTEST_TASK)
    runs = {each for each in found if text.startswith(each)}
    return sorted((each for each in runs if len(stems(each)) >= _FEW), key=len, reverse=True)


def worth(quote: str, *, names: frozenset[str] = frozenset()) -> float:
    """How much a quote tells of the two people's own matters."""
    return _worth(quote, quote, names=names)


def _label(text: str) -> int:
    """Where a text begins behind its label."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def _candidates(text: str, longest: int, *, shortest: int = _SHORTEST) -> Iterator[str]:
    """Runs of whole clauses that are short enough."""
    turns = {mark.end() for mark in _BUT.finditer(text)}
    ended = (mark.end() for mark in _CLAUSE_END.finditer(text))
    clauses = {end for end in ended if not text.startswith("but ", end)}
    ends = [0, *sorted(clauses | turns), len(text)]
    for first, start in enumerate(ends[:-1]):
        if text[:start].rstrip()[-1:] == "," and (
            not _SUBJECT.match(text, start) or _CONDITION.match(text, ends[first - 1])
        ):
            continue
        for end in ends[first + 1 :]:
            if end in turns or (end < len(text) and _CONDITION.match(text, start)):
                continue
            run = text[start:end].strip(" .,;:!?…-–—*•")
            if count(run) > min(longest, LONGEST):
                break
            if count(run) >= shortest and not _broken(run, text[end:]):
                yield run


def _broken(run: str, behind: str) -> bool:
    """Whether a quotation would break off, or hold marks that end it too early."""
    if _NEVER_QUOTED.search(run):
        return True
    return bool(LEANS_ON.search(run)) and not (_MAY_END.search(run) and not behind)


def asks(quote: str, text: str) -> bool:
    """Whether the quoted words of a text are a whole question that somebody asked."""
    behind = text.partition(quote)[2]
    return behind[:1] == "?" and bool(_ASKS.match(quote)) and count(quote) >= _WHOLE_QUESTION


def _worth(quote: str, text: str, *, names: frozenset[str]) -> float:
    days = len(_DAY.findall(quote))
    own = len(telling(quote, names=names)) + days
    plain = stems(quote) - names - GENERIC
    meaning = sum(not stem[0].isdigit() for stem in plain) + days
    if meaning < (_FEW if own else _MANY) and not asks(quote, text):
        return 0.0
    opens = text.lstrip("*•- ").startswith(quote)
    leans = bool(_LEANS_BACK.match(quote))
    if not opens and (leans or NO_START.match(quote)):
        return 0.0
    spoken = any(word in STOP_WORDS for word in words(quote))
    worth = 1 + min(meaning, 6) + 2 * min(own, 3) + 4 * opens + spoken + _ends(quote, text)
    return worth - 3 * leans - 3 * bool(_SPEAKS_TO.search(quote))


def _ends(quote: str, text: str) -> bool:
    """Whether a sentence ends where the quote does."""
    behind = text.partition(quote)[2]
    return behind[:1] in {"", ".", "!", ";", "…"}
