"""What a run found: figures with their intervals, and everything that they rest on."""
