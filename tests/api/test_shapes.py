"""Answers have the fields of the HTTP contract; fields may be added, none of these may go."""

import html
from datetime import date

import pytest

_PERSON = {"name", "pronouns", "email"}
_PROVENANCE = {"engine", "fell_back", "reason", "model", "prompts", "dropped"}
_CITED = {"session_id", "held_on", "note_id", "start", "end", "quote"}
SHAPES = {
    "Mentorship": {
        *("id", "mentor", "mentee", "started_on", "timezone", "language", "status"),
        *("paused_until", "ended_on", "external_llm", "erasure_asked_by"),
    },
    "Session": {"id", "held_on", "duration_minutes", "channel", "notes"},
    "Note": {"id", "author", "visibility", "format", "text"},
    "Statement": {"id", "text", "kind", "about", "certainty", "citations"},
    "Fact": {
        *("id", "session_id", "kind", "text", "said_by", "citation"),
        "hidden",
        "corrected_by",
    },
    "Commitment": {
        *("id", "owner", "action", "due", "status", "made_in", "history"),
        *("overdue_because", "added_by"),
    },
    "Event": {"session_id", "held_on", "status", "due", "citation", "by"},
    "Question": {"id", "ask_of", "text", "intent", "about", "carried", "citations"},
    "Drift": {
        *("id", "kind", "clause", "about", "severity", "confidence", "since", "seen", "message"),
        *("innocent_explanation", "question", "options", "status", "by", "about_person"),
    },
    "Passage": {"citation", "score", "context"},
    "Recap": {"session_id", "held_on", "headline", "sections"},
    "Report": {"session", "recap", "questions", "drift", "prior", "provenance"},
    "Brief": {
        *("mentorship_id", "audience", "as_of", "last_session", "headline", "sections"),
        *("commitments", "questions", "drift", "not_found", "provenance"),
    },
    "Reflection": {"mentorship_id", "as_of", "prompts", "commitments", "provenance"},
    "Contract": {
        *("version", "effective_from", "agreed_by", "point_a", "point_b", "goals", "roles"),
        *("cadence", "channels", "feedback", "confidentiality", "phase", "ends_on"),
        *("change_signs", "text", "quotes", "missing"),
    },
    "Hit": {"session_id", "held_on", "score", "passages"},
}
_CONTRACT = {
    "effective_from": "2026-01-05",
    "goals": [{"id": "g1", "statement": "Lead a release"}],
    "cadence": {"every_days": 7},
}
_FIRST = (
    "We talked about the release plan. Ben: I am worried about the estimates.\n"
    "- Ben will send the release draft by 20 May 2026.\n- Ana will book the room.\n"
)
_SECOND = (
    "Ben sent the release draft. Decision: we ship in June.\n"
    "Ben: I am worried about the growing scope of this.\n"
    "- Ben will write the scope list by 3 June 2026.\n"
)


def has(value: dict, shape: str) -> dict:
    assert SHAPES[shape] <= value.keys()
    return value


def each_has(values: list[dict], shape: str) -> list[dict]:
    assert values, f"a {shape} is needed to see its form"
    return [has(value, shape) for value in values]


@pytest.fixture(scope="module")
def told(world):
    """A pair with a contract and two sessions, long enough ago to drift."""
    pair = world.pair(started_on="2026-01-05")
    pair.send("mentee", "PUT", "/contract", json=_CONTRACT)
    pair.session("mentor", _FIRST, held_on="2026-05-06", duration_minutes=45, channel="call")
    pair.session("mentee", _SECOND, held_on="2026-05-27")
    return pair


def test_a_mentorship(told):
    found = has(told.get("tool", "").json(), "Mentorship")

    assert found["mentor"].keys() >= _PERSON
    assert (found["timezone"], found["language"], found["status"]) == ("UTC", "en", "active")


def test_a_page_of_mentorships(world, told):
    page = world.admin("GET", "/v1/mentorships").json()

    assert page.keys() >= {"items", "next"}
    each_has(page["items"], "Mentorship")


