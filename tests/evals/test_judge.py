"""The optional judge: what it is sent, what it says, and that nothing else hears it."""

import json
import sys
import warnings

import pytest
from httpx import Response

from coach.errors import Invalid
from coach.settings import Settings
from evals.command import main
from evals.judge import configured, counts_text, pairs
from evals.metrics.outcome import CaseOutcome, Miss
from evals.reports.page import page
from evals.results.adding_up import added_up
from evals.results.files import load
from evals.results.result import JudgeVerdict, Result
from evals.subject import Timings

with warnings.catch_warnings():
    # langchain still names functions of its own that it has deprecated; we cannot change that.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

ADDRESS = "http://127.0.0.1:9/v1"
DAY = "to judge: must not state, 2026-01-05"
TO_JUDGE = Miss(what=DAY, said="Ben may leave <b>soon</b>.", wanted="Ben leaves")
OTHER = Miss(what="wrong owner", said="mentor", wanted="mentee: I will tell nobody")
CASE = """\
id: tiny
domain: first talks
style: short
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts: []
sessions:
  - id: s1
    held_on: 2026-01-05
    notes:
      - id: s1a
        author: tool
        visibility: shared
        format: markdown
        text: Ben will send the draft of the talk to Ana by 12 January. The choir sings on Sunday.
gold:
  facts: []
  commitments: []
  checkpoints:
    - as_of: 2026-01-20
      must_cover: []
      must_not_state: [Ben has sent the draft]
      open_commitments: []
      overdue_commitments: []
      drift_expected: []
      drift_forbidden: []
"""


def make_result(tmp_path, *misses: Miss) -> Result:
    outcome = CaseOutcome(name="choir", scores={}, ratios={}, misses=misses)
    return added_up("cases", [outcome], timings=Timings(), data=tmp_path)


def completion(content: str | None, *, end: str = "stop", **message: str) -> Response:
    said = {"role": "assistant", "content": content, **message}
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": "a-model",
        "choices": [{"index": 0, "finish_reason": end, "message": said}],
    }
    return Response(200, json=answer)


def opinion(*, states: bool, reason: str = "It says may.") -> str:
    return json.dumps({"states": states, "reason": reason})


@pytest.fixture
def settings(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"COACH_{name.upper()}", raising=False)
    return Settings(llm_model="openai:a-model", llm_base_url=ADDRESS, llm_deadline_seconds=5)


@pytest.fixture
def provider(no_provider_is_reached):
    return no_provider_is_reached.post(f"{ADDRESS}/chat/completions")


@pytest.fixture
def verdicts(settings):
    def of(result: Result) -> tuple[JudgeVerdict, ...]:
        return configured(settings, own_notes=True).verdicts(result, lambda _case: None)

    return of


@pytest.mark.parametrize(
    ("states", "told"),
    [
        pytest.param(True, "states it: It says may.", id="it does"),
        pytest.param(False, "does not state it: It says may.", id="it does not"),
    ],
)
def test_a_verdict_has_its_reason_and_who_gave_it(provider, verdicts, tmp_path, states, told):
    provider.mock(return_value=completion(opinion(states=states)))

    (verdict,) = verdicts(make_result(tmp_path, TO_JUDGE, OTHER))

    assert (verdict.said, verdict.wanted) == (TO_JUDGE.said, TO_JUDGE.wanted)
    assert str(verdict) == told
    assert verdict.by == "openai:a-model, judge_statement v1"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(completion(None, refusal="I will not."), "refused", id="a refusal"),
        pytest.param(Response(500), "http_500", id="a broken server"),
        pytest.param(completion('{"states": tr'), "not_as_asked", id="broken JSON"),
        pytest.param(
            completion(opinion(states=True, reason="x" * 301)), "not_as_asked", id="a long reason"
        ),
        pytest.param(
            completion(opinion(states=True), end="length"), "cut_short", id="cut at its length"
        ),
    ],
)
def test_a_failure_is_a_verdict_that_says_so(provider, verdicts, tmp_path, reply, code):
    provider.mock(return_value=reply)

    (verdict,) = verdicts(make_result(tmp_path, TO_JUDGE))

    assert verdict.states is None
    assert str(verdict) == f"not judged: {code}"


def test_one_failure_does_not_stop_the_rest(provider, verdicts, tmp_path):
    second = TO_JUDGE.model_copy(update={"wanted": "Ben left"})
    provider.mock(side_effect=[Response(400), completion(opinion(states=True))])

    found = verdicts(make_result(tmp_path, TO_JUDGE, second))

    assert [each.states for each in found] == [None, True]
    assert counts_text(found) == "judged: 1 of 2 state what they must not, 1 not judged"


def test_the_model_is_sent_the_two_sentences_and_nothing_else_of_the_notes(
    provider, verdicts, tmp_path
):
    provider.mock(return_value=completion(opinion(states=False)))

    verdicts(make_result(tmp_path, TO_JUDGE, OTHER))

    sent = provider.calls.last.request.content.decode()
    body = json.loads(sent)
    (message,) = body["messages"]
    assert f"<claim>\n{TO_JUDGE.wanted}\n</claim>" in message["content"]
    assert f"<statement>\n{TO_JUDGE.said}\n</statement>" in message["content"]
    assert body["temperature"] == 0
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["states", "reason"]
    assert schema["properties"]["reason"]["maxLength"] == 300
    for private in (OTHER.wanted, "choir", "2026-01-05"):
        assert private not in sent


