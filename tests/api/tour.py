"""A walk through every call with words that stand nowhere else, also where they are refused."""

import json
from collections.abc import Callable
from typing import NamedTuple

from tests.api.world import ADMIN_KEY, as_note, canary

Send = Callable[..., tuple[int, bytes]]
"""Sends (method, path, key, json=, params=, headers=) and gives status and body."""


class Tour(NamedTuple):
    """What was said, which keys were made, and what was answered."""

    words: list[str]
    keys: list[str]
    statuses: list[int]


class _Guide:
    def __init__(self, send: Send) -> None:
        self._send = send
        self.words: list[str] = []
        self.statuses: list[int] = []

    def word(self) -> str:
        self.words.append(canary("log"))
        return self.words[-1]

    def ask(self, method: str, path: str, key: str | None, **request) -> dict:
        status, body = self._send(method, path, key, **request)
        self.statuses.append(status)
        return json.loads(body) if body[:1] in {b"{", b"["} else {}


def toured(send: Send) -> Tour:
    """Call everything once and more, with canaries in all that can be said."""
    guide = _Guide(send)
    people = {
        side: {name: f"{guide.word()} Lima" for name in ("name", "pronouns", "email")}
        for side in ("mentor", "mentee")
    }
    pair = guide.ask("POST", "/v1/mentorships", ADMIN_KEY, json=people)["id"]
    base = f"/v1/mentorships/{pair}"
    made = [
        guide.ask("POST", f"{base}/keys", ADMIN_KEY, json={"acts_as": role})
        for role in ("mentor", "mentee", "tool", "tool")
    ]
    mentor, mentee, tool, spare = (each["key"] for each in made)
    _told(guide, base, mentor, mentee)
    _asked(guide, base, mentee, tool)
    _refused(guide, base, mentor)
    guide.ask("GET", "/v1/mentorships", ADMIN_KEY, params={"limit": 1})
    guide.ask("GET", f"{base}/keys", ADMIN_KEY)
    guide.ask("DELETE", f"{base}/keys/{made[3]['id']}", ADMIN_KEY)
    guide.ask("GET", base, spare)
    _erased(guide, base, mentor)
    return Tour(guide.words, [ADMIN_KEY, mentor, mentee, tool, spare], guide.statuses)


def _told(guide: _Guide, base: str, mentor: str, mentee: str) -> None:
    goal = {"id": guide.word(), "statement": guide.word(), "success_criteria": guide.word()}
    contract = {
        "effective_from": "2026-01-05",
        "goals": [goal],
        "roles": {"mentor": [guide.word()], "mentee": [guide.word()]},
        "channels": [guide.word()],
        "feedback": {"every_sessions": 2, "method": guide.word()},
        **{name: guide.word() for name in ("point_a", "point_b", "confidentiality", "text")},
        "change_signs": [guide.word()],
    }
    guide.ask("PUT", f"{base}/contract", mentor, json=contract)
    guide.ask("POST", f"{base}/contract/1/agreement", mentee)
    text = (
        f"Ben: I am worried about {guide.word()}.\n"
        f"- I will send the {guide.word()} draft to the board by Friday.\n"
    )
    session = {
        "held_on": "2026-06-01",
        "channel": guide.word(),
        "notes": [as_note(text), as_note(guide.word(), visibility="mentor")],
    }
    headers = {"Idempotency-Key": guide.word()}
    for _ in "twice":
        kept = guide.ask("POST", f"{base}/sessions", mentor, json=session, headers=headers)
    session_id, note_id = kept["session"]["id"], kept["session"]["notes"][1]["id"]
    guide.ask("POST", f"{base}/sessions/{session_id}/notes", mentee, json=as_note(guide.word()))
    guide.ask("GET", f"{base}/sessions/{session_id}", mentee)
    guide.ask("GET", f"{base}/sessions/{session_id}/report", mentee)
    guide.ask("GET", f"{base}/notes/{note_id}", mentor)
    guide.ask("PATCH", f"{base}/notes/{note_id}", mentor, json={"visibility": "shared"})
    guide.ask("DELETE", f"{base}/notes/{note_id}", mentor)
    wanted = {"text": f"Help me with {guide.word()}.", "visibility": "shared"}
    guide.ask("POST", f"{base}/preparations", mentor, json=wanted)
    guide.ask("PATCH", base, mentor, json={"external_llm": True})
    promise = {"owner": "both", "action": f"Ring {guide.word()}", "visibility": "mentor"}
    added = guide.ask("POST", f"{base}/commitments", mentor, json=promise)["made_in"]["note_id"]
    guide.ask("PATCH", f"{base}/notes/{added}", mentor, json={"visibility": "shared"})
    guide.ask("DELETE", f"{base}/notes/{added}", mentor)


