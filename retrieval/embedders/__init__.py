"""Embedders turn texts into unit vectors."""
