"""The gate: what passes, what does not, and in which words."""

import pytest

from coach.errors import Invalid
from evals.baselines.gate import accept, accepted, differences, path_of
from evals.metrics.counts import Ratio, Score
from evals.metrics.outcome import CaseOutcome
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Timings

ELSEWHERE = {"platform": "Darwin arm64"}


def make_result(tmp_path, **cases: dict[str, tuple[float, float]]) -> Result:
    """A result of cases with their ratios as hits and of how many."""
    outcomes = [
        CaseOutcome(
            name=name,
            scores={},
            ratios={each: Ratio(*ratio) for each, ratio in ratios.items()},
            misses=(),
        )
        for name, ratios in cases.items()
    ]
    return added_up("cases", outcomes, timings=Timings(), data=tmp_path)


def made_on(result: Result, **provenance) -> Result:
    return result.model_copy(update={"provenance": result.provenance.model_copy(update=provenance)})


def test_the_same_result_passes(tmp_path):
    result = make_result(tmp_path, choir={"brief must-cover": (1, 2)})

    assert differences(result, result) == []


def test_a_difference_names_figure_direction_and_the_cases_that_moved_it(tmp_path):
    was = make_result(
        tmp_path, choir={"brief must-cover": (4, 8)}, bank={"brief must-cover": (1, 2)}
    )
    now = make_result(
        tmp_path, choir={"brief must-cover": (2, 8)}, bank={"brief must-cover": (1, 2)}
    )

    assert differences(now, was) == [
        "brief must-cover: 0.3, was 0.5, worse (choir 0.5 → 0.25)",
    ]


def test_precision_names_cases_by_their_f1(tmp_path):
    def scored(right: int) -> Result:
        outcome = CaseOutcome(
            name="choir", scores={"facts, any kind": Score(4, right, 4, 2)}, ratios={}, misses=()
        )
        return added_up("cases", [outcome], timings=Timings(), data=tmp_path)

    found = differences(scored(1), scored(2))

    assert found[0] == (
        "facts, any kind: precision: 0.25, was 0.5, worse (choir, F1 0.5 → 0.333333)"
    )


def test_less_of_an_alarm_is_better(tmp_path):
    was = make_result(tmp_path, choir={"alarms at quiet checkpoints": (2, 1)})
    now = make_result(tmp_path, choir={"alarms at quiet checkpoints": (1, 1)})

    assert differences(now, was) == [
        "alarms at quiet checkpoints: 1, was 2, better (choir 2 → 1)",
    ]


def test_any_change_counts_on_the_reference_platform(tmp_path):
    was = make_result(tmp_path, choir={"brief must-cover": (500, 1000)})
    now = make_result(tmp_path, choir={"brief must-cover": (501, 1000)})

    assert len(differences(now, was)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(ELSEWHERE, id="platform"),
        pytest.param({"python": "3.14.0"}, id="python"),
        pytest.param({"lock": "another"}, id="lock"),
        pytest.param({"packages": {"chromadb": "9"}}, id="packages"),
    ],
)
def test_a_small_change_passes_elsewhere(tmp_path, other):
    was = make_result(tmp_path, choir={"brief must-cover": (500, 1000)})
    now = made_on(make_result(tmp_path, choir={"brief must-cover": (504, 1000)}), **other)

    assert differences(now, was) == []


def test_another_patch_of_the_same_python_is_the_same_reference(tmp_path):
    was = make_result(tmp_path, choir={"brief must-cover": (500, 1000)})
    now = make_result(tmp_path, choir={"brief must-cover": (504, 1000)})
    minor = ".".join(now.provenance.python.split(".")[:2])

    assert len(differences(made_on(now, python=f"{minor}.99"), was)) == 1


def test_a_larger_change_does_not_pass_elsewhere(tmp_path):
    was = make_result(tmp_path, choir={"brief must-cover": (500, 1000)})
    now = made_on(make_result(tmp_path, choir={"brief must-cover": (506, 1000)}), **ELSEWHERE)

    assert len(differences(now, was)) == 1


@pytest.mark.parametrize(
    ("words", "passes"), [pytest.param(201, True, id="0.5 %"), pytest.param(202, False, id="1 %")]
)
def test_words_may_differ_by_half_a_percent_elsewhere(tmp_path, words, passes):
    was = make_result(tmp_path, choir={"brief words": (200, 1)})
    now = made_on(make_result(tmp_path, choir={"brief words": (words, 1)}), **ELSEWHERE)

    assert (differences(now, was) == []) is passes


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("grounding", "grounding: 0.999, must be 1 (choir 0.999)", id="grounding"),
        pytest.param("leakage", "leakage: 0.999, must be 0 (choir 0.999)", id="leakage"),
    ],
)
def test_a_broken_promise_never_passes(tmp_path, name, told):
    result = made_on(make_result(tmp_path, choir={name: (999, 1000)}), **ELSEWHERE)

    assert differences(result, result) == [told]


def test_a_promise_broken_in_one_case_of_many_is_not_rounded_away(tmp_path):
    result = make_result(tmp_path, choir={"leakage": (0, 10_000_000)}, bank={"leakage": (1, 1000)})

    assert differences(result, result) == ["leakage: 0, must be 0 (bank 0.001)"]


def test_figures_and_cases_that_come_and_go_are_named(tmp_path):
    was = make_result(tmp_path, choir={"brief must-cover": (1, 1)}, bank={})
    now = make_result(tmp_path, choir={"search: MRR": (1, 1)}, farm={})

    assert differences(now, was) == [
        "cases not measured any more (bank)",
        "cases that the baseline has not (farm)",
        "search: MRR: 1, not in the baseline",
        "brief must-cover: not measured any more, was 1",
    ]


def test_a_long_list_of_cases_is_cut(tmp_path):
    was = make_result(tmp_path, **{f"case{each}": {"search: MRR": (1, 1)} for each in range(7)})
    now = make_result(tmp_path, **{f"case{each}": {"search: MRR": (0, 1)} for each in range(7)})

    assert differences(now, was)[0].endswith("case4 1 → 0 and 2 more)")


def test_other_labels_are_named_as_a_reason_for_a_difference(tmp_path):
    was = made_on(make_result(tmp_path, choir={"search: MRR": (1, 1)}), data="older")
    now = make_result(tmp_path, choir={"search: MRR": (0, 1)})

    assert differences(now, was)[-1].startswith("the labelled data are not those")


def test_other_labels_alone_are_no_difference(tmp_path):
    result = make_result(tmp_path, choir={"search: MRR": (1, 1)})

    assert differences(result, made_on(result, data="older")) == []


def test_what_was_accepted_is_compared_with(tmp_path):
    result = make_result(tmp_path, choir={"search: MRR": (1, 1)})

    accept(result, tmp_path / "baselines" / "embedded.json")

    assert accepted(tmp_path / "baselines" / "embedded.json") == result


def test_without_a_baseline_its_place_is_told(tmp_path):
    with pytest.raises(Invalid, match=r"no baseline .*embedded\.json: --accept"):
        accepted(tmp_path / "embedded.json")


@pytest.mark.parametrize(
    ("suite", "split", "name"),
    [
        pytest.param("cases", "dev", "embedded.json", id="usual"),
        pytest.param("cases", "test", "embedded-test.json", id="another split"),
        pytest.param("drift", "dev", "embedded-drift.json", id="another suite"),
    ],
)
def test_each_suite_and_split_has_its_baseline(suite, split, name):
    assert path_of("embedded", suite, split).name == name
