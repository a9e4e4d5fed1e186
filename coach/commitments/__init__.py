"""Promises over time: made, matched, corrected, and their state on a day."""
