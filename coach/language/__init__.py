"""English, shared by all readers: words, phrasing, days, names."""
