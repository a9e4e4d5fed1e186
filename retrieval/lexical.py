"""BM25 over the texts of one mentorship; what is searched for is words and never a query language."""

import re
import unicodedata
from collections.abc import Sequence

import bm25s
import numpy as np
from bm25s.stopwords import STOPWORDS_EN_PLUS
from Stemmer import Stemmer

from retrieval.fusion import Scores

_STOP_WORDS = frozenset(STOPWORDS_EN_PLUS)
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

Words = list[str]
"""The stems of a text in reading order, without stop words."""


def plain(text: str) -> str:
    """The text as it is indexed: NFKC, nothing invisible, no direction marks, white space kept."""
    normal = unicodedata.normalize("NFKC", text)
    if normal.isascii() and normal.isprintable():
        return normal
    return "".join(
        character
        for character in normal
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )


def words(text: str) -> Words:
    """The stems of a text; scripts written without spaces give one word a character."""
    found = [word for word in _WORD.findall(plain(text).casefold()) if word not in _STOP_WORDS]
    # A stemmer keeps state while it works, so threads must not share one.
    stems: Words = Stemmer("english").stemWords(found)
    return stems


class Lexicon:
    """Scores every one of some texts against a query."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self._count = len(texts)
        self._scorer: bm25s.BM25 | None = None
        if any(texts):
            self._scorer = bm25s.BM25(backend="numpy")
            self._scorer.index(list(texts), show_progress=False)

    def scores(self, query: Words) -> Scores:
        """Return one score a text, zero where no word of the query occurs."""
        scorer = self._scorer
        known = [word for word in query if scorer is not None and word in scorer.vocab_dict]
        if scorer is None or not known:
            return np.zeros(self._count)
        return np.asarray(scorer.get_scores(known), dtype=np.float64)
