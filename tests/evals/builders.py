"""Results and cases that tests of evals share."""

from evals.metrics.counts import Ratio, Score
from evals.metrics.outcome import CaseOutcome, Miss
from evals.results.adding_up import added_up
from evals.results.result import Result
from evals.subject import Timings

CASE = """\
id: tiny
domain: first talks
style: short
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts: []
sessions:
  - id: s1
    held_on: 2026-01-05
    notes:
      - id: s1a
        author: tool
        visibility: shared
        format: markdown
        text: Ben will send the draft of the talk to Ana by 12 January.
gold:
  facts: []
  commitments: []
"""
LABELLED_CASE = """\
id: tiny
domain: first talks
style: short
mentor: {name: Ana Lima, pronouns: she/her}
mentee: {name: Ben Okoro, pronouns: he/him}
started_on: 2026-01-05
contracts: []
sessions:
  - id: s1
    held_on: 2026-01-05
    notes:
      - id: s1a
        author: tool
        visibility: shared
        format: markdown
        text: |
          Ben is worried about the talk in March, his slides are far too long.
          Ben will send the draft of the talk to Ana by 12 January.
      - id: s1b
        author: mentor
        visibility: mentor
        format: markdown
        text: |
          I am worried that Zorbulax may close the team before the talk.
gold:
  facts:
    - {session: s1, note: s1a, kind: concern, quote: Ben is worried about the talk in March}
  commitments:
    - id: c1
      session: s1
      note: s1a
      quote: Ben will send the draft of the talk to Ana by 12 January.
      owner: mentee
      action: send the draft of the talk to Ana
      due: 2026-01-12
  checkpoints:
    - as_of: 2026-01-06
      must_cover: []
      must_not_state: []
      open_commitments: [c1]
      overdue_commitments: []
      drift_expected: []
      drift_forbidden: []
  canaries: [Zorbulax]
"""


def make_result(tmp_path, *, misses: tuple[Miss, ...] = (), **shares: float) -> Result:
    """A result of one case, choir; shares by names with spaces as underscores."""
    ratios = {name.replace("_", " "): Ratio(share, 1) for name, share in shares.items()}
    outcome = CaseOutcome(
        name="choir", scores={"facts: win": Score(2, 1, 2, 1)}, ratios=ratios, misses=misses
    )
    timings = Timings(calls={"brief": [5.0, 7.0]})
    return added_up("cases", [outcome], timings=timings, data=tmp_path)
