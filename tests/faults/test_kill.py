import pytest

from tests.faults import kill


@pytest.fixture(scope="module")
def tally(tmp_path_factory):
    """Return what some kills amid the traffic did; tests/faults/kill.py does more of them."""
    return kill.survived(tmp_path_factory.mktemp("kill"), kill.ROUNDS)


def test_every_acknowledged_session_is_there_after_a_kill(tally):
    assert tally.rounds == kill.ROUNDS
    assert tally.acknowledged > 0
    assert not tally.lost


def test_a_session_is_there_with_all_its_notes_or_not_at_all(tally):
    assert not tally.torn
    assert not tally.broken_files


def test_a_request_sent_again_after_a_kill_happens_once(tally):
    assert tally.unanswered > 0
    assert not tally.doubled
    assert not tally.answered_otherwise


def test_the_server_is_ready_soon_after_a_kill(tally):
    assert max(tally.seconds_to_ready) < 10


def test_search_finds_acknowledged_notes_at_once_and_when_the_index_has_settled(tally):
    assert not tally.unfound
    assert not tally.unfound_once_settled
