"""Scores texts by words with BM25; a query is plain words, never a query language."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import numpy as np
from Stemmer import Stemmer

from coach import deadline
from coach.language.names import folded
from coach.language.words import STOP_WORDS
from retrieval.fusion import Scores

# Within the usual range (Robertson and Zaragoza, 2009); not measured here.
_K1, _B = 1.5, 0.75
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

Words = list[str]
"""The stems of a text in reading order, without stop words."""


def plain(text: str) -> str:
    """Return the text as it is indexed: NFKC, without invisible characters, white space kept."""
    normal = unicodedata.normalize("NFKC", text)
    if normal.isascii() and normal.isprintable():
        return normal
    return "".join(
        character
        for character in normal
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )


def words(text: str) -> Words:
    """Return the stems of a text; in scripts without spaces each character is a word."""
    (found,) = words_of_each([text])
    return found


def words_of_each(texts: Sequence[str]) -> list[Words]:
    """Return the stems of each of these texts; one stemmer serves them all."""
    found = [
        [word for word in _WORD.findall(folded(plain(text))) if word not in STOP_WORDS]
        for text in texts
    ]
    # A stemmer keeps state while it works, so threads must not share one. Making one takes longer
    # than using it, so all texts share this one.
    stems = iter(Stemmer("english").stemWords([word for each in found for word in each]))
    return [list(islice(stems, len(each))) for each in found]


def bm25(texts: Sequence[Mapping[str, int]], query: Words) -> Scores:
    """Return one BM25 score for each text, zero where no word of the query occurs.

    A text is given as how often each word is in it.
    """
    lengths = np.array([sum(text.values()) for text in texts], dtype=np.float64)

    def count(word: str) -> Scores:
        return np.fromiter((text.get(word, 0) for text in texts), np.float64, len(texts))

    return scored(lengths, count, query)


def scored(lengths: Scores, count: Callable[[str], Scores], query: Words) -> Scores:
    """Return one BM25 score for each text, from its length and how often it has each query word.

    BM25 as Lucene computes it, with k1 1.5 and b 0.75.
    """
    scores = np.zeros(len(lengths))
    damped = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1e-9)) if len(lengths) else lengths
    for word, times in Counter(query).items():
        deadline.check()
        counted = count(word)
        bearing = int(np.count_nonzero(counted))
        if bearing:
            rarity = np.log(1 + (len(lengths) - bearing + 0.5) / (bearing + 0.5))
            scores += times * rarity * counted / (counted + damped)
    return scores
