"""From the syntax tree to closures: each node becomes one callable from a frame to a value.

Compiling is done once per text; evaluating then costs one Python call for each node and copies no
scope. The `compile_*` modules register how each kind of node is compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.feel.nodes import Node
from engine.feel.runtime import Frame

Evaluator = Callable[[Frame], object]
N = TypeVar("N", bound=Node)
_COMPILERS: dict[type[Node], Callable[[Node], Evaluator]] = {}


def compiles(kind: type[N]) -> Callable[[Callable[[N], Evaluator]], Callable[[N], Evaluator]]:
    """Register the decorated function for this kind of node."""

    def register(function: Callable[[N], Evaluator]) -> Callable[[N], Evaluator]:
        def checked(node: Node) -> Evaluator:
            assert isinstance(node, kind)
            return function(node)

        _COMPILERS[kind] = checked
        return function

    return register


def compile_node(node: Node) -> Evaluator:
    return _COMPILERS[type(node)](node)


def constant(value: object) -> Evaluator:
    def evaluate(frame: Frame) -> object:
        return value

    return evaluate


def failing(code: str, message: str, position: int) -> Evaluator:
    """Always null, with this warning."""

    def evaluate(frame: Frame) -> object:
        frame.run.warn(code, message, position)
        return None

    return evaluate
