"""Words days, people and counts as the coach writes them."""

from datetime import date

from coach.model.people import Audience, Mentorship, Side


def day(on: date, *, near: date | None = None) -> str:
    """Return a day such as `3 March`, with its year when that is not the reader's."""
    year = "" if near is not None and near.year == on.year else f" {on.year}"
    return f"{on.day} {on:%B}{year}"


def first_name(name: str) -> str:
    """Return the first word of a name, the whole when it is blank."""
    return name.split(maxsplit=1)[0] if name.split() else name


def addressed(mentorship: Mentorship, side: Side, audience: Audience) -> str:
    """Return `you` for the reader, else the person's first name."""
    return "you" if audience == side else first_name(mentorship.person(side).name)


def days(count: int) -> str:
    """Return `1 day`, `14 days`."""
    return "1 day" if count == 1 else f"{count} days"
