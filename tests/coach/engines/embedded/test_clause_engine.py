import pytest

from coach.engines.embedded import clauses
from coach.engines.embedded.clause_engine import EmbeddedClauses
from coach.engines.embedded.clauses import ClauseReader
from coach.errors import EngineUnavailable
from coach.ports import ClausePair
from coach.reading.clauses import ReadsClauses
from tests.builders import make_contract, make_mentorship, make_note

PAIR = ClausePair(
    "cadence", "The two meet every 14 days", "", "Let us make it every three weeks.", "", "mentee"
)


def test_a_pair_gets_the_same_likelihoods_alone_and_beside_others():
    engine = EmbeddedClauses()
    other = PAIR._replace(passage="The weather was fine.")
    assert engine.relations([PAIR])[0] == engine.relations([other, PAIR])[1]
    assert sum(engine.relations([PAIR])[0].values()) == pytest.approx(1)


def test_what_seems_against_a_clause_is_read_once_more_without_its_neighbours():
    breach = PAIR._replace(
        clause_kind="channels",
        clause="The two meet on Zoom",
        before="The list is done.",
        passage="We used WhatsApp again instead of Zoom.",
        after="It rained.",
    )
    bare = breach._replace(before="", after="")
    reader = ClauseReader()
    alone, beside = (reader.relations([clauses.ClausePair(*each)])[0] for each in (bare, breach))

    (found,) = EmbeddedClauses(reader).relations([breach])

    assert beside["breaks"] + beside["strains"] > 0.5
    assert found == {name: pytest.approx((alone[name] + beside[name]) / 2) for name in alone}


def test_an_agreed_change_of_the_rhythm_is_read_in_a_note():
    note = make_note("We talked about the plan. From May on we agreed to meet every three weeks.")
    read = ReadsClauses(EmbeddedClauses()).read(note, make_mentorship(), make_contract())
    assert [(each.clause, each.says) for each in read.signals][-1:] == [("cadence", "amends")]


def test_without_its_model_it_says_that_it_is_not_there(tmp_path):
    engine = EmbeddedClauses(ClauseReader(tmp_path))
    with pytest.raises(EngineUnavailable):
        engine.worth_reading([PAIR])
