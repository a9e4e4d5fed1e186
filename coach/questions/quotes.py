"""Which words of a sentence a question may quote: few, whole, and such as no other pair would have said."""

import re
from collections.abc import Iterator

from coach.agreement.goals import GENERIC
from coach.language.everyday import telling
from coach.language.words import STOP_WORDS, count, stems, words

_SHORTEST = 4
LONGEST = 15
_FEW, _MANY = 2, 3
_LABEL = re.compile(r"^[^\W\d_][\w '()/-]{1,30}:\s+|^\d{1,2}[.)]?\s+(?=[A-Z])")
_CLAUSE_END = re.compile(r"(?:[;:!.…]|,|\s[-–—])\s+")
_CONDITION = re.compile(
    r"(?:if|when|unless|once|because|since|although|though|while|until|whether|as long as)\b",
    re.IGNORECASE,
)
"""What a clause hangs on: neither may be quoted without the other."""
_BUT = re.compile(r"(?<![\s,]),?\s+but\s+(?=(?:I|he|she|we|they|it|there)\b)")
"""What follows is what a sentence is about; what stands before may not be quoted without it."""
_NEVER_QUOTED = re.compile(r"[?“”\"()\[\]]")
_LEANS_BACK = re.compile(
    r"(?:and|but|so|because|which|who|whom|that|whether|then|or|nor|than|if|though|although|while|by then|not to)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:I|he|she|we|they|it|nobody|somebody|everybody|there)(?:['’]\w+)?\s")
_NO_START = re.compile(
    r"(?:in|on|at|by|from|with|of|for|to|as|over|before|after|until|into|about|under|against|between|through|without|like|too|also|"
    r"just|only|even|please|yes|no|well)\b",
    re.IGNORECASE,
)
_LEANS_ON = re.compile(
    r"\b(?:the|an?|of|to|that|and|or|but|with|for|from|in|on|at|by|my|his|her|our|their|your|is|was|are|were|be|has|had|have|will|"
    r"would|as|if|no|not|so|than|because|when|whether|about|like|said|says)$",
    re.IGNORECASE,
)
_SPEAKS_TO = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)

_DAY = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b"
)


def quotable(
    text: str, *, names: frozenset[str] = frozenset(), longest: int = LONGEST
) -> str | None:
    """The best few words of a text to quote, None where there are none; names alone tell nothing."""
    found = {
        each: _worth(each, text, names=names) for each in _candidates(_LABEL.sub("", text), longest)
    }
    best = max(found, key=lambda each: found[each], default=None)
    return best if best is not None and found[best] > 0 else None


def opening(text: str, *, longest: int = LONGEST) -> str | None:
    """The first whole clauses of a text, as many as fit, None where they tell nothing."""
    text = _LABEL.sub("", text)
    runs = [each for each in _candidates(text, longest) if text.startswith(each)]
    best = max(runs, key=len, default=None)
    return best if best is not None and len(stems(best)) >= _FEW else None


def worth(quote: str, *, names: frozenset[str] = frozenset()) -> float:
    """How much a quote tells of the two people's own matters."""
    return _worth(quote, quote, names=names)


def _candidates(text: str, longest: int) -> Iterator[str]:
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
            run = text[start:end].strip(" .,;:!…-–—*•")
            if count(run) > min(longest, LONGEST):
                break
            if (
                count(run) >= _SHORTEST
                and not _NEVER_QUOTED.search(run)
                and not _LEANS_ON.search(run)
            ):
                yield run


def _worth(quote: str, text: str, *, names: frozenset[str]) -> float:
    days = len(_DAY.findall(quote))
    own = len(telling(quote, names=names)) + days
    plain = stems(quote) - names - GENERIC
    meaning = sum(not stem[0].isdigit() for stem in plain) + days
    if meaning < (_FEW if own else _MANY):
        return 0.0
    opens = text.lstrip("*•- ").startswith(quote)
    leans = bool(_LEANS_BACK.match(quote))
    if not opens and (leans or _NO_START.match(quote)):
        return 0.0
    spoken = any(word in STOP_WORDS for word in words(quote))
    worth = min(meaning, 6) + 2 * min(own, 3) + 4 * opens + spoken + _ends(quote, text)
    return worth - 3 * leans - 3 * bool(_SPEAKS_TO.search(quote))


def _ends(quote: str, text: str) -> bool:
    """Whether a sentence ends where the quote does."""
    behind = text.partition(quote)[2]
    return behind[:1] in {"", ".", "!", ";", "…"}
