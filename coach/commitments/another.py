"""Whether a report speaks of another thing than a promise, though it shares words with it.

`I rang Matt` says nothing of `ring Kev`, `page three came` nothing of `page two`, and `sent Matt
the plan` nothing of `send Kev the plan`.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from coach.language.words import stems

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+|[,;:.!?()–—\n]")
_ENDS = frozenset(",;:.!?()–—\n") | frozenset(
    """
    and but so because then which who that when while after before from at on in by until till
    during since over under into as if though although
    """.split()
)
"""What ends the words that a deed is done to."""
_DOERS = frozenset(
    """
    i we he she they you it has have had just also already finally did who to both
    """.split()
)
"""Words before a deed that are never what it is done to."""
_PASSIVE = frozenset("was were is are been be got".split())
_REACH = 4
"""So many words before or behind a deed tell what it is done to."""
_TOWARDS = frozenset("to with for from".split())
_POINTING = frozenset("you me him her them us it".split())
_NUMBERS = {
    word: number
    for number, names in enumerate(
        """
        one first|two second|three third|four fourth|five fifth|six sixth|seven seventh
        |eight eighth|nine ninth|ten tenth|eleven eleventh|twelve twelfth
        """.split("|"),
        start=1,
    )
    for word in names.split()
}


def another_thing(
    said: str, promised: frozenset[str], deeds: frozenset[str], *, names: frozenset[str]
) -> bool:
    """Whether the deeds that a sentence shares with a promise are done to something else there."""
    tokens = _TOKEN.findall(said)
    done_to = [
        _done_to(tokens, at) - names for at, token in enumerate(tokens) if stems(token) & deeds
    ]
    return bool(done_to) and all(each and not each & promised for each in done_to)


def another_person(said: str, promised: str, *, deeds: frozenset[str]) -> bool:
    """Whether a sentence names somebody for the deed, and nobody whom the promise names for it."""
    meant = _people(promised, deeds)
    told = _people(said, deeds)
    words = {token.lower() for token in _TOKEN.findall(said)}
    return bool(meant and told) and not meant & words and not _POINTING & words


def another_number(said: str, promised: str) -> bool:
    """Whether a sentence is about `page three` where the promise is about `page two`."""
    meant, told = (dict(_numbered(_TOKEN.findall(text))) for text in (promised, said))
    shared = meant.keys() & told.keys()
    return bool(shared) and all(meant[each] != told[each] for each in shared)


def _done_to(tokens: Sequence[str], at: int) -> frozenset[str]:
    """What a deed is done to.

    The words behind it, or before it where something was done to them.
    """
    behind = _until_the_end(tokens[at + 1 : at + 1 + _REACH])
    before = list(reversed(tokens[max(0, at - _REACH - 1) : at]))
    if not before or before[0].lower() in _DOERS or before[0] in _ENDS:
        return stems(" ".join(behind))
    passive = before[0].lower() in _PASSIVE
    fronted = _until_the_end(before[1:] if passive else before)
    return stems(" ".join((*behind, *fronted)))


def _until_the_end(tokens: Sequence[str]) -> list[str]:
    """The words up to where something else begins."""
    ends = (at for at, token in enumerate(tokens) if token.lower() in _ENDS)
    return list(tokens[: next(ends, len(tokens))])


def _people(text: str, deeds: frozenset[str]) -> frozenset[str]:
    """Whom a text names behind a deed, or behind `to`, `with`, `for`, `from`."""
    tokens = _TOKEN.findall(text)
    return frozenset(
        token.lower()
        for before, token in itertools.pairwise(tokens)
        if token[:1].isupper()
        and len(token) > 1
        and (before.lower() in _TOWARDS or stems(before) & deeds)
        and stems(token)
    )


def _numbered(tokens: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each thing with a number behind it: `page two`, `Review No. 2`."""
    bare = [token.lower() for token in tokens if token.lower() not in {"no", "nr", "number", "."}]
    for word, number in itertools.pairwise(bare):
        value = int(number) if number.isdigit() else _NUMBERS.get(number)
        if value is not None and word.isalpha() and word not in _NUMBERS:
            for stem in stems(word):
                yield stem, value
