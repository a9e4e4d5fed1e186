"""Days as they are said in English, read with rules that each look at a few words."""
