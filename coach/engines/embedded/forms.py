"""How a sentence is worded, whatever it is about.

People, days and verb forms in place of names, dates and verbs.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from coach.engines.embedded.deeds import TASKS
from coach.engines.embedded.outcome_words import status_said, unreal
from coach.engines.embedded.owned import Owned
from coach.engines.embedded.promise_words import owned
from coach.engines.embedded.task_tables import due_column
from coach.language.dates import days_said
from coach.language.deadlines import at_next_meeting, deadline
from coach.language.names import Writer, other
from coach.language.words import BASE_FORMS, PAST_FORMS
from coach.model.commitments import Owner
from coach.model.people import Side
from coach.notes.sentences import Unit

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+|->|=>|→|[?!:;()\[\]\"“”@+&/%~✓✔✅☑❌✗✘,.–—-]")
_BEHIND_NAME = re.compile(r"[’']s$")
_SHORT = {"’": "'"}
_ARROWS = {"=>": "->", "→": "->", "–": "-", "—": "-", "“": '"', "”": '"'}
_LONGEST = 90
_COPULA = re.compile(r"[’'](?:ll|m|re|ve|d|s)$")


_PERSONS = frozenset(
    "i we you u SELF OTHER S/HE O/HE she he they NAME it both me her him my us".split()
)
_AUXILIARIES = frozenset(
    """
    'll will shall 'm am is are 're 's going gonna to can should must would could have has had do
    does did not also then just said says asked want wants wanted
    """.split()
)
_BEFORE_PERSONS = frozenset("to for from with by of tell ask said that if when -> - (".split())


class Worded(NamedTuple):
    """A sentence, who says it, its owner by its words, and what a trained reader looks at."""

    unit: Unit
    speaker: Side | None
    own: Side
    owned: Owned | None
    seen: list[str]


def worded(units: Sequence[Unit], said_by: Sequence[Side | None], writer: Writer) -> list[Worded]:
    """Unit for unit, how it is worded."""
    ruled = owned(units, said_by, writer)
    found = []
    for at, (unit, speaker) in enumerate(zip(units, said_by, strict=True)):
        view = _View(writer, speaker, point_of_view(writer, speaker))
        around = _Around(
            before=units[at - 1] if at else None,
            ruled_before=at > 0 and ruled[at - 1] is not None,
            ruled_behind=at + 1 < len(units) and ruled[at + 1] is not None,
            passed=4 * at // len(units),
            due_text=due_column(unit, units) or unit.text,
        )
        marks = [] if unit.kind == "heading" else _marks(unit, view, ruled[at], around)
        seen = _features(unit, view, marks)
        found.append(Worded(unit, speaker, view.own, ruled[at], seen))
    return found


class _View(NamedTuple):
    """Through whose eyes a sentence is read."""

    writer: Writer
    speaker: Side | None
    own: Side


class _Around(NamedTuple):
    """What stands around a sentence.

    `passed` tells which quarter of the note it is in, `due_text` where its day is said.
    """

    before: Unit | None
    ruled_before: bool
    ruled_behind: bool
    passed: int
    due_text: str


def point_of_view(writer: Writer, speaker: Side | None) -> Side:
    """The side that `I` is, or stands for, where a sentence is read as one of the two sees it."""
    if speaker is not None:
        return speaker
    return "mentee" if writer.author == "tool" else writer.author


def relative(owner: Owner, own: Side) -> str:
    """An owner as the speaker sees it."""
    if owner in {"both", "unassigned"}:
        return owner
    return "self" if owner == own else "other"


def absolute(owner: str, own: Side) -> Owner:
    """The side that an owner is whom the speaker sees so."""
    if owner == "both":
        return "both"
    return {"self": own, "other": other(own)}.get(owner, "unassigned")


def _marks(unit: Unit, view: _View, ruled: Owned | None, around: _Around) -> list[str]:
    """What the rules and the place say of a sentence."""
    due = deadline(around.due_text, view.writer.held_on) is not None
    marks = [
        "rule " + (relative(ruled.owner, view.own) if ruled else "none"),
        f"due {due}",
        f"ruledue {ruled is not None} {due}",
        f"told {status_said(unit.text)} {unreal(unit.text)}",
        "author " + ("tool" if view.writer.author == "tool" else "side"),
        f"pos {around.passed}",
        f"prevrule {around.ruled_before}",
        f"nextrule {around.ruled_behind}",
    ]
    if at_next_meeting(around.due_text):
        marks.append("duenext")
    if unit.kind == "cell":
        marks += [f"col {word}" for word in unit.label.lower().split()]
    elif unit.label:
        side = view.writer.people.side(unit.label)
        marks.append("label " + (relative(side, view.own) if side else "none"))
    if view.speaker is None:
        marks.append("nospeaker")
    if around.before is not None:
        marks.append(f"prevend {around.before.text[-1]}")
        marks += [
            f"prevwho {each}" for each in _tokens(around.before.text, view) if each in _PERSONS
        ][:1]
    return marks


def _tokens(text: str, view: _View) -> list[str]:
    """The words of a sentence.

    The two are SELF and OTHER, a third name NAME, a day ahead AHEAD, any number #.
    """
    held_on = view.writer.held_on
    days = days_said(text, held_on)
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
                ahead = day.options is not None or (day.day or date.min) >= held_on
                found.append("AHEAD" if ahead else "PASSED")
            continue
        found += _token(mark[0], view, opens=not found or found[-1] in {".", ":", '"'})
    return found[:_LONGEST]


def _token(word: str, view: _View, *, opens: bool) -> list[str]:
    if word.isdigit():
        return ["#"]
    if not word[0].isalpha():
        return [_ARROWS.get(word, word)]
    plain = word.lower().replace("’", "'")
    if person := _person(word, plain, view):
        return person
    if cut := _COPULA.search(plain):
        return [plain[: cut.start()], plain[cut.start() :]]
    named = word[0].isupper() and not opens and len(word) > 1 and plain not in BASE_FORMS
    return ["NAME"] if named else [plain]


def _person(word: str, plain: str, view: _View) -> list[str]:
    """One of the two by name or by a pronoun that only one goes by; nothing for other words."""
    name = _BEHIND_NAME.sub("", word)
    if word[0].isupper() and plain != "i" and (side := view.writer.people.side(name)):
        return ["SELF" if side == view.own else "OTHER", *(["'s"] if name != word else [])]
    pronoun, _, tail = plain.partition("'")
    if side := view.writer.people.pronouns.get(pronoun):
        return ["S/HE" if side == view.own else "O/HE", *(["'" + tail] if tail else [])]
    return []


def _form(token: str) -> str:
    """The form of a verb, the token itself where it is short or a sign, else a plain word."""
    if token in PAST_FORMS or (len(token) > 4 and token.endswith("ed")):
        return "<past>"
    if token in TASKS or token in BASE_FORMS:
        return "<base>"
    if token.endswith("s") and (token[:-1] in TASKS or token[:-1] in BASE_FORMS):
        return "<third>"
    if len(token) > 5 and token.endswith("ing"):
        return "<ing>"
    return token if len(token) <= 4 or token.isupper() else "<w>"


def _features(unit: Unit, view: _View, marks: Sequence[str]) -> list[str]:
    """All that the trained readers look at in a sentence; `marks` adds what the rules say of it."""
    said = _tokens(unit.text, view)
    forms = [_form(each) for each in said]
    found = {f"1 {each}" for each in said}
    found |= {f"2 {one} {two}" for one, two in pairwise(said)}
    found |= {f"f2 {one} {two}" for one, two in pairwise(forms)}
    found |= {
        f"f3 {one} {two} {three}"
        for one, two, three in zip(forms, forms[1:], forms[2:], strict=False)
    }
    found |= {f"^1 {each}" for each in said[:1]} | {f"^f {' '.join(forms[:2])}"}
    found |= {f"^f3 {' '.join(forms[:3])}", f"$1 {said[-1] if said else ''}"}
    found |= {f"$2 {' '.join(said[-2:])}"}
    found |= {f"h {each}" for each in _tokens(unit.heading, view)[:8]}
    found |= {f"k {unit.kind}", f"n {min(8, len(said) // 4)}", *marks}
    if unit.checked is not None:
        found.add(f"box {unit.checked}")
    due = "due True" in marks or "duenext" in marks
    return sorted(found | _deeds(said, forms, due=due) | _times(said, forms, due=due))


def _deeds(said: Sequence[str], forms: Sequence[str], *, due: bool) -> set[str]:
    """Who does what: each person, the two words behind and the one before."""
    found: set[str] = set()
    for at, person in enumerate(said[:-1]):
        if person not in _PERSONS:
            continue
        does = said[at + 1] if said[at + 1] in _AUXILIARIES else forms[at + 1]
        what = forms[at + 2] if does in _AUXILIARIES and at + 2 < len(said) else ""
        if not found:
            found |= {f"s0 {person} {does} {due}", f"s00 {person}"}
        found |= {f"s {person} {does} {what}", f"sd {person} {does} {due}"}
        if at and said[at - 1] in _BEFORE_PERSONS:
            found.add(f"sp {said[at - 1]} {person}")
    return found or {f"nobody {due}"}


def _times(said: Sequence[str], forms: Sequence[str], *, due: bool) -> set[str]:
    """What is past, what is to come, and where the day ahead stands."""
    past = min(3, sum(each == "<past>" for each in forms))
    base = min(3, sum(each == "<base>" for each in forms))
    found = {f"past {past}", f"past {past} base {base} {due}"}
    found.add(f"first {forms[0] if forms else ''} {due}")
    if "AHEAD" in said:
        at = said.index("AHEAD")
        found.add("lastday" if at >= len(said) - 3 else f"day {3 * at // len(said)}")
        found.add("bd " + " ".join(said[max(0, at - 2) : at]))
    return found
