"""`python -m evals.agreement`: how far two careful readers agree on the same notes."""

from rich.console import Console

from evals.agreement.comparison import agreements
from evals.agreement.table import table

if __name__ == "__main__":
    Console().print(table(agreements()))
