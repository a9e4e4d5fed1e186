"""All errors of the coach.

CoachError
├── Refused                 the asker can do something about it
│   ├── NotAuthenticated    no key, an unknown one, an expired or a revoked one
│   ├── NotAllowed          this role may never do this
│   ├── NotFound            it does not exist, or the asker may not see it
│   ├── Outdated            the asker's copy is not the newest
│   ├── Conflict            it does not fit what is there, or was done before
│   └── Invalid             what was sent cannot be taken
└── Failed                  the asker cannot do anything about it
    ├── EngineFailed        an engine could not answer
    │   └── EngineUnavailable   it can answer nothing: what it works with is missing or damaged
    ├── OutOfTime           the work took longer than an asker is given
    ├── AnswerMissing       answers are replayed from files, and this one is not there
    ├── StoreUnavailable    the database cannot be reached or is full
    ├── DatabaseTooNew      a newer version of the coach wrote the database
    ├── DataDirectoryHeld   another process holds the data directory
    └── DataDirectoryExposed  others may read the data directory, and that cannot be changed
"""


class CoachError(Exception):
    """Anything the coach says no to; its message never holds note text."""


class Refused(CoachError):
    """The asker can do something about it."""


class NotAuthenticated(Refused):
    """No key, an unknown one, an expired or a revoked one."""


class NotAllowed(Refused):
    """This role may never do this."""


class NotFound(Refused):
    """It does not exist, or the asker may not see it: the two look the same."""


class Outdated(Refused):
    """The asker's copy is not the newest."""


class Conflict(Refused):
    """It conflicts with what is there: it is in progress, was done and undone, or is in use."""


class Invalid(Refused):
    """What was sent cannot be taken; `pointer` is a JSON pointer to the place."""

    def __init__(self, detail: str, *, pointer: str = "") -> None:
        super().__init__(detail)
        self.pointer = pointer


class Failed(CoachError):
    """The asker cannot do anything about it."""


class EngineFailed(Failed):
    """An engine could not answer."""


class EngineUnavailable(EngineFailed):
    """It can answer nothing: what it works with is missing or damaged, whatever it is asked."""


class OutOfTime(Failed):
    """The work took longer than an asker is given; what was kept by then stays kept."""


class AnswerMissing(Failed):
    """Answers are replayed from files, and this one is missing; the message names its file."""


class StoreUnavailable(Failed):
    """The database cannot be reached, is locked or has no room."""


class DatabaseTooNew(Failed):
    """A newer version of the coach wrote the database."""


class DataDirectoryHeld(Failed):
    """Another process holds the data directory."""


class DataDirectoryExposed(Failed):
    """Others may read the data directory, and this user cannot change that."""
