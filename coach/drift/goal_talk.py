"""Tells which kind of drift a passage against a goal is about.

The reading says that a passage is against a goal. Its words say in which way. So one matter gives
one warning.
"""

import re

from coach.drift.signals import Said
from coach.model.drift import DriftKind

# A passage belongs to the first kind whose words it holds.
# A passage with none of them says that the goal is left aside.
_SAID: tuple[tuple[DriftKind, str], ...] = (
    (
        "relevance_loss",
        r"no longer|any ?more|anymore|(?:new|other|another|changed) (?:jobs?|posts?|roles?)"
        r"|what for|for whom|pointless|the point"
        r"|nothing new|frozen|out of date|overtaken"
        r"|(?:do|does|did)(?:n['’]t| not) (?:need|matter|want)|no use|needless|lost interest",
    ),
    (
        "goal_vagueness",
        r"vague|hazy|numbers?|figures?|measures?|yardsticks?|criteri(?:on|a|um)|define[ds]?|"
        r"how (?:would|will|do|could|can|to) (?:we |you |i |one |they )?(?:know|tell|measure)"
        r"|what (?:done|good|met|reached) means|when (?:it|that) (?:is|'s) (?:met|reached)",
    ),
    (
        "goal_displacement",
        r"instead|whole (?:hour|session|meeting|call|evening|time)"
        r"|all (?:hour|session|evening|meeting|call|of the (?:hour|session|time))"
        r"|entire(?:ly)?|\d+ min(?:ute)?s?|most of (?:it|the)|took over|ran away"
        r"|took (?:its|their|the) (?:place|hour|time)|something else|other (?:things|matters)"
        r"|(?:not|none) (?:in|among|of) (?:our|the) goals|nothing to do with"
        r"|no (?:time|room) (?:left )?for|outside (?:our|the|these) goals|crowded out",
    ),
)
_WAYS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _SAID
)

MEASURE = dict(_WAYS)["goal_vagueness"]
"""Finds words for the measure of a goal."""


def way_of(said: Said) -> DriftKind:
    """Return the kind of drift of a passage against a goal: the reader's, else by its words."""
    if said.signal.way is not None:
        return said.signal.way
    for kind, words in _WAYS:
        if words.search(said.citation.quote):
            return kind
    return "goal_neglect"
