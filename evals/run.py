"""Runs a suite and adds up what was measured, with everything a result rests on."""

import hashlib
import platform
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.engines.embedded.engine import EmbeddedEngine
from coach.ports import Model
from coach.settings import Settings
from evals.cases import FOLDER, Case
from evals.measure import elsewhere, measured
from evals.metrics import NOTHING, Interval, bootstrap, percentile
from evals.outcomes import CaseOutcome, Miss, Ratio
from evals.subject import Subject, Timings, running

Progress = Callable[[str], None]
_NOT_SHARES = frozenset({"brief words", "drift raised per expected", "alarms at quiet checkpoints"})
LESS_IS_BETTER = _NOT_SHARES | {"leakage", "drift traps raised"}


class Metric(BaseModel):
    """One figure over all cases; `low` and `high` are its 95 % interval, `p5` and `worst` its tail over cases."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: float
    low: float
    high: float
    p5: float
    worst: float
    worst_case: str
    of: float


class Provenance(BaseModel):
    """What a result rests on."""

    model_config = ConfigDict(frozen=True)

    made_at: datetime
    commit: str
    dirty: bool
    engine: str
    engine_version: str
    model: str | None
    prompts: str
    data: str
    lock: str
    python: str
    platform: str
    packages: dict[str, str]


class JudgeVerdict(BaseModel):
    """What a language model says of a statement beside what must not be stated; `states` is None where it failed."""

    model_config = ConfigDict(frozen=True)

    said: str
    wanted: str
    states: bool | None
    reason: str
    by: str

    def __str__(self) -> str:
        """As people read it."""
        told = {True: "states it", False: "does not state it", None: "not judged"}
        return f"{told[self.states]}: {self.reason}"


class Result(BaseModel):
    """A whole run."""

    model_config = ConfigDict(frozen=True)

    suite: str
    cases: tuple[str, ...]
    metrics: tuple[Metric, ...]
    by_case: dict[str, dict[str, float]]
    misses: dict[str, tuple[Miss, ...]]
    milliseconds: dict[str, dict[str, float]]
    tokens: int
    provenance: Provenance
    verdicts: tuple[JudgeVerdict, ...] = ()

    def value(self, name: str) -> float | None:
        """One figure, None when it was not measured."""
        return next((each.value for each in self.metrics if each.name == name), None)


def run_cases(
    cases: Sequence[Case],
    progress: Progress,
    *,
    data: Path = FOLDER,
    settings: Settings | None = None,
) -> Result:
    """Measure every case with the embedded engine, and with the model that the settings name beside it."""
    timings = Timings()
    others = elsewhere(cases)
    outcomes = []
    with running(settings) as parts:
        for case in cases:
            outcomes.append(measured(case, Subject(parts, case.file, timings), others))
            progress(case.name)
        result = added_up("cases", outcomes, timings=timings, data=data)
        return result if parts.model is None else _by_model(result, parts.model)


def _by_model(result: Result, model: Model) -> Result:
    """The result with who made it and what that took."""
    told = {"engine": model.name, "engine_version": model.version, "model": model.model}
    return result.model_copy(
        update={
            "provenance": result.provenance.model_copy(update=told),
            "tokens": model.tokens,
        }
    )


def added_up(
    suite: str, outcomes: Sequence[CaseOutcome], *, timings: Timings, data: Path
) -> Result:
    """What was measured on every case, added up, with what it rests on."""
    metrics = [*_score_metrics(outcomes), *_ratio_metrics(outcomes)]
    return Result(
        suite=suite,
        cases=tuple(each.name for each in outcomes),
        metrics=tuple(metrics),
        by_case={each.name: _of_case(each) for each in outcomes},
        misses={each.name: each.misses for each in outcomes},
        milliseconds={name: _spread(taken) for name, taken in timings.calls.items()},
        tokens=0,
        provenance=provenance(data),
    )


def _score_metrics(outcomes: Sequence[CaseOutcome]) -> list[Metric]:
    names = sorted({name for each in outcomes for name in each.scores})
    return [
        _metric(f"{name}: {figure}", outcomes, _figure_of(name, figure))
        for name in names
        for figure in ("precision", "recall", "f1")
    ]


def _figure_of(name: str, figure: str) -> Callable[[Sequence[CaseOutcome]], float]:
    def measure(outcomes: Sequence[CaseOutcome]) -> float:
        total = NOTHING
        for each in outcomes:
            total += each.score(name)
        return float(getattr(total, figure))

    return measure


def _ratio_metrics(outcomes: Sequence[CaseOutcome]) -> list[Metric]:
    names = sorted({name for each in outcomes for name in each.ratios})
    return [_metric(name, outcomes, _share_of(name)) for name in names]


def _share_of(name: str) -> Callable[[Sequence[CaseOutcome]], float]:
    def measure(outcomes: Sequence[CaseOutcome]) -> float:
        total = Ratio(0, 0)
        for each in outcomes:
            total += each.ratios.get(name, Ratio(0, 0))
        return total.share if total.of or name not in LESS_IS_BETTER else 0.0

    return measure


def _metric(
    name: str,
    outcomes: Sequence[CaseOutcome],
    measure: Callable[[Sequence[CaseOutcome]], float],
) -> Metric:
    interval: Interval = bootstrap(outcomes, measure)
    each = sorted((measure([outcome]), outcome.name) for outcome in outcomes)
    if name in LESS_IS_BETTER:
        each.reverse()
    tail = percentile([value for value, _ in each], 0.95 if name in LESS_IS_BETTER else 0.05)
    return Metric(
        name=name,
        value=round(measure(outcomes), 6),
        low=round(interval.low, 6),
        high=round(interval.high, 6),
        p5=round(tail, 6),
        worst=round(each[0][0], 6),
        worst_case=each[0][1],
        of=sum(_weight(outcome, name) for outcome in outcomes),
    )


def _weight(outcome: CaseOutcome, name: str) -> float:
    if name in outcome.ratios:
        return outcome.ratios[name].of
    score, _, figure = name.rpartition(": ")
    counted = outcome.score(score)
    return counted.said if figure == "precision" else counted.wanted


def _of_case(outcome: CaseOutcome) -> dict[str, float]:
    measured = {name: ratio for name, ratio in outcome.ratios.items() if ratio.of}
    shares = {name: round(ratio.share, 6) for name, ratio in measured.items()}
    return shares | {f"{name}: f1": round(score.f1, 6) for name, score in outcome.scores.items()}


def _spread(taken: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(percentile(taken, 0.5), 1),
        "p95": round(percentile(taken, 0.95), 1),
        "max": round(max(taken), 1),
        "calls": len(taken),
    }


def provenance(data: Path) -> Provenance:
    """What a result of this checkout, on this machine, over this data rests on."""
    root = Path(__file__).parent.parent
    engine = EmbeddedEngine()
    return Provenance(
        made_at=datetime.now(UTC).replace(microsecond=0),
        commit=_git("rev-parse", "HEAD") or "unknown",
        dirty=bool(_git("status", "--porcelain")),
        engine=engine.name,
        engine_version=engine.version,
        model=None,
        prompts=_digest([root / "prompts" / "SHA256SUMS"]),
        data=_digest(
            [data]
            if data.is_file()
            else sorted(
                each
                for each in data.rglob("*")
                if each.is_file() and each.suffix in {".yaml", ".json", ".md"}
            )
        ),
        lock=_digest([root / "requirements.txt"]),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        packages={name: version(name) for name in ("chromadb", "numpy", "wordllama", "pydantic")},
    )


def _digest(files: Sequence[Path]) -> str:
    made = hashlib.sha256()
    for file in files:
        made.update(file.name.encode())
        made.update(file.read_bytes())
    return made.hexdigest()[:16]


def _git(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed words
        ["git", *words],  # noqa: S607
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
