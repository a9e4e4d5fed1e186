"""Fills a new generation from the store, and tells what a complete one holds."""

from collections.abc import Container, Iterable, Iterator

from coach.model.people import Mentorship
from coach.model.sessions import Session
from retrieval.embedders.port import Embedder
from retrieval.vectors.chroma.collections import Collections, Holding, VectorsFailed, holding
from retrieval.vectors.entries import MOST_PASSAGES, Entry, embedded, entries_of

# Passages embedded and written together. Chosen by hand; not measured.
_AT_ONCE = 2000


class Stopped(Exception):
    """The index was closed before a new generation was complete."""


def expected(
    pairs: Iterable[tuple[Mentorship, Session]],
    *,
    without: Container[str],
    most: int = MOST_PASSAGES,
) -> dict[str, Holding]:
    """Return what each collection of a complete index holds, without some passages."""
    ids: dict[str, list[str]] = {}
    for mentorship, session in pairs:
        for name, entries in entries_of(mentorship, session, most=most).items():
            kept = [entry.id for entry in entries if entry.id not in without]
            if kept:
                ids.setdefault(name, []).extend(kept)
    return {name: holding(found) for name, found in ids.items()}


def built(
    collections: Collections,
    embedder: Embedder,
    pairs: Iterable[tuple[Mentorship, Session]],
    *,
    most: int = MOST_PASSAGES,
) -> None:
    """Fill empty collections and count what they hold. Raises EngineFailed or VectorsFailed."""
    written: dict[str, list[str]] = {}
    for entries in _gathered(pairs, most):
        for name, of_name in entries.items():
            batch = embedded(embedder, of_name)
            collections.put(name, batch)
            written.setdefault(name, []).extend(entry.id for entry in batch.entries)
    if collections.holdings() != {name: holding(ids) for name, ids in written.items() if ids}:
        raise VectorsFailed("a new generation does not hold what was put into it")


def _gathered(
    pairs: Iterable[tuple[Mentorship, Session]], most: int
) -> Iterator[dict[str, list[Entry]]]:
    """Yield entries by collection, some thousands at a time; smaller writes are slow."""
    waiting: dict[str, list[Entry]] = {}
    count = 0
    for mentorship, session in pairs:
        for name, entries in entries_of(mentorship, session, most=most).items():
            waiting.setdefault(name, []).extend(entries)
            count += len(entries)
        if count >= _AT_ONCE:
            yield waiting
            waiting, count = {}, 0
    yield waiting
