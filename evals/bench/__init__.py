"""Measures response times, memory, start times and tokens with made-up histories."""
