"""What attackers send: bodies that are hard to parse, sentences full of days, near misses."""

import json
from collections.abc import Iterator
from typing import NamedTuple

_AWAY = "I will be away from 9am on Monday 19th January 2026 until 5pm on Friday 23rd January 2026."
_SLOTS = "We can meet Mon 9:00-9:30, Mon 10-10:30, Tue 11am to 12pm, Wed 3 June 14:00-15:00"
_SENTENCES = {
    "away": f"{_AWAY} ",
    "by friday": "by friday ",
    "friday": "friday ",
    "slots": f"{_SLOTS}, ",
    "hours": "from 9am to 5pm on Monday or ",
    "bare hours": "9am 10am 11am ",
    "numbers": "1 2 3 4 5 6 7 ",
    "slashes": "1/2/3/4/5/6/7/8/",
    "months": "Jan 1 Feb 2 March 3rd April 4th ",
    "the day after": "the day after tomorrow ",
    "weeks": "in 2 weeks and 3 days ",
    "last friday": "the last Friday of the month until the first Monday of ",
    "every": "every second Tuesday of March at 10am until the end of May ",
    "between": "between 3 June and 4 July and ",
    "promise": "I'll send it by Friday 12 June at 5pm or on Monday 15 June at noon, ",
    "iso": "2026-06-12T09:00 to 2026-06-13T10:00 ",
    "dots": "12.06.2026 13.06. 14.6 ",
    "half past": "half past nine to quarter to ten on ",
    "next next": "next next next week ",
    "dashes": "mon-tue-wed-thu-fri-",
}
_TIMES = (1, 2, 20, 200)

_SIGNS = {
    "dashes": "-",
    "pipes": "|",
    "blanks": " ",
    "tabs": "\t",
    "stars": "*",
    "brackets": "[",
    "round brackets": "(",
    "angles": "<",
    "braces": "{",
    "hashes": "#",
    "quotes": "> ",
    "backticks": "`",
    "tildes": "~",
    "underscores": "_",
    "curly quotes": "“",
    "straight quotes": '"',
    "apostrophes": "'",
    "colons": ":",
    "dots": ".",
    "ellipses": "…",
    "digits": "1",
    "lines": "\n",
    "returns": "\r",
    "no-break blanks": "\u00a0",
    "table rule": "| --- ",
    "table rule with colons": "|:-:",
    "table cells": "| a ",
    "unclosed boxes": "- [ ",
    "boxes": "- [ ] ",
    "bullets in a line": "- ",
    "unclosed bold": "**a ",
    "links": "[a](",
    "images": "![a](",
    "addresses": "http://a.",
    "mails": "a@",
    "capitals": "A ",
    "initials": "A.",
    "promises": "I'll ",
    "to": "to ",
    "speakers": "Ana: ",
    "numbered": "1. ",
    "times": "00:00:01.000 --> ",
    "turns": "<v Ana>",
    "entities": "&amp",
    "html": "<!--",
    "headings": "# a\n",
}
_LENGTHS = (4_000, 20_000, 100_000)
_FORMATS = ("markdown", "text", "vtt", "srt")
_ASKED = (
    "?",
    "what ",
    "why not and ",
    "do you ",
    "and or ",
    "(",
    "'",
    "don't you think that ",
    " ",
    "a",
    "1, ",
)


class Body(NamedTuple):
    """A body and what it is called in the report."""

    label: str
    content: bytes


class Text(NamedTuple):
    """A note's or contract's text and what it is called in the report."""

    label: str
    format: str
    text: str


def bodies() -> list[Body]:
    """Bodies that cost a naive parser far more than they cost to send."""
    return [*_escapes(), *_nested(), *_many()]


def _escapes() -> Iterator[Body]:
    for size in (20_000, 100_000, 300_000, 900_000):
        escaped = b'\\"' * (size // 2)
        name = f"{size // 1000} KB"
        yield Body(f'\\" {name}', escaped)
        yield Body(f'unclosed \\" {name}', b'{"questions": ["' + escaped)
        yield Body(f'closed \\" {name}', b'{"questions": ["' + escaped + b'"]}')
        yield Body(f'"\\ {name}', b'"\\' * (size // 2))
        yield Body(f"quotes {name}", b'"' * size)
        yield Body(f"backslashes {name}", b'"' + b"\\" * size)


def _nested() -> Iterator[Body]:
    for depth in (64, 1_000, 100_000, 450_000):
        yield Body(f"[ {depth} deep", b"[" * depth)
        yield Body(f"[] {depth} deep", b"[" * depth + b"]" * depth)
        objects = min(depth, 180_000)
        yield Body(f"objects {objects} deep", b'{"a":' * objects + b"1" + b"}" * objects)
    yield Body("]", b"]" * 900_000)


def _many() -> Iterator[Body]:
    # 930 KB: a megabyte holds 10^5 keys only where they are as short as this.
    short = ",".join(f'"{number:x}":0' for number in range(100_000))
    yield Body("100,000 keys", f"{{{short}}}".encode())
    yield Body("one key again and again", b"{" + b'"a":0,' * 100_000 + b'"a":0}')
    yield Body("empty objects", b"[" + b"{}," * 300_000 + b"{}]")
    yield Body("empty texts", json.dumps({"questions": [""] * 200_000}).encode())
    yield Body("a long number", b'{"questions": [' + b"9" * 900_000 + b"]}")
    yield Body("a long fraction", b"[0." + b"1" * 900_000 + b"e99999999]")
    yield Body("blanks", b" " * 900_000)
    yield Body("NUL escapes", b'["' + b"\\u0000" * 150_000 + b'"]')
    yield Body("half pairs", b'["' + b"\\ud800" * 150_000 + b'"]')
    yield Body("unknown field", json.dumps({"q" * 400_000: "x" * 400_000}).encode())


def dated() -> list[Text]:
    """Sentences that people write, once, twice and far too often."""
    return [
        Text(f"{name} x{times}", "markdown", sentence * times)
        for name, sentence in _SENTENCES.items()
        for times in _TIMES
    ]


def near_misses() -> list[Text]:
    """Long runs of what a pattern begins with, ended by what it does not allow."""
    signs = list(_SIGNS.items())
    return [
        Text(
            f"{name} {length}",
            _FORMATS[number % 4 if name in {"times", "turns"} else number % 2],
            text,
        )
        for number, (name, sign) in enumerate(signs)
        for length in _LENGTHS
        for text in (f"We met. {sign * (length // len(sign))}x",)
    ]


def question_sets() -> list[Body]:
    """As many and as long questions as are taken."""
    return [
        Body(repr(asked), json.dumps({"questions": [(asked * 1000)[:999] + "x"] * 100}).encode())
        for asked in _ASKED
    ]
