"""A fake model provider on the wire: a `mind` answers, and every question is kept."""

import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import respx
from httpx import Response
from pydantic import SecretStr

from coach.engines.gateway.gateway import Gateway, ModelSettings
from coach.engines.llm.clause_engine import LlmClauses
from coach.engines.llm.engine import LlmEngine
from tests.faults.minds import (
    BESIDE,
    Answer,
    Asked,
    Mind,
    answer_of,
    asked_of,
    completion,
    nothing_said,
)

with warnings.catch_warnings():
    # langchain still names deprecated functions of its own, which we cannot change.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

ADDRESS = "http://127.0.0.1:9/v1"
KINDS = {
    "worried": "concern",
    "proud": "win",
    "tried": "attempt",
    "not sure": "doubt",
    "decided": "decision",
    "learned": "insight",
    "moved": "change",
}
_WILL = re.compile(r"(?<!\w)(?:I['’]ll|(?:I|Ana|Ben) will)(?!\w)")
_LINE = re.compile(r"^(\S+), ([^:]+?)(?:, (\w+) says)?: (.*)$")


class Provider:
    """What a provider is asked, and a mind that answers it; background questions are apart."""

    def __init__(
        self, router: respx.Router, mind: Mind, *, address: str = ADDRESS, clauses: Mind
    ) -> None:
        self.mind = mind
        self.clauses = clauses
        self.asked_beside: list[Asked] = []
        self.sent_beside: list[str] = []
        self.address = address
        self.asked: list[Asked] = []
        self.sent: list[str] = []
        self._route = router.post(f"{address}/chat/completions").mock(side_effect=self._answer)

    def _answer(self, request: object) -> Response:
        body = json.loads(request.content)  # type: ignore[attr-defined]
        asked = asked_of(body, tuple(each.text for each in self.asked))
        beside = asked.call in BESIDE
        (self.asked_beside if beside else self.asked).append(asked)
        sent = request.content.decode()  # type: ignore[attr-defined]
        (self.sent_beside if beside else self.sent).append(sent)
        told = json.dumps(answer_of(self.mind, asked, beside=self.clauses))
        return Response(200, json=completion(asked, told))

    def breaks(self, status: int = 503) -> None:
        """Fail from now on."""
        self._route.mock(side_effect=None, return_value=Response(status))

    def answers_again(self) -> None:
        """Answer from now on."""
        self._route.mock(side_effect=self._answer)

    def calls(self, call: str) -> list[Asked]:
        return [each for each in (*self.asked, *self.asked_beside) if each.call == call]

    def engine(self, *, seconds: float = 10, **given: object) -> LlmEngine:
        return LlmEngine(self._gateway(seconds), seconds=seconds, **given)  # type: ignore[arg-type]

    def engine_of_clauses(self, *, seconds: float = 10) -> LlmClauses:
        return LlmClauses(self._gateway(seconds), seconds=seconds)

    def _gateway(self, seconds: float) -> Gateway:
        chosen = ModelSettings("openai", "m", self.address, SecretStr("sk-not-a-key"), seconds)
        return Gateway(chosen)


def honest(asked: Asked) -> Answer:
    """Answers with what the notes say, in the shape it is asked for."""
    return {"read": _read, "word": _word, "ask": _ask}[asked.call](asked)


def _read(asked: Asked) -> Answer:
    told = [(n, _of_turn(text)) for n, text in asked.passages if not text.startswith("#")]
    facts = [
        {"n": n, "quote": text[:330], "kind": kind, "certainty": "stated"}
        for n, text in told
        if (kind := _kind(text))
    ]
    promised = [
        {
            "n": n,
            "quote": text[:330],
            "owner": "mentee",
            "action": text[:160],
            "due": None,
            "due_at_next": False,
        }
        for n, text in told
        if _WILL.search(text)
    ]
    done = [
        {"n": n, "quote": text[:330], "commitment": number, "status": "done", "new_due": None}
        for n, text in told
        for number, _, action in asked.open
        if text.startswith("Sent") and "draft" in text and "draft" in action
    ]
    return {"facts": facts[:60], "commitments": promised[:30], "outcomes": done[:30]}


def _kind(text: str) -> str | None:
    if _WILL.search(text):
        return "commitment"
    found = [kind for cue, kind in KINDS.items() if cue in text.lower()]
    return found[0] if found else "topic" if len(text.split()) > 3 else None


def _of_turn(text: str) -> str:
    return re.sub(r"^\w+: ", "", text)


def _word(asked: Asked) -> Answer:
    sentences = [
        {"of": [n], "text": _told(_LINE.match(text))[:330]} for n, text in asked.passages[:20]
    ]
    return {"sentences": sentences, "headline": 0 if sentences else None}


def _told(line: re.Match[str] | None) -> str:
    assert line is not None
    who = line[3]
    if who is None:
        return line[4]
    for said, told in ((r"I['’]m", f"{who} is"), (r"I['’]ll", f"{who} will"), ("I", who)):
        line_4 = re.sub(rf"(?<!\w){said}(?!\w)", told, line[4])
        if line_4 != line[4]:
            return re.sub(r"(?<!\w)[Mm]y(?!\w)", f"{who}'s", line_4)
    return line[4]


def _ask(asked: Asked) -> Answer:
    questions = [
        {
            "of": [n],
            "text": f"The notes say “{' '.join(line[4].split()[:6])}”. What has changed since "
            f"then?",
            "intent": "progress",
            "goal": None,
        }
        for n, text in asked.passages
        if (line := _LINE.match(text)) and len(line[4].split()) >= 4 and "“" not in text
    ]
    return {"questions": questions[:2]}


@contextmanager
def provider(
    mind: Mind = honest, *, address: str = ADDRESS, clauses: Mind = nothing_said
) -> Iterator[Provider]:
    """A provider at an address that nobody has."""
    with respx.mock(using="httpcore2", assert_all_called=False) as router:
        yield Provider(router, mind, address=address, clauses=clauses)
