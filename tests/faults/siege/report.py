"""What a siege came to: the goals, and the tables that explain them."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median

from tests.faults.siege.costly import BURST_PATIENCE_SECONDS
from tests.faults.siege.readers import HEALTHZ, READERS
from tests.faults.siege.tally import (
    LATER,
    NO_ANSWER,
    Asked,
    Goal,
    Sample,
    Tally,
    Times,
    grouped,
    slowest,
    worst_minute,
)
from tests.faults.siege.truth import LOCKED_ANSWER_MS

# A probe that waits longer than a second is taken for a dead server by most who probe.
HEALTHZ_MS = 1000.0
# Ten times what a small brief takes alone; the client shares the server's two cores.
READERS_P95_MS = 500.0
# No answer may hang longer, whatever was sent.
ANSWER_MS = 5000.0
# Erasing may wait as long as any writer, and 45 at once for one another.
_LIMITS_MS = {"erasure": LOCKED_ANSWER_MS, "bullets": BURST_PATIENCE_SECONDS * 1000}
# A request body is at most a megabyte; what sixty of them leave behind is no leak.
GROWTH_MB = 64.0
# A server fills its pools and caches in its first minute, so a siege of less than three minutes
# tells nothing of growth.
WARM_SECONDS = 170.0
# Connections and threads come and go with the attacks: three open files for each of ten of them.
MORE = 30.0


def goals(tally: Tally) -> list[Goal]:
    """What must hold, and whether it did."""
    return [*_of_readers(tally), *_of_attackers(tally), *_of_promises(tally), *_of_server(tally)]


def _of_readers(tally: Tally) -> Iterator[Goal]:
    for who in (READERS, HEALTHZ):
        asked = tally.of(who)
        if not asked:
            continue
        wrong = Counter(each.outcome for each in asked if each.outcome != "200")
        broken = sum(each.failed for each in asked)
        unanswered = sum(wrong[each] for each in NO_ANSWER)
        yield Goal(f"{who}: no 5xx", len(asked), broken, _shown(wrong), "0")
        yield Goal(f"{who}: no 503", len(asked), wrong[LATER], _shown(wrong), "0")
        yield Goal(f"{who}: always an answer", len(asked), unanswered, _shown(wrong), "0")
        others = wrong.total() - broken - wrong[LATER] - unanswered
        yield Goal(f"{who}: no other refusal", len(asked), others, _shown(wrong), "0")
    yield from _of_times(tally)


def _of_times(tally: Tally) -> Iterator[Goal]:
    probes, reads = tally.of(HEALTHZ), tally.of(READERS)
    late = sum(each.milliseconds > HEALTHZ_MS for each in probes)
    yield Goal(
        "healthz: each in a second", len(probes), late, _ms(Times.of(probes).most), _ms(HEALTHZ_MS)
    )
    if reads:
        name, worst = "readers: p95 of the worst minute", worst_minute(reads).p95
        yield Goal(name, len(reads), worst > READERS_P95_MS, _ms(worst), _ms(READERS_P95_MS))
    beside = [each for each in reads if any(a <= each.began <= b for a, b in tally.locked)]
    if beside:
        wrong = sum(each.outcome != "200" for each in beside)
        most = _ms(Times.of(beside).most)
        yield Goal("readers: answered while the database is locked", len(beside), wrong, most, "0")


def _of_attackers(tally: Tally) -> Iterator[Goal]:
    for who in sorted({each.who for each in tally.asked} - {READERS, HEALTHZ}):
        asked = tally.of(who)
        broken = Counter(each.outcome for each in asked if each.failed)
        yield Goal(
            f"{who}: no 5xx but 503 with Retry-After",
            len(asked),
            broken.total(),
            _shown(broken),
            "0",
        )
        limit = _LIMITS_MS.get(who, ANSWER_MS)
        late = sum(_late(tally, each, limit) for each in asked)
        yield Goal(
            f"{who}: answered in time", len(asked), late, _ms(Times.of(asked).most), _ms(limit)
        )


def _late(tally: Tally, each: Asked, limit: float) -> bool:
    """Whether it came too late; who met the locked database may have waited for that too."""
    ended = each.began + each.milliseconds / 1000
    met = any(each.began <= until and ended >= since for since, until in tally.locked)
    allowed = limit + (LOCKED_ANSWER_MS if met else 0)
    return each.outcome in NO_ANSWER or each.milliseconds > allowed


def _of_promises(tally: Tally) -> Iterator[Goal]:
    for name, kept in tally.promises.items():
        yield Goal(name, kept.rounds, len(kept.faults), f"{kept.worst:.1f}", kept.limit)


def _of_server(tally: Tally) -> Iterator[Goal]:
    yield Goal(
        "server: lived, with no error in its log",
        1,
        len(tally.deaths),
        _shown(Counter(tally.deaths)),
        "0",
    )
    samples = tally.samples
    if samples and samples[-1].at >= WARM_SECONDS:
        yield _grown(
            "memory at the end, since the first minute", samples, _memory_grown(samples), GROWTH_MB
        )
        for place, name in enumerate(("threads", "files"), start=2):
            yield _grown(f"{name}, last minute over second", samples, _more(samples, place), MORE)


def _grown(what: str, samples: list[Sample], grown: float, limit: float) -> Goal:
    """What must stay as it was."""
    return Goal(f"server: {what}", len(samples), grown > limit, f"{grown:.0f}", f"{limit:.0f}")


def _memory_grown(samples: list[Sample]) -> float:
    return samples[-1].rss_mb - after_a_minute(samples).rss_mb


def _more(samples: list[Sample], place: int) -> float:
    """Return how much more was usual in the last minute than in the second.

    A burst now and then is no leak.
    """
    ended = samples[-2].at
    second = [each[place] for each in samples if 60 <= each.at < 120]
    last = [each[place] for each in samples if ended - 60 <= each.at <= ended]
    return median(last) - median(second)


def after_a_minute(samples: list[Sample]) -> Sample:
    """The sample after the first minute, in a short siege the one in the middle."""
    moment = min(60.0, samples[-1].at / 2)
    return next(each for each in samples if each.at >= moment)


def _shown(counted: Counter[str]) -> str:
    return ", ".join(f"{name}: {number}" for name, number in counted.most_common(5)) or "-"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms"


def told(tally: Tally, seconds: float, client_cpu: float) -> str:
    """Everything a person wants to see, the goals last."""
    return "\n".join(
        [
            *_requests(tally),
            *_slow(tally),
            *_held(tally, seconds, client_cpu),
            *_faults(tally),
            *_goals(tally),
        ]
    )


def _requests(tally: Tally) -> Iterator[str]:
    yield f"{'requests':42}{'count':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'max ms':>9}  answers"
    for (who, what), asked in grouped(tally.asked, lambda each: (each.who, each.what)).items():
        yield _row(
            f"{who} {what}", Times.of(asked), _shown(Counter(each.outcome for each in asked))
        )
    for who in (READERS, HEALTHZ):
        if asked := tally.of(who):
            yield _row(f"{who}, all", Times.of(asked), "")
            yield _row(f"{who}, worst minute", worst_minute(asked), "")


def _row(name: str, times: Times, answers: str) -> str:
    number, *taken = times
    columns = "".join(f"{each:8.0f}" for each in taken[:3])
    return f"{name[:41]:42}{number:7}{columns}{taken[3]:9.0f}  {answers}"


def _slow(tally: Tally) -> Iterator[str]:
    yield ""
    for who in sorted({each.who for each in tally.asked if each.label}):
        for each in slowest([each for each in tally.of(who) if each.label], 4):
            yield (
                f"slowest of {who}: {each.milliseconds:.0f} ms, "
                f"{each.outcome}: {each.what}, {each.label}"
            )


def _held(tally: Tally, seconds: float, client_cpu: float) -> Iterator[str]:
    yield ""
    if tally.samples:
        shown = {
            "start": tally.samples[0],
            "first minute": after_a_minute(tally.samples),
            "end": tally.samples[-1],
        }
        for name, each in shown.items():
            yield (
                f"server, {name}: {each.rss_mb:.0f} MB, {each.threads} threads, "
                f"{each.files} files, {each.cpu_seconds:.0f} s of CPU"
            )
        most = [max(each[place] for each in tally.samples) for place in (1, 2, 3)]
        yield f"server, most: {most[0]:.0f} MB, {most[1]} threads, {most[2]} files"
    lag = Times.of(Asked("", "", "", 0, "", each) for each in tally.lag)
    yield (
        f"client: {client_cpu:.0f} s of CPU in {seconds:.0f} s, "
        f"itself late by p99 {lag.p99:.0f} ms, at most {lag.most:.0f} ms"
    )
    yield f"readers reached {len(tally.of(READERS)) / seconds:.1f} requests a second"
    yield from (f"{name}: {number}" for name, number in sorted(tally.notes.items()))


def _faults(tally: Tally) -> Iterator[str]:
    yield ""
    for name, kept in tally.promises.items():
        for fault, number in Counter(kept.faults).most_common(5):
            yield f"FAILURE {name}: {fault} ({number} times)"
    broken = [
        each
        for each in tally.asked
        if each.failed or (each.who == READERS and each.outcome != "200")
    ]
    for (what, label), asked in list(
        grouped(broken, lambda each: (f"{each.who} {each.what}", each.label)).items()
    )[:30]:
        yield f"FAILURE {what} {label}: {_shown(Counter(each.outcome for each in asked))}"
    yield from (f"FAILURE {each}" for each in tally.deaths)


def _goals(tally: Tally) -> Iterator[str]:
    yield "\ngoal, rounds, failures, worst, limit"
    for goal in goals(tally):
        mark = "  MISSED" if goal.missed else ""
        yield f"{goal.name}, {goal.rounds}, {int(goal.failures)}, {goal.worst}, {goal.limit}{mark}"


def kept(tally: Tally, path: Path, seconds: float) -> None:
    """Write the numbers as JSON."""
    kinds = {}
    for (who, what), asked in grouped(tally.asked, lambda each: (each.who, each.what)).items():
        answers = Counter(each.outcome for each in asked)
        kinds[f"{who} {what}"] = {**Times.of(asked)._asdict(), "answers": answers}
    numbers = {
        "seconds": round(seconds, 1),
        "goals": [{**goal._asdict(), "missed": bool(goal.missed)} for goal in goals(tally)],
        "requests": kinds,
        "worst_minute": {who: worst_minute(tally.of(who))._asdict() for who in (READERS, HEALTHZ)},
        "slowest": [each._asdict() for each in slowest(tally.asked, 40)],
        "samples": [each._asdict() for each in tally.samples],
        "promises": {name: asdict(each) for name, each in tally.promises.items()},
        "notes": tally.notes,
        "deaths": tally.deaths,
    }
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
