"""One file a kind of drift."""
