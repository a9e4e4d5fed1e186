"""Checks who does what: a sentence lets people do only what the cited words say of them."""

import re
from collections.abc import Iterator, Sequence

from coach.language.phrasing import first_name
from coach.language.words import BASE_FORMS, stems
from coach.model.material import Material, PageLine
from coach.model.people import Side
from coach.notes.figures import numbers_in

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|[.;:!?,–—]")
_FIRST = frozenset("i i'm i'll i've i'd my me myself mine".split())
_SECOND = frozenset("you you'll you've you'd you're your yours".split())
_THIRD = frozenset("he she him her his hers he's she's he'll she'll".split())
_SUBJECTS = frozenset(
    "i i'm i'll i've i'd you you'll you've you'd you're he she he's she's he'll she'll we "
    "they".split()
)
_BETWEEN = frozenset(
    """
    has have had having will would shall should can could may might must is are was were be been
    being am do does did don't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't
    isn't aren't wasn't weren't not never also still just only now again already really officially
    therefore to then once yet
    """.split()
)
_PASSIVE = frozenset("was were been is are be being got gets get had".split())
_STOPS = frozenset({".", ";", ":", "!", "?", ","})
_PREPOSITIONS = frozenset("from of at in on with".split())
_DETERMINERS = frozenset("the a an this that these those his her their our your my its".split())
"""A thing follows these words, not a deed."""
_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)(?<!\w)[A-Z][\w’'-]+")
_CAPITAL = re.compile(r"(?<!^)(?<!\w)[A-Z][a-z]")
_ALSO_VERBS = {"sat": "sitting", "wants": "wishing", "want": "wishing", "wanted": "wishing"}
"""Verbs that no other comparison uses: their forms are days, or everybody uses them."""
_TITLES = frozenset("mr mrs ms miss madam dr sir".split())
_OF_ANOTHER = BASE_FORMS | frozenset(
    "ask want need doubt worry wonder hope look plan like love call move start work talk".split()
)
"""Verbs that terse notes open with: "Never once asks", "Wants the job" tell of another."""
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_SIDES = frozenset({"mentor", "mentee"})
_SAYING = frozenset("said says told asked wrote".split())
Doer = str
"""One of the two sides, a person's name, another word before a verb, or `not` and a side."""


class Agents:
    """Whom the sentences of one page may name, and what each of them may be said to do."""

    def __init__(self, material: Material) -> None:
        pair = material.mentorship
        self._sides: dict[str, Side] = {
            first_name(pair.mentor.name).lower(): "mentor",
            first_name(pair.mentee.name).lower(): "mentee",
        }
        self._reader: Side | None = material.audience if material.audience != "tool" else None

    def keep(self, said: str, own: Sequence[PageLine], more: Sequence[PageLine] = ()) -> bool:
        """Whether a sentence lets nobody do what the cited words say of somebody else."""
        lines = (*own, *more)
        cited = " ".join(each.quote for line in lines for each in line.statement.citations)
        told = [_plain(each) for each in _TOKEN.findall(said)]
        if set(told) & _FIRST - {_plain(each) for each in _TOKEN.findall(cited)}:
            return False
        meant = self._meant(own) | {each.said_by for each in more if each.said_by}
        meant |= {side for word in _words_of(more) if (side := self._sides.get(word))}
        named = {side for each in told if (side := self._side_said(each))}
        nobody = not named and not _CAPITAL.search(said)
        if not named <= meant or (nobody and set(told) & _THIRD - set(cited.lower().split())):
            return False
        return self._same_doers(said, lines)

    def _meant(self, lines: Sequence[PageLine]) -> set[Side]:
        """Return which of the two the lines mean.

        They mean a person by name, as who speaks, as who is spoken to, or as `she`.
        """
        found: set[Side] = set()
        for line in lines:
            own = {line.said_by} if line.said_by else set()
            for each in _TOKEN.findall(" ".join(each.quote for each in line.statement.citations)):
                word = _plain(each)
                if side := self._sides.get(word.removesuffix("'s")):
                    found.add(side)
                elif word in _SECOND | _THIRD | {"we", "us", "our", "both"}:
                    found |= {"mentor", "mentee"}
            found |= own | self._of_task(line)
            found |= {_other(each) for each in own if _tells_of_another(line)}
        return found

    def _of_task(self, line: PageLine) -> set[Side]:
        return {
            side for each in _TOKEN.findall(line.task) if (side := self._side_said(_plain(each)))
        }

    def _side_said(self, word: str) -> Side | None:
        return self._reader if word in _SECOND else self._sides.get(word.removesuffix("'s"))

    def _same_doers(self, said: str, lines: Sequence[PageLine]) -> bool:
        known: dict[str, set[Doer]] = {}
        quotes = [" ".join(each.quote for each in line.statement.citations) for line in lines]
        names = _names(" ".join((*quotes, said))) | _opening_name(said, " ".join(quotes))
        for quoted, line in zip(quotes, lines, strict=True):
            for verb, doer in (
                *self._deeds(quoted, names, line.said_by),
                *self._deeds(line.task, names, None, told=True),
            ):
                known.setdefault(verb, set()).add(doer)
        said = _without_quotes(said, " ".join(quotes))
        return all(
            verb not in known or any(_may_be(doer, each) for each in known[verb])
            for verb, doer in self._deeds(said, names, None, told=True)
            if _is_somebody(doer)
        )

    def _deeds(
        self, text: str, names: frozenset[str], speaker: Side | None, *, told: bool = False
    ) -> Iterator[tuple[str, Doer]]:
        """Yield each word that may be a verb, with the doer right before it.

        In a clause that opens with the verb, the doer is the speaker.
        """
        tokens = [_plain(each) for each in _TOKEN.findall(text)]
        for at, token in enumerate(tokens):
            verb = _verb(token)
            if verb is None or token.removesuffix("'s") in self._sides or token in names:
                continue
            if doer := self._before(tokens, at, speaker, told=told):
                yield verb, doer.title() if doer in names and doer not in _SIDES else doer

    def _before(
        self, tokens: Sequence[str], at: int, speaker: Side | None, *, told: bool
    ) -> Doer | None:
        if not told and _SAYING & set(tokens[:at]) and _SUBJECTS & set(tokens[at - 1 : at]):
            return None  # it is unknown whom a quoted person means
        back = at - 1
        while back >= 0 and (tokens[back] in _BETWEEN or tokens[back].endswith("ly")):
            back -= 1
        between = set(tokens[back + 1 : at])
        if _PASSIVE & between and "to" not in between and not tokens[at].endswith("ing"):
            return self._by(tokens, at)
        if back < 0 or tokens[back] in _STOPS:
            return self._opening(tokens, at, back, speaker) if not told else None
        if tokens[back] in _DETERMINERS or numbers_in(tokens[back]):
            return None
        while back >= 2 and tokens[back - 1] in _PREPOSITIONS:
            back -= 2
        return self._doer(tokens[back], speaker, told=told)

    @staticmethod
    def _opening(tokens: Sequence[str], at: int, back: int, speaker: Side | None) -> Doer | None:
        """Return who does what a clause opens with: the speaker, unless its form tells else."""
        if back >= 0 and tokens[back] == "," and tokens[at].endswith("ing"):
            return None
        another = tokens[at].endswith("s") and tokens[at].removesuffix("s") in _OF_ANOTHER
        return f"not {speaker}" if speaker and another else speaker

    def _by(self, tokens: Sequence[str], at: int) -> Doer | None:
        rest = tokens[at + 1 : at + 4]
        if "by" in rest:
            behind = [each for each in rest[rest.index("by") + 1 :] if each not in _TITLES]
            return self._doer(behind[0], None, told=True) if behind else None
        return None

    def _doer(self, word: str, speaker: Side | None, *, told: bool) -> Doer | None:
        if side := self._sides.get(word):
            return side
        if word in _SUBJECTS:
            if told:
                return self._reader if word in _SECOND else None
            if word in _FIRST:
                return speaker
            if word in _SECOND:
                return _other(speaker) if speaker else self._reader
            return f"not {speaker}" if speaker and word not in {"we", "they"} else None
        return word if stems(word) and not word.endswith("'s") else None


def _words_of(lines: Sequence[PageLine]) -> Iterator[str]:
    """Yield the words that lines cite, in one form for all."""
    for line in lines:
        for each in line.statement.citations:
            yield from (_plain(word).removesuffix("'s") for word in _TOKEN.findall(each.quote))


def _opening_name(said: str, cited: str) -> frozenset[str]:
    """Return the first word of a sentence where the cited words write it with a capital too."""
    first = next(iter(_TOKEN.findall(said)), "")
    capital = first[:1].isupper() and _verb(_plain(first)) is not None
    found = capital and first in _TOKEN.findall(cited)
    return frozenset({_plain(first).removesuffix("'s")}) if found else frozenset()


def _tells_of_another(line: PageLine) -> bool:
    """Whether a clause of a line opens with a verb in the third person: "Wants the job"."""
    quoted = " ".join(each.quote for each in line.statement.citations)
    tokens = [".", *(_plain(each) for each in _TOKEN.findall(quoted))]
    opening = False
    for each in tokens:
        if opening and each.removesuffix("s") in _OF_ANOTHER and each.endswith("s"):
            return True
        opening = each in _STOPS or (opening and each in _BETWEEN)
    return False


def _without_quotes(said: str, cited: str) -> str:
    """Return a sentence without what it quotes to the letter: that is said by whom it quotes."""
    known = " ".join(_plain(each) for each in _TOKEN.findall(cited))
    return _QUOTED.sub(
        lambda found: (
            " "
            if " ".join(_plain(each) for each in _TOKEN.findall(found[1])).strip(" .!?") in known
            else found[0]
        ),
        said,
    )


def _names(text: str) -> frozenset[str]:
    """Return the words that somebody is called by: with a capital where no sentence begins."""
    return frozenset(_plain(each).removesuffix("'s") for each in _NAME.findall(text))


def _verb(token: str) -> str | None:
    """Return what may be a verb, in one form for all; None for numbers, marks and helping words."""
    if len(token) < 3 or not token[0].isalpha() or token in _BETWEEN or token in _SUBJECTS:
        return None
    found = stems(_ALSO_VERBS.get(token, token))
    return next(iter(found), None) if not numbers_in(token) else None


def _is_somebody(doer: Doer) -> bool:
    return doer in _SIDES or doer.istitle()


def _may_be(doer: Doer, known: Doer) -> bool:
    if known.startswith("not "):
        return doer != known.removeprefix("not ")
    return doer == known


def _other(side: Side) -> Side:
    return "mentee" if side == "mentor" else "mentor"


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()
