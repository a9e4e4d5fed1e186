"""The words of the domain as frozen values, one file a noun; the API's shapes are these classes."""
