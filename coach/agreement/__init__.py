"""What the two agreed, who may see what, and keys."""
