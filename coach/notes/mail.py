"""Finds mail in a note: whose words are quoted, and on which day they were written."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.notes.blocks import TextLine

_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)*")
_WROTE = re.compile(r"(?<!\w)(?:wrote|writes)(?!\w)", re.IGNORECASE)
_ON_A_DAY = re.compile(r"(?:On|Le|Am|El)[ \t](?=[^\n]{0,60}\d)")
_ADDRESS = re.compile(r"[<(\[][^<>()\[\]\n]{0,80}@[^<>()\[\]\n]{0,80}[>)\]]|\S{1,80}@\S{1,80}")
_NO_NAME = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|on|at|am|pm"
    r"|gmt|utc|cet|bst|est|pst)[a-z]{0,6}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[*_]{0,2}(From|Sent|Date|To|Cc|Bcc|Subject|Reply-To)[*_]{0,2}:[*_]{0,2}[ \t]*", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"[-_ \t]{2,40}(?:original|forwarded)[ \t]message[-_ \t:]{0,40}", re.IGNORECASE
)
_SENT_FROM = re.compile(
    r"(?:sent|written|typed)[ \t]from[ \t](?:my|a)[ \t](?:\w+[ \t])?"
    r"(?:phone|iphone|ipad|mobile|android|tablet|blackberry|galaxy|pixel|device)(?!\w).{0,80}"
    r"|get[ \t]outlook[ \t]for[ \t].{1,40}",
    re.IGNORECASE,
)
"""The line that a mail program puts below a mail; it is nobody's word."""
_LONGEST = 160
"""Most characters of a line that says who wrote what follows. Chosen by hand; not measured."""
_MOST_NAMES = 4
"""Most words of a person's name. Chosen by hand; not measured."""
_FEWEST_HEADERS = 2
"""Fewest header lines of a mail; one alone may be a label of the note's own."""


class Quoted(NamedTuple):
    """Whose words a line holds ("" where unknown), and the line that says so and when.

    The body of a letter is `whole`: its writer speaks there as others do in their notes.
    """

    name: str
    said: str
    whole: bool = False


NOBODY = Quoted("", "")


class MailLine(NamedTuple):
    """A line with whose words it is, None where it is the note's own.

    `header` lines say nothing else.
    """

    line: TextLine
    quoted: Quoted | None
    header: bool = False


def mail_lines(lines: Sequence[TextLine]) -> Iterator[MailLine]:
    """Yield every line, with whose words it is where a mail is quoted."""
    writers: dict[int, Quoted] = {}
    letter: Quoted | None = None
    headers, announced = _headers(lines), _announced(lines)
    for at, line in enumerate(lines):
        depth = line.text[: _body(line)].count(">")
        body = line.text[_body(line) :].strip()
        if at in headers:
            letter = headers[at] or letter
            yield MailLine(line, None, header=True)
        elif at in announced:
            yield MailLine(line, announced[at], header=announced[at] is None)
        elif _DIVIDER.fullmatch(body) or _SENT_FROM.fullmatch(body):
            yield MailLine(line, None, header=True)
        elif writer := _attribution(body, lines, at, depth):
            writers[depth + 1] = writer
            yield MailLine(line, None, header=True)
        elif depth and (known := {each: who for each, who in writers.items() if each <= depth}):
            yield MailLine(line, known.get(depth, NOBODY))
        else:
            if body and not depth:
                writers.clear()
            yield MailLine(line, letter)


def _body(line: TextLine) -> int:
    """Return where a line begins after the marks of a quote."""
    marks = _MARKS.match(line.text)
    return marks.end() if marks else 0


def _attribution(body: str, lines: Sequence[TextLine], at: int, depth: int) -> Quoted | None:
    """Return who wrote what is quoted next, as in `On 2 March, Ana Lima wrote:`, else None."""
    if len(body) > _LONGEST or not body.endswith(":") or not (wrote := _WROTE.search(body)):
        return None
    behind = next((each for each in lines[at + 1 : at + 3] if each.text.strip()), None)
    if behind is None or behind.text[: _body(behind)].count(">") <= depth:
        return None
    return Quoted(name_in(body[: wrote.start()]), body)


def _announced(lines: Sequence[TextLine]) -> dict[int, Quoted | None]:
    """The lines that say `On 2 March, Ana Lima wrote:` and the unmarked paragraph below each."""
    found: dict[int, Quoted | None] = {}
    for at, line in enumerate(lines):
        body = line.text.strip()
        wrote = _WROTE.search(body)
        if not wrote or len(body) > _LONGEST or not body.endswith(":") or not _ON_A_DAY.match(body):
            continue
        below = _paragraph(lines, at + 1)
        if below and not any(lines[each].text.lstrip().startswith(">") for each in below):
            quoted = Quoted(name_in(body[: wrote.start()]), body, whole=True)
            found |= {at: None, **dict.fromkeys(below, quoted)}
    return found


def _paragraph(lines: Sequence[TextLine], at: int) -> range:
    """Where the first paragraph from a line on stands."""
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    end = at
    while end < len(lines) and lines[end].text.strip():
        end += 1
    return range(at, end)


def name_in(text: str) -> str:
    """Return the name at the end of a text, after the day and the time."""
    names: list[str] = []
    for word in reversed(_ADDRESS.sub(" ", text).split()):
        bare = word.strip("\"',;:()*_")
        if not _may_name(bare) or len(names) == _MOST_NAMES:
            break
        names.insert(0, word.strip("\"';:()*_"))
    return " ".join(names).strip(" ,")


def _may_name(word: str) -> bool:
    """Whether a word may be part of a name, and not of a day or a time."""
    plain = word[:1].isupper() and not any(sign.isdigit() for sign in word)
    return plain and not _NO_NAME.fullmatch(word)


def _headers(lines: Sequence[TextLine]) -> dict[int, Quoted | None]:
    """Return the lines of mail headers by number; the last line of each says whose words follow."""
    found: dict[int, Quoted | None] = {}
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _HEADER.match(lines[end].text[_body(lines[end]) :]):
            end += 1
        fields = {
            name[1].lower(): body[name.end() :].strip()
            for body in (each.text[_body(each) :] for each in lines[at:end])
            if (name := _HEADER.match(body))
        }
        if len(fields) >= _FEWEST_HEADERS and "from" in fields:
            found |= dict.fromkeys(range(at, end))
            when = fields.get("sent") or fields.get("date") or ""
            found[end - 1] = Quoted(
                _ADDRESS.sub("", fields["from"]).strip(" \"'"), when, whole=True
            )
        at = max(end, at + 1)
    return found
