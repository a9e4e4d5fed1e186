"""Finds passages that give orders to a machine that reads them.

They say nothing about the two people, so nothing may rest on them.
"""

import re

_ORDERS = r"""
(?<!\w)(?:ignore|disregard|forget|override|bypass)\ (?:\w+\ ){0,4}?
  (?:rules?|instructions?|prompts?|guidelines|clauses?|warnings?)(?!\w)
|(?:^\W*|[.:;,!]\ |(?<!\w)(?:please|must|should|to|then|and)\ )
  (?:reply|respond|answer|output|print)
  \ (?:only|nothing\ but|exactly|verbatim|with|in|innocent)(?!\w)
|(?<!\w)(?:in|of|to|modify|end|begin|start)\ your\ (?:next\ )?
  (?:response|answer|output|reply|summary|brief|report)(?!\w)
|(?<!\w)(?:system|developer)\ (?:prompt|instruction|message|override)s?(?!\w)
|^\W*(?:system|assistant|model|machine|ai)\ ?[:,]
|(?<!\w)(?:language\ model|llm|as\ an\ ai|you\ are\ (?:now\ )?an?\ (?:ai|assistant|model))(?!\w)
|(?<!\w)(?:mark|label|treat|classify|rate|report|score|flag)\ (?:\w+\ ){0,3}?
  (?:clauses?|passages?|lines?|verdict|warnings?|severity)\ (?:\w+\ ){0,3}?as(?!\w)
|(?<!\w)(?:verdict|severity|certainty|audience|likelihood)\ ?(?:[:=]|is|to|must|should|innocent)
|(?<!\w)(?:raise|report|show|give|emit|return)\ (?:\w+\ ){0,3}?(?:warnings?|drift|signals?)(?!\w)
|\{\ ?["'“]\w+["'”]\ ?:|["'”]\}\ ?\]
|<\s{0,3}/?\s{0,3}(?:notes?|clauses?|system|context|instructions?)\s{0,3}>
"""
_TO_A_MACHINE = re.compile(_ORDERS, re.IGNORECASE | re.VERBOSE)


def speaks_to_a_machine(text: str) -> bool:
    """Whether a passage gives orders to its reader."""
    return _TO_A_MACHINE.search(" ".join(text.split())) is not None
