"""The one way to a model's server."""
