"""One module for each kind of drift."""
