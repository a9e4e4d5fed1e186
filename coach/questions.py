"""What a good question is: rules with the ids of the field's checklist, used as gates on what is asked.

They find what makes a question bad; passing them does not make one good.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from coach.model import Question
from coach.offered import offered
from coach.question_form import (
    MARK,
    Place,
    Sentence,
    asking,
    clauses_with,
    closed,
    questions_in,
    tagged,
    unquoted,
)
from coach.words import stems

_NOT = r"n['’]t"
_WE = r"(?:you|we|she|he|they|it|that|this|there|i)"
# Advice that hides in a question opens a clause: "have you tried …" does, "what have you tried" does not.
_LEADING_OPENING = re.compile(
    rf"have(?:{_NOT})?\s+you\s+(?:\w+\s+)?(?:considered|tried|thought\s+(?:of|about)|looked\s+(?:at|into))\b"
    rf"|did\s+you\s+(?:ever\s+|even\s+)?(?:consider|think\s+(?:of|about))\b"
    rf"|(?:do|did|does|is|are|was|were|could|can|ca|would|wo|should|have|has|had){_NOT}\s+(?!is\b|was\b)\w+"
    rf"|(?:do|did|does|have|has|had|is|are|was|were|could|can|would|will|should)\s+{_WE}\s+not\b"
    r"|(?:maybe\s+|perhaps\s+)?it(?:['’]s|\s+is|\s+might\s+be)\s+(?:\w+\s+)?time\s+(?:to|for|you)\b|try\s+(?:to|\w+ing)\b|consider\s+\w+ing\b"
    r"|should\s+(?:you|we)\b|would\s+you\s+agree\b|do\s+you\s+agree\s+that\b"
    r"|would\s+(?:it|that)\s+(?:not\s+)?(?:be|help|make\s+sense|work)\b|might\s+it\s+(?:be|help)\b"
    r"|(?:i\s+(?:think|believe|feel|guess)\s+(?:that\s+)?|maybe\s+|perhaps\s+)?you\s+(?:\w+ly\s+|just\s+)?(?:(?:should|must|ought\s+to)(?!\s+have\b)|had\s+better|need\s+to|have\s+to)\b"
    r"|you['’]d\s+(?:better|do\s+well)\b|why\s+not\s+(?!\?)\w|(?:how|what)\s+about\s+(?:\w+ly\s+|just\s+|not\s+)?(?:an?\s+\w|(?!during|anything|everything|something|nothing|morning)\w+ing\b)"
    r"|it\s+(?:would|might|could)\s+be\s+(?:\w+\s+)?(?:better|best|good|wise|wiser|smart|smarter|helpful|an?\s+idea)\b"
    r"|(?:surely|obviously|of\s+course|clearly),?\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    rf"why\s+do{_NOT}\s+(?:you|we)\b|should{_NOT}\s+(?:you|we)\b|do{_NOT}\s+you\s+(?:think|agree|feel|want)\b|would{_NOT}\s+it\b"
    r"|(?:what|how\s+about)\s+if\s+(?:you|we)\b|you\s+(?:could|might|may)\s+(?:want|like|wish)\s+to\b|you\s+(?:could|might)\s+(?:always\s+|just\s+|simply\s+)?(?:try|consider)\b"
    r"|if\s+i\s+were\s+you|in\s+your\s+(?:place|shoes)\b|\bi(?:['’]d|\s+would)?\s+(?:strongly\s+|also\s+)?(?:suggest|recommend|advise|propose|urge)\b"
    r"|my\s+(?:advice|suggestion|recommendation)\s+(?:is|was|would|to|for|here)\b|\bhow\s+(?:does|would|do)\s+(?:that|this|it)\s+sound\b|\bwhat\s+do\s+you\s+say\b|from\s+(?:just|simply)\s+\w+ing\b|\b(?:surely|obviously)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    rf"why\s+(?:did|have|has|had|is|are|was|were|could|can|ca|would|wo|does){_NOT}\b"
    r"|why\s+(?:did|have|has|had|is|are|was|were|do|does|could|can|would|will)\s+(?!it\s)(?:\w+\s+){1,4}?(?:not|never|still|always|only|even|keep|again)\b"
    r"|why\s+(?:did|do|have|has|does)\s+\w+\s+(?:miss|skip|ignore|forget|fail|delay|neglect|avoid|waste|put\s+off|give\s+up|let)(?:e?d|ped)?\b"
    r"|(?:^|[,;–—-]|\band|\bbut)\s*why\s+not\s*(?=[?？!]|$)|\bwhy\s+(?:so|the)\s+(?:late|slow|long|delay|little|few)\b|why\s+on\s+earth\b"
    r"|\bfail(?:ed|ing|ure|s)?\s+to\b|\bneglect(?:ed|ing)?\s+to\b|\b(?:your|whose|her|his|their)\s+(?:own\s+)?fault\b|\bto\s+blame\b|\bat\s+fault\b"
    r"|how\s+come\b|how\s+could\s+you\s+(?:not|possibly|forget|miss|fail|ignore)\b|\bexcuses?\b(?!\s+me)|what\s+were\s+you\s+thinking\b"
    r"|what(?:['’]s|\s+is)\s+(?:wrong\s+with\s+you|your\s+problem)\b|took\s+you\s+so\s+long\b|\blet\s+(?:\w+\s+){1,3}down\b"
    rf"|\byou\s+(?:were|are)\s+supposed\s+to\b|(?:were|are){_NOT}\s+you\s+supposed\s+to\b|\byou(?:['’]ve)?\s+still\s++(?:have|had|did|do|are)?(?:{_NOT}|\s*+not)\b"
    rf"|you\s+(?:did|have|do){_NOT}\s+even\b|when\s+(?:will|are|do)\s+you\s+(?:\w+\s+to\s+|ever\s+)?finally\b|\byet\s+again\b"
    r"|\bwhy\s+\w+\s+(?:nobody|no\s+one|nothing|none)\b|\bwhy\s+would\s+(?:you|anyone)\b|\b(?:on\s+earth|the\s+hell|the\s+heck)\b|\byou\s+(?:should|could|ought\s+to)(?:n['’]t)?\s+have\b"
    r"|\b(?:made|makes|led)\s+you\s+(?:to\s+)?(?:miss|ignore|forget|skip|fail|neglect)\b|\bmanage(?:d)?\s+to\s+(?:miss|forget|ignore|lose|break|ruin)\b"
    r"|\b(?:mess|screw|muck)(?:ed|ing)?\s+(?:\w+\s+)?up\b|\b(?:botched|bungled|ruined)\b|\bdropp?(?:ed)?\s+the\s+ball\b|\bresponsible\s+for\s+(?:the|this|that)\s+(?:delay|mistake|mess|failure|error)\b"
    r"|\bwhose\s+(?:mistake|idea\s+was)\b|\byour\s+(?:failure|mistake|negligence|lack\s+of)\b|\bhow\s+many\s+times\s+(?:do|must|have|did)\s+(?:i|we)\b"
    r"|\bwhy\s+(?:did|do|does|were|was|are|is)\s+(?:\w+\s+){1,5}?(?:so\s+)?late\b|\bwrong\s+with\s+you\b|\bmade\s+you\s+think\s+(?:that|this|it)\s+was\b"
    r"|\byour\s+(?:explanation|justification)\b|\bjustify\b|\bexplain\s+yourself\b|\bonce\s+again\b"
    r"|\b(?:lazy|careless|irresponsible|sloppy|negligent|incompetent|unprofessional|stupid)\b",
    re.IGNORECASE,
)
_PRAISE = r"(?:amazing|fantastic|awesome|brilliant|incredible|outstanding|stellar|superb|wonderful|phenomenal|terrific|marvell?ous|fabulous)"
_WEAK_PRAISE = r"(?:great|good|nice|excellent|lovely|cool|super|perfect|solid|impressive)"
_PRAISED = r"(?:job|work|question|point|progress|effort|start|stuff|going|thinking|to\s+hear|to\s+see|news|reflection|insight|idea|one)"
_FILLER_OPENING = re.compile(
    rf"(?:what\s+an?\s+|such\s+an?\s+|really\s+|very\s+)?(?:{_PRAISE}|{_WEAK_PRAISE})(?:\s+{_PRAISED}\b|\s*[!,.–—]|\s*$)"
    r"|what\s+an?\s+[^.?!]{3,60}!|(?:well\s+done|congrat\w*|kudos|bravo|wow|yay|hooray|hats\s+off|high\s+five|good\s+for\s+you|thumbs\s+up|nice\s+one|way\s+to\s+go|keep\s+it\s+up|love\s+(?:it|that|this|how))\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\bas\s+an?\s+(?:ai|(?:large\s+)?language\s+model|(?:virtual|digital)\s+\w+)\b|\bi\s*(?:am|['’]m)\s+(?:just\s+|only\s+)?an?\s+(?:ai|assistant|(?:large\s+)?language\s+model|model|bot)\b"
    rf"|\b{_PRAISE}\s+{_PRAISED}\b|\byou(?:['’]re|\s+are|['’]ve\s+been|\s+have\s+been|\s+were)\s+(?:doing\s+|such\s+an?\s+|an?\s+|so\s+|really\s+|truly\s+|absolutely\s+|just\s+)*"
    rf"(?:{_PRAISE}|great|excellent|impressive)\b|\byou\s+did\s+(?:so\s+|such\s+|really\s+|an?\s+)*(?:{_PRAISE}|great|excellent)\b"
    rf"|\b(?:that|this|it)(?:['’]s|\s+is|\s+was|\s+sounds)\s+(?:so\s+|really\s+|just\s+|absolutely\s+|truly\s+)*(?:{_PRAISE}|great|excellent|impressive|lovely)\b"
    r"|\bi(?:['’]m|\s+am)\s+(?:so\s+|very\s+|really\s+)*(?:proud|impressed|thrilled)\b|\bi\s+(?:really\s+|just\s+)*(?:love|admire)\s+(?:how|that|your|the\s+way)\b"
    r"|\byou(?:['’]re|\s+are)\s+an?\s+(?:\w+\s+)?(?:star|hero|genius|legend|natural|rockstar|pro|champion|inspiration)\b|\bgreat\s+question\b|\bi\s+hope\s+(?:this|that|you['’]re|you\s+are)\b|\bhope\s+you['’]?(?:re|\s+are)\s+(?:doing\s+)?well\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^”]+)(?:(”)|\Z)")
"""What stands in quote marks, or, where none ends any more, all the rest."""
_LOUD = re.compile(r"[?!？！]{2,}")
_OVERDUE = re.compile(
    r"\b(?:over|past[\s-])due\b|\b(?:was|were)\s+(?:due|planned\s+for|meant\s+(?:to\s+be\s+(?:done|ready)\s+)?(?:by|for))\b|\bmissed\s+(?:\w+\s+){0,2}(?:deadline|date)|\bdeadline\s+(?:has\s+|had\s+)?(?:passed|went|slipped)"
    rf"|\bbehind\s+schedule\b|\bslipp(?:ed|ing)\b|\b(?:still|yet)\s+(?:open|undone|unfinished|outstanding|to\s+do|waiting)\b|\b(?:not|{_NOT})\s+(?:\w+\s+)?(?:been\s+)?(?:done|finished|sent|started|happened)\b"
    r"|\b(?:is|are|was|were|running)\s+late\b|\bdays?\s+late\b",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(?:work(?:ed|s|ing)?\s+(?:well|best|better|out)|worked|(?:that|it|this)\s+work|(?:went|going|goes|gone|go)\s+(?:so\s+)?(?:well|right|best|better)|help(?:ed|s)\b|proud|happy|happiest|glad|pleased|"
    r"success\w*|succeed\w*|achiev\w*|accomplish\w*|won|wins?|strengths?|progress|improv\w+|enjoy\w*|energi[sz]\w+|(?:keep|kept)\s+(?:on\s+)?doing|paid\s+off|made\s+(?:it|that|this)\s+(?:easier|possible)|"
    r"good\s+at|best\s+(?:part|moment)|celebrat\w+|pass(?:ed)|grateful|better\s+than)\b",
    re.IGNORECASE,
)
LONGEST = 25
_LARGEST_SET = 5
_REPEATED = 0.8


class Fault(NamedTuple):
    """Which rule a question breaks, where, and why, in words for its author."""

    rule: str
    start: int
    end: int
    why: str


def _one_question(text: str) -> Fault | None:
    marks = list(MARK.finditer(text))
    if not marks:
        return Fault("Q1", 0, len(text), "asks nothing: end it with a question mark")
    if len(marks) > 1:
        return Fault(
            "Q1", marks[1].start(), marks[1].end(), f"asks {len(marks)} questions: ask exactly one"
        )
    asked = [place for sentence in asking(text) for place in _within(text, sentence)]
    if len(asked) > 1:
        return Fault("Q1", *asked[1], "joins a second question: ask it on its own")
    return None


def _within(text: str, sentence: Sentence) -> Iterator[Place]:
    for place in questions_in(sentence):
        yield Place(sentence.start + place.start, sentence.start + place.end)


def _open_question(text: str) -> Fault | None:
    for sentence in asking(text):
        if place := closed(sentence):
            start, end = (sentence.start + each for each in place)
            why = "can be answered with yes or no: start with what or how"
            return Fault("Q2", start, end, why)
    return _alternatives(text)


def _alternatives(text: str) -> Fault | None:
    ends = [sentence.end for sentence in asking(text)]
    found = [place for end in ends if (place := offered(text, end))]
    return _first("Q2", found, "offers two answers: leave the answer open")


def _concise(text: str) -> Fault | None:
    many = sum(any(sign.isalnum() for sign in word) for word in text.split())
    if many > LONGEST:
        return Fault("Q3", 0, len(text), f"has {many} words: at most {LONGEST}")
    return _first("Q3", _parentheses(unquoted(text)), "has a parenthesis: say one thing")


def _parentheses(text: str) -> Iterator[tuple[int, int]]:
    """The first one of each kind: where that is not closed, no later one is."""
    for opens, closes in ("()", "[]"):
        start = text.find(opens)
        end = text.find(closes, start + 1)
        if 0 <= start < end:
            yield start, end + 1


def _not_leading(text: str) -> Fault | None:
    tags = [(each, place) for each in asking(text) if (place := tagged(each))]
    for sentence, place in tags:
        start, end = (sentence.start + each for each in place)
        return Fault("Q4", start, end, "asks for agreement: ask for what they think")
    found = [_LEADING.search(text), *clauses_with(text, _LEADING_OPENING)]
    return _found("Q4", found, "carries advice: ask for what they think")


def _no_blame(text: str) -> Fault | None:
    return _found("Q5", [_BLAME.search(text)], "sounds like a trial: ask what happened")


def _register(text: str) -> Fault | None:
    found = [_FILLER.search(text), *clauses_with(text, _FILLER_OPENING)]
    return _found("Q21", found, "has filler: leave it out") or _found(
        "Q21", [_LOUD.search(text)], "is loud: one question mark is enough"
    )


RULES: dict[str, Callable[[str], Fault | None]] = {
    "Q1": _one_question,
    "Q2": _open_question,
    "Q3": _concise,
    "Q4": _not_leading,
    "Q5": _no_blame,
    "Q21": _register,
}
"""The rules that a question's text alone decides; each sees it with what it quotes blanked out."""

