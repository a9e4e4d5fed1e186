"""The only module that uses Chroma: collections of ids and vectors in one folder."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from retrieval.embedders.port import Vectors
from retrieval.vectors.entries import Batch

if TYPE_CHECKING:  # chromadb takes over a second to import, so it is imported where it is used
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.types import Where

# Passages written or read together. Chosen by hand; not measured.
_BATCH = 1000
_HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    # Chroma then never rewrites the graph's files, so a killed process cannot tear them.
    "sync_threshold": 10**9,
    # Finds exactly the nearest up to about 5,000 passages, and takes 5 ms a query over 20,000.
    "ef_search": 4096,
    # Chosen by hand; not measured.
    "ef_construction": 200,
}
# A vector read back has length 1 within this; float32 rounds far less. Chosen by hand.
_NOT_CHANGED = 1e-3
_SCRUB_MARK = "scrub"
_FILES_OF_UNUSED_MEMORY = ("data_level0.bin", "length.bin")


class VectorsFailed(Exception):
    """Chroma could not do what was asked."""


class Holding(NamedTuple):
    """The size of a collection and a digest of its ids, to compare two collections."""

    size: int
    digest: str


def holding(ids: Iterable[str]) -> Holding:
    """Return the holding of a collection with these ids, in any order."""
    ordered = sorted(ids)
    joined = "\n".join(ordered).encode("utf-8", "replace")
    return Holding(len(ordered), hashlib.sha256(joined).hexdigest())


class Collections:
    """All collections in one folder; every failure is raised as VectorsFailed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: dict[str, Collection] = {}
        self._uses: set[tuple[str, str]] = set()
        self._untidy = True
        self._blanked: dict[Path, int] = {}
        with _translated():
            self._client = _client(folder)
            self._names = {collection.name for collection in self._client.list_collections()}

    def put(self, name: str, batch: Batch) -> None:
        """Add these passages; ones that are held already stay as they are."""
        for start in range(0, len(batch.entries), _BATCH):
            part = slice(start, start + _BATCH)
            self._put(name, Batch(batch.entries[part], batch.vectors[part]))

    def _put(self, name: str, batch: Batch) -> None:
        held = set(self.held(name, [entry.id for entry in batch.entries]))
        rows = [row for row, entry in enumerate(batch.entries) if entry.id not in held]
        if not rows:
            return
        entries = [batch.entries[row] for row in rows]
        with _translated():
            self._made(name).add(
                ids=[entry.id for entry in entries],
                embeddings=batch.vectors[rows],
                metadatas=[{"note": entry.note_id, "day": entry.day} for entry in entries],
            )
        self._used(name, "add")

    def held(self, name: str, ids: Sequence[str]) -> list[str]:
        """Return which of these ids the collection holds."""
        if name not in self._names or not ids:
            return []
        with _translated():
            return list(self._collection(name).get(ids=list(ids), include=[])["ids"])

    def remove(self, name: str, ids: Sequence[str]) -> bool:
        """Remove these ids; return True when there were any, as Chroma leaves their bytes."""
        found = self.held(name, ids)
        if found:
            self._mark_for_scrubbing()
            with _translated():
                self._collection(name).delete(ids=found)
            self._used(name, "delete")
        return bool(found)

    def remove_notes(self, name: str, note_ids: Sequence[str]) -> bool:
        """Remove all passages of these notes; return True when there were any."""
        if name not in self._names or not note_ids:
            return False
        of_notes = cast("Where", {"note": {"$in": list(note_ids)}})
        with _translated():
            found = self._collection(name).get(where=of_notes, include=[])
        return self.remove(name, found["ids"])

    def nearest(
        self, name: str, vector: Vectors, *, limit: int, until_day: int | None
    ) -> dict[str, float]:
        """Return the cosine of each of the closest passages, of sessions up to that day."""
        count = self.count(name)
        if not count:
            return {}
        until = None if until_day is None else cast("Where", {"day": {"$lte": until_day}})
        with _translated():
            answer = self._collection(name).query(
                query_embeddings=np.asarray(vector, dtype=np.float32).reshape(1, -1),
                n_results=min(count, limit),
                where=until,
                include=["distances"],
            )
            self._used(name, "query")
            distances = (answer["distances"] or [[]])[0]
            return {id_: 1 - far for id_, far in zip(answer["ids"][0], distances, strict=True)}

    def count(self, name: str) -> int:
        """Return how many passages a collection holds."""
        if name not in self._names:
            return 0
        with _translated():
            return self._collection(name).count()

    def holdings(self) -> dict[str, Holding]:
        """Return what each collection that is not empty holds."""
        held = {name: self._ids(name) for name in sorted(self._names)}
        return {name: holding(ids) for name, ids in held.items() if ids}

    def try_queries(self) -> None:
        """Search each collection once and read all its vectors.

        Raises VectorsFailed when a vector no longer has length 1, because it changed on the disk.
        """
        for name in sorted(self._names):
            for start in range(0, self.count(name), _BATCH):
                with _translated():
                    read = self._collection(name).get(
                        limit=_BATCH, offset=start, include=["embeddings"]
                    )
                vectors = np.asarray(read["embeddings"], dtype=np.float32)
                if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=_NOT_CHANGED):
                    raise VectorsFailed("vectors changed on the disk")
                if start == 0:
                    self.nearest(name, vectors[0], limit=1, until_day=None)

    def tidy_new(self) -> None:
        """Tidy if a collection was used in a new way since the last time."""
        if self._untidy:
            self.tidy()

    def tidy(self) -> None:
        """Overwrite unused memory that Chroma wrote to its files with zeros.

        Chroma writes it when it makes or opens a collection (Chroma's issue 7688), and it may hold
        anything this process ever held. With our settings these files hold no vector, so nothing is
        lost.
        """
        self._untidy = False
        with _translated():
            for path in self.folder.glob("*/*.bin"):
                seen = path.stat()
                if (
                    path.name in _FILES_OF_UNUSED_MEMORY
                    and self._blanked.get(path) != seen.st_mtime_ns
                ):
                    os.truncate(path, 0)
                    os.truncate(path, seen.st_size)
                    self._blanked[path] = path.stat().st_mtime_ns

    def _used(self, name: str, how: str) -> None:
        if (name, how) not in self._uses:
            self._uses.add((name, how))
            self._untidy = True

    def close(self) -> None:
        """Close the files."""
        with _translated():
            self._client.close()

    def _ids(self, name: str) -> list[str]:
        with _translated():
            return list(self._collection(name).get(include=[])["ids"])

    def _collection(self, name: str) -> "Collection":
        if name not in self._opened:
            self._opened[name] = self._client.get_collection(name, embedding_function=None)
        return self._opened[name]

    def _made(self, name: str) -> "Collection":
        if name not in self._names:
            self._opened[name] = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
            self._names.add(name)
        return self._collection(name)

    def _mark_for_scrubbing(self) -> None:
        (self.folder / _SCRUB_MARK).touch()


def needs_scrubbing(folder: Path) -> bool:
    """Whether something was removed here; Chroma leaves it on the disk."""
    return (folder / _SCRUB_MARK).exists()


def _client(folder: Path) -> "Client":
    import chromadb  # noqa: PLC0415 - see above
    from chromadb.config import Settings  # noqa: PLC0415

    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    return cast("Client", client)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn any error of Chroma, including a panic of its Rust part, into VectorsFailed."""
    from chromadb.errors import ChromaError  # noqa: PLC0415

    known = (ChromaError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, OSError)
    try:
        yield
    except BaseException as error:
        # A Rust panic is a BaseException of a class that cannot be imported.
        if isinstance(error, known) or type(error).__name__ == "PanicException":
            raise VectorsFailed(type(error).__name__) from error
        raise
