"""Finds passages of notes by words and by meaning; everything in it can be rebuilt from the notes."""
