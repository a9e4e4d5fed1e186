"""`python -m evals`: measures how good the answers are."""

from evals.command import main

if __name__ == "__main__":
    main()
