"""What is measured on one case adds up."""

import pytest

from evals.metrics.counts import Ratio, Score
from evals.metrics.facts import ANY_KIND
from evals.metrics.leakage import LEAKAGE
from evals.metrics.outcome import Miss, Tally


def test_a_tally_adds_up_by_metric():
    tally = Tally("choir")
    tally.add_ratio(LEAKAGE, 0)
    tally.add_ratio(LEAKAGE, 1)
    tally.add_score(ANY_KIND, Score(1, 1, 2, 1))
    tally.add_score(ANY_KIND, Score(1, 0, 0, 0))
    tally.add_miss("wrong owner", said="mentor", wanted="mentee")

    outcome = tally.outcome()

    assert outcome.ratios == {"leakage": Ratio(1, 2)}
    assert outcome.scores == {"facts, any kind": Score(2, 1, 2, 1)}
    assert [miss.what for miss in outcome.misses] == ["wrong owner"]
    assert outcome.score("commitments") == Score(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("what", "kind", "day", "to_judge"),
    [
        pytest.param("wrong owner", "wrong owner", "", False, id="without a day"),
        pytest.param(
            "drift not seen: cadence, 2026-01-05",
            "drift not seen: cadence",
            "2026-01-05",
            False,
            id="after a comma",
        ),
        pytest.param(
            "not in the brief of 2026-01-05", "not in the brief", "2026-01-05", False, id="after of"
        ),
        pytest.param(
            "to judge: must not state, 2026-01-05",
            "to judge: must not state",
            "2026-01-05",
            True,
            id="to judge",
        ),
    ],
)
def test_a_miss_tells_its_kind_and_its_day(what, kind, day, to_judge):
    miss = Miss(what=what, said="", wanted="")

    assert (miss.kind, miss.day, miss.is_to_judge) == (kind, day, to_judge)
