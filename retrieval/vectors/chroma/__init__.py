"""Keeps vectors in Chroma."""
