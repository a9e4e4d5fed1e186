"""Keeps answers as files, recorded from a model or written by a person."""

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
    """A folder with a readable file for every question, and its answer beside it.

    A digest of the rules, the text and the schema names a question. The prompt's version is not in
    it, so a version with the same words keeps its answers. The model, host and key are not in it
    either, so answers of any model or person can be replayed.
    """

    def __init__(self, folder: Path, *, replays: bool) -> None:
        self._folder = folder
        self.replays = replays

    @classmethod
    def of(cls, *, record: Path | None, replay: Path | None) -> "Tape | None":
        """Return the tape that is set, None without one."""
        if replay is not None:
            return cls(replay, replays=True)
        return cls(record, replays=False) if record is not None else None

    def answer(self, prompt: Prompt, shape: type[BaseModel]) -> str:
        """Return the kept answer.

        Raises AnswerMissing when there is none, after writing the question down for somebody to
        answer.
        """
        path = self._answer_path(digest(prompt, shape))
        content = path.read_text("utf-8", errors="replace") if path.exists() else ""
        if not content.strip():
            self._keep_question(prompt, shape)
            raise AnswerMissing(f"no recorded answer: fill in {path}")
        return content

    def keep(self, prompt: Prompt, shape: type[BaseModel], content: str) -> None:
        """Keep a question and its answer, in place of an earlier one."""
        path = self._keep_question(prompt, shape)
        self._write(path, json.dumps(json.loads(content), ensure_ascii=False, indent=2) + "\n")

    def _keep_question(self, prompt: Prompt, shape: type[BaseModel]) -> Path:
        """Write a question down and return the path for its answer."""
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
        """Write a file completely or not at all, because several may write at once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
            file.write(text.encode(errors="backslashreplace"))
        Path(file.name).replace(path)


def digest(prompt: Prompt, shape: type[BaseModel]) -> str:
    """Return the digest that names a question."""
    told = json.dumps([prompt.system, prompt.text, schema_of(shape)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
