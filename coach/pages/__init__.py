"""Pages: which lines, in which order, in which words."""
