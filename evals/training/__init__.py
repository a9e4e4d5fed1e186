"""Teaches the embedded readers from labelled notes, exports them, and compares them with others."""
