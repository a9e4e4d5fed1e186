"""What nobody means: a promise that cannot be kept, or that says itself that it is a joke."""

import re

_SAYS_SO = re.compile(
    r"(?<!\w)(?:jk|(?:just |only |half )?(?:joking|kidding)|as a joke|in my dreams|when pigs fly"
    r"|when hell freezes|over my dead body)(?!\w)"
    r"|^\W{0,3}(?:oh |yeah |yes )?(?:sure|right|of course|obviously"
    r"|naturally)\b.{1,120}\bwhile i['’]?m at it\b",
    re.IGNORECASE,
)
"""A laugh behind a promise says nothing: many end each line with one."""
_IMPOSSIBLE = re.compile(
    r"(?<!\w)(?:clone (?:myself|himself|herself|me|you)|(?:move|emigrate|fly|retire|run away"
    r"|escape) to (?:the moon|mars|a desert island|a monastery|tahiti|bali)|(?:join|run off with"
    r"|run away with) (?:the|a) (?:circus|convent|monastery|foreign legion)|"
    r"become (?:a|an) (?:monk|nun|hermit|astronaut|goat|goatherd|lion tamer)|raise (?:goats"
    r"|alpacas|llamas)|eat (?:my|his|her) (?:own )?(?:hat|boots?|shoes?|words)|sell (?:my|his"
    r"|her) (?:soul|kidneys?|grandmother|granny|mother)|"
    r"win the lottery|rob a bank|grow (?:a second head|a third arm|wings)|invent a time machine"
    r"|stop time|walk on water|live in (?:a cave|the woods|my car)|set (?:it|the \w+"
    r"|myself) on fire|throw (?:it|myself|the \w+) (?:out of|off|into) (?:the|a) (?:window|bridge"
    r"|roof|sea|river|lake|harbour)|"
    r"in (?:my|a|another|the) next life|sleep when i['’]?m dead|work (?:25|twenty-five|48"
    r"|thirty) hours a day)(?!\w)",
    re.IGNORECASE,
)


def in_jest(text: str) -> bool:
    """Whether what a sentence promises is not meant."""
    return _IMPOSSIBLE.search(text) is not None or _SAYS_SO.search(text) is not None
