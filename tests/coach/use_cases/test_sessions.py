from datetime import UTC, date, datetime

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.errors import Invalid, NotAllowed, NotAuthenticated, NotFound
from coach.ports import MentorshipChange
from coach.settings import Settings
from tests.builders import make_contract, make_mentorship, make_note, make_session

ADMIN = Principal("admin", "admin", None)
MENTOR = Principal("k1", "mentor", "pair")
MENTEE = Principal("k2", "mentee", "pair")
TOOL = Principal("k3", "tool", "pair")


class Now:
    """A clock that is set by hand."""

    at = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def coach(tmp_path, now):
    """A coach that keeps the mentorship `pair`."""
    with opened(Settings(data_dir=tmp_path), clock=now) as parts:
        parts.coach.create_mentorship(ADMIN, make_mentorship(), new_id=lambda _: "pair")
        yield parts.coach


def change(**fields) -> MentorshipChange:
    return MentorshipChange(frozenset(fields), **fields)


# who


def test_a_key_acts_for_its_role_until_it_is_revoked(coach):
    made = coach.mint_key(ADMIN, "pair", acts_as="mentor")
    assert coach.authenticate(made.secret) == Principal(made.id, "mentor", "pair")

    coach.revoke_key(ADMIN, "pair", made.id)

    with pytest.raises(NotAuthenticated):
        coach.authenticate(made.secret)
    assert [key.id for key in coach.keys(ADMIN, "pair")] == [made.id]


def test_a_key_acts_to_the_end_of_its_last_day(coach, now):
    made = coach.mint_key(ADMIN, "pair", acts_as="mentor", expires_on=date(2026, 6, 15))
    now.at = datetime(2026, 6, 15, 23, 59, tzinfo=UTC)
    assert coach.authenticate(made.secret).acts_as == "mentor"

    now.at = datetime(2026, 6, 16, tzinfo=UTC)

    with pytest.raises(NotAuthenticated):
        coach.authenticate(made.secret)


def test_a_key_that_was_never_made_is_unknown(coach):
    with pytest.raises(NotAuthenticated):
        coach.authenticate("nothing like a key")


@pytest.mark.parametrize("principal", [MENTOR, MENTEE, TOOL], ids=["mentor", "mentee", "tool"])
def test_only_an_admin_makes_people_and_keys(coach, principal):
    for asked in (
        lambda: coach.mint_key(principal, "pair", acts_as="mentor"),
        lambda: coach.keys(principal, "pair"),
        lambda: coach.revoke_key(principal, "pair", "k"),
        lambda: coach.create_mentorship(principal, make_mentorship()),
        lambda: coach.mentorships(principal, after=None, limit=5),
    ):
        with pytest.raises(NotAllowed):
            asked()


# mentorships


@pytest.mark.parametrize(
    ("changed", "as_of", "status"),
    [
        pytest.param({"paused_until": date(2026, 7, 1)}, date(2026, 7, 1), "paused", id="paused"),
        pytest.param({"paused_until": date(2026, 7, 1)}, date(2026, 7, 2), "active", id="resumed"),
        pytest.param(
            {"ended_on": date(2026, 7, 1)}, date(2026, 6, 30), "active", id="not yet ended"
        ),
        pytest.param({"ended_on": date(2026, 7, 1)}, date(2026, 7, 1), "ended", id="ended"),
    ],
)
def test_a_mentorship_has_the_status_of_the_day(coach, changed, as_of, status):
    coach.change_mentorship(MENTEE, "pair", change(**changed))

    assert coach.mentorship(MENTOR, "pair", as_of).status == status


def test_a_pause_is_lifted_by_sending_null(coach):
    coach.change_mentorship(MENTEE, "pair", change(paused_until=date(2026, 7, 1)))

    assert coach.change_mentorship(MENTOR, "pair", change(paused_until=None)).status == "active"


def test_an_external_model_needs_the_word_of_both_sides(coach):
    assert not coach.change_mentorship(MENTEE, "pair", change(external_llm=True)).external_llm
    assert coach.change_mentorship(MENTOR, "pair", change(external_llm=True)).external_llm
    assert not coach.change_mentorship(MENTEE, "pair", change(external_llm=False)).external_llm


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", ""], ids=str)
def test_an_unknown_time_zone_is_refused(coach, name):
    with pytest.raises(Invalid) as refused:
        coach.create_mentorship(ADMIN, make_mentorship(timezone=name))

    assert refused.value.pointer == "/timezone"


def test_today_is_the_day_where_the_mentorship_is(coach, now):
    now.at = datetime(2026, 6, 15, 20, 0, tzinfo=UTC)
    pair = coach.create_mentorship(ADMIN, make_mentorship(timezone="Asia/Tokyo"))

    assert coach.brief(Principal("k", "tool", pair.id), pair.id).as_of == date(2026, 6, 16)


# contracts


