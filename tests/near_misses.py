"""Makes texts that nearly match a pattern: each of its repeats goes on long, then breaks off."""

import re
from collections.abc import Iterator, Sequence
from re import _constants as op
from re import _parser as parser
from typing import Any, NamedTuple

Nodes = Sequence[tuple[Any, Any]]
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_SINGLE = {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY}
_LONG = 8
"""Repeats that may go on for at least so many rounds are tried. Chosen by hand."""
_EVERYDAY = "a A 7 _ \n\t!\x00é\u0301😀"
FLOODS = (
    *(" ", "\t", "\n", "\r", "a", "A", "7", "-", "|", ":", "*", "_", "#", ">", "<", "~", "`", "."),
    *("'", '"', "“", "”", "’", "(", "[", "]", ")", "?", "!", ",", "\u0301", "😀", "é", "x\u0301"),
    *(
        "a ",
        "A ",
        "ab cd ",
        "Ab Cd ",
        "- [ ] ",
        "a, ",
        "a: ",
        "7:",
        "1. ",
        "'a ",
        '"a ',
        "(a ",
        "<a ",
    ),
    *("a\n", "| a ", "|-", " -", "a-", "a'", "~~a ", "a.b", "- ", "?!", "i will ", "why did you "),
)
"""Near misses for any pattern, whatever it looks for."""


class Fed(NamedTuple):
    """A repeat of a pattern: the text that leads to it, and its possible rounds."""

    before: str
    rounds: tuple[str, ...]


class NearMiss(NamedTuple):
    """A text of any length: its head, its repeated part and its tail."""

    head: str
    pump: str
    tail: str

    def of(self, size: int) -> str:
        """Return the text with about this many characters."""
        return self.head + self.pump * (max(1, size - len(self.head)) // len(self.pump)) + self.tail


def near_misses(pattern: re.Pattern[str]) -> list[NearMiss]:
    """Return near misses, always the same ones for the same pattern."""
    return list(dict.fromkeys(NearMiss(*shape) for shape in _shapes(pattern)))


def _shapes(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    nodes = _Nodes(pattern)
    broken = nodes.stranger()
    for flood in FLOODS:
        yield "", flood, broken
    for before, rounds in nodes.fed():
        for each in rounds:
            yield before, each, broken
            yield before, each, ""
            yield "", before + each, broken
            yield "", f"{before}{each} ", broken
            yield "", before + each * 40 + broken, ""
        if before:
            yield "", before, broken
            yield "", f"{before} ", broken


class _Nodes:
    """The parse tree of a pattern."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._folds = bool(pattern.flags & re.IGNORECASE)
        self._tree: Nodes = list(parser.parse(pattern.pattern, pattern.flags))
        self._singles = list(_singles(self._tree))
        # One character of each kind that the pattern tells apart.
        kinds = {
            tuple(self._takes(node, sign) for node in self._singles): sign
            for sign in reversed([*_EVERYDAY, *_literals(self._singles)])
        }
        self._signs = list(kinds.values())

    def stranger(self) -> str:
        """Return the character that the fewest places of the pattern take."""
        return min(self._signs, key=lambda sign: sum(self._takes(n, sign) for n in self._singles))

    def fed(self) -> Iterator[Fed]:
        """Yield every repeat that may go on, with the text that leads to it."""
        yield from self._fed(self._tree, "", {})

    def _fed(self, nodes: Nodes, before: str, groups: dict[int, str]) -> Iterator[Fed]:
        for node in nodes:
            kind, told = node
            if kind in _REPEATS:
                _, most, body = told
                if most >= _LONG:
                    yield Fed(before, self._rounds(body, groups))
                yield from self._fed(body, before, groups)
            else:
                for inner in _below(node):
                    yield from self._fed(inner, before, groups)
            before += self._sample([node], groups)

    def _rounds(self, body: Nodes, groups: dict[int, str]) -> tuple[str, ...]:
        """Return a round that the body takes, and for a single character every kind it takes."""
        singles = list(_singles(body))
        signs = [sign for sign in self._signs if any(self._takes(each, sign) for each in singles)]
        return tuple(each for each in dict.fromkeys([self._sample(body, groups), *signs]) if each)

    def _sample(self, nodes: Nodes, groups: dict[int, str]) -> str:
        """Return a short text that the nodes take."""
        return "".join(self._sampled(kind, told, groups) for kind, told in nodes)

    def _sampled(self, kind: Any, told: Any, groups: dict[int, str]) -> str:
        if kind in _SINGLE:
            return next((sign for sign in self._signs if self._takes((kind, told), sign)), "")
        if kind in _REPEATS:
            return self._sample(told[2], groups) * told[0]
        if kind is op.BRANCH:
            return self._sample(told[1][0], groups)
        if kind is op.SUBPATTERN:
            groups[told[0]] = self._sample(told[3], groups)
            return groups[told[0]]
        if kind is op.ATOMIC_GROUP:
            return self._sample(told, groups)
        return groups.get(told, "") if kind is op.GROUPREF else ""

    def _takes(self, node: tuple[Any, Any], sign: str) -> bool:
        kind, told = node
        if kind is op.ANY:
            return sign != "\n"
        if kind is op.IN:
            parts = told[1:] if told[0][0] is op.NEGATE else told
            return any(self._takes(each, sign) for each in parts) != (len(parts) < len(told))
        if kind is op.RANGE:
            return any(told[0] <= ord(each) <= told[1] for each in self._cases(sign))
        if kind is op.CATEGORY:
            return re.fullmatch(_CATEGORIES[told], sign) is not None
        return any(told == ord(each) for each in self._cases(sign)) == (kind is op.LITERAL)

    def _cases(self, sign: str) -> set[str]:
        cases = {sign, sign.lower(), sign.upper()} if self._folds else {sign}
        return {each for each in cases if len(each) == 1}


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def _below(node: tuple[Any, Any]) -> list[Nodes]:
    """Yield the parts of a node that are no repeat."""
    kind, told = node
    if kind is op.BRANCH:
        return list(told[1])
    if kind is op.SUBPATTERN:
        return [told[3]]
    if kind in {op.ASSERT, op.ASSERT_NOT}:
        return [told[1]]
    return [told] if kind is op.ATOMIC_GROUP else []


def _singles(nodes: Nodes) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a pattern that takes one character."""
    for node in nodes:
        kind, told = node
        if kind in _SINGLE:
            yield kind, told
        for inner in [told[2]] if kind in _REPEATS else _below(node):
            yield from _singles(inner)


def _literals(singles: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    for kind, told in singles:
        for each, value in told if kind is op.IN else [(kind, told)]:
            if each in {op.LITERAL, op.NOT_LITERAL}:
                yield chr(value)
            elif each is op.RANGE:
                yield from (chr(value[0]), chr(value[1]))
