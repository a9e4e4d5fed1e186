"""What a contract answers when its clauses stand in its text."""

import pytest

TEXT = (
    "We meet every other Tuesday on Zoom for 45 minutes; if one of us travels we skip it.\n"
    "Feedback every third session, both ways. Nothing goes to the manager.\n"
    "Goals:\n- Lead a release by 30 June 2026\n- Speak at a conference\n"
    "We end on 18 December 2026."
)
READ = {"cadence", "channels", "feedback", "confidentiality", "goals", "ends_on"}


def put(pair, **fields):
    answered = pair.send(
        "mentor", "PUT", "/contract", json={"effective_from": "2026-01-05", **fields}
    )
    assert answered.status_code == 201
    return answered.json()


def test_clauses_that_were_not_given_are_read_from_the_text_with_their_quotes(fresh_pair):
    contract = put(fresh_pair, text=TEXT)

    assert contract["cadence"] == {
        "every_days": 14,
        "duration_minutes": 45,
        "tolerance_days": None,
    }
    assert contract["channels"] == ["Zoom"]
    assert contract["feedback"] == {"every_sessions": 3, "method": None}
    assert contract["ends_on"] == "2026-12-18"
    assert [each["statement"] for each in contract["goals"]] == [
        "Lead a release by 30 June 2026",
        "Speak at a conference",
    ]
    assert set(contract["quotes"]) == READ
    assert contract["missing"] == ["roles", "phase", "change_signs"]


@pytest.mark.parametrize("name", sorted(READ))
def test_a_quote_stands_in_the_text_where_it_says(name, fresh_pair):
    contract = put(fresh_pair, text=f"𝔘 {TEXT}")

    quote = contract["quotes"][name]
    assert contract["text"][quote["start"] : quote["end"]] == quote["quote"]


def test_given_clauses_win(fresh_pair):
    contract = put(fresh_pair, text=TEXT, cadence={"every_days": 7}, ends_on="2026-10-01")

    assert (contract["cadence"]["every_days"], contract["ends_on"]) == (7, "2026-10-01")
    assert set(contract["quotes"]) == READ - {"cadence", "ends_on"}


def test_a_contract_answers_the_same_when_it_is_asked_for(fresh_pair):
    contract = put(fresh_pair, text=TEXT)

    assert fresh_pair.get("mentee", "/contract").json() == contract
