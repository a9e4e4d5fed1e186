"""How a sentence is worded, whatever it is about: people, days and verb forms in place of names, dates and verbs."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from coach.engines.embedded.dates import days_said
from coach.engines.embedded.people import People, other
from coach.model import Author, Side
from coach.structure import Unit
from coach.words import BASE_FORMS, PAST_FORMS

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+|->|=>|→|[?!:;()\[\]\"“”@+&/%~✓✔✅☑❌✗✘,.–—-]")
_BEHIND_NAME = re.compile(r"[’']s$")
_SHORT = {"’": "'"}
_ARROWS = {"=>": "->", "→": "->", "–": "-", "—": "-", "“": '"', "”": '"'}
_LONGEST = 90
_COPULA = re.compile(r"[’'](?:ll|m|re|ve|d|s)$")
_VERBS = frozenset(
    """
    accept add address agree analyse answer apply approach arrange ask attend back bake block bring
    calculate call cancel carry chair change chase check clean clear close collect come compare
    compile complete confirm contact convert copy count cover create cut deliver describe design
    discuss do document draft email enter explain file fill film find finish fix forward follow get
    give go have help hire hold introduce invite join keep lead learn leave lend let list listen
    log look mail make mark measure meet message move name note offer open order organise organize
    paint pass pay phone photograph pick plan plant play post practise practice prepare present
    print propose publish pull put raise reach read record rehearse remind remove repair repeat
    rent reply report request research return review revise rewrite ring run say schedule search see
    sell send set shadow share shoot show sign sit sketch sort speak spend split spot start stay
    stop study submit suggest switch take talk tell test text think track train translate try turn
    type update upload use visit walk watch wear write
    """.split()
)


class Clues(NamedTuple):
    """What stands around a sentence: who says it and whom its names mean."""

    author: Author
    speaker: Side | None
    people: People
    held_on: date


def point_of_view(clues: Clues) -> Side:
    """The side that `I` is, or stands for, where a sentence is read as one of the two sees it."""
    if clues.speaker is not None:
        return clues.speaker
    return "mentee" if clues.author == "tool" else clues.author


def tokens(text: str, clues: Clues) -> list[str]:
    """The words of a sentence; the two are SELF and OTHER, a third name NAME, a day ahead AHEAD, any number #."""
    own = point_of_view(clues)
    days = days_said(text, clues.held_on)
    found: list[str] = []
    passed = -1
    for mark in _TOKEN.finditer(text):
        day = next((each for each in days if each.start <= mark.start() < each.end), None)
        if day is not None:
            lead = text[mark.start() : mark.end()].lower()
            if lead in {"by", "before", "until", "till", "on", "for", "end", "this", "next"}:
                found.append(lead)
            if day.start != passed:
                passed = day.start
                ahead = day.options is not None or (day.day or date.min) >= clues.held_on
                found.append("AHEAD" if ahead else "PASSED")
            continue
        found += _token(mark[0], clues, own=own, opens=not found or found[-1] in {".", ":", '"'})
    return found[:_LONGEST]


def _token(word: str, clues: Clues, *, own: Side, opens: bool) -> list[str]:
    if word.isdigit():
        return ["#"]
    if not word[0].isalpha():
        return [_ARROWS.get(word, word)]
    name = _BEHIND_NAME.sub("", word)
    plain = word.lower().replace("’", "'")
    if word[0].isupper() and plain != "i":
        side = clues.people.side(name)
        if side is not None:
            return ["SELF" if side == own else "OTHER", *(["'s"] if name != word else [])]
    if side := clues.people.pronouns.get(plain.partition("'")[0]):
        tail = plain.partition("'")[2]
        return ["S/HE" if side == own else "O/HE", *(["'" + tail] if tail else [])]
    if plain[0] != "'" and (cut := _COPULA.search(plain)):
        return [plain[: cut.start()], plain[cut.start() :]]
    if word[0].isupper() and not opens and len(word) > 1 and plain not in BASE_FORMS:
        return ["NAME"]
    return [plain]


def form(token: str) -> str:
    """The form of a verb, the token itself where it is short or a sign, else a plain word."""
    if token in PAST_FORMS or (len(token) > 4 and token.endswith("ed")):
        return "<past>"
    if token in _VERBS or token in BASE_FORMS:
        return "<base>"
    if token.endswith("s") and (token[:-1] in _VERBS or token[:-1] in BASE_FORMS):
        return "<third>"
    if len(token) > 5 and token.endswith("ing"):
        return "<ing>"
    return token if len(token) <= 4 or token.isupper() else "<w>"


def features(unit: Unit, clues: Clues, marks: Sequence[str]) -> list[str]:
    """All that the trained readers look at in a sentence; `marks` adds what the rules say of it."""
    said = tokens(unit.text, clues)
    forms = [form(each) for each in said]
    found = {f"1 {each}" for each in said}
    found |= {f"2 {one} {two}" for one, two in zip(said, said[1:], strict=False)}
    found |= {f"f2 {one} {two}" for one, two in zip(forms, forms[1:], strict=False)}
    found |= {
        f"f3 {one} {two} {three}"
        for one, two, three in zip(forms, forms[1:], forms[2:], strict=False)
    }
    found |= {f"^1 {each}" for each in said[:1]} | {f"^f {' '.join(forms[:2])}"}
    found |= {f"^f3 {' '.join(forms[:3])}", f"$1 {said[-1] if said else ''}"}
    found |= {f"$2 {' '.join(said[-2:])}"}
    found |= {f"h {each}" for each in tokens(unit.heading, clues)[:8]}
    found |= {f"k {unit.kind}", f"n {min(8, len(said) // 4)}", *marks}
    if unit.checked is not None:
        found.add(f"box {unit.checked}")
    return sorted(found)


class Model(NamedTuple):
    """A linear reader: one weight a feature and class, one bias a class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]

    def probabilities(self, seen: Sequence[str]) -> dict[str, float]:
        """How likely each class is."""
        sums = list(self.bias)
        for each in seen:
            if known := self.weights.get(each):
                for at, weight in enumerate(known):
                    sums[at] += weight
        top = max(sums)
        raised = [math.exp(each - top) for each in sums]
        total = sum(raised)
        return {name: each / total for name, each in zip(self.classes, raised, strict=True)}
