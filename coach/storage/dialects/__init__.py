"""What is special to one database."""
