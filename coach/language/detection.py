"""Detects notes that are not in English, which the embedded reader cannot read."""

import re
from collections.abc import Sequence

from coach.language.words import words

_ENGLISH = frozenset(
    """
    the a an and or but to of in on at for with is was are were be been it i you he she we they
    my me your his her our that this not no so if as by from have has had do did does will would
    can could what when who how about just up out next then than there their them all one said
    get got going me i'm i'll it's didn't don't
    """.split()
)
# Share of small English words that makes a text English. Chosen by hand; not measured.
_ENOUGH_ENGLISH = 0.16
# Words below which py3langid is not asked. Chosen by hand; not measured.
_SHORT = 12


_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
"""Letters that no English text has, and the language that a text mostly of them is in."""
_WITHOUT_BLANKS = frozenset({"ja", "zh", "th"})
# Share of the letters. Chosen by hand; not measured.
_MOSTLY = 0.5
_OTHER_WORDS = {
    code: frozenset(line.split())
    for code, line in {
        "fr": "le la les un une des du de et est à au aux avec pour pas je tu il elle nous vous "
        "ils que qui ne sur dans mon ma mes son sa ses ce cette avant après j'ai c'est",
        "de": "der die das ein eine einen und ist mit für nicht ich du er sie wir ihr zu im am auf "
        "den dem von bis vor nach noch habe werde wird mein meine dass über",
        "es": "el la los las un una y es con para no yo tú él ella nosotros que en por mi mis su "
        "sus del al antes después hemos voy pero más",
        "it": "il lo la gli le un una e è con per non io tu lui lei noi che di in su mio mia del "
        "della al alla prima dopo ho ma più",
        "pt": "o a os as um uma e é com para não eu tu ele ela nós que de em por meu minha do da "
        "no na antes depois vou mas mais até",
        "nl": "de het een en is met voor niet ik jij hij zij wij dat van op te aan mijn naar om "
        "ook maar heb zal nog",
        "sv": "och är med för inte jag du han hon vi att det den en ett på av till min mitt om ska "
        "har men",
        "pl": "i jest z na nie ja ty on ona my że do w o po się mój moja będę ale przed po",
    }.items()
}
# Fewest words a guess is made for. Chosen by hand; not measured.
_SHORTEST = 5
# Share of small words of one other language. Chosen by hand; not measured.
_ENOUGH_OTHER = 0.25
_FEWEST_OTHER = 3
"""Fewest small words of another language; a name such as `de la Cruz` has two."""


def foreign_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None for English and for very short texts.

    Long texts in Latin letters are judged by py3langid, short ones by their small words.
    """
    said = words(text)
    script = _script(text)
    if script in _WITHOUT_BLANKS or (script and len(said) < _SHORT):
        return script
    english = sum(word in _ENGLISH for word in said)
    if english >= _ENOUGH_ENGLISH * len(said):
        return None
    if len(said) < _SHORT:
        return _by_small_words(said, accented=not text.isascii() and not english)
    import py3langid  # noqa: PLC0415 - its model takes half a second, and most notes need none

    code, _ = py3langid.classify(text)
    return None if code == "en" else str(code)


def _script(text: str) -> str | None:
    """Return the language of a text with mostly non-Latin letters, None for others."""
    if text.isascii():
        return None
    letters = sum(sign.isalpha() for sign in text)
    counted = [(len(script.findall(text)), code) for code, script in _SCRIPTS]
    if not letters or sum(count for count, _ in counted) < _MOSTLY * letters:
        return None
    kana = counted[0][0]
    return "ja" if kana else max(counted)[1]


def _by_small_words(said: Sequence[str], *, accented: bool) -> str | None:
    """Return the language whose small words a short text has, None where they are too few.

    A text with accents and no English word needs one small word less.
    """
    own = {
        code: sum(_bare(word) in known or word in known for word in said if word not in _ENGLISH)
        for code, known in _OTHER_WORDS.items()
    }
    best = max(own, key=lambda code: own[code])
    enough = max(_FEWEST_OTHER - accented, _ENOUGH_OTHER * len(said))
    return best if len(said) >= _SHORTEST and own[best] >= enough else None


def _bare(word: str) -> str:
    """Return the full form of a word such as `l` in `l'idée`, as French and Italian shorten it."""
    return {"l": "le", "d": "de", "j": "je", "qu": "que", "c": "ce"}.get(
        word.partition("'")[0], word
    )
