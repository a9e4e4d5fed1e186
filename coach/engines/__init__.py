"""Engines read notes; the domain judges what they say."""
