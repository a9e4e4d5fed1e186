"""Who reads notes and when, and which reading counts."""
