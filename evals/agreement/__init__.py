"""How far two careful readers agree on the same notes: the ceiling for every other reader."""
