"""Finds passages of notes by words and by meaning. All it keeps can be rebuilt from the notes."""
