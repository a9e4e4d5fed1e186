"""The clause reader tells a breach from what only sounds like one, and its cost is limited."""

import shutil
from pathlib import Path

import pytest

from coach.engines.embedded.clauses import OUTCOMES, ClausePair, ClauseReader, PromisePair
from coach.engines.embedded.clauses.pairs import KINDS, laid
from coach.engines.embedded.clauses.reader import SHIPPED
from coach.engines.embedded.reader import SHIPPED as READER
from coach.engines.embedded.reader import open_tokenizer
from coach.errors import EngineUnavailable

PRIVATE = "Whatever the mentee tells stays between the two; nothing goes to the employer."


@pytest.fixture(scope="module")
def reader():
    return ClauseReader()


def pair(passage, *, clause=PRIVATE, kind="confidentiality", before="", after="", author="mentee"):
    return ClausePair(kind, clause, before, passage, after, author)


def likeliest(reader, asked):
    (found,) = reader.relations([asked])
    return max(found, key=found.__getitem__)


def test_what_a_third_person_did_is_no_breach(reader):
    told = pair("My dentist repeated to my sister what her neighbour had told him in confidence.")

    assert likeliest(reader, told) == "none"


def test_a_blunt_breach_is_read_as_one(reader):
    told = pair("He repeated to my manager what I had told him in confidence about leaving.")

    assert likeliest(reader, told) == "breaks"


def test_the_probabilities_of_a_pair_add_up_to_one(reader):
    (relation,) = reader.relations([pair("We tried the new kiln.")])
    (outcome,) = reader.outcomes(
        [PromisePair("mentee", "Ring the kiln maker", "", "Rang him on Friday.", "", "mentee")]
    )

    assert sum(relation.values()) == pytest.approx(1)
    assert sum(outcome.values()) == pytest.approx(1)
    assert set(outcome) == set(OUTCOMES)


def test_a_pair_is_read_alike_in_whichever_company(reader):
    pairs = [
        pair("He repeated to my manager what I had told him."),
        pair("Rain."),
        pair("We agreed that from now on the manager may hear of it. " * 3),
    ]

    forwards, backwards = reader.relations(pairs), reader.relations(pairs[::-1])

    assert forwards == backwards[::-1]
    assert forwards == [reader.relations([each])[0] for each in pairs]


def test_nothing_to_read_does_not_load_the_model(tmp_path):
    without_model = ClauseReader(tmp_path)

    assert without_model.relations([]) == []
    assert without_model.outcomes([]) == []
    assert without_model.worth_reading([]) == []


def test_a_clause_and_a_note_without_end_cost_no_more_than_long_ones():
    tokenizer, ends = open_tokenizer(READER / "tokenizer.json")
    endless = "we phone on Mondays " * 250

    (cut,) = laid(tokenizer, ends, [pair(endless, clause=endless, before=endless, after=endless)])

    # A clause, a passage and two neighbours of full length, with the separators between them.
    assert len(cut.ids) == 64 + 80 + 2 * 40 + 5


def test_a_clause_without_end_is_read(reader):
    (found,) = reader.relations([pair("He told my boss.", clause=PRIVATE * 64)])

    assert sum(found.values()) == pytest.approx(1)


def test_what_may_bear_on_a_clause_is_worth_reading(reader):
    told = pair("He repeated to my manager what I had told him in confidence about leaving.")
    idle = pair("The glaze came out of the kiln in a fine blue.")

    assert reader.worth_reading([idle, told]) == [False, True]


def test_a_clause_of_an_unheard_of_kind_is_always_worth_reading(reader):
    odd = pair("The glaze came out of the kiln in a fine blue.", kind="parking")

    assert "parking" not in KINDS
    assert reader.worth_reading([odd]) == [True]


@pytest.mark.parametrize("broken", ["clauses.onnx", "calibration.json"])
def test_a_damaged_model_says_so(tmp_path: Path, broken):
    shutil.copytree(SHIPPED, tmp_path / "model")
    (tmp_path / "model" / broken).write_bytes(b"no model")

    with pytest.raises(EngineUnavailable, match="reader of clauses"):
        ClauseReader(tmp_path / "model").relations([pair("He told my boss.")])