def test_sessions_oldest_first(told):
    found = each_has(told.get("mentor", "/sessions").json(), "Session")

    assert [each["held_on"] for each in found] == ["2026-05-06", "2026-05-27"]
    assert found[0]["duration_minutes"] == 45
    each_has(found[0]["notes"], "Note")
    assert told.get("tool", f"/sessions/{found[0]['id']}").json() == found[0]


def test_a_report(told):
    session_id = told.get("mentor", "/sessions").json()[1]["id"]

    found = has(told.get("mentor", f"/sessions/{session_id}/report").json(), "Report")

    has(found["session"], "Session")
    assert has(found["recap"], "Recap")["session_id"] == session_id
    each_has(found["questions"], "Question")
    assert found["provenance"].keys() >= _PROVENANCE
    assert found["provenance"]["dropped"].keys() >= {"statements", "questions"}


def test_facts_and_commitments(told):
    facts = each_has(told.get("mentor", "/facts").json(), "Fact")
    made = each_has(told.get("mentor", "/commitments").json(), "Commitment")

    assert facts[0]["citation"].keys() >= _CITED
    assert made[0]["made_in"].keys() >= _CITED
    each_has(made[0]["history"], "Event")


def test_a_brief(told):
    found = has(told.get("mentee", "/brief").json(), "Brief")

    assert (found["audience"], found["as_of"]) == ("mentee", "2026-06-15")
    assert found["last_session"].keys() >= {"id", "held_on"}
    assert found["commitments"].keys() >= {"open", "overdue", "closed_since_last"}
    for section in found["sections"]:
        assert section.keys() >= {"kind", "title", "statements"}
        each_has(section["statements"], "Statement")
    for question in found["questions"]:
        has(question, "Question")


def test_every_citation_quotes_its_note_to_the_letter(told):
    texts = {
        note["id"]: note["text"]
        for session in told.get("mentor", "/sessions").json()
        for note in session["notes"]
    }
    brief = told.get("mentor", "/brief").json()
    statements = [each for section in brief["sections"] for each in section["statements"]]
    cited = [citation for each in statements for citation in each["citations"]]

    assert cited
    for each in cited:
        assert texts[each["note_id"]][each["start"] : each["end"]] == each["quote"]


def test_drift(told):
    found = each_has(told.get("mentor", "/drift").json(), "Drift")

    assert found[0]["options"].keys() >= {"return_to", "amend_to"}
    assert found[0]["clause"].keys() >= {"name", "version", "text"}
    assert told.get("mentor", "/drift", status="all").json() == found


@pytest.mark.parametrize("form", ["text/markdown", "text/html"])
def test_a_page_shows_all_of_a_warning(told, form):
    (warning, *_) = told.get("mentor", "/drift").json()

    page = html.unescape(told.send("mentor", "GET", "/brief", headers={"Accept": form}).text)

    seen = [each.get("computed") or each["quote"] for each in warning["seen"]]
    ways = warning["options"].values()
    said = (warning["message"], warning["innocent_explanation"], warning["question"])
    for text in (warning["clause"]["text"], *seen, *said, *ways):
        assert text in page


def test_a_reflection(told):
    found = has(told.get("mentee", "/reflection").json(), "Reflection")

    each_has(found["prompts"], "Question")
    assert found["commitments"].keys() >= {"open", "overdue"}


def test_search(told):
    found = told.get("mentor", "/search", q="release draft").json()

    assert found.keys() == {"sessions"}
    hits = each_has(found["sessions"], "Hit")
    passages = each_has(hits[0]["passages"], "Passage")
    assert len(passages) <= 5
    assert [each["score"] for each in hits] == sorted((h["score"] for h in hits), reverse=True)


def test_search_counts_sessions(told):
    assert len(told.get("mentor", "/search", q="release", limit=1).json()["sessions"]) == 1


def test_a_contract_and_its_versions(told):
    found = has(told.get("tool", "/contract").json(), "Contract")

    assert (found["version"], found["agreed_by"]) == (1, ["mentee"])
    assert found["goals"][0]["id"] == "g1"
    assert found["roles"].keys() >= {"mentor", "mentee"}
    assert told.get("tool", "/contract/versions").json() == [found]


