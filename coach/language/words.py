"""Words as the rules compare them: stems without stop words, names and numbers."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_IRREGULAR = {
    form: base
    for base, *forms in (
        line.split()
        for line in """
        begin began begun|blow blew blown|break broke broken|bring brought|build built|buy bought
        |catch caught|choose chose chosen|cut|deal dealt|dig dug|draw drew drawn|drink drank drunk
        |drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought
        |find found|fly flew flown|forget forgot forgotten|freeze froze frozen|grow grew grown
        |hang hung|hear heard|hide hid hidden|hold held|keep kept|lay laid|lead led|leave left
        |lend lent|lose lost|mean meant|meet met|pay paid|ride rode ridden|ring rang rung
        |rise rose risen|run ran|sell sold|send sent|shake shook shaken|shoot shot|show shown
        |shrink shrank shrunk|sing sang sung|sit sat|sleep slept|speak spoke spoken|spend spent
        |stand stood|steal stole stolen|stick stuck|strike struck|sweep swept|swim swam swum
        |take took taken|teach taught|tell told|think thought|throw threw thrown
        |understand understood|wake woke woken|wear wore worn|weave wove woven|win won
        |wind wound|write wrote written
        """.replace("\n", " ").split("|")
    )
    for form in forms
}
PAST_FORMS = frozenset(_IRREGULAR)
"""The past forms of irregular verbs."""
BASE_FORMS = frozenset(_IRREGULAR.values())
"""The base forms of the same verbs."""
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")

STOP_WORDS = frozenset(
    """
    a about after again all already also am an and any anyone anything are as at away back be
    because been before being both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't done down each either else even ever every few for from get gets getting
    give go goes going gone gonna got had has hasn't have haven't having he he's her here hers
    herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just
    know last least less let let's like made make makes many may maybe me might more most much
    must my myself never new next no nor not nothing now of off ok okay on once one only or
    other our ours out over own per please put quite rather really right said same say says see
    she she's should shouldn't since so some someone something still such than that that's the
    their theirs them then there there's these they they're thing things think this those though
    through till time to today together tomorrow too two under until up us very want wants was
    wasn't way we we'd we'll we're we've week weeks well went were weren't what what's when
    where which while who whose why will with without won't would wouldn't yes yesterday yet you
    you'd you'll you're you've your yours yourself session sessions meeting monday tuesday
    wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """.split()
)


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case, with straight apostrophes."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    return _WORD.findall(plain)


# The sentences of many long histories. Chosen by hand; not measured.
@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning, by the Snowball stemmer for English.

    Numbers are kept as they are.
    """
    kept = [
        word for word in words(text) if word not in STOP_WORDS and (len(word) > 2 or word.isdigit())
    ]
    plain = [word.removesuffix("'s") for word in kept]
    # A stemmer keeps state while it works, so threads must not share one.
    stemmer = Stemmer.Stemmer("english")
    return frozenset(stemmer.stemWords([_IRREGULAR.get(word, word) for word in plain]))


def head(text: str, *, size: int) -> frozenset[str]:
    """Return the stems of the first words that carry meaning, at most `size` of them."""
    found: list[str] = []
    for word in words(text):
        found += [stem for stem in stems(word) if stem not in found]
    return frozenset(found[:size])


def count(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())
