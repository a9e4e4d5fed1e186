"""How people write days, read in linear time."""
