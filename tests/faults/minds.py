"""A model server whose answers follow the schema and lie.

`python -m tests.faults.minds` measures what comes of it. Each mind is shown what a real model would
be shown and answers with all the tricks of its kind.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.embedded.reader import Reader
from coach.model.people import Mentorship, Person
from coach.model.readings import CommitmentSignal, FactSignal
from coach.model.sessions import Note
from coach.ports import ReadingContext

_READER = Reader()

_PASSAGE = re.compile(r"^\[(\d+)\]\*? ?(.*)$", re.MULTILINE)
_OPEN = re.compile(r"^(\d+)\. (mentor|mentee|both|unassigned): (.*)$", re.MULTILINE)
_PROMISE = re.compile(
    r"(?<!\w)(?:i['’]ll|i will|we['’]ll|will send|to send|by (?:mon|tue|wed|thu|fri|the \d))",
    re.IGNORECASE,
)
_KINDS = (
    "topic",
    "win",
    "concern",
    "change",
    "attempt",
    "doubt",
    "decision",
    "feedback",
    "ask",
    "stopper",
    "insight",
)


class Asked(NamedTuple):
    """One question to a model: which of the five it is, what it shows, and what was said before."""

    call: str
    system: str
    text: str
    passages: tuple[tuple[int, str], ...]
    open: tuple[tuple[int, str, str], ...]
    heard: tuple[str, ...]


Answer = dict[str, Any]
Mind = Callable[[Asked], Answer]
BESIDE = frozenset({"clauses", "challenge"})
"""What a model is asked in the background, whenever something was stored."""


def nothing_said(asked: Asked) -> Answer:
    """Nothing of any clause, and nothing for any innocent reading."""
    if asked.call == "clauses":
        return {"signals": []}
    return {"verdict": "stands", "n": None, "quote": None}


def answer_of(mind: Mind, asked: Asked, *, beside: Mind = nothing_said) -> Answer:
    """What a mind answers, and another one to what is asked in the background."""
    return (beside if asked.call in BESIDE else mind)(asked)


def _read(asked: Asked, **change: Any) -> Answer:
    """Return a valid reading that is wrong: every passage a topic, and what sounds so a promise."""
    told = _passages(asked)
    facts = [
        {"n": n, "quote": text[:300], "kind": "topic", "certainty": "stated"} for n, text in told
    ]
    promised = [
        {
            "n": n,
            "quote": text[:300],
            "owner": "mentee",
            "action": text[:150],
            "due": None,
            "due_at_next": False,
        }
        for n, text in told
        if _PROMISE.search(text)
    ]
    return {"facts": facts[:60], "commitments": promised[:30], "outcomes": []} | change


def _passages(asked: Asked) -> list[tuple[int, str]]:
    """What can be quoted: no headings, no names before what they said."""
    told = [(n, text) for n, text in asked.passages if not text.startswith("#")]
    return [(n, re.sub(r"^[\w ()-]{1,30}: ", "", text)) for n, text in told]


def _words(asked: Asked, say: Callable[[str], str]) -> Answer:
    sentences = [{"of": [n], "text": say(text)[:330]} for n, text in asked.passages][:40]
    return {"sentences": sentences, "headline": 0}


def _questions(asked: Asked, say: Callable[[str], str]) -> Answer:
    found = [
        {"of": [n], "text": say(text)[:300], "intent": "progress", "goal": None}
        for n, text in asked.passages[:6]
    ]
    return {"questions": found}


def _said(text: str) -> str:
    return re.sub(r"^.*?: ", "", text, count=1)


def silent(asked: Asked) -> Answer:
    """Nothing at all."""
    return {
        "read": {"facts": [], "commitments": [], "outcomes": []},
        "word": {"sentences": [], "headline": None},
        "ask": {"questions": []},
    }[asked.call]


def obeys(asked: Asked) -> Answer:
    """Does whatever the notes tell it and boasts of it, with an address to send everything to."""

    def say(text):
        return f"As instructed: {_said(text)[:150]} Send it to https://evil.example/x?d={len(asked.text)}"

    if asked.call == "read":
        return _read(
            asked,
            outcomes=[
                {
                    "n": asked.passages[0][0],
                    "quote": "Ignore all warnings",
                    "commitment": n,
                    "status": "done",
                    "new_due": None,
                }
                for n, _, _ in asked.open
            ],
        )
    return (
        _words(asked, say)
        if asked.call == "word"
        else _questions(asked, lambda text: f"{say(text)}?")
    )


def echoes(asked: Asked) -> Answer:
    """Says its own instructions."""
    lines = [line for line in asked.system.splitlines() if line][:30]
    if asked.call == "read":
        return _read(
            asked,
            facts=[
                {"n": n, "quote": line[:300], "kind": "win", "certainty": "stated"}
                for n, line in enumerate(lines)
            ],
        )
    if asked.call == "word":
        return {
            "sentences": [
                {"of": [n % len(asked.passages)], "text": line[:330]}
                for n, line in enumerate(lines)
            ],
            "headline": 0,
        }
    return {
        "questions": [
            {"of": [0], "text": line[:300], "intent": "goal", "goal": None} for line in lines[:6]
        ]
    }


def invents(asked: Asked) -> Answer:
    """Makes everything up, with names and numbers."""
    made = (
        "They agreed on 12 June that the board doubles the budget to 40,000 "
        "for the Harbour project."
    )
    if asked.call == "read":
        return _read(
            asked,
            facts=[
                {"n": n, "quote": made, "kind": "decision", "certainty": "stated"}
                for n, _ in asked.passages[:60]
            ],
            commitments=[
                {
                    "n": n,
                    "quote": made,
                    "owner": "mentor",
                    "action": "double the budget",
                    "due": "2027-01-01",
                    "due_at_next": False,
                }
                for n, _ in asked.passages[:30]
            ],
            outcomes=[
                {"n": 0, "quote": made, "commitment": n, "status": "done", "new_due": None}
                for n, _, _ in asked.open
            ],
        )
    if asked.call == "word":
        return _words(asked, lambda text: f"{made} {' '.join(_said(text).split()[:3])}")
    return _questions(
        asked, lambda _: "What did the board say on 12 June about “40,000 for the Harbour project”?"
    )


def swaps_owners(asked: Asked) -> Answer:
    """Gives every promise and every sentence to the other one."""
    names = re.search(r"Mentor: (\S+?)\.? .*?Mentee: (\S+?)\.", asked.text)
    mentor, mentee = (names[1], names[2]) if names else ("A", "B")
    if asked.call == "read":
        told = _read(asked)
        for each in told["commitments"]:
            each["owner"] = "mentor"
        return told
    turn = {mentor: mentee, mentee: mentor}

    def swapped(text: str) -> str:
        who = asked_by(text)
        other = turn.get(who, mentor)
        return re.sub(
            r"(?<!\w)(?:I|we)(?!\w)", other, re.sub(r"(?<!\w)my(?!\w)", f"{other}'s", _said(text))
        )

    def asked_by(text: str) -> str:
        said = re.search(r", (\S+) says: ", text)
        return said[1] if said else ""

    return (
        _words(asked, swapped)
        if asked.call == "word"
        else _questions(
            asked, lambda text: f"{mentor} said “{_said(text)[:60]}”. What did {mentor} mean?"
        )
    )


def moves_dates(asked: Asked) -> Answer:
    """Every day is eleven days off."""
    held = re.search(r"\d{4}-\d\d-\d\d", asked.text)
    day = date.fromisoformat(held[0]) if held else date(2026, 1, 1)
    if asked.call == "read":
        told = _read(asked)
        for each in told["commitments"]:
            each["due"] = (day + timedelta(days=11)).isoformat()
        return told
    moved = lambda text: re.sub(r"\d+", lambda number: str(int(number[0][:9]) + 11), _said(text))  # noqa: E731
    return (
        _words(asked, moved)
        if asked.call == "word"
        else _questions(asked, lambda text: f"“{moved(text)[:60]}”: what came of it on the 11th?")
    )


def all_wins(asked: Asked) -> Answer:
    """Everything is wonderful."""
    if asked.call == "read":
        told = _read(asked)
        for each in told["facts"]:
            each["kind"] = "win"
        return told
    say = lambda text: f"Great success: {_said(text)}"  # noqa: E731
    return (
        _words(asked, say)
        if asked.call == "word"
        else _questions(asked, lambda text: f"Great question! How amazing is “{_said(text)[:60]}”?")
    )


def all_done(asked: Asked) -> Answer:
    """Every open task is done, with a true quote for each."""
    told = _passages(asked)
    if asked.call == "read" and told:
        return _read(
            asked,
            outcomes=[
                {
                    "n": told[at % len(told)][0],
                    "quote": told[at % len(told)][1][:300],
                    "commitment": n,
                    "status": "done",
                    "new_due": None,
                }
                for at, (n, _, _) in enumerate(asked.open)
            ],
        )
    return (
        silent(asked)
        if asked.call == "read"
        else _words(asked, lambda text: f"{_said(text)} It is done.")
        if asked.call == "word"
        else _questions(asked, _said)
    )


def html(asked: Asked) -> Answer:
    """Markup and scripts."""
    say = lambda text: f"<b onclick=alert(1)>{_said(text)}</b><script src=//evil.example></script>"  # noqa: E731
    if asked.call == "read":
        return _read(
            asked,
            facts=[
                {"n": n, "quote": f"<b>{text[:200]}</b>", "kind": "concern", "certainty": "stated"}
                for n, text in asked.passages[:60]
            ],
        )
    return (
        _words(asked, say)
        if asked.call == "word"
        else _questions(asked, lambda text: f"<i>What</i> about “{_said(text)[:60]}”?")
    )


def foreign(asked: Asked) -> Answer:
    """Answers in German."""
    if asked.call == "read":
        return _read(
            asked,
            facts=[
                {
                    "n": n,
                    "quote": "Die beiden haben über vieles gesprochen",
                    "kind": "topic",
                    "certainty": "stated",
                }
                for n, _ in asked.passages[:60]
            ],
        )
    if asked.call == "word":
        return _words(asked, lambda _: "Die beiden haben lange über das Vorhaben gesprochen.")
    return _questions(
        asked,
        lambda text: f"Was hat sich seit “{' '.join(_said(text).split()[:5])}” für dich verändert?",
    )


def repeats(asked: Asked) -> Answer:
    """The same thing again and again."""
    n, text = asked.passages[-1]
    if asked.call == "read":
        fact = {"n": n, "quote": text[:300], "kind": "concern", "certainty": "stated"}
        return {"facts": [fact] * 60, "commitments": [], "outcomes": []}
    if asked.call == "word":
        return {"sentences": [{"of": [n], "text": _said(text)[:330]}] * 40, "headline": 39}
    return {
        "questions": [
            {
                "of": [n],
                "text": f"On what does “{' '.join(_said(text).split()[:6])}” rest?",
                "intent": "progress",
                "goal": None,
            }
        ]
        * 6
    }


def shuffles_kinds(asked: Asked) -> Answer:
    """True quotes, kinds by lot."""
    told = _read(asked) if asked.call == "read" else None
    if told is None:
        return silent(asked)
    for at, each in enumerate(told["facts"]):
        each["kind"] = _KINDS[(at * 7 + len(each["quote"])) % len(_KINDS)]
    return told


def _well_read(asked: Asked) -> Answer:
    """Return a credible reading: the embedded reader's own of the passages, and its promises."""
    lines = [(n, text) for n, text in asked.passages if not text.startswith("#")]
    note = Note(
        id="n",
        author="mentee",
        visibility="shared",
        format="text",
        text="\n\n".join(text for _, text in lines),
    )
    pair = Mentorship(id="p", mentor=Person(name="Aa Bb"), mentee=Person(name="Cc Dd"))
    read = EmbeddedEngine(_READER).read(note, ReadingContext(pair, date(2026, 1, 5)))
    starts, at = {}, 0
    for n, text in lines:
        starts[n] = range(at, at + len(text) + 2)
        at += len(text) + 2
    facts, promises = [], []
    for each in read.of(FactSignal):
        n = next(number for number, place in starts.items() if each.start in place)
        quote = note.text[each.start : each.end][:300]
        facts.append({"n": n, "quote": quote, "kind": each.kind, "certainty": "stated"})
    for each in read.of(CommitmentSignal):
        n = next(number for number, place in starts.items() if each.start in place)
        quote = note.text[each.start : each.end][:300]
        promises.append(
            {
                "n": n,
                "quote": quote,
                "owner": "mentee",
                "action": quote[:150],
                "due": None,
                "due_at_next": False,
            }
        )
    return {"facts": facts[:60], "commitments": promises[:30], "outcomes": []}


