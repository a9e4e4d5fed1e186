"""What is measured: a file a family of metrics, and one table of them all."""
