"""Which language a note is in, as far as it decides whether the reader knows it."""

from coach.language.words import words

_ENGLISH = frozenset(
    """
    the a an and or but to of in on at for with is was are were be been it i you he she we they
    my me your his her our that this not no so if as by from have has had do did does will would
    can could what when who how about just up out next then than there their them all one said
    get got going me i'm i'll it's didn't don't
    """.split()
)
_ENOUGH_ENGLISH = 0.16
_SHORT = 12


def foreign_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text that is not English; None for English and for short texts."""
    said = words(text)
    if len(said) < _SHORT or sum(word in _ENGLISH for word in said) >= _ENOUGH_ENGLISH * len(said):
        return None
    import py3langid  # noqa: PLC0415 - its model takes half a second, and most notes need none

    code, _ = py3langid.classify(text)
    return None if code == "en" else str(code)
