"""How far two readers agree, as a table."""

from collections.abc import Sequence

from rich.table import Table

from evals.agreement.comparison import LABELLED_TWICE, Agreement
from evals.agreement.kappa import kappa


def table(rows: Sequence[Agreement]) -> Table:
    """One row a case, a split, or both."""
    shown = Table(
        title="Two readers", caption="F1, but for kappa; owner and due: of commitments both found"
    )
    shown.add_column("case", overflow="fold")
    names = ("facts", "span", "right kind", "kappa", "commitments", "F1", "owner", "due")
    for name in names:
        shown.add_column(name, justify="right")
    for each in rows:
        whole = each.name in {*LABELLED_TWICE, "both"}
        shown.add_row(*_cells(each), style="bold" if whole else None, end_section=whole)
    return shown


def _cells(each: Agreement) -> list[str]:
    return [
        each.name,
        f"{each.spans.wanted} / {each.spans.said}",
        f"{each.spans.f1:.3f}",
        f"{each.right_kind.f1:.3f}",
        f"{kappa(each.kinds):.3f}",
        f"{each.commitments.wanted} / {each.commitments.said}",
        f"{each.commitments.f1:.3f}",
        f"{each.owner.share:.3f}",
        f"{each.due.share:.3f}",
    ]
