"""A small case with one label of each sort."""

CASE = """\
id: kiln
domain: potter to studio lead
style: short
mentor: {name: Ana Lima}
mentee: {name: Ben Okoro}
started_on: 2026-01-05
contracts: []
sessions:
- id: s1
  held_on: 2026-01-05
  notes:
  - {id: s1a, author: mentee, visibility: shared, format: text, \
text: I will glaze the bowls by Friday.}
  - {id: s1b, author: mentor, visibility: mentor, format: text, text: He looked tired of the heron.}
- id: s2
  held_on: 2026-01-19
  notes:
  - {id: s2a, author: mentee, visibility: shared, format: text, text: The bowls are glazed.}
gold:
  facts:
  - session: s2
    note: s2a
    kind: win
    quote: The bowls are glazed
  commitments:
  - id: c1
    session: s1
    note: s1a
    quote: I will glaze the bowls by Friday.
    owner: mentee
    action: glaze the bowls
    due: 2026-01-09
    outcomes:
    - {session: s2, status: done, quote: The bowls are glazed.}
  checkpoints:
  - as_of: 2026-01-20
    must_cover:
    - {quote: bowls are glazed, session: s2, why: news}
    must_not_state: []
    open_commitments: [c1]
    overdue_commitments: []
    drift_expected: []
    drift_forbidden: []
  searches:
  - query: pots
    relevant_sessions: [s2]
    answer_quote: bowls are glazed
  canaries:
  - the heron
"""