NOT_CHECKED = tuple(
    f"Q{number}" for number in range(1, 25) if f"Q{number}" not in RULES and number != 20
)
"""The rules of the checklist that need the notes, the contract or a person to decide."""


def faults(text: str) -> tuple[Fault, ...]:
    """Every rule that one question breaks, with places in code points."""
    blanked = unquoted(text)
    said = dict.fromkeys(RULES, blanked) | {"Q3": text}
    return tuple(fault for name, rule in RULES.items() if (fault := rule(said[name])))


class SetFault(NamedTuple):
    """Which rule a set of questions breaks, and why."""

    rule: str
    why: str


def set_faults(texts: Sequence[str]) -> tuple[SetFault, ...]:
    """Q20: one to five, at most one about what is overdue, one about what worked; a single one is no set to balance."""
    broken: list[str] = []
    if not 1 <= len(texts) <= _LARGEST_SET:
        broken.append(f"{len(texts)} questions: one to {_LARGEST_SET} are enough")
    overdue = sum(bool(_OVERDUE.search(text)) for text in texts)
    if overdue > 1:
        broken.append(f"{overdue} questions about what is overdue: at most one")
    if len(texts) > 1 and not any(_WORKED.search(text) for text in texts):
        broken.append("no question about what worked: ask at least one")
    return tuple(SetFault("Q20", why) for why in broken)


