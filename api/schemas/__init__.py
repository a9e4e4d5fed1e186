"""Bodies and query parameters, one file a noun."""
