"""The values of the domain, all frozen, one file a noun; the API's shapes are these classes."""
