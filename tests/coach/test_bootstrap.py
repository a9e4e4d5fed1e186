import os
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import backup, held, make_ready, opened, reading_only
from coach.errors import DataDirectoryHeld, NotAuthenticated, StoreUnavailable
from coach.ports import Claim
from coach.settings import Settings
from tests.builders import make_mentorship, make_session

ADMIN = Principal("admin", "admin", None)
TOOL = Principal("tool", "tool", "pair")


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@contextmanager
def umask(mask: int):
    before = os.umask(mask)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_data_directory_and_the_pepper_are_for_their_owner_alone(settings, clock):
    with umask(0o022), opened(settings, clock=clock):
        assert mode(settings.data_dir) == 0o700
        assert mode(settings.data_dir / "pepper") == 0o600


def test_a_second_opener_is_refused_until_the_first_one_is_done(settings, clock):
    with opened(settings, clock=clock):
        with pytest.raises(DataDirectoryHeld, match="another process uses"), opened(settings):
            pass
        with pytest.raises(DataDirectoryHeld):
            make_ready(settings)

    with opened(settings, clock=clock) as parts:
        assert parts.coach.check() in {"starting", "rebuilding", "ready"}


def test_a_directory_is_given_back_after_a_failure(settings):
    with pytest.raises(ZeroDivisionError), held(settings.data_dir):
        _ = 1 / 0

    with held(settings.data_dir):
        pass


def test_keys_stay_valid_across_starts(settings, clock):
    with opened(settings, clock=clock) as parts:
        pair = parts.coach.create_mentorship(ADMIN, make_mentorship())
        key = parts.coach.mint_key(ADMIN, pair.id, acts_as="mentee").secret
        pepper = parts.pepper

    with opened(settings, clock=clock) as parts:
        assert parts.coach.authenticate(key).acts_as == "mentee"
        assert parts.pepper == pepper


def test_another_pepper_makes_every_key_unknown(settings, clock):
    with opened(settings, clock=clock) as parts:
        pair = parts.coach.create_mentorship(ADMIN, make_mentorship())
        key = parts.coach.mint_key(ADMIN, pair.id, acts_as="mentee").secret

    other = Settings(data_dir=settings.data_dir, pepper="another pepper, long enough")
    with (
        opened(other, clock=clock) as parts,
        pytest.raises(NotAuthenticated),
    ):
        parts.coach.authenticate(key)


def test_a_configured_pepper_is_not_written_down(tmp_path, clock):
    settings = Settings(data_dir=tmp_path / "data", pepper="a pepper of our own")

    with opened(settings, clock=clock) as parts:
        assert parts.pepper == b"a pepper of our own"

    assert not (settings.data_dir / "pepper").exists()


def test_the_configured_admin_key_is_an_admin(tmp_path, clock):
    settings = Settings(data_dir=tmp_path / "data", admin_key="a" * 32)

    with opened(settings, clock=clock) as parts:
        assert parts.coach.authenticate("a" * 32).acts_as == "admin"
        with pytest.raises(NotAuthenticated):
            parts.coach.authenticate("a" * 31)


def test_the_same_notes_are_read_beside_the_process_that_holds_them(settings, clock):
    with ExitStack() as stack:
        parts = stack.enter_context(opened(settings, clock=clock))
        parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
        session = make_session(date(2026, 2, 1), "Ben will send the budget draft by 1 March.")
        parts.coach.record_session(TOOL, "pair", session)

        beside = stack.enter_context(reading_only(settings, clock=clock))

        assert beside.coach.brief(TOOL, "pair") == parts.coach.brief(TOOL, "pair")
        assert beside.coach.check() == "starting"
        assert beside.coach.search(TOOL, "pair", query="budget draft", limit=5).sessions


def test_a_database_that_nobody_made_ready_is_not_read(settings):
    settings.data_dir.mkdir()

    with pytest.raises(StoreUnavailable, match="older"), reading_only(settings):
        pass


def test_what_would_keep_a_server_from_starting_is_said_before(settings):
    make_ready(settings)
    with reading_only(settings) as parts:
        assert parts.store.mentorships(after=None, limit=1) == []

    (settings.data_dir / "coach.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        make_ready(settings)


def test_a_backup_beside_a_running_coach_opens_and_equals(settings, clock, tmp_path):
    copied = Settings(data_dir=tmp_path / "restored")
    copied.data_dir.mkdir()
    with opened(settings, clock=clock) as parts:
        parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
        parts.coach.record_session(TOOL, "pair", make_session(date(2026, 2, 1), "We met."))

        backup(settings, copied.data_dir / "coach.db")

        with opened(copied, clock=clock) as restored:
            assert restored.coach.export(TOOL, "pair") == parts.coach.export(TOOL, "pair")


def test_a_backup_to_where_nothing_can_be_written_is_an_error(settings, tmp_path):
    make_ready(settings)

    with pytest.raises(FileNotFoundError):
        backup(settings, tmp_path / "nowhere" / "copy.db")


def test_a_claim_of_a_dead_process_is_given_up_at_the_next_start(settings, clock):
    claim = Claim("k1", "once", "d", "admin", None)
    with opened(settings, clock=clock) as parts:
        parts.store.begin_answer(claim, at=clock())

    with opened(settings, clock=clock) as parts:
        assert parts.store.begin_answer(claim, at=clock()) is None
