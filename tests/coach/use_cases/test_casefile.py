from datetime import date

import pytest

from coach.errors import Invalid
from coach.use_cases.casefile import load

GOOD = """
id: pair
domain: planning
style: terse
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts:
  - effective_from: 2026-01-05
    goals: [{id: g1, statement: Lead a release}]
    cadence: {every_days: 14}
  - effective_from: 2026-03-01
sessions:
  - id: s1
    held_on: 2026-01-12
    notes:
      - {id: n1, author: mentor, visibility: shared, format: text, text: We met.}
gold: {commitments: []}
"""


@pytest.fixture
def load_text(tmp_path):
    def loaded(text: str):
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return loaded


def test_a_file_holds_people_contracts_sessions_and_labels(load_text):
    case = load_text(GOOD)

    assert case.mentorship.mentee.name == "Ben Okoro"
    assert [contract.version for contract in case.contracts] == [1, 2]
    assert case.contracts[0].goals[0].statement == "Lead a release"
    assert case.sessions[0].held_on == date(2026, 1, 12)
    assert case.sessions[0].notes[0].text == "We met."
    assert case.gold == {"commitments": []}


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        pytest.param(GOOD.replace("2026-01-12", "soon"), 15, "sessions.0.held_on: ", id="no day"),
        pytest.param(
            GOOD.replace("visibility: shared", "visibility: all"),
            17,
            "sessions.0.notes.0.visibility: ",
            id="an unknown visibility",
        ),
        pytest.param(GOOD + "mood: good\n", 19, "mood: ", id="an unknown field"),
        pytest.param(
            GOOD.replace("mentee: {name: Ben Okoro}\n", ""), 2, "mentee: ", id="a person missing"
        ),
        pytest.param("- a list", 1, "", id="no mapping"),
        pytest.param("", 1, "", id="an empty file"),
    ],
)
def test_an_error_names_the_file_the_line_and_the_place(load_text, text, line, place):
    with pytest.raises(Invalid) as refused:
        load_text(text)

    assert str(refused.value).startswith(f"case.yaml, line {line}: {place}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"mentor: {name: [\n", id="a bracket left open"),
        pytest.param(b"text: \xff\xfe\n", id="not UTF-8"),
        pytest.param(b"text: a\x00b\n", id="a NUL character"),
    ],
)
def test_what_is_not_yaml_is_said_with_the_file_in_one_line(tmp_path, content):
    path = tmp_path / "case.yaml"
    path.write_bytes(content)

    with pytest.raises(Invalid, match=r"^case\.yaml ") as refused:
        load(path)

    assert "\n" not in str(refused.value)
