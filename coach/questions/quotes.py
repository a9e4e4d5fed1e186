"""Which words of a sentence a question may quote: few, whole, and such as no other pair would have said."""

import re
from collections.abc import Iterator

from coach.agreement.goals import GENERIC
from coach.language.words import STOP_WORDS, count, stems, words

_SHORTEST = 4
LONGEST = 13
_FEW, _MANY = 2, 3
_LABEL = re.compile(r"^[^\W\d_][\w '()/-]{1,30}:\s+|^\d{1,2}[.)]?\s+(?=[A-Z])")
_CLAUSE_END = re.compile(r"(?:[;:!.…]|,|\s[-–—])\s+")
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

# Stems that one in six mentorships or more has: the labelled ones that rules may be made from, names and figures left out.
_EVERYDAY = frozenset(
    """
    abov abt accept account act actual add afraid against age agenda agre agreement allow
    almost alon aloud alway anoth answer anybodi anyway appar appli applic around asham ask
    attend autumn bad bag becom begin behind believ bench besid best better between big bin
    bit blank board book boss box break breath bring budget build bus busi buy cake calendar
    call came cancel car card carri case cent chair chang chapter child children choos
    christma class clean clear clock close coat code coffe cold come comment compani
    complain confirm consult copi correct cost count counti cours cousin cover cri cross
    custom cut date day dead deal dear decid decis degre desk didnt die director dock doctor
    dog door doubl doubt draft draw drive drop ear earli easter eat eight eighth eighti
    eleven end engin english enjoy eve evening everybodi everyth exact exam except excus
    exist expect explain eye face fail fair fall far fast fault fear feedback feel fever
    field fifteen fifth fifti fight figur file fill film final find fine finish fire first
    five fix floor folder follow forget form forti four fourteen fourteenth fourth frame
    free freez fridg friend frighten front full gave give given goal good green guy half
    hand hang happen happi he'd head hear help hire hold holiday home honest hope hot hour
    hous hrs hundr hurt idea inform ink insid instead interest interview item job joke
    junior keep kid kill kind kitchen knew know ladi land laptop late later laugh lay lead
    learn leav lend letter lie lift light like line link list listen liter littl live load
    long look lose lot loud love lunch ma'am machin mad mail make man manag margin mark max
    mean measur meet memori mentor min mind mine minut miss mistak moment money month morn
    most mother mouth move mum name near need negoti neither news nice night nine nineteen
    nineti ninth nobodi nod none note notic number observ offer offic offici old one open
    order other otherwis outsid page pair panel paper paragraph park part pass pay pen
    pencil peopl percent perhap permiss person phone photo pick place plan play point polish
    polit post practic prais prepar present price problem project promis proper proud public
    push quarter question quiet quit quot rain rais reach read readi real reason record red
    remark repair repli report resign rest return review ring road room round row rule run
    saw say scare school screen seat second see seen sell send senior sentenc set seven
    seventi shake shall share she'd she'll sheet shift shoot shop short shout show shut sick
    side sign signatur silenc singl sit six sixth sixti skip sleep slide slip slow small
    somebodi sooner sorri sort sound speak split spring staff stand start stay stick stop
    stori straight stranger student stuff summer suppos sure surpris tabl take talk teach
    team telephon tell ten terribl test text thank that they'll think third thirteenth
    thirti thirtieth three throw thursday ticket time tire tonight total touch train tri
    truck true trust truth turn twelv twenti twentieth twice type understand unit use van
    version visit voic wait wake walk wall want watch water wed weekend wet whether who
    whole whom wife win window wish woman word work worri wors write wrong year yrs zero
    """.split()
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


def telling(text: str, *, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of a text that few other pairs would use."""
    said = stems(text) - _EVERYDAY - names
    return frozenset(stem for stem in said if not stem[0].isdigit())


def _candidates(text: str, longest: int) -> Iterator[str]:
    """Runs of whole clauses that are short enough."""
    ends = [0, *(mark.end() for mark in _CLAUSE_END.finditer(text)), len(text)]
    for first, start in enumerate(ends[:-1]):
        if text[:start].rstrip()[-1:] == "," and not _SUBJECT.match(text, start):
            continue
        for end in ends[first + 1 :]:
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
