"""Prepares a brief or a reflection for print.

Each promise stands once. A promise that the notes are silent about is asked about, not called late.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from coach.language.deadlines import without_day
from coach.model.answers import Brief, BriefCommitments, OwnCommitments, Section
from coach.model.commitments import Commitment

_PASSED: dict[str | None, str] = {
    "said": "Overdue",
    "carried": "Their day has passed and a list still names them: how do they stand?",
    "silent": "Their day has passed and the notes are silent: what came of them?",
}


_MOST_SILENT = 4
"""Most promises that the notes are silent about, since most of them were done long ago.

49 of 258 such promises of the teaching cases were late.
"""


class Promises(NamedTuple):
    """Promises under one heading."""

    title: str
    commitments: tuple[Commitment, ...]


def promises(made: BriefCommitments | OwnCommitments) -> tuple[Promises, ...]:
    """Return an answer's promises under their headings.

    Overdue is only what somebody said is late.
    """
    named = [*_passed(made.overdue), Promises("Open", made.open)]
    if isinstance(made, BriefCommitments):
        named.append(Promises("Closed since last time", made.closed_since_last))
    return tuple(each for each in named if each.commitments)


def older(made: BriefCommitments | OwnCommitments) -> str:
    """Return the line on how many promises a page leaves out, empty where it leaves out none."""
    if not made.not_told:
        return ""
    if made.not_told == 1:
        return "One older promise is left out here: the notes do not say plainly how it stands."
    many = f"{made.not_told} older promises are left out here"
    return f"{many}: the notes do not say plainly how they stand."


def sections(brief: Brief) -> tuple[Section, ...]:
    """Return the sections of a brief without the promises that its lists name anyway."""
    listed = {each.id for group in promises(brief.commitments) for each in group.commitments}
    left = (
        section.model_copy(
            update={
                "statements": tuple(
                    each
                    for each in section.statements
                    if section.kind != "commitments" or each.about not in listed
                )
            }
        )
        for section in brief.sections
    )
    return tuple(section for section in left if section.statements)


def action_shown(commitment: Commitment) -> str:
    """Return what is to be done, without the day at its end.

    The due day stands beside it, and a later day may have replaced the one in the words.
    """
    if commitment.due is None:
        return commitment.action
    return without_day(commitment.action, commitment.made_in.held_on)


def _passed(overdue: tuple[Commitment, ...]) -> Iterator[Promises]:
    for because, title in _PASSED.items():
        found = tuple(each for each in overdue if (each.overdue_because or "silent") == because)
        if because == "silent" and len(found) > _MOST_SILENT:
            newest = sorted(found, key=lambda each: each.due or date.min)[-_MOST_SILENT:]
            yield Promises(f"{title} (the latest {_MOST_SILENT} of {len(found)})", tuple(newest))
        else:
            yield Promises(title, found)
