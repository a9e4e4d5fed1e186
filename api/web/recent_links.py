"""Links that were just made: a form that is sent twice makes one. In memory, for a while."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from coach.use_cases.people import Invite

_MOST = 100
"""A form is sent twice within seconds; no hundred links are made between."""

_Key = tuple[str, str, str]


class RecentLinks:
    """The links of the last forms; none is on a disk."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[_Key, Invite] = OrderedDict()

    def once(self, key: _Key, make: Callable[[], Invite]) -> Invite:
        """The link under this key, made where there is none."""
        with self._lock:
            if key not in self._known:
                self._known[key] = make()
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
            return self._known[key]
