"""`python -m coach` is the `coach` command."""

from coach.terminal.cli import main

main()
