"""Where in a JSON value personal data are, as the marks of forms (model/marks.py) say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.model.marks import path_of

# the steps to personal data: name of a variable, of a member ..., `[]` for the rows of a list; no further step: all
Tree = Mapping[str, "Tree"]
Steps = tuple[Tree, ...]
_ROWS = "[]"
_NAMED, _VALUES = ("name", "field", "variable"), ("value", "before", "after")


def tree_of(names: Iterable[str]) -> Tree:
    """The steps to the fields of these full names."""
    tree: dict[str, Any] = {}
    for name in sorted(names, key=len):
        _add(tree, path_of(name))
    return tree


def _add(tree: dict[str, Any], steps: tuple[str, ...]) -> None:
    at = tree
    for number, step in enumerate(steps):
        if step in at and not at[step]:
            return  # all of it is personal already
        if step not in at and number == len(steps) - 1:
            at[step] = {}
            return
        at = at.setdefault(step, {})


def named(trees: Steps, name: str) -> Steps:
    """The steps that go on from a variable of this name."""
    return tuple(tree[name] for tree in trees if name in tree)


def is_personal(value: Any, at: Steps) -> bool:
    """Whether all of a value is personal data. One that is none of the things on the way to them is taken for one;
    nothing (null, an empty text, list or object) is none."""
    if not at or value is None or value in ("", [], {}):
        return False
    return any(not tree for tree in at) or not isinstance(value, dict | list | tuple)


def members(trees: Steps, value: Mapping[str, Any], at: Steps | None) -> Iterator[tuple[str, Any, Steps]]:
    """The members of an object, each with the steps that go on from it. Every name may be that of a variable, unless
    `at` is None: then they are the engine's own. What stands beside the name of a variable is its value."""
    variables = (one for name in _NAMED if isinstance(one := value.get(name), str))
    beside = tuple(tree for variable in variables for tree in named(trees, variable))
    for name, one in value.items():
        if beside and name in _VALUES:
            yield name, one, beside
        elif at is None:
            yield name, one, ()
        else:
            yield name, one, tuple(found for tree in at for found in _through(tree, name)) + named(trees, name)


def rows(at: Steps) -> Steps:
    """The steps that go on from the rows of a list."""
    return tuple(tree.get(_ROWS, tree) for tree in at)


def _through(tree: Tree, name: str) -> Iterator[Tree]:
    """A list of one row may stand as that row."""
    for one in (tree, tree.get(_ROWS, {})):
        if name in one:
            yield one[name]


def personal_in(trees: Steps, value: Any, at: Steps | None) -> Iterator[Any]:
    """Every text and number in the personal data of a value."""
    if at and is_personal(value, at):
        yield from _leaves(value)
    elif isinstance(value, dict):
        for _, one, steps in members(trees, value, at):
            yield from personal_in(trees, one, steps)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from personal_in(trees, one, rows(at or ()))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield value
