"""Who reads notes, when, and which reading is trusted."""