def grounded(question: Question) -> bool:
    """Q6: it quotes words that it cites."""
    quoted = [each.group(1) for each in _QUOTED.finditer(question.text) if each[2]]
    cited = " ".join(" ".join(citation.quote.split()) for citation in question.citations)
    return bool(question.citations) and all(stems(quote) <= stems(cited) for quote in quoted)


def chosen(offered: Iterable[Question], *, limit: int = _LARGEST_SET) -> tuple[Question, ...]:
    """The questions of a set that keep every rule, in their order.

    Q15: none says again what another one asked. Q20: at most five, at most one about what is overdue.
    """
    kept: list[Question] = []
    for question in offered:
        if len(kept) == limit:
            break
        # What is quick to see comes first: most of a long offer falls by it.
        if question.intent == "commitment" and any(each.intent == "commitment" for each in kept):
            continue
        if _repeats(question, kept) or faults(question.text) or not grounded(question):
            continue
        kept.append(question)
    return tuple(kept)


def _repeats(question: Question, others: Sequence[Question]) -> bool:
    said = stems(question.text)
    for other in others:
        common = said & stems(other.text)
        if said and len(common) / len(said) >= _REPEATED:
            return True
        if {(each.note_id, each.start) for each in question.citations} & {
            (each.note_id, each.start) for each in other.citations
        }:
            return True
    return False


def _found(rule: str, marks: Iterable[re.Match[str] | None], why: str) -> Fault | None:
    """The fault at the first place that was found."""
    return _first(rule, (mark.span() for mark in marks if mark and mark[0].strip()), why)


def _first(rule: str, places: Iterable[tuple[int, int]], why: str) -> Fault | None:
    place = min(places, default=None)
    return Fault(rule, *place, why) if place else None
