"""A sample mentorship through the coach's own server with a real model, and a transcript of it.

The model is as small as models get: it copies, invents and repeats itself. It serves to test the
real connection, and as an adversary of every check.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import coach.terminal.sample
from api.web.pages import brief_page
from coach.model.answers import Brief, Reflection, Report
from coach.model.people import Mentorship, Side
from coach.use_cases import casefile
from tests.api.served import Served, served
from tests.live.model_server import NAME, ModelServer, Tokens, serving

_SAMPLE = Path(coach.terminal.sample.__file__).parent / "grid-planner.yaml"
_SESSIONS = 2
PATIENT_SECONDS = 600
USUAL_SECONDS = 20
_SHAPES = {
    **dict.fromkeys(("report", "session", "private"), Report),
    "brief": Brief,
    "reflection": Reflection,
}
Answer = Brief | Reflection | Report


@dataclass
class Call:
    """One request to the coach: the answer, how long it took, and what the model was asked for."""

    what: str
    status: int
    seconds: float
    tokens: Tokens
    answer: Answer | None
    told: list[dict] = field(default_factory=list)

    def lines(self, texts: Mapping[str, str]) -> Iterator[str]:
        """The call, told."""
        yield (
            f"{self.what:44} {self.status}  {self.seconds:6.1f} s"
            f"  {self.tokens.read:5} + {self.tokens.written:4} tokens"
        )
        if self.answer is None:
            return
        made = self.answer.provenance
        yield (
            f"    engine {made.engine}, fell_back {made.fell_back}, reason {made.reason},"
            f" model {made.model},"
            f" prompts {made.prompts}, dropped {made.dropped.statements} statements"
            f" and {made.dropped.questions} questions"
        )
        for said in self.told:
            yield from _told(said, texts, _shown(self.answer))


def _told(said: dict, texts: Mapping[str, str], shown: str) -> Iterator[str]:
    """What the model answered to one question, each thing with what became of it."""
    notes = _plain(" ".join(texts.values()))
    for name in ("facts", "commitments", "outcomes"):
        for each in said.get(name, []):
            quoted = _plain(each["quote"]) in notes
            fate = "quotes the notes" if quoted else "dropped: no such words in the notes"
            yield f"    read  {name[:-1]} “{each['quote'][:70]}”  → {fate}"
    for name, verb in (("sentences", "word"), ("questions", "ask ")):
        for each in said.get(name, []):
            text = " ".join(each["text"].split())
            fate = "kept" if text and text in shown else "dropped or not needed"
            yield f"    {verb}  {each['of']} “{each['text'][:90]}”  → {fate}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(' .,;:"')


def _shown(answer: Answer) -> str:
    return json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)


@dataclass
class Journey:
    """All requests and answers, and the notes as they were sent and as they were in the end."""

    tell: Callable[[str], object]
    calls: list[Call] = field(default_factory=list)
    hurried: list[Call] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    names: tuple[str, str] = ("", "")

    @property
    def answers(self) -> list[Answer]:
        """Every answer that holds statements."""
        return [each.answer for each in (*self.calls, *self.hurried) if each.answer]


class _Traveller:
    """Sends requests of one pair and notes what they cost."""

    def __init__(
        self, server: Served, model: ModelServer, journey: Journey, *, patient: bool
    ) -> None:
        self._server = server
        self._model = model
        self._tape = server.log.parent / "tape"
        self._journey = journey
        self._calls = journey.calls if patient else journey.hurried

    def send(self, what: str, method: str, path: str, key: str, **request) -> dict:
        """One request, noted; the body of its answer."""
        known = set(self._tape.glob("*.answer.json"))
        before, begun = self._model.tokens(), time.monotonic()
        status, body = self._server.send(method, path, key, **request)
        took = time.monotonic() - begun
        new = sorted(set(self._tape.glob("*.answer.json")) - known)
        call = Call(what, status, took, self._model.tokens().since(before), None)
        self._calls.append(call)
        told = json.loads(body) if body[:1] == b"{" else {}
        shape = _SHAPES.get(what.split()[1]) if status < 300 else None
        if shape is not None:
            call.answer = shape.model_validate(told)
            call.told = [json.loads(each.read_text()) for each in new]
        for line in call.lines(self._journey.sent):
            self._journey.tell(line)
        return told


def travelled(folder: Path, tell: Callable[[str], object]) -> Journey:
    """Go the whole way in this folder, once with patience and once without.

    `tell` gets a transcript line by line.
    """
    journey = Journey(tell)
    with serving(folder) as model:
        tell(f"{NAME}, with {PATIENT_SECONDS} seconds for an answer\n")
        pair = _patiently(folder, model, journey)
        tell(f"\nAfter kill -9, with the usual {USUAL_SECONDS} seconds\n")
        _hurriedly(folder, model, journey, pair)
    return journey


@dataclass
class _Pair:
    """Where a mentorship is, with keys to it."""

    base: str
    keys: dict[str, str]
    last: str
    on: str


@contextmanager
def _running(folder: Path, model: ModelServer, seconds: float) -> Iterator[Served]:
    settings = {
        "COACH_LLM_MODEL": f"openai:{NAME}",
        "COACH_LLM_BASE_URL": model.base_url,
        "COACH_LLM_DEADLINE_SECONDS": str(seconds),
        "COACH_LLM_RECORD": str(folder / "tape"),
    }
    with served(folder, settings=settings, timeout_seconds=seconds + 60) as server:
        yield server


def _patiently(folder: Path, model: ModelServer, journey: Journey) -> _Pair:
    """Record the sample without waiting, ask for every answer patiently, and kill the server."""
    with _running(folder, model, PATIENT_SECONDS) as server:
        traveller = _Traveller(server, model, journey, patient=True)
        pair = _taken_in(server, traveller, journey)
        for side, what in (
            ("mentor", "brief"),
            ("mentee", "reflection"),
            ("mentor", "report"),
            ("mentee", "report"),
        ):
            _ask(traveller, pair, side, what)
        journey.tell("\nThe mentor's page\n")
        _, people = server.send("GET", pair.base, pair.keys["mentor"])
        page = next(each.answer for each in journey.calls if isinstance(each.answer, Brief))
        journey.tell(brief_page(page, Mentorship.model_validate_json(people), "md"))
        server.process.kill()
    return pair


def _hurriedly(folder: Path, model: ModelServer, journey: Journey, pair: _Pair) -> None:
    with _running(folder, model, USUAL_SECONDS) as server:
        traveller = _Traveller(server, model, journey, patient=False)
        _ask(traveller, pair, "mentor", "brief")
        _ask(traveller, pair, "mentee", "reflection")
        for side in ("mentor", "mentee"):
            told = traveller.send(
                f"{side} export", "GET", f"{pair.base}/export", pair.keys[side], params={}
            )
            for session in told["sessions"]:
                journey.kept |= {note["id"]: note["text"] for note in session["notes"]}


def _ask(traveller: _Traveller, pair: _Pair, side: Side, what: str) -> None:
    path = f"/sessions/{pair.last}/report" if what == "report" else f"/{what}"
    named = f"{side} {what} as of {pair.on}"
    traveller.send(named, "GET", pair.base + path, pair.keys[side], params={"as_of": pair.on})


def _taken_in(server: Served, traveller: _Traveller, journey: Journey) -> _Pair:
    case = casefile.load(_SAMPLE)
    people = case.mentorship.model_dump(include={"mentor", "mentee"}, exclude_none=True)
    mentorship_id, keys = server.pair(**people)
    journey.names = (case.mentorship.mentor.name, case.mentorship.mentee.name)
    base = f"/v1/mentorships/{mentorship_id}"
    contract = case.contracts[0].model_dump(
        mode="json", exclude_none=True, exclude={"version", "agreed_by", "quotes", "missing"}
    )
    traveller.send("mentor contract", "PUT", f"{base}/contract", keys["mentor"], json=contract)
    pair = _Pair(base, keys, "", "")
    for session in case.sessions[:_SESSIONS]:
        given = session.model_dump(mode="json", exclude={"id", "notes"}, exclude_none=True)
        written = [note.model_dump(mode="json", exclude={"id"}) for note in session.notes]
        shared = [note for note in written if note["visibility"] == "shared"]
        in_a_hurry = {"Prefer": "wait=0"}
        made = traveller.send(
            f"mentor session of {session.held_on}, wait=0",
            "POST",
            f"{base}/sessions",
            keys["mentor"],
            json={**given, "notes": shared},
            headers=in_a_hurry,
        )
        pair.last, pair.on = made["session"]["id"], str(session.held_on + timedelta(days=1))
        journey.sent |= {note["id"]: note["text"] for note in made["session"]["notes"]}
        for note in written:
            if note["visibility"] != "shared":
                made = traveller.send(
                    f"{note['visibility']} private note of {session.held_on}, wait=0",
                    "POST",
                    f"{base}/sessions/{pair.last}/notes",
                    keys[note["visibility"]],
                    json=note,
                    headers=in_a_hurry,
                )
                journey.sent |= {each["id"]: each["text"] for each in made["session"]["notes"]}
    return pair
