"""A result as people read it: a table on the terminal, a page to keep."""
