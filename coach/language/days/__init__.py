"""Reads the ways people write days, in time proportional to the text."""
