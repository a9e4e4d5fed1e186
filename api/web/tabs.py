"""The pages of one mentorship, in the order in which people need them."""

from api.web.pairs import Pair

_OF_THE_MENTOR = (("/before", "Before the session"),)
_OF_THE_MENTEE = (("/prepare", "Prepare"), ("/before", "Before the session"))
_OF_BOTH = (
    ("/sessions", "Sessions"),
    ("/over-time", "Over time"),
    ("/agreement", "Our agreement"),
    ("/left", "Where we left it"),
    ("/search", "Search"),
    ("/data", "Our data"),
)


def tabs(pair: Pair) -> tuple[tuple[str, str], ...]:
    """Addresses, behind the mentorship's own, and words."""
    return (*(_OF_THE_MENTEE if pair.side == "mentee" else _OF_THE_MENTOR), *_OF_BOTH)
