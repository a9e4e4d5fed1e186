"""The accepted results, and the gate that compares a new one with them."""
