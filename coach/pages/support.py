"""Checks whether cited words support a sentence: a paraphrase passes, an invention does not."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.language.words import STOP_WORDS, stems, words
from coach.notes.figures import numbers_in

Alike = Callable[[str, Sequence[str]], bool]
"""Whether a word means about the same as one of these."""

_SAID_FREELY = stems(
    """
    says tells told asks asked reports wants wishes would like plans planned promised promises
    intends open doubt unsure agree agreed decided advises advised suggests suggested proposes whom
    whether instead unlike half hour hours minute minutes question gives gave keeps becomes became
    takes leaves left comes came follows uses needs needed knows reaches happens happened puts touch
    costs lets waits watches watched finishes starts begins stops goes brings brought finds found
    thinks feels tries able about around ready single team free talks speaks helps part kind back
    long short soon often once hand hands let whole hold holds shows showed does means near between
    further more less too enough whose however since during within toward towards whenever wherever
    session sessions call meeting notes note goal goals due today tomorrow day days week weeks
    fortnight month months ago later earlier now
    mr mrs ms miss madam dr sir
    person people somebody thing things one both still again already together mentor mentee work
    """
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:not|no|never|nobody|nothing|none|without|neither|nor|\w+n['’]t|refus\w+|reject\w*"
    r"|declin\w+|fail\w*|shut|clos\w+|stop\w*|skip\w*|drop\w*|lost|lose\w*|off|free|froze\w*"
    r"|frozen|against|cancel\w*|instead|only|lack\w*|miss\w*|half|owes?|gone|un\w{4,}|no longer"
    r"|leave\w* out|left out|fell through|waits?|later|unlike|so far|hard\w*|less)(?!\w)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<!^)(?<![.!?:“\"] )(?<!\w)(?!I(?!\w))[A-Z][\w’'-]*")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
_TITLES = frozenset("mr mrs ms miss madam dr sir".split())
"""Words before a name that a page may leave out or add."""
_SHORT = 2
"""Most letters of a short word, which must occur as it is: `stems` leaves short words out."""
_DENIAL = re.compile(
    r"(?<!\w)(?:not|no|never|nobody|nothing|none|without|neither|nor|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"(?<!\w)(?:refus\w+|reject\w*|declin\w+|fail\w*|never)(?!\w)", re.IGNORECASE)
_UNSURE = re.compile(
    r"(?<!\w)(?:(?:is |am |are )?(?:not|n['’]t) (?:yet |really )?(?:sure|certain)"
    r"|do(?:es)?(?: not|n['’]t) know) (?:whether|if|what|how|which|who)(?!\w)",
    re.IGNORECASE,
)
"""Who is not sure denies nothing; another check keeps such a matter open."""
_NO_DENIAL = re.compile(r"(?<!\w)yes or no(?!\w)", re.IGNORECASE)
_UNDONE = re.compile(
    r"(?<!\w)(?:is off|called off|cancell?ed|refused|rejected|turned down|fell through"
    r"|decided against)(?!\w)",
    re.IGNORECASE,
)
"""Words that undo a whole sentence; one that rests on it without any of them says the opposite."""
_ENDS = re.compile(r"[.;!?](?=\s|$)")
_BROKEN_OFF = re.compile(r"(?<!\w)\w+n['’]t[.!]?$", re.IGNORECASE)
"""A denial that ends the sentence: what it denies was said before."""
_WITHIN = 4
"""Most words with meaning after a denial that it may deny. Chosen by hand; not measured."""
_SENTENCE_END = re.compile(
    r"[.;:!?,\n]|(?<!\w)(?:but|and|because|so"
    r"|(?:for|since|in|within) (?:the )?(?:\w+ )?(?:days?|weeks?|months?|years?))(?!\w)"
)


def borne_out(said: str, known: str, *, people: str = "", alike: Alike | None = None) -> bool:
    """Whether every word with meaning in a sentence is known, or one of about its meaning."""
    carrying = _carrying(said, _SAID_FREELY | stems(people))
    there = _There(stems(known), tuple(dict.fromkeys(words(known))), _denied(known), alike)
    sentences = [each for each in _ENDS.split(said) if words(each)]
    if not sentences or not all(stems(each) & (there.stems | _SAID_FREELY) for each in sentences):
        return False
    return all(there.holds(stem, word) for stem, word in carrying.items())


def _carrying(text: str, free: frozenset[str]) -> dict[str, str]:
    """Return the words that need support, by their stems.

    Numbers and days are checked elsewhere.
    """
    return {
        stem: word
        for word in words(text)
        for stem in stems(word)
        if stem not in free and not numbers_in(word)
    }


class _There(NamedTuple):
    """What is known: its stems, its words, what it denies, and what tells words of one meaning."""

    stems: frozenset[str]
    words: tuple[str, ...]
    denied: frozenset[str]
    alike: Alike | None

    def holds(self, stem: str, word: str) -> bool:
        """Whether a word is there, or one of its meaning, or its opposite where that is denied."""
        if stem in self.stems or (self.alike is not None and self.alike(word, self.words)):
            return True
        return any(stems(each) & self.denied for each in _opposites(word))


def names_stand(said: str, known: str) -> bool:
    """Whether every name of a sentence, and every short word that not everybody uses, is known."""
    there = {part for word in words(known) for part in (word, word.removesuffix("'s"))}
    named = {word for each in _CAPITAL.findall(said) for word in words(each)}
    named |= {each for each in words(said) if len(each) <= _SHORT and each not in STOP_WORDS}
    sought = {each.removesuffix("'s") for each in named if not each[0].isdigit()}
    return sought <= there | _DAYS | _TITLES


def keeps_denials(said: str, known: str) -> bool:
    """Whether what is denied stays denied, in whatever words, and nothing else is denied."""
    said, known = (_NO_DENIAL.sub(" ", _UNSURE.sub(" ", each)) for each in (said, known))
    if (
        _UNDONE.search(known)
        and len(_ENDS.findall(known.strip())) <= 1
        and not _NEGATIVE.search(said)
    ):
        return False
    if not _NEGATIVE.search(known) and (_DENIAL.search(said) or _REFUSAL.search(said)):
        return False
    if _BROKEN_OFF.search(known):
        return True
    denied = _denied(known)
    told = _denied(said)
    if _NEGATIVE.search(said):
        return not (told & _asserted(known, denied)) or bool(denied & told)
    return not (denied - _outside_denials(known)) & stems(said)


def keeps_own_denials(said: str, own: Sequence[str], around: Sequence[str]) -> bool:
    """Whether a denial is that of a sentence's own lines, or denies what a neighbour denies."""
    if _NEGATIVE.search(" ".join(own)) or not _DENIAL.search(said):
        return True
    return bool(_denied(said) & _denied(" ".join(around)))


