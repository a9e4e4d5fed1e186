"""Which options go together, and what they name."""

from pathlib import Path

import pytest

from coach.errors import Invalid
from evals.options import Comparing, EngineName, Options, SplitName
from evals.suites.table import SuiteName, suite_named


def make_options(**given) -> Options:
    usual = {
        "engine": EngineName.embedded,
        "suite": SuiteName.cases,
        "split": None,
        "data": None,
        "prompts": (),
        "judge": False,
    }
    return Options(**{**usual, **given})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param({"engine": EngineName.llm}, "only the suite cases measures", id="a model"),
        pytest.param({"judge": True}, "leave --judge out", id="a judge"),
        pytest.param({"split": SplitName.test}, "leave --split out", id="a split"),
        pytest.param({"data": Path()}, "leave --data out", id="data"),
    ],
)
def test_what_a_suite_has_no_use_for_is_refused(given, why):
    options = make_options(suite=SuiteName.drift, **given)

    with pytest.raises(Invalid, match=why):
        options.check(suite_named(SuiteName.drift))


def test_dev_is_measured_unless_another_split_is_given():
    assert make_options().request().split == "dev"
    assert make_options(split=SplitName.all).request().split == "all"


def test_prompts_are_a_model_s_alone():
    with pytest.raises(Invalid, match="only a model is given prompts"):
        make_options(prompts=("read=v1",)).request()


@pytest.mark.parametrize("prompt", ["read=1", "hear=v1", "read=vx"])
def test_a_prompt_that_is_not_named_as_prompts_are_is_told(monkeypatch, prompt):
    monkeypatch.setenv("COACH_LLM_MODEL", "openai:a-model")

    with pytest.raises(Invalid, match="a prompt is named as read=v1"):
        make_options(engine=EngineName.llm, prompts=(prompt,)).request()


def test_a_prompt_is_a_name_and_a_number(monkeypatch):
    monkeypatch.setenv("COACH_LLM_MODEL", "openai:a-model")

    request = make_options(engine=EngineName.llm, prompts=("ask=v2",)).request()

    assert request.model.llm_prompts == {"ask": 2}


def test_other_cases_are_compared_with_what_is_named_alone(tmp_path):
    nothing = Comparing(None, gate=False, accept=False)
    named = Comparing(tmp_path / "none.json", gate=False, accept=False)

    assert nothing.known(make_options(data=tmp_path)) is None
    assert nothing.known(make_options()).suite == "cases"
    with pytest.raises(Invalid, match="there is no baseline"):
        named.known(make_options(data=tmp_path))


def test_a_result_that_is_to_be_accepted_needs_none_before_it(tmp_path):
    accepting = Comparing(tmp_path / "none.json", gate=False, accept=True)

    assert accepting.known(make_options()) is None
