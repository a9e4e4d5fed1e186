"""Variants of the base series: clean, with one drift, with one decoy."""

from collections.abc import Iterator
from functools import cache

from evals.drift_cases.decoys import decoys
from evals.drift_cases.drifts import Insertion
from evals.drift_cases.series import Series, clean_series
from evals.drift_cases.variant import Variant
from evals.drift_cases.ways import places, ways
from evals.drift_cases.writing import inserted, mentorship, sessions

# Base series that each way and each decoy of the sample goes into. Two pairs say more than one, and
# the whole stays under a minute.
_BASES_EACH = 2
# A step that shares no factor with their number: one way after the other comes to every base.
_STEP = 5


@cache
def variants(*, every: bool = False) -> tuple[Variant, ...]:
    """The clean series, then those with a drift, then those with a decoy; the same each time.

    Each way and each decoy goes into two bases, and each base has its share of them. With `every`,
    each goes into all bases.
    """
    clean = (
        _variant(series, f"{series.base.id}-clean", second_at=len(series.meetings) - 1)
        for series in clean_series()
    )
    made = (*clean, *_injected(every=every), *_decoyed(every=every))
    return tuple({each.id: each for each in made}.values())


def _rows(number: int, *, every: bool) -> list[int]:
    """The bases for the way or the decoy with this number."""
    known = len(clean_series())
    if every:
        return list(range(known))
    first = number * _STEP % known
    return sorted({(first + share * known // _BASES_EACH) % known for share in range(_BASES_EACH)})


def _injected(*, every: bool) -> Iterator[Variant]:
    for number, way in enumerate(ways()):
        for row in _rows(number, every=every):
            series = clean_series()[row]
            at = places(way, series)[(number + row) % 2]
            drifted = way.make(Insertion(series, at, number + row))
            yield _variant(
                drifted.series,
                f"{series.base.id}-{way.kind}-{way.name}",
                injected=way.kind,
                way=way.name,
                how=way.how,
                at_session=drifted.at,
                about=drifted.about,
                clauses=drifted.clauses,
                second_at=min(drifted.second_at, len(series.meetings) - 1),
            )


def _decoyed(*, every: bool) -> Iterator[Variant]:
    for number, decoy in enumerate(decoys()):
        for row in _rows(number, every=every):
            series = clean_series()[row]
            at = (3, max(3, len(series.meetings) - 4))[(number + row) % 2]
            decoyed = decoy.make(Insertion(series, at, number + row))
            yield _variant(
                decoyed.series,
                f"{series.base.id}-decoy-{decoy.name}",
                decoy=decoy.name,
                how=decoy.how,
                tempts=decoy.tempts,
                at_session=decoyed.at,
                about=decoyed.about,
                second_at=len(series.meetings) - 1,
            )


def _variant(series: Series, name: str, **fields: object) -> Variant:
    about_a_promise = "commitment_slippage" in {fields.get("injected"), fields.get("tempts")}
    return Variant.model_validate(
        {
            "promise": inserted(series) if about_a_promise else (),
            "id": name,
            "mentorship": mentorship(series.base),
            "contracts": series.contracts,
            "sessions": sessions(series),
            **fields,
        }
    )
