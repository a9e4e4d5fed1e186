"""What can be measured: a file a suite, and one table of them all."""
