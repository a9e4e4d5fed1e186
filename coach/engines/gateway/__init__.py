"""The only code that talks to a model's server."""
