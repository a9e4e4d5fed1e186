"""Makes the recorded answers of a sample: `python -m coach.terminal.sample_answers`.

To be run after a prompt, or the cutting of notes, has changed.

A server on this machine is asked what a model would be asked, and answers with what
`sample/strong-model.yaml` says by hand:
quotes there become numbers of passages and lines here. Every question and its answer are kept as
they are for any model.
"""

import json
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from pydantic import AnyHttpUrl, SecretStr

from coach.language.words import stems
from coach.settings import Settings
from coach.terminal.demo import RECORDED, strong_page

_WRITTEN = Path(__file__).parent / "sample" / "strong-model.yaml"
_PASSAGE = re.compile(r"^\[(\d+)\]\*? ?(.*)$", re.MULTILINE)
_OPEN = re.compile(r"^(\d+)\. (?:mentor|mentee|both|unassigned): (.*)$", re.MULTILINE)
_PLAIN = re.compile(r"[^\w]+")
Answer = dict[str, Any]


def main() -> None:
    """Make them anew, in the place of those that were there.

    What was asked and not answered is an error.
    """
    with tempfile.TemporaryDirectory() as folder, _answering() as (address, missing):
        strong_page(
            Settings(
                data_dir=Path("replaced"),
                llm_model="openai:strong",
                llm_base_url=AnyHttpUrl(address),
                llm_api_key=SecretStr("sk-not-a-key"),
                llm_record=Path(folder),
            )
        )
        if missing:
            sys.exit("not answered:\n" + "\n".join(missing))
        shutil.rmtree(RECORDED, ignore_errors=True)
        RECORDED.mkdir(parents=True)
        for made in sorted(Path(folder).glob("*.answer.json")):
            shutil.copyfile(made, RECORDED / made.name)


@contextmanager
def _answering() -> Iterator[tuple[str, list[str]]]:
    written = yaml.safe_load(_WRITTEN.read_text(encoding="utf-8"))
    missing: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(_completion(_answer(sent, written, missing))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", missing
    finally:
        server.shutdown()
        server.server_close()


def _answer(sent: Answer, written: Answer, missing: list[str]) -> Answer:
    text = sent["messages"][-1]["content"]
    shown = _Shown(text, missing)
    name = sent["response_format"]["json_schema"]["name"]
    if name.startswith("Read"):
        note = _plain(text.rpartition("<notes>")[2])
        told = [each for each in written["read"] if _plain(each["note"]) in note]
        if not told:
            missing.append(f"no reading of a note: {text[-300:]}")
        return shown.reading(told[0] if told else {})
    if name.startswith("Word"):
        said = [
            {"of": [shown.line(each) for each in lines], "text": sentence}
            for sentence, *lines in written["word"]
        ]
        return {"sentences": said, "headline": 0}
    if name.startswith("Clauses"):
        return {}  # no answer of its shape: the embedded reading of clauses stands
    return {
        "questions": [
            {
                "of": [shown.line(each) for each in lines],
                "text": asked,
                "intent": intent,
                "goal": goal,
            }
            for asked, intent, goal, *lines in written["ask"]
        ]
    }


class _Shown:
    """The numbered lines of one question."""

    def __init__(self, text: str, missing: list[str]) -> None:
        self._lines = [(int(n), _plain(line)) for n, line in _PASSAGE.findall(text)]
        self._open = [(int(n), action) for n, action in _OPEN.findall(text)]
        self._missing = missing

    def line(self, quote: str) -> int:
        """The number of the line that holds a quote."""
        for n, line in self._lines:
            if _plain(quote) in line:
                return n
        self._missing.append(quote)
        return -1

    def reading(self, told: Answer) -> Answer:
        """What is told of a note, in numbers."""
        return {
            "facts": [self._fact(*each) for each in told.get("facts", ())],
            "commitments": [self._promise(**each) for each in told.get("commitments", ())],
            "outcomes": [self._outcome(**each) for each in told.get("outcomes", ())],
        }

    def _fact(self, quote: str, kind: str, matters: int, certainty: str = "stated") -> Answer:
        place = {"n": self.line(quote), "quote": quote}
        return {**place, "kind": kind, "certainty": certainty, "matters": matters}

    def _promise(self, quote: str, more: tuple[str, ...] = (), **told: Any) -> Answer:
        due = told.get("due")
        return {
            "n": self.line(quote),
            "more": [self.line(each) for each in more],
            "quote": quote,
            "owner": told["owner"],
            "action": told["action"],
            "due": str(due) if due else None,
            "due_at_next": told.get("at_next", False),
        }

    def _outcome(self, quote: str, of: str, status: str, new_due: object = None) -> Answer:
        alike = [(len(stems(action) & stems(of)) / len(stems(of)), n) for n, action in self._open]
        best, number = max(alike, default=(0.0, 0))
        if best < 0.5:
            self._missing.append(f"nothing like this is open: {of}")
        told = {
            "commitment": number,
            "status": status,
            "new_due": str(new_due) if new_due else None,
        }
        return {"n": self.line(quote), "quote": quote, **told}


def _plain(text: str) -> str:
    return _PLAIN.sub(" ", text.casefold()).strip()


def _completion(answer: Answer) -> Answer:
    said = {"role": "assistant", "content": json.dumps(answer)}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "strong",
        "choices": [{"index": 0, "finish_reason": "stop", "message": said}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


if __name__ == "__main__":
    main()
