"""Drift put in by rule: clean series, drifts and decoys to put into them, all invented."""
