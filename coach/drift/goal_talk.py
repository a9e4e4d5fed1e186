"""Which kind of drift a passage against a goal tells of: one matter is one warning.

The reading says that a passage is against a goal; its words say only in which way.
"""

import re

from coach.drift.signals import Said
from coach.model.drift import DriftKind

# The first kind whose words a passage holds is its kind; one with none says that the goal is left aside.
_SAID: tuple[tuple[DriftKind, str], ...] = (
    (
        "relevance_loss",
        r"no longer|any ?more|anymore|(?:new|other|another|changed) (?:jobs?|posts?|roles?)|what for|for whom|pointless|the point"
        r"|nothing new|frozen|out of date|overtaken|(?:do|does|did)(?:n['’]t| not) (?:need|matter|want)|no use|needless|lost interest",
    ),
    (
        "goal_vagueness",
        r"vague|hazy|numbers?|figures?|measures?|yardsticks?|criteri(?:on|a|um)|define[ds]?|"
        r"how (?:would|will|do|could|can|to) (?:we |you |i |one |they )?(?:know|tell|measure)|what (?:done|good|met|reached) means|when (?:it|that) (?:is|'s) (?:met|reached)",
    ),
    (
        "goal_displacement",
        r"instead|whole (?:hour|session|meeting|call|evening|time)|all (?:hour|session|evening|meeting|call|of the (?:hour|session|time))"
        r"|entire(?:ly)?|\d+ min(?:ute)?s?|most of (?:it|the)|took over|ran away|took (?:its|their|the) (?:place|hour|time)|something else|other (?:things|matters)"
        r"|(?:not|none) (?:in|among|of) (?:our|the) goals|nothing to do with|no (?:time|room) (?:left )?for|outside (?:our|the|these) goals|crowded out",
    ),
)
_WAYS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _SAID
)

MEASURE = dict(_WAYS)["goal_vagueness"]
"""What a goal's measure is called by."""


def way_of(said: Said) -> DriftKind:
    """The kind of drift that a passage against a goal tells of: as its reader says, else by its words."""
    if said.signal.way is not None:
        return said.signal.way
    for kind, words in _WAYS:
        if words.search(said.citation.quote):
            return kind
    return "goal_neglect"
