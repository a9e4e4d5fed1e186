"""Labels that do not fit their notes are told with file and line."""

import pytest

from coach.errors import Invalid
from evals.cases import load


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        pytest.param(
            "    kind: win\n",
            "    kind: win\n    colour: blue\n",
            "kiln.yaml, line 23: gold.facts.0.colour: Extra inputs are not permitted",
            id="an unknown key",
        ),
        pytest.param(
            "kind: win", "kind: joy", "kiln.yaml, line 22: gold.facts.0.kind: ", id="a new kind"
        ),
        pytest.param(
            "    note: s2a\n",
            "    note: s1a\n",
            "kiln.yaml, line 21: gold.facts.0.note: session s2 has no note s1a",
            id="a note of another session",
        ),
        pytest.param(
            "quote: The bowls are glazed\n",
            "quote: The bowls were glazed\n",
            "kiln.yaml, line 23: gold.facts.0.quote: is not in the note",
            id="a fact that quotes no note",
        ),
        pytest.param(
            "    session: s1\n",
            "    session: s9\n",
            "kiln.yaml, line 26: gold.commitments.0.session: there is no session s9",
            id="a commitment of no session",
        ),
        pytest.param(
            "quote: I will glaze the bowls by Friday.",
            "quote: I will glaze the bowls by Sunday.",
            "kiln.yaml, line 28: gold.commitments.0.quote: is not in the note",
            id="a commitment that quotes no note",
        ),
        pytest.param(
            "{session: s2, status: done",
            "{session: s1, status: done",
            "kiln.yaml, line 33: gold.commitments.0.outcomes.0.quote: is in no note of the session",
            id="an outcome of the wrong session",
        ),
        pytest.param(
            "session: s2, why: news",
            "session: s7, why: news",
            "kiln.yaml, line 37: gold.checkpoints.0.must_cover.0.session: there is no session s7",
            id="a must-cover of no session",
        ),
        pytest.param(
            "open_commitments: [c1]",
            "open_commitments: [c8]",
            "kiln.yaml, line 39: gold.checkpoints.0.open_commitments: there is no commitment c8",
            id="a commitment nobody made",
        ),
        pytest.param(
            "relevant_sessions: [s2]",
            "relevant_sessions: [s5]",
            "kiln.yaml, line 44: gold.searches.0: there is no session s5",
            id="a search for no session",
        ),
        pytest.param(
            "answer_quote: bowls are glazed",
            "answer_quote: bowls are broken",
            "kiln.yaml, line 46: gold.searches.0.answer_quote: is in no note",
            id="an answer in no note",
        ),
        pytest.param(
            "  - the heron",
            "  - the bowls",
            "kiln.yaml, line 48: gold.canaries.0: is in no private note",
            id="a canary that everybody may see",
        ),
    ],
)
def test_a_wrong_label_is_told_with_file_and_line(written, right, wrong, told):
    file = written(right, wrong)

    with pytest.raises(Invalid) as error:
        load(file)

    assert str(error.value).startswith(told)


def test_two_commitments_of_one_id_are_told(written):
    twin = "{id: c1, session: s1, note: s1a, quote: glaze, owner: mentee, action: glaze, due: null}"
    file = written("  checkpoints:\n", f"  - {twin}\n  checkpoints:\n")

    with pytest.raises(Invalid, match=r"kiln\.yaml, line 25: gold\.commitments: two commitments"):
        load(file)
