"""While a lock is held, nothing may take it again, and nothing slow runs without a reason.

A callback, an engine, the disk or a passed function that runs under a lock stops or delays
everybody who waits for it. So every call in a block that holds a lock is looked up here, with the
calls of methods and functions of the same module, and each has a reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PLACES = ("coach", "api", "retrieval")
MAKERS = frozenset({"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"})
# These look at values or move them, and call no other code.
PLAIN = frozenset(
    "all any bool dict enumerate frozenset isinstance len list next set sorted str sum tuple zip"
    " add append clear discard get items keys move_to_end pop popitem setdefault values".split()
)
_ONCE = (
    "is loaded once, for all who wait for it; "
    "the server does so at its start or with the first note"
)
_STATEMENT = "one statement of a transaction: only one may write, and who waits too long is refused"
_VECTORS = "Chroma takes one writer at a time; reading never waits for it"
MAY_RUN: dict[str, dict[str, str]] = {
    "coach/use_cases/access_record.py _changed": {
        "self._changed.notify_all": "the lock's own",
        "self._changed.wait_for": "the lock's own: it is let go meanwhile",
    },
    "api/mailing.py _lock": {
        "time.monotonic": "tells the time",
        "self._sent.popleft": "moves a value",
        "self._places.acquire": "takes a place or none: it waits for nobody",
        "deque": "moves at most an hour's letters",
    },
    "api/web/recent_links.py _lock": {
        "make": "stores one link: who sends the same form again must wait for it",
    },
    "coach/use_cases/erasing.py _changed": {
        "self._changed.notify_all": "the lock's own",
        "self._changed.wait_for": "the lock's own: it is let go meanwhile",
        "self._undone.difference_update": "moves values",
    },
    "coach/use_cases/findable.py _indexing": {
        "range": "counts",
        "session.model_copy": "makes a value",
        "self._store.notes": "one short look: what is indexed must stand as it is indexed",
        "self._index.forget": "puts ids down; the disk is tidied later, by a thread of its own",
    },
    "coach/storage/line.py turn": {
        "max": "looks at a number",
        "sqlite.checkpoint": "empties the log: whoever writes would wait for it in SQLite as well",
    },
    "coach/engines/gateway/langchain_client.py _lock": {
        "work.close": "ends a coroutine that never began",
        "loop.create_task": "puts a task on the loop of this very thread, which runs it later",
        "loop.call_soon_threadsafe": "leaves a call to another loop, which runs it later",
        "_not_waiting_for_threads": "makes a coroutine, which runs later",
        "EngineFailed": "an error",
    },
    "coach/engines/embedded/reader.py _loading": {"*": _ONCE},
    "coach/engines/embedded/clauses/reader.py _loading": {"*": _ONCE},
    "coach/engines/gateway/breaker.py _lock": {"EngineFailed": "an error"},
    "coach/engines/gateway/gateway.py _building": {"chat_model": _ONCE},
    "retrieval/embedders/wordllama.py _loading": {"*": _ONCE},
    "retrieval/vectors/chroma/keeper.py _guard": {
        "threading.Thread": "makes a thread",
        "self._worker.start": "begins a thread, which takes the lock later",
        "self._guard.notify_all": "the lock's own",
        "self._guard.wait_for": "the lock's own: it is let go meanwhile",
        "self._stop.is_set": "looks at a flag",
    },
    "retrieval/vectors/chroma/keeper.py _writing": {
        "change.apply": _VECTORS,
        "live.tidy_new": _VECTORS,
        "made.tidy": "the files that Chroma has just written, before the swap",
        "generations": "the swap: a new generation is used once nothing more comes to the old one",
        "self._guard.notify_all": "the other lock's own, for an instant, always in this order",
    },
    "retrieval/vectors/chroma/keeper.py _rebuilding": {
        "*": "nothing waits for it but another rebuild, which would do the same again",
    },
    "coach/reading/rounds.py _changed": {
        "self._changed.notify_all": "the lock's own",
        "self._changed.wait": "the lock's own: it is let go meanwhile",
        "self._changed.wait_for": "the lock's own: it is let go meanwhile",
        "monotonic": "tells the time",
        "min": "looks at a number",
        "max": "looks at a number",
    },
    "coach/reading/queue.py _lock": {"min": "looks at two days"},
    "coach/reading/catching_up.py _changed": {
        "self._changed.notify_all": "the lock's own",
        "self._changed.wait_for": "the lock's own: it is let go meanwhile",
    },
    "coach/storage/connected.py _writing": {
        "connection": _STATEMENT,
        "sqlalchemy": _STATEMENT,
        "sqlite.added": _STATEMENT,
        "revisions": _STATEMENT,
        "erasing.check_not_erased": _STATEMENT,
        "standing_against": _STATEMENT,
        "mentorship_of": _STATEMENT,
        "consents_of": _STATEMENT,
        "table": "part of a statement",
        "coach.storage.rows": "makes a value of a row, or the other way",
        "self._clock": "tells the time",
        "key": "looks at a value",
        "Answer": "makes a value",
        "account.model_dump": "makes a value",
        "pairs": "part of a statement",
        "sqlite.put": _STATEMENT,
        "BinOp": "a day of a time",
        "timedelta": "makes a value",
        "invite._asdict": "makes a value",
        "sign_in._asdict": "makes a value",
        "members.join": _STATEMENT,
        "account_of": _STATEMENT,
        "taken": _STATEMENT,
        "Counter": "makes a value",
        "Shown": "makes a value",
        "rests_on.stand": "looks at values",
        "int": "looks at a number",
    },
    "coach/storage/connected.py _changing": {
        "next_version": _STATEMENT,
        "decision.model_copy": "makes a value",
        "planned.model_dump": "makes a value",
        "challenges": _STATEMENT,
        "clause_readings": _STATEMENT,
        "connection": _STATEMENT,
        "sqlalchemy": _STATEMENT,
        "sqlite.added": _STATEMENT,
        "sqlite.added_all": _STATEMENT,
        "answers": _STATEMENT,
        "erasing": _STATEMENT,
        "mentorship_of": _STATEMENT,
        "coach.storage.rows": "makes a value of a row, or the other way",
        "contract.model_copy": "makes a value",
        "readable": "looks at a table",
        "seen_by": "part of a statement",
        "query": "part of a statement",
        "visible": "part of a statement",
        "written": "part of a statement",
        "notes": "part of a statement",
        "sessions": "part of a statement",
        "readings": "part of a statement",
        "added.as_note": "makes a value",
        "consents_of": _STATEMENT,
        "found": _STATEMENT,
        "table": "part of a statement",
        "erased_id": "sums up bytes",
        "hashlib.sha256": "sums up bytes",
        "self._clock": "tells the time",
        "Conflict": "an error",
        "NotAllowed": "an error",
        "NotFound": "an error",
    },
}


class Call(NamedTuple):
    """A call that is made while a lock is held."""

    lock: str
    what: str
    where: str


class Module:
    """One module: its locks, and what it calls while it holds one."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.tree = ast.parse(source)
        self.imports = dict(self._imported())
        self.functions = {
            each.name: each for each in ast.walk(self.tree) if isinstance(each, ast.FunctionDef)
        }
        self.classes = {each.name for each in ast.walk(self.tree) if isinstance(each, ast.ClassDef)}
        self.locks = set(self._made())

    def _imported(self) -> Iterator[tuple[str, str]]:
        for each in ast.walk(self.tree):
            if isinstance(each, ast.ImportFrom):
                yield from ((name.asname or name.name, each.module or "") for name in each.names)

    def _made(self) -> Iterator[str]:
        for each in ast.walk(self.tree):
            if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None:
                made = {
                    _last(call.func) for call in ast.walk(each.value) if isinstance(call, ast.Call)
                }
                targets = each.targets if isinstance(each, ast.Assign) else [each.target]
                if made & MAKERS:
                    yield from (_last(target) for target in targets)

    def lends(self, lent: dict[str, str]) -> Iterator[str]:
        """Return the context managers that yield while holding a lock, their own or a lent one."""
        for name, function in self.functions.items():
            if any(_last(each) == "contextmanager" for each in function.decorator_list):
                held = [each for _, each in self._blocks(function, lent)]
                holds = held or [function] if _acquires(function, self.locks) else held
                if any(isinstance(each, ast.Yield) for one in holds for each in ast.walk(one)):
                    yield name

    def calls(self, lent: dict[str, str]) -> Iterator[Call]:
        """Yield every call that is made while one of its own locks, or a lent one, is held."""
        for lock, block in self._blocks(self.tree, lent):
            for what, line in self._called(block, set()):
                yield Call(lock, what, f"{self.path}:{line}")

    def _blocks(self, within: ast.AST, lent: dict[str, str]) -> Iterator[tuple[str, ast.AST]]:
        own = {name: f"{self.path} {name}" for name in self.locks}
        for each in ast.walk(within):
            if isinstance(each, ast.With | ast.AsyncWith):
                for item in each.items:
                    used = item.context_expr
                    name = _last(used.func if isinstance(used, ast.Call) else used)
                    known = lent if isinstance(used, ast.Call) else own
                    if name in known:
                        yield known[name], ast.Module(each.body, [])

    def _called(self, block: ast.AST, seen: set[str]) -> Iterator[tuple[str, int]]:
        for call in (each for each in ast.walk(block) if isinstance(each, ast.Call)):
            name, whole = _last(call.func), _path(call.func)
            own = whole in {name, f"self.{name}"} and name in self.functions
            if own and name not in seen:
                yield from self._called(self.functions[name], {*seen, name})
            elif not own and name not in PLAIN and name not in self.classes:
                root = whole.partition(".")[0]
                home = self.imports.get(root, "")
                # A library's call is known by its package, our own by its name.
                yield (
                    (
                        f"{home}.{whole}"
                        if home.split(".")[0] == "sqlalchemy" or whole.startswith("rows.")
                        else whole
                    ),
                    call.lineno,
                )


