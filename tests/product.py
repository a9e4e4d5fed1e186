"""Reads the product's own code: its modules, the patterns in them, and how each is used."""

import ast
import importlib
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import api
import coach
import evals
import prompts
import retrieval

WAYS = {
    "match": "match",
    "fullmatch": "fullmatch",
    "search": "search",
    "findall": "finditer",
    "finditer": "finditer",
    "sub": "finditer",
    "subn": "finditer",
    "split": "finditer",
}
"""The methods of a pattern, and another method with the same cost."""
_MAKES = frozenset({*WAYS, "compile", "template"})
_TAUGHT = "evals.training"
"""Runs only where the reader is taught, in a separate environment."""
_RUNS = frozenset({"coach.__main__", "evals.__main__"})


class Found(NamedTuple):
    """A pattern, its module, and the methods that are called on it."""

    place: str
    pattern: re.Pattern[str]
    ways: frozenset[str]


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return every module of the product."""
    packages = (coach, prompts, retrieval, api, evals)
    names = [
        each.name
        for package in packages
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    wanted = [
        n for n in names if not n.startswith(_TAUGHT) and n not in _RUNS and "versions" not in n
    ]
    return (*packages, *(importlib.import_module(name) for name in wanted))


@cache
def trees() -> Mapping[str, ast.Module]:
    """Return the source of each module."""
    return {
        each.__name__: ast.parse(Path(each.__file__).read_text(encoding="utf-8"))
        for each in modules()
        if each.__file__
    }


def patterns() -> list[Found]:
    """Yield every pattern that a module holds, directly or in a container."""
    kept: dict[int, Found] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _held(value, module.__name__, set()):
                kept.setdefault(
                    id(pattern),
                    Found(f"{module.__name__}.{name}", pattern, ways(module.__name__, name)),
                )
    return sorted(kept.values(), key=lambda each: (each.place, each.pattern.pattern))


def _held(value: Any, module: str, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value of a module: in a table, a class of its own or an object."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
        return
    for each in _parts(value, module):
        yield from _held(each, module, seen)


def _parts(value: Any, module: str) -> Iterable[Any]:
    """Yield what a value holds, for a table or for a class or object of the module's own."""
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values())
    if isinstance(value, tuple | list | set | frozenset):
        return value
    owner = value if isinstance(value, type) else type(value)
    if owner.__module__ != module:
        return ()
    return tuple(dict(getattr(value, "__dict__", {})).values())


def ways(module: str, name: str) -> frozenset[str]:
    """Return the methods that the product calls on this pattern, under all names it goes by."""
    near = {module, *_imported(trees()[module])} if name.startswith("_") else set(trees())
    own = {module} if name.startswith("_") else near
    found = {WAYS[way] for each in own for way in _uses(trees()[each]).asked[name]}
    if any(_uses(trees()[each]).handed_on(name) for each in own):
        found |= {
            WAYS[way]
            for each in near & set(trees())
            for other, asked in _uses(trees()[each]).asked.items()
            if other.islower() and not other.startswith("_")
            for way in asked
        }
    return frozenset(found)


class _Uses(NamedTuple):
    """How often each name is read, how often to call a pattern's method, and which methods."""

    read: Counter[str]
    called: Counter[str]
    asked: Mapping[str, set[str]]

    def handed_on(self, name: str) -> bool:
        """Whether a name is read for itself: put into a table or passed to a function."""
        return self.read[name] > self.called[name]


@cache
def _uses(tree: ast.Module) -> _Uses:
    uses = _Uses(Counter(), Counter(), defaultdict(set))
    for node in ast.walk(tree):
        if (name := _name(node)) and isinstance(getattr(node, "ctx", None), ast.Load):
            uses.read[name] += 1
        if isinstance(node, ast.Attribute) and (of := _name(node.value)):
            if node.attr in WAYS and of != "re":
                uses.asked[of].add(node.attr)
            uses.called[of] += node.attr in WAYS or node.attr == "pattern"
    return uses


def _imported(tree: ast.Module) -> set[str]:
    """Return the modules that a module imports something from."""
    return {
        each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module
    }


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def made_in_functions() -> set[str]:
    """Return functions that make a pattern each time they run, as `module.function`."""
    return {
        f"{module}.{function.name}"
        for module, tree in trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in _MAKES
    }
