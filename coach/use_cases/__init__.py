"""What people may ask for, by noun."""
