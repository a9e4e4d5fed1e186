"""The contract between the two people, the rules of visibility, and API keys."""
