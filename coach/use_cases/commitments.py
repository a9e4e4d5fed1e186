"""Commitments: shown, corrected, and added by hand."""

from collections.abc import Sequence
from datetime import date

from coach.agreement import access
from coach.agreement.access import Principal
from coach.commitments.by_hand import commitment_id as id_of_added
from coach.commitments.corrections import settles_nothing, stood
from coach.errors import NotFound
from coach.ids import NewId
from coach.model.commitments import AddedCommitment, Commitment, CommitmentStatus, Correction
from coach.model.history import History
from coach.model.people import Audience
from coach.use_cases.base import UseCases


class Commitments(UseCases):
    """What the two promised each other, by the notes and by people's own words."""

    def commitments(
        self,
        principal: Principal,
        mentorship_id: str,
        as_of: date | None = None,
        *,
        status: CommitmentStatus | None = None,
    ) -> tuple[Commitment, ...]:
        """Return the commitments of both sides, oldest first."""
        made = self._made.commitments(self._asked(principal, mentorship_id, as_of))
        return tuple(each for each in made if status in {None, each.status})

    def commitment(
        self,
        principal: Principal,
        mentorship_id: str,
        commitment_id: str,
        as_of: date | None = None,
    ) -> Commitment:
        """Return one commitment; raise NotFound without it."""
        history = self._asked(principal, mentorship_id, as_of)
        return _named(self._made.commitments(history), commitment_id)

    def add_commitment(
        self,
        principal: Principal,
        mentorship_id: str,
        added: AddedCommitment,
        *,
        new_id: NewId | None = None,
    ) -> Commitment:
        """Keep a promise that somebody adds by hand, and return it; it counts from today.

        It is a note of its own. Its poster shares it with others or erases it like any note, by the
        id in `made_in.note_id`.
        """
        audience = access.audience_of(principal, mentorship_id)
        access.check_writable(audience, added.visibility)
        mentorship = self._store.mentorship(mentorship_id)
        mine = {
            "id": (new_id or self._new_id)("promise"),
            "made_on": self._today(mentorship),
            "added_by": None if audience == "tool" else audience,
        }
        named = added.model_copy(update=mine)
        self._store.add_commitment(mentorship_id, named, by=audience, made_at=self._clock())
        return self.commitment(principal, mentorship_id, id_of_added(named))

    def correct_commitment(
        self,
        principal: Principal,
        mentorship_id: str,
        commitment_id: str,
        word: Correction,
        *,
        if_revision: int | None = None,
    ) -> Commitment:
        """Keep a person's correction of a commitment, and return the commitment.

        It replaces what readers found until a person says otherwise.
        """
        audience = access.audience_of(principal, mentorship_id)
        history, found = self._newest_with(audience, mentorship_id, commitment_id)
        place = {"commitment_id": found.id, "note_id": found.made_in.note_id}
        named = word.model_copy(
            update={"id": self._new_id("correction"), **place, "stood": stood(found)}
        )
        if settles_nothing(found.id, named, history.corrections):
            self._check_revision(mentorship_id, if_revision)
            return found
        self._store.add_correction(
            mentorship_id, named, by=audience, made_at=self._clock(), if_revision=if_revision
        )
        return self.newest_commitment(principal, mentorship_id, commitment_id)

    def newest_commitment(
        self, principal: Principal, mentorship_id: str, commitment_id: str
    ) -> Commitment:
        """Return one commitment as it is today, or as a session that is ahead makes it."""
        audience = access.audience_of(principal, mentorship_id)
        return self._newest_with(audience, mentorship_id, commitment_id)[1]

    def _newest_with(
        self, audience: Audience, mentorship_id: str, commitment_id: str
    ) -> tuple[History, Commitment]:
        """Return a commitment and the history it is in.

        The history ends today. Only where the commitment is not in it does it end after the last
        session. So a session that is dated ahead does not change what is told of today's.
        """
        today = self._today(self._store.mentorship(mentorship_id))
        history = self._seen(self._store.history(mentorship_id, audience, today))
        made = self._made.commitments(history)
        if all(each.id != commitment_id for each in made):
            history = self._newest(audience, mentorship_id)
            made = self._made.commitments(history)
        return history, _named(made, commitment_id)


def _named(made: Sequence[Commitment], commitment_id: str) -> Commitment:
    for commitment in made:
        if commitment.id == commitment_id:
            return commitment
    raise NotFound("no such commitment")