def _erased(guide: _Guide, base: str, mentor: str) -> None:
    session = {"held_on": "2026-06-02", "channel": guide.word(), "notes": [as_note(guide.word())]}
    made = guide.ask("POST", f"{base}/sessions", mentor, json=session)["session"]
    path = f"{base}/sessions/{made['id']}"
    guide.ask("PATCH", path, mentor, json={"channel": guide.word()})
    guide.ask("POST", f"{path}/notes", mentor, json=as_note(guide.word(), visibility="mentor"))
    guide.ask("DELETE", path, mentor)
    guide.ask("GET", f"{base}/erasures/{guide.word()}", ADMIN_KEY)
    guide.ask("DELETE", base, ADMIN_KEY)


def _asked(guide: _Guide, base: str, mentee: str, tool: str) -> None:
    for path in ("/contract", "/contract/versions", "/sessions", "/facts", "/commitments"):
        guide.ask("GET", f"{base}{path}", tool)
    found = guide.ask("GET", f"{base}/export", tool)
    path = f"{base}/facts/{found['facts'][0]['id']}"
    guide.ask("PATCH", path, mentee, json={"kind": guide.word()})
    guide.ask("PATCH", path, mentee, json={"kind": "concern"})
    guide.ask("GET", path, mentee)
    made = found["commitments"]
    path = f"{base}/commitments/{made[0]['id']}"
    guide.ask("PATCH", path, mentee, json={"action": guide.word(), "due": None})
    guide.ask("PATCH", path, mentee, json={"owner": guide.word(), guide.word(): guide.word()})
    guide.ask("PATCH", f"{base}/commitments/{guide.word()}", tool, json={"action": guide.word()})
    guide.ask("GET", path, mentee)
    for path in ("/brief", "/reflection", "/drift", "/export", ""):
        guide.ask("GET", f"{base}{path}", mentee)
    path = f"{base}/drift/{guide.word()}"
    guide.ask("POST", f"{path}/decision", mentee, json={"decision": guide.word()})
    guide.ask("POST", f"{path}/decision", mentee, json={"decision": "return"})
    guide.ask("GET", path, tool)
    for accept in ("text/html", "text/markdown", guide.word()):
        guide.ask("GET", f"{base}/brief", mentee, headers={"Accept": accept})
    guide.ask("GET", f"{base}/search", tool, params={"q": f"{guide.word()} worried"})
    asked = {"questions": [f"Did {guide.word()} help?", guide.word()]}
    guide.ask("POST", "/v1/questions/lint", tool, json=asked)
    for path in ("/healthz", "/readyz"):
        guide.ask("GET", path, None)


def _refused(guide: _Guide, base: str, mentor: str) -> None:
    wrong = {"held_on": guide.word(), guide.word(): guide.word(), "notes": guide.word()}
    guide.ask("POST", f"{base}/sessions", mentor, json=wrong)
    guide.ask("POST", f"{base}/sessions", mentor, json={"held_on": f"{guide.word()}\ud800"})
    guide.ask("GET", f"{base}/{guide.word()}", mentor)
    guide.ask("GET", f"{base}/sessions/{guide.word()}", mentor)
    guide.ask("GET", f"{base}/facts", mentor, params={guide.word(): guide.word()})
    guide.ask("GET", f"{base}/facts", guide.word())
    guide.ask("POST", "/v1/questions/lint", mentor, json={"questions": guide.word()})
    guide.ask("POST", base, mentor, headers={"X-Request-Id": guide.word()})
    guide.ask("DELETE", base, mentor)
    guide.ask("PATCH", base, mentor, json={}, headers={"If-Match": guide.word()})
