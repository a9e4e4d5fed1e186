"""Looks up, right before a model is told something, whether it still may be told."""

from coach.errors import StoreUnavailable
from coach.model.grounds import Grounds
from coach.ports import Barred, Store


def barred(store: Store, rests_on: Grounds) -> Barred:
    """Return a function that looks up why a model must not be told what rests on this.

    The function returns None if nothing is against it.
    """

    def look() -> str | None:
        try:
            return store.withdrawn(rests_on)
        except StoreUnavailable:
            return "failed"

    return look
