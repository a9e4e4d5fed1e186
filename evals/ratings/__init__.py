"""Pages for people to judge line by line, and what their verdicts add up to."""
