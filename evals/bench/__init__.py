"""Measures how fast the answers come and what they cost, on made-up histories."""
