"""Reads notes as text: blocks, sentences, lines, and the facts in them."""
