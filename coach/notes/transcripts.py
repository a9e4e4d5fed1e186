"""What is said in WebVTT and SubRip transcripts, without timings, numbers and tags."""

import re
from collections.abc import Iterator

from coach.notes.blocks import Block, TextLine, lines
from coach.notes.markdown import TURN

_VOICE = re.compile(r"[ \t]*<v(?:\.[^ \t>]*)?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{1,20}>|</[a-z]>")


def cues(text: str) -> Iterator[Block]:
    """The spoken text of VTT and SRT: what follows a timing line, up to the next blank one."""
    all_lines = list(lines(text))
    speaking: Block | None = None
    in_cue = False
    for at, line in enumerate(all_lines):
        number = (
            at + 1 < len(all_lines)
            and line.text.strip().isdigit()
            and "-->" in all_lines[at + 1].text
        )
        if "-->" in line.text or not line.text.strip() or (in_cue and number):
            in_cue = "-->" in line.text
        elif in_cue:
            said = _spoken(line)
            if speaking is not None and not said.label and not line.text.startswith("- "):
                speaking = speaking._replace(end=said.end)
                continue
            if speaking is not None:
                yield from _untagged(text, speaking)
            speaking = said
            continue
        if speaking is not None:
            yield from _untagged(text, speaking)
        speaking = None
    if speaking is not None:
        yield from _untagged(text, speaking)


def _spoken(line: TextLine) -> Block:
    """A line of a cue, behind its speaker."""
    if voice := _VOICE.match(line.text):
        return Block(line.start + voice.end(), line.end, "turn", voice[1].strip())
    if turn := TURN.match(line.text):
        return Block(line.start + turn.end(), line.end, "turn", turn[1].strip())
    return Block(line.start + 2 * line.text.startswith("- "), line.end, "turn")


def _untagged(text: str, block: Block) -> Iterator[Block]:
    """The stretches of a cue between its tags."""
    start = block.start
    for tag in _TAG.finditer(text, block.start, block.end):
        yield block._replace(start=start, end=tag.start())
        start = tag.end()
    yield block._replace(start=start)
