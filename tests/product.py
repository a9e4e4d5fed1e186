"""The product as it is written: its modules, the patterns in them, and how each is used."""

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
"""What a pattern can be asked, and the way of asking that costs as much."""
_MAKES = frozenset({*WAYS, "compile", "template"})
_TAUGHT = "evals.training"
"""What runs only where the reader is taught, in an environment of its own."""
_RUNS = frozenset({"coach.__main__", "evals.__main__"})


class Found(NamedTuple):
    """A pattern, where it lives, and the ways it is asked."""

    place: str
    pattern: re.Pattern[str]
    ways: frozenset[str]


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the product."""
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
    """What each module says."""
    return {
        each.__name__: ast.parse(Path(each.__file__).read_text(encoding="utf-8"))
        for each in modules()
        if each.__file__
    }


def patterns() -> list[Found]:
    """Every pattern that a module holds, by itself or in whatever it holds."""
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
    """The patterns in a value of a module: in a table, in a class of its own, in an object."""
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
    """What a value holds, where it is a table, or a class or an object of the module's own."""
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values())
    if isinstance(value, tuple | list | set | frozenset):
        return value
    owner = value if isinstance(value, type) else type(value)
    if owner.__module__ != module:
        return ()
    return tuple(dict(getattr(value, "__dict__", {})).values())


def ways(module: str, name: str) -> frozenset[str]:
    """How the product asks the pattern of this name, under the names too that it is handed on by."""
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
    """How often each name is read, how often for something of a pattern's, and what is asked of it."""

    read: Counter[str]
    called: Counter[str]
    asked: Mapping[str, set[str]]

    def handed_on(self, name: str) -> bool:
        """Whether it is read for itself: into a table, to a function."""
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
    """The modules that a module takes something from."""
    return {
        each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module
    }


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def made_in_functions() -> set[str]:
    """The functions that make a pattern each time they run: `module.function`."""
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