def _last(expression: ast.expr) -> str:
    return _path(expression).rpartition(".")[2]


def _path(expression: ast.expr) -> str:
    """Return the names that lead to something, from the first; for a call, of its target."""
    if isinstance(expression, ast.Attribute):
        return f"{_path(expression.value)}.{expression.attr}"
    if isinstance(expression, ast.Call):
        return _path(expression.func)
    if isinstance(expression, ast.Subscript):
        return _path(expression.value)
    return expression.id if isinstance(expression, ast.Name) else type(expression).__name__


def _acquires(function: ast.FunctionDef, locks: set[str]) -> bool:
    """Whether it takes a lock by hand: one of the module's, or one that is passed to it."""
    handed = {
        each.arg
        for each in function.args.args
        if each.annotation is not None and _last(each.annotation) in MAKERS
    }
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "acquire"
        and _last(each.func.value) in locks | handed
        for each in ast.walk(function)
    )


def under_locks(sources: dict[str, str]) -> list[Call]:
    """Return what is called in these modules while a lock is held."""
    modules = [Module(path, source) for path, source in sources.items()]
    lent: dict[str, str] = {}
    # Again for each function that lends a lock which was lent to it.
    while more := {
        name: f"{each.path} {name}"
        for each in modules
        for name in each.lends(lent)
        if name not in lent
    }:
        lent |= more
    return [call for each in modules for call in each.calls(lent)]


