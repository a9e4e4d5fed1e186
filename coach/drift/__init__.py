"""Where the sessions have left the contract."""
