import pytest

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import NotAllowed, NotFound

ADMIN = Principal("k0", "admin", None)
SEES = {
    "mentor": {"shared", "mentor"},
    "mentee": {"shared", "mentee"},
    "tool": {"shared"},
}


def acting(role: str, mentorship_id: str = "pair") -> Principal:
    return Principal("k1", role, mentorship_id)


@pytest.mark.parametrize("role", SEES, ids=SEES)
def test_each_role_reads_what_is_shared_and_its_own(role):
    assert access.readable(role) == SEES[role]


@pytest.mark.parametrize("visibility", ["shared", "mentor", "mentee"], ids=str)
@pytest.mark.parametrize("role", SEES, ids=SEES)
def test_nobody_writes_what_they_could_not_read(role, visibility):
    if visibility in SEES[role]:
        access.check_writable(role, visibility)
    else:
        with pytest.raises(NotAllowed):
            access.check_writable(role, visibility)


@pytest.mark.parametrize("role", SEES, ids=SEES)
def test_the_audience_of_an_answer_is_the_role_of_the_key(role):
    assert access.audience_of(acting(role), "pair") == role


@pytest.mark.parametrize("role", SEES, ids=SEES)
def test_another_mentorship_is_not_there_for_a_key(role):
    with pytest.raises(NotFound):
        access.audience_of(acting(role, "another"), "pair")
    with pytest.raises(NotFound):
        access.within(acting(role, "another"), "pair")


def test_an_admin_never_becomes_an_audience():
    with pytest.raises(NotAllowed):
        access.audience_of(ADMIN, "pair")


def test_an_admin_is_within_every_mentorship():
    access.within(ADMIN, "pair")
    access.within(ADMIN, "another")


@pytest.mark.parametrize("role", ["mentor", "mentee"], ids=str)
def test_a_person_has_a_side(role):
    assert access.side_of(acting(role), "pair") == role


@pytest.mark.parametrize("principal", [acting("tool"), ADMIN], ids=["tool", "admin"])
def test_a_tool_and_an_admin_have_no_side(principal):
    with pytest.raises(NotAllowed):
        access.side_of(principal, "pair")


@pytest.mark.parametrize("role", SEES, ids=SEES)
def test_only_an_admin_is_an_admin(role):
    access.check_admin(ADMIN)
    with pytest.raises(NotAllowed):
        access.check_admin(acting(role))
