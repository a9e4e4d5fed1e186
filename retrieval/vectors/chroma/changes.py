"""Changes to the vectors; each can be applied to one generation and again to the next."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retrieval.embedders.port import Embedder
from retrieval.vectors.chroma.collections import Collections
from retrieval.vectors.entries import VISIBILITIES, Batch, Entry, collection_name, embedded


class Put(NamedTuple):
    """Passages to hold in these collections of a mentorship, and in none of its others."""

    mentorship_id: str
    batches: Mapping[str, Batch]

    def apply(self, collections: Collections) -> bool:
        """Apply it; return True when passages were removed from another collection."""
        removed = False
        for visibility in VISIBILITIES:
            name = collection_name(self.mentorship_id, visibility)
            removed |= collections.remove(name, self._elsewhere(name))
        for name, batch in self.batches.items():
            collections.put(name, batch)
        return removed

    @property
    def ids(self) -> set[str]:
        """The ids of all its passages."""
        return {entry.id for batch in self.batches.values() for entry in batch.entries}

    def _elsewhere(self, name: str) -> list[str]:
        """Return the ids that belong in other collections than the named one."""
        return [
            entry.id
            for other, batch in self.batches.items()
            if other != name
            for entry in batch.entries
        ]


class Forget(NamedTuple):
    """Notes to remove from all collections of a mentorship."""

    mentorship_id: str
    note_ids: Sequence[str]

    def apply(self, collections: Collections) -> bool:
        """Apply it; return True when there was something to remove."""
        removed = False
        for visibility in VISIBILITIES:
            name = collection_name(self.mentorship_id, visibility)
            removed |= collections.remove_notes(name, self.note_ids)
        return removed


Change = Put | Forget


def put(embedder: Embedder, mentorship_id: str, found: Mapping[str, Sequence[Entry]]) -> Put:
    """Embed passages, which are given by collection. Raises EngineFailed."""
    return Put(
        mentorship_id, {name: embedded(embedder, entries) for name, entries in found.items()}
    )
