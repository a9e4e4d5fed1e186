"""Q4: the answer is not in the question."""

import re

from coach.questions.grammar import asking, clauses_with, tagged
from coach.questions.rules.fault import Fault, first_fault

_NOT = r"n['’]t"

_WE = r"(?:you|we|she|he|they|it|that|this|there|i)"

# Advice that hides in a question opens a clause: "have you tried …" does,
# "what have you tried" does not.
_LEADING_OPENING = re.compile(
    rf"have(?:{_NOT})?\s+you\s+(?:\w+\s+)?(?:considered|tried|thought\s+(?:of|about)"
    r"|looked\s+(?:at|into))\b"
    r"|did\s+you\s+(?:ever\s+|even\s+)?(?:consider|think\s+(?:of|about))\b"
    rf"|(?:do|did|does|is|are|was|were|could|can|ca|would|wo|should|have|has|had){_NOT}\s+(?!is\b"
    r"|was\b)\w+"
    rf"|(?:do|did|does|have|has|had|is|are|was|were|could|can|would|will|should)\s+{_WE}\s+not\b"
    r"|(?:maybe\s+|perhaps\s+)?it(?:['’]s|\s+is|\s+might\s+be)\s+(?:\w+\s+)?time\s+(?:to|for"
    r"|you)\b|try\s+(?:to|\w+ing)\b|consider\s+\w+ing\b"
    r"|should\s+(?:you|we)\b|would\s+you\s+agree\b|do\s+you\s+agree\s+that\b"
    r"|would\s+(?:it|that)\s+(?:not\s+)?(?:be|help|make\s+sense|work)\b|might\s+it\s+(?:be|help)\b"
    r"|(?:i\s+(?:think|believe|feel|guess)\s+(?:that\s+)?|maybe\s+|perhaps\s+)?you\s+(?:\w+ly\s+"
    r"|just\s+)?(?:(?:should|must|ought\s+to)(?!\s+have\b)|had\s+better|need\s+to|have\s+to)\b"
    r"|you['’]d\s+(?:better|do\s+well)\b|why\s+not\s+(?!\?)\w|(?:how|what)\s+about\s+(?:\w+ly\s+"
    r"|just\s+|not\s+)?(?:an?\s+\w|(?!during|anything|everything|something|nothing"
    r"|morning)\w+ing\b)"
    r"|it\s+(?:would|might|could)\s+be\s+(?:\w+\s+)?(?:better|best|good|wise|wiser|smart|smarter"
    r"|helpful|an?\s+idea)\b"
    r"|(?:surely|obviously|of\s+course|clearly),?\s",
    re.IGNORECASE,
)

_LEADING = re.compile(
    rf"why\s+do{_NOT}\s+(?:you|we)\b|should{_NOT}\s+(?:you|we)\b|do{_NOT}\s+you\s+(?:think|agree"
    rf"|feel|want)\b|would{_NOT}\s+it\b"
    r"|(?:what|how\s+about)\s+if\s+(?:you|we)\b|you\s+(?:could|might|may)\s+(?:want|like"
    r"|wish)\s+to\b|you\s+(?:could|might)\s+(?:always\s+|just\s+|simply\s+)?(?:try|consider)\b"
    r"|if\s+i\s+were\s+you|in\s+your\s+(?:place|shoes)\b|\bi(?:['’]d|\s+would)?\s+(?:strongly\s+"
    r"|also\s+)?(?:suggest|recommend|advise|propose|urge)\b"
    r"|my\s+(?:advice|suggestion|recommendation)\s+(?:is|was|would|to|for|here)\b|\bhow\s+(?:does"
    r"|would|do)\s+(?:that|this|it)\s+sound\b|\bwhat\s+do\s+you\s+say\b|from\s+(?:just"
    r"|simply)\s+\w+ing\b|\b(?:surely|obviously)\b",
    re.IGNORECASE,
)


def not_leading(text: str) -> Fault | None:
    """Q4: the question carries no advice and asks for no agreement."""
    tags = [(each, place) for each in asking(text) if (place := tagged(each))]
    for sentence, place in tags:
        start, end = (sentence.start + each for each in place)
        return Fault("Q4", start, end, "asks for agreement: ask for what they think")
    found = [_LEADING.search(text), *clauses_with(text, _LEADING_OPENING)]
    return first_fault("Q4", found, "carries advice: ask for what they think")