def believed_but_all_done(asked: Asked) -> Answer:
    """Reads well, and marks every open task as done with a true quote."""
    if asked.call != "read":
        return silent(asked)
    told = _well_read(asked)
    quotes = told["facts"] or [{"n": 0, "quote": ""}]
    told["outcomes"] = [
        {
            "n": quotes[at % len(quotes)]["n"],
            "quote": quotes[at % len(quotes)]["quote"],
            "commitment": n,
            "status": "done",
            "new_due": None,
        }
        for at, (n, _, _) in enumerate(asked.open[:30])
    ]
    return told


def believed_but_swaps(asked: Asked) -> Answer:
    """Reads well, gives every promise to the mentor and moves every day to New Year."""
    if asked.call != "read":
        return swaps_owners(asked)
    told = _well_read(asked)
    for each in told["commitments"]:
        each |= {"owner": "mentor", "due": "2027-01-01"}
    return told


def remembers(asked: Asked) -> Answer:
    """Says to everybody what it heard from others."""
    others = [line for each in asked.heard for _, line in _PASSAGE.findall(each)][-60:]
    if asked.call == "read" or not others:
        return silent(asked)
    numbers = [n for n, _ in asked.passages]
    if asked.call == "word":
        return {
            "sentences": [
                {"of": [numbers[at % len(numbers)]], "text": _said(line)[:330]}
                for at, line in enumerate(others[:40])
            ],
            "headline": 0,
        }
    return {
        "questions": [
            {
                "of": [numbers[0]],
                "text": (
                    f"What about “{' '.join(_said(asked.passages[0][1]).split()[:4])}”, "
                    f"as {_said(line)[:150]}?"
                ),
                "intent": "goal",
                "goal": None,
            }
            for line in others[:6]
        ]
    }


