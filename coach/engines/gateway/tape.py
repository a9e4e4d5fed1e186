"""Answers kept as files: recorded from a model, or written by somebody who read the question."""

import hashlib
import json
import tempfile
from pathlib import Path

from pydantic import BaseModel

from coach.engines.gateway.prompt import Prompt, schema_of
from coach.errors import AnswerMissing

_REQUEST = """\
# {digest}

The answer belongs into `{answer}`: one JSON value of this schema, nothing else.

```json
{schema}
```

# Rules

{system}

# Text

{text}
"""


class Tape:
    """A folder with a readable file for every question, and beside it the answer.

    A question is named by a digest of its rules, its text and its schema: of all that an answer depends on.
    The version of a prompt is not in it, because a version that changes nothing about the words may keep its answers;
    nor is the model, the host or the key, so that any model's answers, or a person's, can stand in for another's.
    """

    def __init__(self, folder: Path, *, replays: bool) -> None:
        self._folder = folder
        self.replays = replays

    @classmethod
    def of(cls, *, record: Path | None, replay: Path | None) -> "Tape | None":
        """The tape that is set, if one is."""
        if replay is not None:
            return cls(replay, replays=True)
        return cls(record, replays=False) if record is not None else None

    def answer(self, prompt: Prompt, shape: type[BaseModel]) -> str:
        """The kept answer. Raises AnswerMissing, with the question written down for somebody to answer."""
        path = self._answer_path(digest(prompt, shape))
        content = path.read_text("utf-8", errors="replace") if path.exists() else ""
        if not content.strip():
            self._keep_question(prompt, shape)
            raise AnswerMissing(f"no recorded answer: fill in {path}")
        return content

    def keep(self, prompt: Prompt, shape: type[BaseModel], content: str) -> None:
        """Keep a question and the answer to it, in the place of an earlier one."""
        path = self._keep_question(prompt, shape)
        self._write(path, json.dumps(json.loads(content), ensure_ascii=False, indent=2) + "\n")

    def _keep_question(self, prompt: Prompt, shape: type[BaseModel]) -> Path:
        """Write a question down; where its answer belongs."""
        name = digest(prompt, shape)
        answer = self._answer_path(name)
        told = _REQUEST.format(
            digest=name,
            answer=answer.name,
            schema=json.dumps(schema_of(shape), ensure_ascii=False, indent=2),
            system=prompt.system or "(none apart from the text)",
            text=prompt.text,
        )
        self._write(self._folder / f"{name}.request.md", told)
        return answer

    def _answer_path(self, name: str) -> Path:
        return self._folder / f"{name}.answer.json"

    def _write(self, path: Path, text: str) -> None:
        """Whole or not at all: several may write at once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
            file.write(text.encode(errors="backslashreplace"))
        Path(file.name).replace(path)


def digest(prompt: Prompt, shape: type[BaseModel]) -> str:
    """The name of a question."""
    told = json.dumps([prompt.system, prompt.text, schema_of(shape)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