def ours() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for place in PLACES
        for path in sorted((ROOT / place).rglob("*.py"))
    }


def allowed(call: Call) -> str | None:
    """Return the entry of the table that allows a call under a lock."""
    for what in MAY_RUN.get(call.lock, {}):
        if what in {"*", call.what} or call.what.startswith(f"{what}."):
            return what
    return None


def test_nothing_runs_under_a_lock_but_what_has_a_reason_to():
    found = under_locks(ours())

    assert (
        sorted({f"{each.where} {each.lock}: {each.what}" for each in found if not allowed(each)})
        == []
    )


def test_every_reason_is_still_needed():
    found = {(each.lock, allowed(each)) for each in under_locks(ours())}

    assert [
        (lock, what) for lock, kept in MAY_RUN.items() for what in kept if (lock, what) not in found
    ] == []


HEAD = "import threading\nfrom contextlib import contextmanager\n"
FROZEN = {
    "a callback is added": "future.add_done_callback",
    "a function that was handed in is called": "act",
    "something is written down": "logger.warning",
}


@pytest.mark.parametrize("called", FROZEN.values(), ids=FROZEN)
@pytest.mark.parametrize(
    "block",
    [
        "def run(self):\n  with self._lock:\n   {}()",
        "def run(self):\n  with self._lock:\n   self.further()\n def further(self):\n  {}()",
        "def run(self):\n  with self.turn():\n   {}()\n @contextmanager\n def turn(self):\n  with "
        "self._lock:\n   yield",
        "def run(self):\n  with self.turn():\n   {}()\n @contextmanager\n def turn(self):\n"
        "  self._lock.acquire(timeout=1)\n  try:\n   yield\n  finally:\n   self._lock.release()",
    ],
    ids=["at once", "in a method", "in a block that is lent", "where it is taken by hand"],
)
def test_what_freezes_is_found(block, called):
    made = "class One:\n def __init__(self):\n  self._lock = threading.Lock()\n "

    found = under_locks({"one.py": HEAD + made + block.format(called)})

    assert called in {each.what for each in found}


def test_what_runs_without_a_lock_is_left_alone():
    source = (
        HEAD
        + "_lock = threading.Lock()\ndef run(act, seen):\n with _lock:\n  seen.append(1)\n act()"
    )

    assert under_locks({"one.py": source}) == []