def _denied(text: str) -> frozenset[str]:
    """Return the first words with meaning after each denial, within its clause."""
    found: set[str] = set()
    for mark in _DENIAL.finditer(text):
        behind = _SENTENCE_END.split(text[mark.end() :], maxsplit=1)[0]
        carrying = [stem for word in words(behind) for stem in stems(word)]
        found |= set(carrying[:_WITHIN])
    return frozenset(found)


def _outside_denials(text: str) -> frozenset[str]:
    """Return the words with meaning that stand outside what is denied."""
    kept, at = [], 0
    for mark in _DENIAL.finditer(text):
        kept.append(text[at : mark.start()])
        behind = _SENTENCE_END.search(text, mark.end())
        at = max(at, behind.start() if behind else len(text))
    return stems(" ".join((*kept, text[at:])))


def _asserted(text: str, denied: frozenset[str]) -> frozenset[str]:
    return stems(text) - denied


_OPPOSITES: Sequence[tuple[str, str]] = (
    (
        "up rise rose grow grew increase higher more",
        "down fall fell drop decrease lower less fewer",
    ),
    ("happy glad pleased delighted", "unhappy sad sorry angry upset"),
    ("pass passed succeed", "fail failed flunk"),
    ("well good success great", "badly bad poor failure"),
    ("twice double", "half halve"),
    ("keep kept", "drop dropped give gave"),
    ("first", "second"),
    ("early ahead", "late behind"),
    ("day", "night"),
    ("answer answered reply replied", "ignore ignored"),
    ("open opened", "shut closed"),
    ("promote promoted", "fire fired notice resign"),
    ("spring", "autumn"),
    ("for good", "for now"),
    ("new", "old"),
    ("start started begin begun", "stop stopped end ended"),
    ("easy", "hard difficult"),
    ("buy bought", "sell sold"),
    ("accept accepted agree agreed", "reject rejected refuse refused"),
    ("best", "worst"),
    ("for", "against"),
)


def _opposites(word: str) -> frozenset[str]:
    found: set[str] = set()
    for left, right in _OPPOSITES:
        one, other = left.split(), right.split()
        found |= set(other) if word in one else set(one) if word in other else set()
    return frozenset(found)


def turns_round(said: str, known: str) -> bool:
    """Whether a sentence says the opposite of a cited word, and not the word itself."""
    told, there = words(said), words(known)
    denied = _denied(known)
    return any(
        each in there and word not in there and not stems(each) & denied
        for word in told
        for each in _opposites(word)
        if each not in told
    ) or any(
        (each, behind) in pairwise(there) and (word, behind) not in pairwise(there)
        for word, behind in pairwise(told)
        for each in _opposites(word)
    )
