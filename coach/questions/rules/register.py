"""Q21: neither praise, nor filler, nor shouting."""

import re

from coach.questions.grammar import clauses_with
from coach.questions.rules.fault import Fault, first_fault

_PRAISE = (
    r"(?:amazing|fantastic|awesome|brilliant|incredible|outstanding|stellar|superb|wonderful"
    r"|phenomenal|terrific|marvell?ous|fabulous)"
)

_WEAK_PRAISE = r"(?:great|good|nice|excellent|lovely|cool|super|perfect|solid|impressive)"

_PRAISED = (
    r"(?:job|work|question|point|progress|effort|start|stuff|going|thinking|to\s+hear|to\s+see"
    r"|news|reflection|insight|idea|one)"
)

_FILLER_OPENING = re.compile(
    rf"(?:what\s+an?\s+|such\s+an?\s+|really\s+|very\s+)?(?:{_PRAISE}"
    rf"|{_WEAK_PRAISE})(?:\s+{_PRAISED}\b|\s*[!,.–—]|\s*$)"
    r"|what\s+an?\s+[^.?!]{3,60}!|(?:well\s+done|congrat\w*|kudos|bravo|wow|yay|hooray|hats\s+off"
    r"|high\s+five|good\s+for\s+you|thumbs\s+up|nice\s+one|way\s+to\s+go|keep\s+it\s+up"
    r"|love\s+(?:it|that|this|how))\b",
    re.IGNORECASE,
)

_FILLER = re.compile(
    r"\bas\s+an?\s+(?:ai|(?:large\s+)?language\s+model|(?:virtual|digital)\s+\w+)\b|\bi\s*(?:am"
    r"|['’]m)\s+(?:just\s+|only\s+)?an?\s+(?:ai|assistant|(?:large\s+)?language\s+model|model"
    r"|bot)\b"
    rf"|\b{_PRAISE}\s+{_PRAISED}\b|\byou(?:['’]re|\s+are|['’]ve\s+been|\s+have\s+been"
    r"|\s+were)\s+(?:doing\s+|such\s+an?\s+|an?\s+|so\s+|really\s+|truly\s+|absolutely\s+"
    r"|just\s+)*"
    rf"(?:{_PRAISE}|great|excellent|impressive)\b|\byou\s+did\s+(?:so\s+|such\s+|really\s+"
    rf"|an?\s+)*(?:{_PRAISE}|great|excellent)\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+is|\s+was|\s+sounds)\s+(?:so\s+|really\s+|just\s+"
    rf"|absolutely\s+|truly\s+)*(?:{_PRAISE}|great|excellent|impressive|lovely)\b"
    r"|\bi(?:['’]m|\s+am)\s+(?:so\s+|very\s+|really\s+)*(?:proud|impressed|thrilled)\b"
    r"|\bi\s+(?:really\s+|just\s+)*(?:love|admire)\s+(?:how|that|your|the\s+way)\b"
    r"|\byou(?:['’]re|\s+are)\s+an?\s+(?:\w+\s+)?(?:star|hero|genius|legend|natural|rockstar|pro"
    r"|champion|inspiration)\b|\bgreat\s+question\b|\bi\s+hope\s+(?:this|that|you['’]re"
    r"|you\s+are)\b|\bhope\s+you['’]?(?:re|\s+are)\s+(?:doing\s+)?well\b",
    re.IGNORECASE,
)

QUOTED = re.compile(r"“([^”]+)(?:(”)|\Z)")
"""What stands in quote marks, or, where none ends any more, all the rest."""

_LOUD = re.compile(r"[?!？！]{2,}")


def register(text: str) -> Fault | None:
    """Q21: no praise, no filler, not loud."""
    found = [_FILLER.search(text), *clauses_with(text, _FILLER_OPENING)]
    return first_fault("Q21", found, "has filler: leave it out") or first_fault(
        "Q21", [_LOUD.search(text)], "is loud: one question mark is enough"
    )
