"""One metric, and the three of a comparison."""

from evals.metrics.metric import Metric, comparison

RECALL = Metric(
    name="recall",
    group="search",
    direction="higher",
    unit="share",
    how="what is found, of all",
    source="a book",
    column="found",
)


def test_a_metric_of_one_kind_is_a_detail_without_a_column_of_its_own():
    of_kind = RECALL.of_kind("multi-hop")

    assert (of_kind.name, of_kind.how) == (
        "recall: multi-hop",
        "what is found, of all, of multi-hop alone",
    )
    assert (of_kind.group, of_kind.direction) == ("search", "higher")
    assert of_kind.is_detail
    assert of_kind.column == ""


def test_cases_keep_the_f1_of_a_comparison_and_any_other_figure_itself():
    found = comparison("facts", group="facts", how="by their spans")

    assert [each.name for each in found.metrics] == [
        "facts: precision",
        "facts: recall",
        "facts: f1",
    ]
    assert {each.figure_of_a_case for each in found.metrics} == {"facts: f1"}
    assert RECALL.figure_of_a_case == "recall"


def test_a_comparison_says_which_of_its_figures_are_details():
    found = comparison("open", group="commitments", how="as sets", details=("precision", "recall"))

    assert [each.is_detail for each in found.metrics] == [True, True, False]


def test_where_nothing_was_counted_the_best_value_stands():
    assert RECALL.value_of_nothing == 1
