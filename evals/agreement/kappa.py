"""Cohen's kappa: agreement beyond what chance explains."""

from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960) of two readers' labels for the same things, from -1 to 1.

    1 when there is nothing to disagree on.
    """
    if not pairs:
        return 1.0
    agreed = sum(one == two for one, two in pairs) / len(pairs)
    labels = {label for pair in pairs for label in pair}
    chance = sum(
        (sum(one == label for one, _ in pairs) / len(pairs))
        * (sum(two == label for _, two in pairs) / len(pairs))
        for label in labels
    )
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
