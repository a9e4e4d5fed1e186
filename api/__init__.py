"""Serves the coach over HTTP."""
