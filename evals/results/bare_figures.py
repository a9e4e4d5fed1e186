"""The result of a suite that gives bare figures, without cases to draw intervals from."""

from collections.abc import Iterator, Mapping

from evals.results.result import DIGITS, Figure, Provenance, Result


def of_figures(suite: str, found: Mapping[str, object], provenance: Provenance) -> Result:
    """The result of a suite's figures, nested or not; the keys that lead to one make its name."""
    return Result(
        suite=suite,
        cases=(),
        metrics=tuple(_bare(f"{suite} {name}", value) for name, value in _flat(found)),
        by_case={},
        misses={},
        milliseconds={},
        tokens=0,
        provenance=provenance,
    )


def _flat(found: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """Every figure under the keys that lead to it; what was not measured is left out."""
    for key, value in found.items():
        name = key.replace("_", " ")
        if isinstance(value, Mapping):
            yield from ((f"{name}: {inner}", figure) for inner, figure in _flat(value))
        elif isinstance(value, (int, float)):
            yield name, float(value)


def _bare(name: str, value: float) -> Figure:
    kept = round(value, DIGITS)
    tail = {"low": kept, "high": kept, "p5": kept, "worst": kept}
    return Figure(name=name, value=kept, **tail, worst_case="", of=0)
