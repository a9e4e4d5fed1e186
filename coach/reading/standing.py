"""Whether what a model is to be told still stands, looked up right before it is told."""

from coach.errors import StoreUnavailable
from coach.model.grounds import Grounds
from coach.ports import Barred, Store


def barred(store: Store, rests_on: Grounds) -> Barred:
    """What looks up whether anything stands against telling a model what rests on this."""

    def look() -> str | None:
        try:
            return store.withdrawn(rests_on)
        except StoreUnavailable:
            return "failed"

    return look