def test_a_pair_of_two_days_is_asked_about_once(provider, verdicts, tmp_path):
    provider.mock(return_value=completion(opinion(states=False)))
    later = TO_JUDGE.model_copy(update={"what": DAY.replace("01-05", "02-05")})
    result = make_result(tmp_path, TO_JUDGE, later)

    found = verdicts(result)

    assert len(found) == len(pairs(result)) == provider.call_count == 1
    judged_page = page(result.model_copy(update={"verdicts": found}), None)
    assert judged_page.count("does not state it") == 2


def test_the_page_shows_a_verdict_beside_its_pair_as_text(tmp_path):
    result = make_result(tmp_path, TO_JUDGE)
    verdict = JudgeVerdict(
        said=TO_JUDGE.said, wanted=TO_JUDGE.wanted, states=True, reason="<i>so</i>", by="m, p v1"
    )

    shown = page(result.model_copy(update={"verdicts": (verdict,)}), None)

    assert "<th>verdict</th>" in shown
    assert "states it: &lt;i&gt;so&lt;/i&gt;" in shown
    assert "(m, p v1) is an opinion" in shown
    assert "verdict</th>" not in page(result, None)


def test_somebodys_own_notes_stay_on_this_machine(settings):
    away = settings.model_copy(update={"llm_base_url": None})

    with pytest.raises(Invalid, match="only one at a COACH_LLM_BASE_URL of this machine"):
        configured(away, own_notes=True)
    assert configured(away, own_notes=False)


@pytest.fixture
def evals(monkeypatch, settings, tmp_path):
    """The command with a model set, on one small case; the exit code."""
    monkeypatch.setenv("COACH_LLM_MODEL", str(settings.llm_model))
    monkeypatch.setenv("COACH_LLM_BASE_URL", ADDRESS)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "tiny.yaml").write_text(CASE, encoding="utf-8")

    def run(*words: object) -> int:
        given = ["evals", *map(str, words), "--out", str(tmp_path / "reports")]
        monkeypatch.setattr(sys, "argv", given)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


def test_the_command_counts_and_keeps_the_verdicts_and_the_baseline_has_none(
    evals, provider, tmp_path, capsys
):
    provider.mock(return_value=completion(opinion(states=True)))
    known = tmp_path / "known.json"

    code = evals("--judge", "--data", tmp_path / "cases", "--against", known, "--accept")

    assert code == 0
    assert "judged: 1 of 1 state what they must not, 0 not judged" in capsys.readouterr().out
    (kept,) = (tmp_path / "reports").glob("*.json")
    assert [each.states for each in load(kept).verdicts] == [True]
    assert load(known).verdicts == ()


def test_a_recorded_verdict_is_given_again_and_a_missing_one_names_its_file(
    evals, provider, tmp_path, capsys, monkeypatch
):
    kept = tmp_path / "kept"
    words = (
        "--judge",
        "--data",
        tmp_path / "cases",
        "--against",
        tmp_path / "known.json",
        "--accept",
    )
    provider.mock(return_value=completion(opinion(states=True)))
    monkeypatch.setenv("COACH_LLM_RECORD", str(kept))
    assert evals(*words) == 0
    monkeypatch.delenv("COACH_LLM_RECORD")
    monkeypatch.setenv("COACH_LLM_REPLAY", str(kept))
    capsys.readouterr()

    assert evals(*words) == 0
    assert "judged: 1 of 1 state what they must not" in capsys.readouterr().out
    assert provider.call_count == 1

    (answer,) = kept.glob("*.answer.json")
    answer.unlink()
    assert evals(*words) == 2
    assert f"no recorded answer: fill in {answer}" in capsys.readouterr().err


def test_nobody_is_asked_without_the_flag(evals, provider, tmp_path, capsys):
    code = evals("--data", tmp_path / "cases")

    assert code == 0
    assert "judged" not in capsys.readouterr().out
    assert provider.call_count == 0


@pytest.mark.parametrize(
    ("words", "variables", "why"),
    [
        pytest.param(["--judge"], {"MODEL": ""}, "set COACH_LLM_MODEL", id="no model"),
        pytest.param(
            ["--judge"], {"MODEL": "a-model"}, "COACH_LLM_MODEL needs provider:model", id="a form"
        ),
        pytest.param(
            ["--judge"],
            {"MODEL": "no_such:a-model"},
            "a model of 'no_such' cannot be used here",
            id="an unknown provider",
        ),
        pytest.param(
            ["--judge", "--data", "."],
            {"BASE_URL": "https://example.org/v1"},
            "of this machine may see it",
            id="own notes to another host",
        ),
        pytest.param(
            ["--judge", "--suite", "drift"], {}, "leave --judge out", id="nothing to judge"
        ),
    ],
)
def test_a_mistake_is_one_clear_line(evals, monkeypatch, capsys, words, variables, why):
    for name, value in variables.items():
        monkeypatch.setenv(f"COACH_LLM_{name}", value)

    code = evals(*words)

    assert code == 2
    (told,) = capsys.readouterr().err.strip().splitlines()
    assert told.startswith("evals: ")
    assert why in told
