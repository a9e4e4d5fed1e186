"""Questions: the rules they keep, and how they are written and chosen."""