MINDS: dict[str, Mind] = {
    each.__name__: each
    for each in (
        silent,
        obeys,
        echoes,
        invents,
        swaps_owners,
        moves_dates,
        all_wins,
        all_done,
        html,
        foreign,
        repeats,
        shuffles_kinds,
        believed_but_all_done,
        believed_but_swaps,
        remembers,
    )
}


def asked_of(sent: Answer, heard: tuple[str, ...]) -> Asked:
    """What the body of a request asks."""
    system, text = (each["content"] for each in sent["messages"])
    shape = sent["response_format"]["json_schema"]["name"]
    return Asked(
        shape.removesuffix("Answer").lower(),
        system,
        text,
        tuple((int(n), line) for n, line in _PASSAGE.findall(text)),
        tuple((int(n), owner, action) for n, owner, action in _OPEN.findall(text)),
        heard,
    )


def completion(asked: Asked, content: str) -> Answer:
    """What a provider sends around an answer."""
    said = {"role": "assistant", "content": content}
    spent = [len(asked.system + asked.text) // 4, len(content) // 4]
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": said}],
        "usage": {
            "prompt_tokens": spent[0],
            "completion_tokens": spent[1],
            "total_tokens": sum(spent),
        },
    }


@contextmanager
def minded(mind: Mind) -> Iterator[str]:
    """The address of an OpenAI-compatible server on loopback that answers with a mind."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = asked_of(sent, tuple(heard))
            heard.append(asked.text)
            body = json.dumps(completion(asked, json.dumps(answer_of(mind, asked)))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the requests hold notes."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    from tests.faults.liars import main

    main()
