"""Session Coach: briefs, questions and warnings for a mentor and a mentee."""
