"""How the shipped weights of the trained readers are made from labelled notes."""