def test_the_contract_in_force_is_the_highest_by_then(fresh_pair):
    for day in ("2026-03-01", "2026-05-01", "2026-04-01"):
        fresh_pair.send("tool", "PUT", "/contract", json={"effective_from": day})

    days = ("2026-02-28", "2026-03-01", "2026-04-30", "2026-05-02")
    answers = [fresh_pair.get("tool", "/contract", as_of=day) for day in days]

    assert [each.status_code for each in answers] == [404, 200, 200, 200]
    assert [each.json()["version"] for each in answers[1:]] == [1, 3, 3]


def test_agreeing_adds_the_callers_side(fresh_pair):
    fresh_pair.send("mentor", "PUT", "/contract", json={"effective_from": "2026-01-05"})

    agreed = fresh_pair.post("mentee", "/contract/1/agreement", {})

    assert sorted(agreed.json()["agreed_by"]) == ["mentee", "mentor"]
    assert fresh_pair.post("mentee", "/contract/2/agreement", {}).status_code == 404
    assert fresh_pair.post("mentee", "/contract/1/agreement", {"x": 1}).status_code == 422


def test_an_export_holds_everything_the_asker_may_see(told):
    found = told.get("mentee", "/export").json()

    assert found["mentorship"] == told.get("mentee", "").json()
    assert found["contracts"] == told.get("mentee", "/contract/versions").json()
    for name in ("sessions", "facts", "commitments", "drift"):
        assert found[name] == told.get("mentee", f"/{name}").json()
    assert (found["preparations"], found["added_commitments"]) == ([], [])


def test_answers_are_the_same_each_time_and_times_are_in_a_header(told):
    one, other = (told.get("mentor", "/brief") for _ in range(2))

    assert one.content == other.content
    assert one.headers["server-timing"].startswith("app;dur=")
    assert one.headers["etag"] == other.headers["etag"]
    assert one.headers["cache-control"] == "no-store"


def test_every_read_looks_back(told):
    assert [each["held_on"] for each in told.get("mentor", "/sessions", as_of="2026-05-26").json()]
    brief = told.get("mentor", "/brief", as_of="2026-05-26").json()
    assert brief["last_session"]["held_on"] == "2026-05-06"
    assert told.get("mentor", "/facts", as_of="2026-05-05").json() == []
    assert told.get("mentor", "/search", q="release", as_of="2026-05-05").json() == {"sessions": []}


@pytest.mark.parametrize("status", ["open", "overdue", "partly", "done", "dropped"])
def test_commitments_of_one_status(status, told):
    every = told.get("mentor", "/commitments").json()

    found = told.get("mentor", "/commitments", status=status).json()

    assert found == [each for each in every if each["status"] == status]


def test_facts_of_one_session(told):
    session_id = told.get("mentor", "/sessions").json()[0]["id"]

    found = told.get("mentor", "/facts", session_id=session_id).json()

    assert {each["session_id"] for each in found} == {session_id}


@pytest.mark.parametrize(
    ("timezone", "today"),
    [("Pacific/Kiritimati", "2026-06-16"), ("America/Los_Angeles", "2026-06-15")],
    ids=["ahead", "behind"],
)
def test_today_is_the_mentorships(timezone, today, fresh_world):
    fresh_world.clock.now = fresh_world.clock.now.replace(hour=12)
    pair = fresh_world.pair(timezone=timezone)

    as_of = date.fromisoformat(pair.get("mentor", "/brief").json()["as_of"])

    assert as_of.isoformat() == today


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health(path, world):
    assert world.client.get(path).json()["status"]


def test_not_ready_while_the_store_cannot_be_opened(fresh_world):
    database = fresh_world.data_dir / "coach.db"
    fresh_world.parts.store.close()
    away = database.rename(database.with_suffix(".away"))
    database.mkdir()

    refused = fresh_world.client.get("/readyz")
    database.rmdir()
    away.rename(database)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert fresh_world.client.get("/readyz").status_code == 200
