"""The code for one kind of database."""