def test_who_writes_a_contract_has_agreed_to_it(coach):
    written = [coach.agree_on_contract(each, "pair", make_contract()) for each in (MENTOR, TOOL)]
    agreed = coach.agree(MENTEE, "pair", 1)

    assert [each.agreed_by for each in written] == [("mentor",), ()]
    assert agreed.agreed_by == ("mentor", "mentee")
    with pytest.raises(NotAllowed):
        coach.agree(TOOL, "pair", 1)


def test_the_contract_of_a_day_is_the_newest_in_force(coach):
    for effective_from in (date(2026, 1, 5), date(2026, 5, 1)):
        coach.agree_on_contract(MENTOR, "pair", make_contract(effective_from=effective_from))

    assert coach.contract(TOOL, "pair", date(2026, 4, 30)).version == 1
    assert coach.contract(TOOL, "pair").version == 2
    assert len(coach.contract_versions(TOOL, "pair")) == 2
    assert len(coach.contract_versions(TOOL, "pair", date(2026, 4, 30))) == 1
    with pytest.raises(NotFound):
        coach.contract(TOOL, "pair", date(2026, 1, 4))


# sessions and notes


def test_notes_are_written_by_who_may_read_them(coach):
    private = make_session(date(2026, 6, 1), make_note(visibility="mentor"))

    with pytest.raises(NotAllowed):
        coach.record_session(MENTEE, "pair", private)
    with pytest.raises(NotAllowed):
        coach.record_session(ADMIN, "pair", private)

    assert coach.sessions(MENTOR, "pair") == ()


def test_a_session_of_a_day_to_come_is_reported_at_once(coach):
    report = coach.record_session(TOOL, "pair", make_session(date(2026, 7, 1), "We will meet."))

    assert report.session.held_on == date(2026, 7, 1)
    assert coach.sessions(TOOL, "pair") == ()
    assert coach.report(TOOL, "pair", report.session.id, date(2026, 7, 1)).session == report.session


def test_only_who_posted_a_note_shares_or_erases_it(coach):
    report = coach.record_session(TOOL, "pair", make_session(date(2026, 6, 1), "We met."))
    (note,) = report.session.notes

    with pytest.raises(NotAllowed):
        coach.share_note(MENTOR, "pair", note.id, "mentor")
    with pytest.raises(NotAllowed):
        coach.erase_note(MENTOR, "pair", note.id)
    assert coach.share_note(TOOL, "pair", note.id, "shared") == note
    coach.erase_note(TOOL, "pair", note.id)

    with pytest.raises(NotFound):
        coach.note(TOOL, "pair", note.id)


def test_a_private_note_looks_like_none_to_the_other_side(coach):
    session = coach.record_session(TOOL, "pair", make_session(date(2026, 6, 1))).session
    report = coach.add_note(MENTOR, "pair", session.id, make_note(visibility="mentor"))
    (note,) = report.session.notes

    assert coach.note(MENTOR, "pair", note.id) == note
    for asked in (coach.note, coach.erase_note):
        with pytest.raises(NotFound, match="no such note"):
            asked(MENTEE, "pair", note.id)
    assert coach.session(MENTEE, "pair", session.id).notes == ()


def test_facts_can_be_asked_for_one_session(coach):
    for day in (1, 8):
        words = "He is proud that he spoke in front of the team for the first time."
        coach.record_session(TOOL, "pair", make_session(date(2026, 6, day), words))
    first, second = coach.sessions(TOOL, "pair")

    assert {each.session_id for each in coach.facts(TOOL, "pair")} == {first.id, second.id}
    assert {each.session_id for each in coach.facts(TOOL, "pair", session_id=first.id)} == {
        first.id
    }
    with pytest.raises(NotFound):
        coach.facts(TOOL, "pair", session_id="nothing")


def test_commitments_can_be_asked_for_by_their_status(coach):
    words = "Ben will send the budget draft to the board by 8 June."
    coach.record_session(TOOL, "pair", make_session(date(2026, 6, 1), words))

    assert len(coach.commitments(TOOL, "pair", status="overdue")) == 1
    assert coach.commitments(TOOL, "pair", status="done") == ()
    assert len(coach.commitments(TOOL, "pair", date(2026, 6, 8), status="open")) == 1


def test_a_reflection_is_the_mentees(coach):
    assert coach.reflection(MENTEE, "pair").mentorship_id == "pair"
    with pytest.raises(NotAllowed):
        coach.reflection(MENTOR, "pair")


def test_asks_are_for_the_two_people(coach):
    made = coach.prepare(MENTEE, "pair", text="How do I say no?", visibility="shared")

    brief = coach.brief(MENTOR, "pair")

    assert made.made_on == date(2026, 6, 15)
    assert [each.text for section in brief.sections for each in section.statements] == [
        "Ben: “How do I say no?”"
    ]
    with pytest.raises(NotAllowed):
        coach.prepare(TOOL, "pair", text="x", visibility="shared")
    with pytest.raises(NotAllowed):
        coach.prepare(MENTEE, "pair", text="x", visibility="mentor")
