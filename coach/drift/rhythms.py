"""Finds rhythms in prose: how many days lie between two meetings."""

import re

_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "second": 2,
    "other": 2,
    "two": 2,
    "third": 3,
    "three": 3,
    "fourth": 4,
    "four": 4,
    "six": 6,
    "eight": 8,
}
"""The number that each word means."""
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
"""Days in each unit of time."""
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_EVERY = re.compile(
    rf"(?<!\w)(?:every|each)(?: (\d{{1,2}}|[a-z]{{2,6}}))? (days?|weeks?|months?|quarters?"
    rf"|{_WEEKDAY})(?!\w)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?<!\w)(once|twice|three times|four times) (?:a|an|per|each|every) (week|month|quarter"
    r"|year)(?!\w)",
    re.IGNORECASE,
)
_ADVERBS = {
    "weekly": 7,
    "biweekly": 14,
    "fortnightly": 14,
    "fortnight": 14,
    "monthly": 30,
    "quarterly": 91,
}
"""Days between two meetings for each adverb."""
# "The monthly safety meeting" is somebody else's.
# So the word stands alone or right before a meeting of the two.
_ADVERB = re.compile(
    rf"(?<!\w)({'|'.join(_ADVERBS)})(?!\w)(?! (?!meetings?|sessions?|sittings?|calls?"
    r"|talks?)\w+ (?:meetings?|sessions?|calls?))",
    re.IGNORECASE,
)
_TIMES_OF = {"once": 1, "twice": 2, "three times": 3, "four times": 4}
"""How many times each expression means."""
_SECOND_AND_FOURTH = re.compile(
    rf"(?<!\w)(?:first and third|second and fourth|1st and 3rd|2nd and 4th) {_WEEKDAY}(?!\w)",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?<!\w)(?:(?:we|two|both|us) (?:\w+ )?(?:meet|talk|speak|call)|meetings?|sessions?|sittings?"
    r"|see (?:each other|one another)|talk to each other|get together)(?!\w)",
    re.IGNORECASE,
)
# Words for the rhythm of something else, a stage, a season or a condition.
# A sentence with one of them is not judged.
_OTHERWISE = re.compile(
    r"(?<!\w)(?:feedback|notes?|minutes of|mails?|e-?mails?|report\w*|pages?|writes?|send\w*"
    r"|messages?|texts?|review\w*|if|unless|when|while|during|except|"
    r"chair\w*|attend\w*|host\w*|present\w*|joins?|leads?|runs?|team|board|staff|department"
    r"|committee|by the end|in a row|first (?!and third)|then|later|until|till|after"
    r"|in (?:the )?(?:summer|winter|holidays?|\w+ season)|at (?:least|most)|goals?|reads?|asks?"
    r"|may)(?!\w)",
    re.IGNORECASE,
)


def meeting_rhythm(sentence: str) -> int | None:
    """Return the days between two meetings that a sentence plainly sets, or None."""
    if not _MEETING.search(sentence) or _OTHERWISE.search(sentence):
        return None
    ways = (_every(sentence), _times(sentence), _adverb(sentence), _twice_a_month(sentence))
    found = {each for each in ways if each}
    return found.pop() if len(found) == 1 else None


def _every(sentence: str) -> int | None:
    if not (found := _EVERY.search(sentence)):
        return None
    number, unit = found[1], found[2].lower()
    count = 1 if number is None else _counted(number.lower())
    days = 7 if "day" in unit and unit.rstrip("s") != "day" else _UNITS[unit.removesuffix("s")]
    return count * days if count else None


def _counted(number: str) -> int | None:
    return int(number) if number.isdigit() else _WORDS.get(number)


def _times(sentence: str) -> int | None:
    found = _TIMES.search(sentence)
    return _UNITS[found[2].lower()] // _TIMES_OF[found[1].lower()] if found else None


def _twice_a_month(sentence: str) -> int | None:
    return 14 if _SECOND_AND_FOURTH.search(sentence) else None


def _adverb(sentence: str) -> int | None:
    found = _ADVERB.search(sentence)
    return _ADVERBS[found[1].lower()] if found else None
