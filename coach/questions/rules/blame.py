"""Q5: nobody is blamed."""

import re

from coach.questions.rules.fault import Fault, first_fault

_NOT = r"n['’]t"

_BLAME = re.compile(
    rf"why\s+(?:did|have|has|had|is|are|was|were|could|can|ca|would|wo|does){_NOT}\b"
    r"|why\s+(?:did|have|has|had|is|are|was|were|do|does|could|can|would"
    r"|will)\s+(?!it\s)(?:\w+\s+){1,4}?(?:not|never|still|always|only|even|keep|again)\b"
    r"|why\s+(?:did|do|have|has|does)\s+\w+\s+(?:miss|skip|ignore|forget|fail|delay|neglect|avoid"
    r"|waste|put\s+off|give\s+up|let)(?:e?d|ped)?\b"
    r"|(?:^|[,;–—-]|\band|\bbut)\s*why\s+not\s*(?=[?？!]|$)|\bwhy\s+(?:so|the)\s+(?:late|slow|long"
    r"|delay|little|few)\b|why\s+on\s+earth\b"
    r"|\bfail(?:ed|ing|ure|s)?\s+to\b|\bneglect(?:ed|ing)?\s+to\b|\b(?:your|whose|her|his"
    r"|their)\s+(?:own\s+)?fault\b|\bto\s+blame\b|\bat\s+fault\b"
    r"|how\s+come\b|how\s+could\s+you\s+(?:not|possibly|forget|miss|fail|ignore)\b"
    r"|\bexcuses?\b(?!\s+me)|what\s+were\s+you\s+thinking\b"
    r"|what(?:['’]s|\s+is)\s+(?:wrong\s+with\s+you|your\s+problem)\b|took\s+you\s+so\s+long\b"
    r"|\blet\s+(?:\w+\s+){1,3}down\b"
    rf"|\byou\s+(?:were|are)\s+supposed\s+to\b|(?:were|are){_NOT}\s+you\s+supposed\s+to\b"
    rf"|\byou(?:['’]ve)?\s+still\s++(?:have|had|did|do|are)?(?:{_NOT}|\s*+not)\b"
    rf"|you\s+(?:did|have|do){_NOT}\s+even\b|when\s+(?:will|are|do)\s+you\s+(?:\w+\s+to\s+"
    r"|ever\s+)?finally\b|\byet\s+again\b"
    r"|\bwhy\s+\w+\s+(?:nobody|no\s+one|nothing|none)\b|\bwhy\s+would\s+(?:you|anyone)\b"
    r"|\b(?:on\s+earth|the\s+hell|the\s+heck)\b|\byou\s+(?:should|could"
    r"|ought\s+to)(?:n['’]t)?\s+have\b"
    r"|\b(?:made|makes|led)\s+you\s+(?:to\s+)?(?:miss|ignore|forget|skip|fail|neglect)\b"
    r"|\bmanage(?:d)?\s+to\s+(?:miss|forget|ignore|lose|break|ruin)\b"
    r"|\b(?:mess|screw|muck)(?:ed|ing)?\s+(?:\w+\s+)?up\b|\b(?:botched|bungled|ruined)\b"
    r"|\bdropp?(?:ed)?\s+the\s+ball\b|\bresponsible\s+for\s+(?:the|this|that)\s+(?:delay|mistake"
    r"|mess|failure|error)\b"
    r"|\bwhose\s+(?:mistake|idea\s+was)\b|\byour\s+(?:failure|mistake|negligence|lack\s+of)\b"
    r"|\bhow\s+many\s+times\s+(?:do|must|have|did)\s+(?:i|we)\b"
    r"|\bwhy\s+(?:did|do|does|were|was|are|is)\s+(?:\w+\s+){1,5}?(?:so\s+)?late\b"
    r"|\bwrong\s+with\s+you\b|\bmade\s+you\s+think\s+(?:that|this|it)\s+was\b"
    r"|\byour\s+(?:explanation|justification)\b|\bjustify\b|\bexplain\s+yourself\b|\bonce\s+again\b"
    r"|\b(?:lazy|careless|irresponsible|sloppy|negligent|incompetent|unprofessional|stupid)\b",
    re.IGNORECASE,
)


def no_blame(text: str) -> Fault | None:
    """Q5: nobody is put on trial."""
    return first_fault("Q5", [_BLAME.search(text)], "sounds like a trial: ask what happened")
