"""Every variant of the base series: clean, with one drift, with one decoy."""

from collections.abc import Iterator
from functools import cache

from evals.drift_cases.decoys import DECOYS, decoys
from evals.drift_cases.drifts import DRIFTS, Insertion, places
from evals.drift_cases.series import Series, clean_series
from evals.drift_cases.variant import Variant
from evals.drift_cases.writing import inserted, mentorship, sessions


@cache
def variants() -> tuple[Variant, ...]:
    """Every variant, in an order that never changes: clean ones, injected ones, decoys."""
    clean = (
        _variant(series, f"{series.base.id}-clean", expected_by=len(series.meetings) - 1)
        for series in clean_series()
    )
    made = (*clean, *_injected(), *_decoyed())
    return tuple({each.id: each for each in made}.values())


def _injected() -> Iterator[Variant]:
    for row, series in enumerate(clean_series()):
        for column, (kind, make_drift) in enumerate(DRIFTS):
            for place, at in enumerate(places(make_drift, series)):
                drifted = make_drift(Insertion(series, at, row + column + place))
                yield _variant(
                    drifted.series,
                    f"{series.base.id}-{kind}-{drifted.clause or 'none'}-{column}-{drifted.at}",
                    injected=kind,
                    at_session=drifted.at,
                    about=drifted.about,
                    clause=drifted.clause,
                    expected_by=drifted.expected_by,
                )


def _decoyed() -> Iterator[Variant]:
    for row, series in enumerate(clean_series()):
        for name, make_decoy in DECOYS.items():
            for place, at in enumerate((3, len(series.meetings) - 4)):
                decoyed = make_decoy(Insertion(series, at, row + place))
                yield _variant(
                    decoyed.series,
                    f"{series.base.id}-decoy-{name}-{decoyed.at}",
                    decoy=name,
                    tempts=decoys()[name].tempts,
                    at_session=decoyed.at,
                    about=decoyed.about,
                    expected_by=len(series.meetings) - 1,
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
