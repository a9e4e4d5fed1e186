"""Mentorships: the two people, and whether the mentorship is active, paused or ended."""

import zoneinfo
from datetime import date

from coach.agreement import access
from coach.agreement.access import Principal
from coach.errors import Invalid, NotFound
from coach.ids import NewId
from coach.model.people import Mentorship, Person, Side
from coach.ports import MentorshipChange
from coach.use_cases.base import UseCases

SIDES: tuple[Side, ...] = ("mentor", "mentee")


class Mentorships(UseCases):
    """Makes, returns and changes mentorships; `Withdrawals` erases them."""

    def create_mentorship(
        self, principal: Principal, mentorship: Mentorship, *, new_id: NewId | None = None
    ) -> Mentorship:
        """Record a mentorship under a fresh id, and return it.

        For a person that names an account, the account's name counts.
        """
        access.check_admin(principal)
        people: dict[str, Person] = {
            side: self._person(mentorship.person(side), side) for side in SIDES
        }
        return self._recorded(mentorship.model_copy(update=people), new_id)

    def mentorships(
        self, principal: Principal, *, after: str | None, limit: int
    ) -> list[Mentorship]:
        """Return at most `limit` mentorships, oldest first, after the named one."""
        access.check_admin(principal)
        found = self._store.mentorships(after=after, limit=limit)
        return [self._on_day(each, None) for each in found]

    def mentorship(
        self, principal: Principal, mentorship_id: str, as_of: date | None = None
    ) -> Mentorship:
        """Return a mentorship with its status on a day."""
        access.within(principal, mentorship_id)
        return self._on_day(self._store.mentorship(mentorship_id), as_of)

    def change_mentorship(
        self,
        principal: Principal,
        mentorship_id: str,
        change: MentorshipChange,
        *,
        if_revision: int | None = None,
    ) -> Mentorship:
        """Pause, resume or end a mentorship, or take back one's own wish to erase it.

        A side also agrees here to an external model. Taking that back stops what waits to be sent
        to the model.
        """
        side = access.side_of(principal, mentorship_id)
        self._store.change_mentorship(mentorship_id, change, by=side, if_revision=if_revision)
        changed = self.mentorship(principal, mentorship_id)
        if self._second and not self._second.may_read(changed):
            self._second.withdraw(mentorship_id, "not_agreed")
        self._wake_model(mentorship_id)
        return changed

    def _person(self, person: Person, side: Side) -> Person:
        if person.id is None:
            return person
        try:
            return self._store.account(person.id).person
        except NotFound as error:
            raise Invalid("there is no such person", pointer=f"/{side}/person_id") from error

    def _recorded(self, mentorship: Mentorship, new_id: NewId | None) -> Mentorship:
        check_timezone(mentorship.timezone)
        if mentorship.mentor.id is not None and mentorship.mentor.id == mentorship.mentee.id:
            raise Invalid("mentor and mentee are two people", pointer="/mentee/person_id")
        named = mentorship.model_copy(update={"id": (new_id or self._new_id)("mentorship")})
        self._store.add_mentorship(named)
        return self._on_day(self._store.mentorship(named.id), None)


def check_timezone(name: str) -> None:
    """Raise Invalid unless the time zone is known."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("no such time zone: use an IANA name", pointer="/timezone") from error
